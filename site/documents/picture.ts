/**
 * The picture for social networks as SVG, 1200 by 630: name, state in one sentence with its shape, ninety days, and as of when. The bars are
 * those of the page. In the light colours of the page, written out, since what makes PNG of it knows no OKLCH. Pure.
 */
import type { Headline } from '#domain/sla/overall.ts';
import type { PictureView } from '#monitor/views/picture.ts';
import { type BarsGeometry, drawDayBars } from '../components/day-bars.ts';
import { timeText, zoneShortText } from '../format.ts';
import { wordsOf } from '../i18n/words.ts';
import type { PageLocals } from '../server/prepared.ts';
import { fitted, textWidth } from './text-width.ts';
import { cleanText, type Element, el, elementText } from './xml.ts';

type Chrome = PageLocals['chrome'];

export const PICTURE_WIDTH = 1_200;
export const PICTURE_HEIGHT = 630;
export const PAPER = '#fdfcfa';
const INK = '#15181f';
const SOFT = '#464a53';
const STATE = { up: '#3ca368', degraded: '#ca7a00', down: '#bb061e', maintenance: '#3664be', unknown: '#777a80' } as const;
const FILLS: Readonly<Record<ReturnType<typeof drawDayBars>['paths'][number]['fill'], string>> = {
  operational: STATE.up,
  degraded: STATE.degraded,
  down: STATE.down,
  maintenance: STATE.maintenance,
  unknown: 'url(#hatch)',
  'not-yet': '#e3e4e7',
  ahead: '#e3e4e7',
};
const SHAPES: Readonly<Record<Headline, 'up' | 'degraded' | 'down' | 'maintenance' | 'unknown'>> = {
  operational: 'up',
  maintenance: 'maintenance',
  degraded: 'degraded',
  down: 'down',
  all_down: 'down',
  unknown: 'unknown',
  partly_unknown: 'unknown',
};

const MARGIN = 72;
const BARS_LEFT = 408;
const BARS: BarsGeometry = { barWidth: 6, gap: 2, height: 40 };
const ROW = 56;
const SIZE = { name: 32, large: 60, small: 46, line: 26, foot: 22 } as const;
/** Inter is narrower than what `textWidth` allows for. */
const INTER = 0.88;
const widthOf = (said: string, size: number): number => textWidth(said, size * INTER);
const cutTo = (said: string, size: number, most: number): string => fitted(said, size * INTER, most);

/**
 * Letters that the picture can draw: Latin, Greek and Cyrillic with their marks, and common signs. A name in another script is left to
 * the page; here stands what is left of it, or `instead`.
 */
