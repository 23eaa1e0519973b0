/*
 * The form of an announcement while somebody types: asks the console what would come of it and puts the drawn answer in its place, and
 * makes the window in the drawing movable, by pointer and by keys. Decoration only: every field can be typed, and "Check" asks the same.
 */
const STEP = 900_000;
const HOUR = 3_600_000;
const PAUSE = 250;
/** Longer questions travel in the body: an address has its bounds. */
const MOST_ADDRESS = 3_000;

const strip = (): HTMLElement | null => document.querySelector('[data-strip]');
const numberOf = (element: HTMLElement, name: string): number | null => {
  const text = element.dataset[name];
  return text === undefined || text === '' ? null : Number(text);
};
const percent = (value: number): string => `${(value * 100).toFixed(4)}%`;

export interface Chosen {
  readonly start: number;
  readonly end: number;
}
const chosenOf = (figure: HTMLElement): Chosen | null => {
  const [start, end] = [numberOf(figure, 'chosenStart'), numberOf(figure, 'chosenEnd')];
  return start === null || end === null ? null : { start, end };
};
const clockIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** Moves what is drawn; the fields follow, and with them the verdict. */
const draw = (figure: HTMLElement, { start, end }: Chosen): void => {
  const [from, to] = [numberOf(figure, 'start') ?? 0, numberOf(figure, 'end') ?? 1];
  const place = (at: number): string => percent((Math.min(Math.max(at, from), to) - from) / (to - from));
  const width = percent((Math.min(end, to) - Math.max(start, from)) / (to - from));
  for (const box of figure.querySelectorAll('[data-chosen], [data-grip="both"]')) {
    box.setAttribute('x', place(start));
    box.setAttribute('width', width);
  }
  for (const part of figure.querySelectorAll('[data-day] .strip-counted')) part.remove();
  figure.querySelector('[data-grip="start"]')?.setAttribute('x', place(start));
  figure.querySelector('[data-grip="end"]')?.setAttribute('x', place(end));
  figure.dataset['chosenStart'] = String(start);
  figure.dataset['chosenEnd'] = String(end);
};

/** Ends in their names, places and words, for who reads by ear and moves by keys. */
const nameEnds = (figure: HTMLElement): void => {
  const [from, to] = [numberOf(figure, 'start') ?? 0, numberOf(figure, 'end') ?? 1];
  const chosen = chosenOf(figure);
  const zone = figure.dataset['zone'] ?? 'UTC';
  figure.classList.add('is-movable');
  figure.querySelector('[data-day]')?.setAttribute('role', 'group');
  for (const grip of figure.querySelectorAll<SVGElement>('.strip-end')) {
    const at = grip.dataset['grip'] === 'start' ? chosen?.start : chosen?.end;
    if (at === undefined) continue;
    const says = {
      role: 'slider',
      tabindex: '0',
      'aria-label': grip.dataset['word'] ?? '',
      'aria-valuemin': '0',
      'aria-valuemax': String((to - from) / 60_000),
      'aria-valuenow': String(Math.round((at - from) / 60_000)),
      'aria-valuetext': clockIn(zone, at),
    };
    for (const [key, value] of Object.entries(says)) grip.setAttribute(key, value);
  }
};

/** A new drawing in place of the old one; what is held or focused stays the same element. */
const redraw = (old: HTMLElement, fresh: HTMLElement): void => {
  const [oldDay, freshDay] = [old.querySelector('[data-day]'), fresh.querySelector('[data-day]')];
  const [oldGrips, freshGrips] = [old.querySelectorAll('[data-grip]'), fresh.querySelectorAll('[data-grip]')];
  if (!oldDay || !freshDay || oldGrips.length === 0 || oldGrips.length !== freshGrips.length) {
    old.replaceWith(fresh);
    nameEnds(fresh);
    return;
  }
  for (const key of ['start', 'end', 'chosenStart', 'chosenEnd']) old.dataset[key] = fresh.dataset[key] ?? '';
  for (const [i, grip] of oldGrips.entries())
    for (const attribute of ['x', 'width']) grip.setAttribute(attribute, freshGrips[i]?.getAttribute(attribute) ?? '0');
  for (const part of ['.week', '[data-day] > title', '[data-day] > g', 'figcaption']) {
    const next = fresh.querySelector(part);
    if (next) old.querySelector(part)?.replaceWith(next);
  }
  nameEnds(old);
};

/** The line at the lower edge says what the whole verdict says. */
const say = (text: string, tone: string): void => {
  const line = document.querySelector<HTMLElement>('[data-verdict-line]');
  const words = line?.querySelector('[data-brief]');
  if (!line || !words) return;
  line.className = `verdict-line small${tone === '' ? '' : ` is-${tone}`}`;
  if (words.textContent !== text) words.textContent = text;
};
/** A keyboard on the screen covers what stands at the lower edge: the line stands above it. */
const aboveKeyboard = (): void => {
  const line = document.querySelector<HTMLElement>('[data-verdict-line]');
  const seen = window.visualViewport;
  if (!line || !seen) return;
  const lift = (): void => {
    // Somebody who looks closer has no keyboard in the way.
    const covered = seen.scale > 1.01 ? 0 : Math.max(0, Math.round(window.innerHeight - seen.height - seen.offsetTop));
    line.style.setProperty('--keyboard', `${covered}px`);
  };
  seen.addEventListener('resize', lift);
  seen.addEventListener('scroll', lift);
};

