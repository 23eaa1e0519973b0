import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import { isRefusal } from '#domain/refusal.ts';
import { applyWhatIf, type WhatIf } from '#domain/report/what-if.ts';
import { compareStatements } from '#domain/report/what-if-comparison.ts';
import { type MonthStatement, monthStatement, type StatementFacts } from '#domain/sla/month-statement.ts';
import { instant } from '#domain/time/instant.ts';
import { testSeed } from '../../support/seeded.ts';
import { announced, at, contract, down, monthFacts, override, stretch } from '../sla/examples.ts';
import { arbitraryMonth } from './arbitrary-month.ts';
import { downOn, withRows } from './report-examples.ts';

/** Two hours down in June, of which the second was announced: 13:00Z to 15:00Z, window from 14:00Z to 16:00Z. */
const real = monthFacts('2026-06', {
  components: [downOn(down('2026-06-13T13:00:00Z', '2026-06-13T15:00:00Z'))],
  announcements: [announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z')],
});
const imagined = (facts: StatementFacts, ...changes: readonly WhatIf[]): MonthStatement => {
  const found = applyWhatIf(facts, changes);
  if (isRefusal(found)) throw new Error(found.message);
  return monthStatement(found);
};
const refused = (...changes: readonly WhatIf[]): string => {
  const found = applyWhatIf(real, changes);
  return isRefusal(found) ? found.message : '';
};
const sums = ({ sums: { downtimeMs, excludedMs } }: MonthStatement) => [downtimeMs / 60_000, excludedMs / 60_000];
const slot = stretch('2026-06-13T14:00:00Z', '2026-06-13T19:00:00Z');

describe('what if', () => {
  it('the window had been another: longer, elsewhere, not at all', () => {
    expect(sums(monthStatement(real))).toEqual([60, 120]);
    expect(sums(imagined(real, { kind: 'move_announcement', id: 'm1', ...slot }))).toEqual([60, 300]);
    expect(
      sums(imagined(real, { kind: 'move_announcement', id: 'm1', ...stretch('2026-06-20T14:00:00Z', '2026-06-20T15:00:00Z') })),
    ).toEqual([120, 60]);
    expect(sums(imagined(real, { kind: 'drop_announcement', id: 'm1' }))).toEqual([120, 0]);
  });
  it('a window had been announced, in time or a millisecond late', () => {
    const bare = { ...real, announcements: [] };
    const add = (announcedAt: string): WhatIf => ({ kind: 'add_announcement', announcedAt: at(announcedAt), ...slot, components: ['app'] });
    expect(sums(imagined(bare, add('2026-06-13T14:00:00Z')))).toEqual([60, 300]);
    expect(sums(imagined(bare, add('2026-06-13T14:00:00.001Z')))).toEqual([120, 0]);
  });
  it('a window that was cancelled is moved as if it had not been', () => {
    const cancelled = { ...real, announcements: real.announcements.map((one) => ({ ...one, cancelledAt: at('2026-06-05T00:00:00Z') })) };
    expect(sums(monthStatement(cancelled))).toEqual([120, 0]);
    expect(sums(imagined(cancelled, { kind: 'move_announcement', id: 'm1', ...slot }))).toEqual([60, 300]);
  });
  it('there had been an hour more, or none at all', () => {
    const hour = { component: 'app', ...stretch('2026-06-20T00:00:00Z', '2026-06-20T01:00:00Z') };
    expect(sums(imagined(real, { kind: 'add_outage', ...hour }))).toEqual([120, 120]);
    expect(
      sums(imagined(real, { kind: 'drop_outage', component: 'app', ...stretch('2026-06-13T13:00:00Z', '2026-06-13T15:00:00Z') })),
    ).toEqual([0, 120]);
    expect(sums(imagined(real, { kind: 'add_outage', ...hour }, { kind: 'drop_outage', ...hour }))).toEqual([60, 120]);
  });
  it('wins over what a person said, and is told as an adjustment that nobody wrote', () => {
    const row = override('a', '2026-07-10T00:00:00Z', '2026-06-13T13:00:00Z', null, 'up', 'bob');
    const said = { ...real, components: real.components.map((one) => withRows(one, [row])) };
    const found = imagined(said, { kind: 'add_outage', component: 'app', ...stretch('2026-06-20T00:00:00Z', '2026-06-20T01:00:00Z') });
    expect(sums(found)).toEqual([60, 120]);
    expect(found.adjustments.map(({ row: { author }, inEffect }) => [author, inEffect])).toEqual([
      ['ann', true],
      ['what-if', true],
    ]);
  });
  it('a component of which nothing is known had been down', () => {
    const silent = { ...real, components: [] };
    expect(
      sums(imagined(silent, { kind: 'add_outage', component: 'app', ...stretch('2026-06-20T00:00:00Z', '2026-06-20T01:00:00Z') })),
    ).toEqual([60, 120]);
  });
  it('more had been promised, and the credit agreed otherwise', () => {
    expect(imagined(real, { kind: 'target_ppm', targetPpm: 999_000 })).toMatchObject({ verdict: 'missed', credit: { credit: 0 } });
    const strict: WhatIf[] = [
      { kind: 'target_ppm', targetPpm: 999_000 },
      { kind: 'tiers', tiers: [{ belowPpm: 999_000, creditBp: 2_000 }] },
      { kind: 'cap_bp', capBp: 1_500 },
    ];
    expect(imagined(real, ...strict)).toMatchObject({ credit: { creditBp: 1_500, credit: 75_000 } });
    expect(imagined(real, { kind: 'unknown_policy', unknownPolicy: 'down' }).terms.unknownPolicy).toBe('down');
    expect(imagined(real, { kind: 'count_degraded', countDegraded: true }).terms.countDegraded).toBe(true);
  });
});

describe('what cannot be imagined', () => {
  const hour = stretch('2026-06-20T00:00:00Z', '2026-06-20T01:00:00Z');
  it('is refused in a sentence', () => {
    expect(refused({ kind: 'drop_announcement', id: 'm9' })).toBe('No announcement has the id m9; known here: m1.');
    expect(refused({ kind: 'move_announcement', id: 'm1', start: hour.start, end: hour.start })).toBe(
      'Nothing lies between 2026-06-20T00:00:00.000Z and 2026-06-20T00:00:00.000Z; give an end after the start.',
    );
    expect(refused({ kind: 'add_outage', component: 'constructor', ...hour })).toBe(
      'constructor is no such component of contract k1; known here: app.',
    );
    expect(refused({ kind: 'target_ppm', targetPpm: Number.NaN })).toBe('The target must be 0 to 1000000 ppm, not NaN.');
    expect(refused({ kind: 'tiers', tiers: [{ belowPpm: 999_000, creditBp: 1_000 }] })).toMatch(
      /^The tier below 999000 ppm lies above the target/,
    );
    const none = applyWhatIf({ ...real, contract: { ...contract, schedule: null } }, [{ kind: 'cap_bp', capBp: 100 }]);
    expect(isRefusal(none) && none.message).toBe('No credits were agreed in contract k1; give tiers first.');
  });
  it('stops at the first', () => {
    expect(refused({ kind: 'drop_announcement', id: 'm1' }, { kind: 'drop_announcement', id: 'm1' })).toBe(
      'No announcement has the id m1; none is known for this month.',
    );
  });
});

describe('the real and the imagined month', () => {
  it('stand beside each other, with the difference in words', () => {
    const told = compareStatements(monthStatement(real), imagined(real, { kind: 'drop_announcement', id: 'm1' }));
    expect(told.find(({ figure }) => figure === 'downtime_ms')).toEqual({
      figure: 'downtime_ms',
      name: 'Downtime',
      real: '1 h 0 min',
      imagined: '2 h 0 min',
      words: 'Downtime would rise by 1 h 0 min, from 1 h 0 min to 2 h 0 min.',
    });
    expect(told.find(({ figure }) => figure === 'availability')?.words).toBe('The availability would fall from 99.8607 % to 99.7222 %.');
    expect(told.find(({ figure }) => figure === 'verdict')).toMatchObject({ real: 'kept', imagined: 'kept', words: null });
    expect(told.at(-1)).toMatchObject({ figure: 'credit_minor', real: '0.00 USD', imagined: '0.00 USD', words: null });
  });
  it('are never mixed up: the real facts stay as they were, and an outage thought away brings back at least what it took', () => {
    fc.assert(
      fc.property(arbitraryMonth, fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 1, max: 500 }), ({ given }, from, minutes) => {
        const before = canonicalJson(given);
        const start = instant(at(`${given.month}-12T04:00:00Z`) + from * 60_000);
        const part = { component: given.contract.critical[0] ?? '', start, end: instant(start + minutes * 60_000) };
        const [was, worse, better] = [
          monthStatement(given),
          imagined(given, { kind: 'add_outage', ...part }),
          imagined(given, { kind: 'drop_outage', ...part }),
        ];
        expect(canonicalJson(given)).toBe(before);
        expect(worse.sums.downtimeMs).toBeGreaterThanOrEqual(was.sums.downtimeMs);
        expect(better.sums.downtimeMs).toBeLessThanOrEqual(was.sums.downtimeMs);
        expect(compareStatements(was, was).every(({ words }) => words === null)).toBe(true);
      }),
      { seed: testSeed(20_261_205), numRuns: 60 },
    );
  });
});