export const legible = (text: string, instead: string): string => {
  const kept = cleanText(text)
    .normalize('NFC')
    .replaceAll(/[^\u0020-\u007e\u00a0-\u017f\u0386-\u03ce\u0401-\u0451\u1e80-\u1e85\u2013\u2014\u2018-\u201d\u2026\u20ac]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /[\p{L}\p{N}]/u.test(kept) ? kept : instead;
};

/** The sentence in lines of at most `most` px; what does not fit into `count` of them is cut. */
const wrapped = (sentence: string, size: number, most: number, count: number): string[] => {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.length <= count ? lines : [...lines.slice(0, count - 1), lines.slice(count - 1).join(' ')];
  return shown.map((line) => cutTo(line, size, most));
};

/** The marks of the page (Sprite.astro), `size` px wide. */
const markOf = (shape: (typeof SHAPES)[Headline], x: number, y: number, size: number): Element => {
  const fill = STATE[shape];
  const line = { fill: 'none', stroke: fill, 'stroke-width': 2 };
  const drawn: { readonly [K in typeof shape]: readonly Element[] } = {
    up: [el('circle', { cx: 6, cy: 6, r: 6, fill })],
    degraded: [el('path', { d: 'M6 0a6 6 0 0 0 0 12z', fill }), el('circle', { cx: 6, cy: 6, r: 5, ...line })],
    down: [
      el('rect', { width: 12, height: 12, rx: 1.5, fill }),
      el('path', { d: 'M3.4 3.4l5.2 5.2M8.6 3.4L3.4 8.6', fill: 'none', stroke: PAPER, 'stroke-width': 2 }),
    ],
    maintenance: [el('path', { d: 'M6 1l5 5-5 5-5-5z', ...line })],
    unknown: [
      el('path', { d: 'M3.2 3.6a2.8 2.8 0 1 1 4.3 2.5c-.9.6-1.5 1-1.5 2.1', ...line }),
      el('circle', { cx: 6, cy: 11, r: 1.25, fill }),
    ],
  };
  return el('g', { transform: `translate(${x} ${y}) scale(${size / 12})` }, drawn[shape]);
};

const text = (x: number, y: number, size: number, said: string, more: Element['attributes'] = {}): Element =>
  el('text', { x, y, 'font-size': size, fill: INK, ...more }, said);

const HATCH = el(
  'pattern',
  { id: 'hatch', width: 6, height: 8, patternUnits: 'userSpaceOnUse' },
  el('rect', { width: 6, height: 8, fill: '#e3e4e7' }),
  el('rect', { width: 6, height: 4, fill: STATE.unknown }),
);

const headlineOf = (view: PictureView, lang: string): string => {
  const words = wordsOf(lang);
  const all = (names: readonly string[]): string[] => names.map((name) => legible(name, words.picture.component));
  const { overall } = view;
  const drawable = {
    ...overall,
    down: all(overall.down),
    degraded: all(overall.degraded),
    unknown: all(overall.unknown),
    maintenance: all(overall.maintenance),
  };
  return words.headline(drawable, all(view.investigating), view.measured, view.awaitsBeat);
};

export const pictureSvg = (view: PictureView, chrome: Chrome): string => {
  const { lang, picture } = wordsOf(chrome.lang);
  const sentence = headlineOf(view, lang);
  const most = PICTURE_WIDTH - 2 * MARGIN - 84;
  const large = wrapped(sentence, SIZE.large, most, 9);
  const size = large.length <= 2 ? SIZE.large : SIZE.small;
  const lines = large.length <= 2 ? large : wrapped(sentence, SIZE.small, most, 3);
  const top = 190;
  const rows = PICTURE_HEIGHT - 84 - view.lines.length * ROW;
  // While the store is away the facts are as old as it is long gone.
  const asOf = chrome.staleSinceMs ?? view.asOf;
  const foot = picture.asOf(`${timeText(lang, view.zone, asOf, 'dateClock')} (${zoneShortText(lang, view.zone, asOf)})`);
  const days = view.lines[0]?.bars.length ?? 0;
  const span = days === 0 ? '' : view.omitted > 0 ? picture.daysAndMore(days, view.omitted) : picture.days(days);
  return elementText(
    el(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width: PICTURE_WIDTH,
        height: PICTURE_HEIGHT,
        viewBox: `0 0 ${PICTURE_WIDTH} ${PICTURE_HEIGHT}`,
        'font-family': 'Inter',
        'font-weight': 500,
      },
      el('defs', {}, HATCH),
      el('rect', { width: PICTURE_WIDTH, height: PICTURE_HEIGHT, fill: PAPER }),
      el('rect', { width: PICTURE_WIDTH, height: 10, fill: '#2a4a88' }),
      text(MARGIN, 88, SIZE.name, cutTo(legible(chrome.pageName, new URL(chrome.origin).host), SIZE.name, PICTURE_WIDTH - 2 * MARGIN), {
        fill: SOFT,
      }),
      markOf(SHAPES[view.overall.headline], MARGIN, top - size * 0.78, size * 0.86),
      lines.map((line, i) => text(MARGIN + 84, top + i * size * 1.18, size, line)),
      view.lines.flatMap(({ slug, name, bars }, i) => [
        text(MARGIN, rows + i * ROW + 29, SIZE.line, cutTo(legible(name, slug), SIZE.line, BARS_LEFT - MARGIN - 24)),
        el(
          'g',
          { transform: `translate(${BARS_LEFT} ${rows + i * ROW})` },
          drawDayBars(bars, BARS).paths.map(({ fill, d }) => el('path', { d, fill: FILLS[fill] })),
        ),
      ]),
      text(MARGIN, PICTURE_HEIGHT - 40, SIZE.foot, foot, { fill: SOFT }),
      text(
        PICTURE_WIDTH - MARGIN,
        PICTURE_HEIGHT - 40,
        SIZE.foot,
        cutTo(span, SIZE.foot, PICTURE_WIDTH - 2 * MARGIN - 24 - widthOf(foot, SIZE.foot)),
        {
          fill: SOFT,
          'text-anchor': 'end',
        },
      ),
    ),
  );
};
