/** The widget: its script, and the document behind it. Words travel in the document, so that the script stays small. */
import { readFileSync } from 'node:fs';
import { overallState } from '#domain/sla/overall.ts';
import { instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { isoOf } from '#domain/time/iso.ts';
import { expireWidget, type WidgetView, widgetView } from '#monitor/views/widget.ts';
import { HEADLINE_STATES } from '../components/headline-state.ts';
import { commaOf, stopOf, timeText, zoneShortText, zoneText } from '../format.ts';
import { DEFAULT_LANG, LANGUAGES, type Lang, LOCALES } from '../i18n/languages.ts';
import { wordsOf } from '../i18n/words.ts';
import { langHref } from '../links.ts';
import type { DocumentRoute } from './document-presenter.ts';
import { judgeLang } from './judge-lang.ts';
import { NOBODY } from './nobody.ts';
import type { PageLocals } from './prepared.ts';

type Chrome = PageLocals['chrome'];

const source = readFileSync(new URL('../client/widget.js', import.meta.url), 'utf8')
  .replaceAll(/^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*)\s*$/gm, '')
  .replaceAll(/\n\s+/g, '\n')
  .trim();

/** The words that must be there when nothing can be fetched. */
const offline = Object.fromEntries(
  Object.keys(LANGUAGES).map((lang) => {
    const { dir, widget } = wordsOf(lang);
    return [lang, { dir, label: widget.label, unavailable: widget.unavailable, note: widget.unavailableNote, page: widget.page }];
  }),
);

/** The script as it is sent from `origin`. */
export const widgetScript = (origin: string): string =>
  `(()=>{const AVOW=${JSON.stringify({ origin, words: offline, first: DEFAULT_LANG, locales: LOCALES })};\n${source}\n})();\n`;

/** "Sat 28 Nov, 10:00–15:00 Eastern Time (EST, UTC−5)". */
const spanText = (lang: string, zone: string, { start, end }: Interval): string => {
  const name = zoneText(lang, zone, start);
  const where = zone === 'UTC' ? name : `${name} (${zoneShortText(lang, zone, start)})`;
  return `${timeText(lang, zone, start, 'slot')}${commaOf(lang)}${timeText(lang, zone, start, 'clock')}–${timeText(lang, zone, end, 'clock')} ${where}`;
};

const hrefIn =
  (origin: string, lang: Lang) =>
  (path: string): string =>
    origin + (lang === DEFAULT_LANG ? path : langHref(path, lang));

const windowOf = ({ window, reserveZone }: WidgetView['frame'], lang: Lang, href: (path: string) => string): object | null => {
  if (!window) return null;
  const { frame } = wordsOf(lang);
  const sentence = {
    running: frame.windowRunning(window.title ?? ''),
    announced: frame.windowAnnounced(window.title ?? ''),
    reserved: frame.windowReserved,
  };
  return {
    state: window.state,
    title: window.title,
    sentence: sentence[window.state],
    start: isoOf(window.start),
    end: isoOf(window.end),
    zone: reserveZone,
    local: `${spanText(lang, reserveZone, window)}${stopOf(lang)}`,
    url: href(window.id === null ? '/maintenance' : `/maintenance/${encodeURIComponent(window.id)}`),
  };
};

/** The document of /api/v1/widget. */
export const widgetDocument = (view: WidgetView, chrome: Chrome, lang: Lang): object => {
  const words = wordsOf(lang);
  const { origin, staleSinceMs, generatedAtMs, zone } = chrome;
  const href = hrefIn(origin, lang);
  const state = HEADLINE_STATES[view.overall.headline];
  const asOf = instant(staleSinceMs ?? view.asOf);
  const note =
    staleSinceMs === null ? null : words.stale(`${timeText(lang, zone, staleSinceMs, 'exact')} ${zoneText(lang, zone, staleSinceMs)}`);
  return {
    lang,
    dir: words.dir,
    generated: isoOf(instant(generatedAtMs)),
    as_of: isoOf(asOf),
    stale: staleSinceMs !== null,
    note,
    page: { name: chrome.pageName, url: href('/') },
    state,
    state_word: words.states[state],
    headline: words.headline(view.overall, view.investigating, view.overall.headline !== 'unknown' || view.overall.unknown.length > 0),
    incidents: view.incidents.map(({ id, title, startedAt }) => ({
      id,
      title,
      started_at: isoOf(startedAt),
      url: href(`/incidents/${encodeURIComponent(id)}`),
    })),
    window: windowOf(view.frame, lang, href),
    changes: view.changes.map(({ version, title }) => ({ version, title, url: href(`/releases/${encodeURIComponent(version)}`) })),
    support: chrome.support.map(({ kind, label, link }) => ({ kind, word: words.severity.kinds[kind], label, link })),
    words: {
      page: words.widget.page,
      incidents: words.widget.incidents,
      changes: words.widget.changes,
      support: words.widget.support,
      yours: words.frame.yours,
    },
  };
};

/** Nothing is known: the same document without a claim. */
const nothingKnown = (chrome: Chrome | null, asOf: number): string => {
  const at = isoOf(instant(asOf));
  const words = wordsOf(DEFAULT_LANG);
  return `${JSON.stringify({
    lang: DEFAULT_LANG,
    dir: words.dir,
    generated: at,
    as_of: at,
    stale: true,
    note: null,
    page: { name: (chrome ?? NOBODY).pageName, url: chrome ? `${chrome.origin}/` : '/' },
    state: 'unknown',
    state_word: words.states.unknown,
    headline: words.headline(overallState([]), [], false),
    incidents: [],
    window: null,
    changes: [],
    support: [],
    words: { page: words.widget.page, yours: words.frame.yours },
  })}\n`;
};

export const widgetDocuments: readonly DocumentRoute[] = [
  {
    pattern: '/widget.js',
    type: 'text/javascript; charset=utf-8',
    // It holds no facts: applications that embed it ask again after five minutes, and keep it while this site is away.
    headers: { 'Cache-Control': 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400' },
    view: async () => ({}),
    draw: (_view, { origin }) => widgetScript(origin),
    blank: (chrome) => widgetScript(chrome?.origin ?? ''),
  },
  {
    pattern: '/api/v1/widget',
    type: 'application/json; charset=utf-8',
    query: ['lang'],
    judge: judgeLang,
    view: (context) => widgetView(context),
    expire: (view) => expireWidget(view as WidgetView),
    draw: (view, chrome, params) =>
      `${JSON.stringify(widgetDocument(view as WidgetView, chrome, (params.get('lang') ?? DEFAULT_LANG) as Lang))}\n`,
    blank: nothingKnown,
  },
];