const announcing = (form: HTMLFormElement): void => {
  let held = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | null = null;
  const verdict = (): HTMLElement | null => document.getElementById('verdict');

  const show = (fresh: HTMLElement): void => {
    const old = verdict();
    if (!old) return;
    const [oldJudged, judged] = [old.querySelector('.judged'), fresh.querySelector('.judged')];
    const [oldStrip, freshStrip] = [strip(), fresh.querySelector<HTMLElement>('[data-strip]')];
    if (oldStrip && freshStrip && !held) redraw(oldStrip, freshStrip);
    if (oldJudged && judged) {
      oldJudged.className = judged.className;
      if (oldJudged.innerHTML !== judged.innerHTML) oldJudged.replaceChildren(...judged.childNodes);
    }
    const kept = (element: Element): boolean => element.matches('h2, .judged, [data-strip]');
    for (const child of [...old.children]) if (!kept(child)) child.remove();
    old.append(...[...fresh.children].filter((child) => !kept(child)));
    old.removeAttribute('aria-busy');
    say(fresh.dataset['brief'] ?? '', fresh.dataset['tone'] ?? '');
  };

  const sent = (query: URLSearchParams, signal: AbortSignal): Promise<Response> => {
    const address = '/admin/maintenance/verdict';
    if (query.toString().length <= MOST_ADDRESS) return fetch(`${address}?${query}`, { signal, cache: 'no-store' });
    const token = form.elements.namedItem('form_token');
    return fetch(address, {
      method: 'POST',
      body: query,
      signal,
      headers: { 'X-Form-Token': token instanceof HTMLInputElement ? token.value : '' },
    });
  };

  const ask = async (): Promise<void> => {
    asking?.abort();
    const own = new AbortController();
    asking = own;
    const query = new URLSearchParams();
    for (const [key, value] of new FormData(form))
      if (typeof value === 'string' && !['form_token', 'draft', 'draft_version', 'based_on'].includes(key)) query.append(key, value);
    const { id } = form.dataset;
    if (id) query.set('id', id);
    verdict()?.setAttribute('aria-busy', 'true');
    try {
      const answer = await sent(query, own.signal);
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('verdict');
      if (own === asking && fresh) show(fresh);
    } catch {
      if (own.signal.aborted) return;
      const [section, judged] = [verdict(), document.querySelector('.judged')];
      section?.removeAttribute('aria-busy');
      if (section && judged) {
        judged.className = 'judged';
        judged.textContent = section.dataset['failed'] ?? '';
        say(judged.textContent, '');
      }
    }
  };
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), PAUSE);
  };
  form.addEventListener('input', soon);

  const write = (figure: HTMLElement, window: Chosen): void => {
    draw(figure, window);
    nameEnds(figure);
    const zone = figure.dataset['zone'] ?? 'UTC';
    for (const [field, at] of [
      ['from', window.start],
      ['to', window.end],
    ] as const) {
      const input = form.elements.namedItem(field);
      if (input instanceof HTMLInputElement) input.value = clockIn(zone, at);
    }
    soon();
  };

  /** Within the day, a step long at least; the last instant of a day has no name of its own on its wall. */
  const moved = (figure: HTMLElement, grip: string, { start, end }: Chosen, by: number): Chosen => {
    const [first, last] = [numberOf(figure, 'start') ?? 0, (numberOf(figure, 'end') ?? 0) - STEP];
    const step = (at: number): number => first + Math.round((at - first) / STEP) * STEP;
    if (grip === 'start') return { start: Math.min(Math.max(step(start + by), first), end - STEP), end };
    if (grip === 'end') return { start, end: Math.max(Math.min(step(end + by), last), start + STEP) };
    const from = Math.min(Math.max(step(start + by), first), last - (end - start));
    return { start: from, end: from + end - start };
  };

  document.addEventListener('pointerdown', (event) => {
    const grip = event.target instanceof SVGElement ? event.target.dataset['grip'] : undefined;
    const figure = strip();
    const before = figure && chosenOf(figure);
    const day = figure?.querySelector('[data-day]');
    if (!grip || !figure || !before || !day || event.button !== 0) return;
    event.preventDefault();
    const whole = (numberOf(figure, 'end') ?? 0) - (numberOf(figure, 'start') ?? 0);
    const scale = whole / day.getBoundingClientRect().width;
    held = true;
    const move = ({ clientX }: PointerEvent): void => write(figure, moved(figure, grip, before, (clientX - event.clientX) * scale));
    const drop = (): void => {
      held = false;
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', drop);
      document.removeEventListener('pointercancel', drop);
      soon();
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', drop);
    document.addEventListener('pointercancel', drop);
  });

  document.addEventListener('keydown', (event) => {
    const grip = event.target instanceof SVGElement ? event.target.dataset['grip'] : undefined;
    const figure = strip();
    const before = figure && chosenOf(figure);
    const by = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -HOUR, PageUp: HOUR }[event.key];
    if (!grip || !figure || !before || by === undefined) return;
    event.preventDefault();
    write(figure, moved(figure, grip, before, by));
  });

  const figure = strip();
  if (figure) nameEnds(figure);
  aboveKeyboard();
};

const form = document.querySelector<HTMLFormElement>('form[data-announcing]');
if (form) announcing(form);
