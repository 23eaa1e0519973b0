import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ComponentState } from '#domain/sla/overall.ts';
import { type BadgeView, buildStatusBadge, expireBadge } from '#monitor/views/badge.ts';
import type { SummaryView } from '#monitor/views/summary.ts';
import { badgeJson, badgeOf, badgeSvg, LABEL_GROUND, TONES } from '#site/documents/badge.ts';
import { fitted, textWidth } from '#site/documents/text-width.ts';
import { badgeRoutes } from '#site/server/badge-routes.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { childrenOf, type ReadElement, readXml, textOf } from '../../support/xml-tree.ts';

const chrome = { lang: 'en', pageName: 'Example' } as const;
const status = (
  state: BadgeView extends infer V ? (V extends { state: infer S } ? S : never) : never,
  investigating = false,
): BadgeView => ({
  what: 'status',
  name: 'Web',
  state,
  investigating,
});
const figure = (
  availability: string | null,
  standing: 'met' | 'missed' | 'indeterminate' | null,
  what: 'month' | '30d' = '30d',
): BadgeView => ({
  what,
  name: null,
  month: what === 'month' ? '2026-11' : null,
  availability,
  standing,
  current: true,
});
interface Shields {
  readonly schemaVersion: number;
  readonly label: string;
  readonly message: string;
  readonly color: string;
}
const json = (view: BadgeView): Shields => JSON.parse(badgeJson(badgeOf(view, chrome))) as Shields;
const svg = (view: BadgeView): ReadElement => readXml(badgeSvg(badgeOf(view, chrome)));

describe('what a badge says', () => {
  test.each([
    [status('operational'), 'Web', 'operational', 'brightgreen'],
    [status('degraded'), 'Web', 'degraded', 'yellow'],
    [status('major_outage'), 'Web', 'down', 'red'],
    [status('unknown'), 'Web', 'unknown', 'lightgrey'],
    [status('operational', true), 'Web', 'investigating', 'lightgrey'],
    [status('partly_unknown'), 'Web', 'partly unknown', 'lightgrey'],
    [figure('99.9401', 'met'), 'Example, 30 days', '99.9401 %', 'brightgreen'],
    [figure('99.4999', 'missed', 'month'), 'Example, Nov 2026', '99.4999 %', 'red'],
    [figure('99.4999', 'indeterminate'), 'Example, 30 days', '99.4999 %', 'lightgrey'],
    [figure(null, null), 'Example, 30 days', 'no data', 'lightgrey'],
  ])('%j', (view, label, message, color) => {
    expect(json(view)).toEqual({ schemaVersion: 1, label, message, color });
    const drawn = svg(view);
    expect(drawn.attributes['role']).toBe('img');
    expect(textOf(drawn, 'title')).toBe(`${label}: ${message}`);
    const texts = childrenOf(drawn, 'g')
      .flatMap((group) => childrenOf(group, 'text'))
      .map(({ text }) => text);
    expect(texts).toEqual([label, message]);
  });

  test('with facts that are too old nothing is green and nothing is claimed', () => {
    for (const view of [status('operational'), status('degraded'), figure('100.0000', 'met'), figure('99.0000', 'missed', 'month')])
      expect(json(expireBadge(view))).toMatchObject({ message: 'unknown', color: 'lightgrey' });
    for (const route of badgeRoutes) expect(String(route.blank(null, 0))).toContain('unknown');
  });

  test('the service is what its components are, and a name that nobody watches has no badge', () => {
    const summary = (states: readonly ComponentState[]): SummaryView =>
      ({
        components: states.map((state, i) => ({ slug: `c${i}`, name: `C${i}`, critical: true, state, investigating: false })),
      }) as unknown as SummaryView;
    const overall = (...states: ComponentState[]) => buildStatusBadge(summary(states), 'overall')?.state;
    expect(overall('operational', 'operational')).toBe('operational');
    expect(overall('operational', 'unknown')).toBe('partly_unknown');
    expect(overall('operational', 'major_outage')).toBe('down');
    expect(overall()).toBe('unknown');
    expect(buildStatusBadge(summary(['degraded']), 'c0')).toMatchObject({ name: 'C0', state: 'degraded' });
    expect(buildStatusBadge(summary(['degraded']), 'nobody')).toBeNull();
  });
});

describe('how it is drawn', () => {
  const rgb = (hex: string): number[] => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255);
  const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = rgb(hex).map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  test('white letters stand out on every ground', () => {
    for (const ground of [...Object.values(TONES), LABEL_GROUND]) expect(1.05 / (luminance(ground) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  test('every text ends inside the picture, whatever it is', () => {
    const inside = (name: string): void => {
      const drawn = svg({ ...figure('99.9401', 'met'), name });
      const width = Number(drawn.attributes['width']);
      const texts = childrenOf(drawn, 'g').flatMap((group) => childrenOf(group, 'text'));
      for (const { attributes } of texts)
        expect(Number(attributes['x']) + Number(attributes['textLength'] ?? 0)).toBeLessThanOrEqual(width - 6);
      expect(width).toBeLessThan(480);
    };
    for (const text of HOSTILE_TEXTS) inside(text);
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), inside), { numRuns: 200, seed: 20_261_124 });
  });

  test('a long name is cut between characters, and the title holds all of it', () => {
    const name = '👩‍👩‍👧‍👦'.repeat(60);
    const drawn = svg({ ...figure('99.9401', 'met'), name });
    expect(textOf(drawn, 'title')).toBe(`${name}, 30 days: 99.9401 %`);
    const [shown] = childrenOf(drawn, 'g').flatMap((group) => childrenOf(group, 'text'));
    expect(shown?.text).toMatch(/^(👩‍👩‍👧‍👦)+…, 30 days$/u);
  });

  test('a text that fits stays whole', () => {
    expect(fitted('Checkout API', 11, 200)).toBe('Checkout API');
    expect(textWidth('', 11)).toBe(0);
  });
});
