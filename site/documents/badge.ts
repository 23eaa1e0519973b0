/**
 * A badge: one label and one message, as an SVG that needs no font, no script and no colour to be understood, and as the document that
 * shields.io reads. The state is said by word, by shape and by colour. Pure.
 */
import type { Headline } from '#domain/sla/overall.ts';
import type { BadgeView, RollingSpan, StatusBadge } from '#monitor/views/badge.ts';
import type { Standing } from '#monitor/views/month-figure.ts';
import { monthText } from '../format.ts';
import { wordsOf } from '../i18n/words.ts';
import type { PageLocals } from '../server/prepared.ts';
import { fitted, textWidth } from './text-width.ts';
import { cleanText, type Element, el, elementText } from './xml.ts';

type Chrome = PageLocals['chrome'];
type Tone = 'good' | 'fair' | 'bad' | 'planned' | 'unknown';

/** White letters stand on each with at least 4.5 to 1. */
export const TONES: Readonly<Record<Tone, string>> = {
  good: '#1a7340',
  fair: '#8f5300',
  bad: '#b3261e',
  planned: '#2f5bb7',
  unknown: '#5c6066',
};
export const LABEL_GROUND = '#2b3038';
/** As shields.io names colours. */
const SHIELDS: Readonly<Record<Tone, string>> = {
  good: 'brightgreen',
  fair: 'yellow',
  bad: 'red',
  planned: 'blue',
  unknown: 'lightgrey',
};

const STATES: Readonly<Record<StatusBadge['state'], Tone>> = {
  operational: 'good',
  maintenance: 'planned',
  degraded: 'fair',
  partial_outage: 'bad',
  major_outage: 'bad',
  down: 'bad',
  all_down: 'bad',
  partly_unknown: 'unknown',
  unknown: 'unknown',
};
const STANDINGS: Readonly<Record<Standing, Tone>> = {
  met: 'good',
  below: 'fair',
  missed: 'bad',
  indeterminate: 'unknown',
  not_applicable: 'unknown',
};
const QUIET: ReadonlySet<StatusBadge['state']> = new Set<Headline>(['operational', 'maintenance', 'partly_unknown', 'unknown']);

export interface Badge {
  readonly lang: string;
  readonly label: string;
  /** The same with a long name cut short. */
  readonly shown: string;
  readonly message: string;
  readonly tone: Tone;
}

const HEIGHT = 20;
const SIZE = 11;
const PAD = 6;
const SHAPE = 10;
const MOST_NAME = 200;

export const badgeOf = (view: BadgeView, chrome: Pick<Chrome, 'lang' | 'pageName'>): Badge => {
  const { lang, badges } = wordsOf(chrome.lang);
  const name = view.name ?? chrome.pageName;
  const short = fitted(cleanText(name).replaceAll(/\s+/g, ' ').trim(), SIZE, MOST_NAME);
  if (view.what === 'status') {
    const common = { lang, label: name, shown: short };
    // The last check failed: nobody is told that all is well meanwhile.
    if (view.investigating && QUIET.has(view.state)) return { ...common, message: badges.investigating, tone: 'unknown' };
    return { ...common, message: badges.states[view.state], tone: STATES[view.state] };
  }
  const { month, availability, standing, current } = view;
  const labelled = (of: string): string =>
    month === null ? badges.span[view.what as RollingSpan](of) : badges.month(of, monthText(lang, month, 'monthShort'));
  const common = { lang, label: labelled(name), shown: labelled(short) };
  if (!current) return { ...common, message: badges.states.unknown, tone: 'unknown' };
  if (availability === null) return { ...common, message: badges.noData, tone: 'unknown' };
  return { ...common, message: badges.percent(availability), tone: standing === null ? 'unknown' : STANDINGS[standing] };
};

/** Nothing was ever known. */
export const blankBadge = (label: string, lang: string): Badge => ({
  lang,
  label,
  shown: label,
  message: wordsOf(lang).badges.states.unknown,
  tone: 'unknown',
});

export const badgeJson = ({ label, message, tone }: Badge): string =>
  `${JSON.stringify({ schemaVersion: 1, label: cleanText(label), message: cleanText(message), color: SHIELDS[tone] })}\n`;

/** Of the marks on the page, white on the ground of their state. */
const shapeOf = (tone: Tone, x: number): Element => {
  const line = { fill: 'none', stroke: '#fff', 'stroke-width': 1.5 };
  const at = { transform: `translate(${x} 5)`, 'aria-hidden': 'true' };
  const shapes: { readonly [K in Tone]: () => Element } = {
    good: () => el('circle', { cx: 5, cy: 5, r: 4.5, fill: '#fff' }),
    fair: () =>
      el(
        'g',
        {},
        el('path', { d: 'M5 .5a4.5 4.5 0 0 0 0 9z', fill: '#fff' }),
        el('circle', { cx: 5, cy: 5, r: 4, ...line, 'stroke-width': 1 }),
      ),
    bad: () =>
      el('g', {}, el('rect', { x: 0.75, y: 0.75, width: 8.5, height: 8.5, ...line }), el('path', { d: 'M3 3l4 4M7 3l-4 4', ...line })),
    planned: () => el('path', { d: 'M5 1l4 4-4 4-4-4z', ...line }),
    unknown: () =>
      el(
        'g',
        {},
        el('path', { d: 'M2.7 3a2.3 2.3 0 1 1 3.5 2C5.4 5.500 5 5.800 5 6.700', ...line }),
        el('circle', { cx: 5, cy: 9, r: 1, fill: '#fff' }),
      ),
  };
  return el('g', at, shapes[tone]());
};

export const badgeSvg = ({ lang, label, shown, message, tone }: Badge): string => {
  const [labelWidth, messageWidth] = [textWidth(shown, SIZE), textWidth(message, SIZE)];
  const split = labelWidth + 2 * PAD;
  const width = split + PAD + SHAPE + PAD + messageWidth + PAD;
  const text = (x: number, length: number, said: string): Element =>
    el('text', { x, y: 14, ...(length === 0 ? {} : { textLength: length, lengthAdjust: 'spacingAndGlyphs' }) }, said);
  const whole = `${label}: ${message}`;
  return `${elementText(
    el(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width,
        height: HEIGHT,
        viewBox: `0 0 ${width} ${HEIGHT}`,
        role: 'img',
        'aria-label': whole,
        'xml:lang': lang,
      },
      el('title', {}, whole),
      // No clip path: its id would be another badge's too where both stand in one page.
      el('path', { d: `M3 0H${split}V${HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z`, fill: LABEL_GROUND }),
      el('path', { d: `M${split} 0H${width - 3}a3 3 0 0 1 3 3V${HEIGHT - 3}a3 3 0 0 1-3 3H${split}z`, fill: TONES[tone] }),
      shapeOf(tone, split + PAD),
      el(
        'g',
        { fill: '#fff', 'font-family': 'Verdana,DejaVu Sans,Geneva,sans-serif', 'font-size': SIZE },
        text(PAD, labelWidth, shown),
        text(split + PAD + SHAPE + PAD, messageWidth, message),
      ),
    ),
  )}\n`;
};
