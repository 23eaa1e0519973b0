/*
 * Decoration only; the page is whole without it. Makes marked times relative ("12 seconds ago"), counts the length of what still lasts
 * (`data-since`, in the words of `data-units`), moves on how much of a window has passed, tells a window on the reader's own clock
 * (`data-yours`) and any time when it is pointed at, and brings a page that says `data-live` up to date once a minute while it is looked at
 * and nothing in it is open. Travels inside the page, so it stays small; strings of relative times come from Intl. LOCALES is written in
 * by decorate-script.ts.
 */
{
  const lang = document.documentElement.lang;
  const locale = LOCALES[lang] ?? lang;
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: lang === 'ja' ? 'narrow' : 'long' });
  const local = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  const here = local.resolvedOptions().timeZone;
  const range = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ];
  /** The two largest units, as the page writes them itself: "9 min 58 s", "18 min", "2 h 30 min". */
  const lengthOf = (ms, [before, ...words]) => {
    const i = units.findIndex(([, size]) => ms >= size);
    const whole = Math.floor(ms / units[i][1]);
    const [, size] = units[i + 1] ?? [0, Infinity];
    const rest = Math.floor((ms % units[i][1]) / size);
    const gap = words[4] ?? ' ';
    return `${before}${whole}${gap}${words[i]}${rest && (size > 1_000 || whole < 10) ? `${gap}${rest}${gap}${words[i + 1]}` : ''}`;
  };
  const tell = () => {
    // A page whose data is old brings no words: what lasted when it was made may be over.
    const words = document.querySelector('main').dataset.units?.split('|');
    for (const span of words ? document.querySelectorAll('[data-since]') : []) {
      const past = Date.now() - Date.parse(span.dataset.since);
      // A clock that is behind the start is wrong: what the page says stays.
      if (past >= 1_000) span.textContent = lengthOf(past, words);
    }
    for (const bar of words ? document.querySelectorAll('progress') : []) {
      const past = Date.now() - bar.dataset.start;
      if (past >= 0) bar.value = past;
    }
    for (const span of document.querySelectorAll('[data-yours]')) {
      const { yours, words: sentence, zone } = span.dataset;
      if (zone !== here && here !== 'UTC')
        span.textContent = ` ${sentence.replace('{}', range.formatRange(...yours.split('/').map(Date.parse)))}`;
    }
    for (const time of document.querySelectorAll('time')) {
      const at = Date.parse(time.dateTime);
      time.title ||= local.format(at);
      if (time.dataset.ago === undefined) continue;
      const past = Math.max(0, Date.now() - at);
      const [unit, ms] = units.find(([, size]) => past >= size) ?? ['second', 1_000];
      time.textContent = ago.format(-Math.floor(past / ms), unit);
    }
  };
  const renew = async () => {
    const main = document.querySelector('main[data-live]');
    if (!main || document.hidden || main.querySelector('details[open], .reading') || main.contains(document.activeElement)) return;
    const answer = await fetch(location.href, { cache: 'no-cache' });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = fresh.querySelector('main[data-live]');
    if (!next) return;
    main.replaceWith(next);
    document.title = fresh.title;
    tell();
  };
  tell();
  setInterval(tell, 1_000);
  setInterval(() => renew().catch(() => {}), 60_000);
}
