/** The last days: by the same derivation as a month, so that a stretch that happens to be a month says what the month says. */
import { describe, expect, test } from 'vitest';
import { narrowed } from '#domain/ledger/narrowed.ts';
import { rollingAssessment } from '#domain/ledger/rolling.ts';
import { percentText } from '#domain/sla/availability.ts';
import { DAY, instant, MINUTE, millis } from '#domain/time/instant.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { componentFigure, serviceFigure } from '#monitor/views/month-figure.ts';
import { believableFacts } from '../../support/believable-facts.ts';
import { believableLedger, policyOf } from '../../support/believable-ledger.ts';
import { announcementFact, ledgerOf, said } from '../../support/ledger-examples.ts';
import { SCENE_TIME } from '../../support/scenes.ts';

const at = (text: string) => instant(Date.parse(text));

describe('availability of the last days', () => {
  test('of a stretch that is the running month so far it is the figure of the month, for the service and for each component', () => {
    const wanted = ['Web', 'Search', 'Mail'].map((name) => ({ name, group: null, critical: name !== 'Mail' }));
    for (const seed of [1, 2, 3, 4, 5]) {
      const facts = believableLedger(believableFacts(wanted, SCENE_TIME, seed), SCENE_TIME);
      const { start } = monthBounds('America/New_York', '2026-11');
      const own = narrowed(facts, { start, end: SCENE_TIME });
      const rolled = (slug: string | null) => rollingAssessment(own, slug);
      expect(rolled(null)?.sums).toEqual(serviceFigure(facts, '2026-11')?.sums);
      for (const { slug } of facts.components) {
        const figure = componentFigure(facts, slug, '2026-11');
        const assessed = rolled(slug);
        expect(assessed?.sums).toEqual(figure?.sums);
        expect(assessed && percentText(assessed.figures.measured)).toBe(figure?.availability);
      }
    }
  });

  const end = at('2026-04-01T12:00:00Z');
  const days = (count: number) => ({ start: instant(end - count * DAY), end });
  const halfHour = at('2026-03-28T15:00:00Z');
  const facts = ledgerOf(
    end,
    {
      web: [
        said('2025-01-01T00:00:00Z', halfHour, 'up'),
        said(halfHour, halfHour + 30 * MINUTE, 'down'),
        said(halfHour + 30 * MINUTE, '2026-04-02T00:00:00Z', 'up'),
      ],
    },
    { announcements: [], policies: [policyOf()] },
  );

  test('half an hour of thirty days', () => {
    const assessed = rollingAssessment({ ...facts, range: days(30) }, null);
    expect(assessed?.sums).toMatchObject({ periodMs: millis(30 * DAY), downtimeMs: millis(30 * MINUTE) });
    // 1 - 1 800 / 2 592 000 = 99.930555…
    expect(assessed && percentText(assessed.figures.measured)).toBe('99.9305');
  });

  test('what an announced window excludes is neither up nor down', () => {
    const window = announcementFact('m1', '2026-03-20T00:00:00Z', '2026-03-28T14:00:00Z', '2026-03-28T19:00:00Z');
    const assessed = rollingAssessment({ ...facts, range: days(30), announcements: [window] }, null);
    expect(assessed?.sums).toMatchObject({ excludedMs: 300 * MINUTE, downtimeMs: 0 });
    expect(assessed && percentText(assessed.figures.measured)).toBe('100.0000');
  });

  test('a component that nobody watches, and a service of nothing, have no figure', () => {
    expect(rollingAssessment({ ...facts, range: days(90) }, 'nobody')).toBeNull();
    expect(rollingAssessment({ ...facts, range: days(90), components: [] }, null)).toBeNull();
  });
});
