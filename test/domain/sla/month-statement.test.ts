import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Sample } from '#domain/check/confirmation.ts';
import { evidenceOf } from '#domain/sla/evidence.ts';
import { type MonthStatement, monthStatement, type StatementComponent, type StatementFacts } from '#domain/sla/month-statement.ts';
import { type LedgerRow, ruleOn } from '#domain/sla/override.ts';
import { instant } from '#domain/time/instant.ts';
import { covered, lengthOf } from '#domain/time/interval.ts';
import { isoOf } from '#domain/time/iso.ts';
import { testSeed } from '../../support/seeded.ts';
import { announced, at, component, contract, down, every, folded, monthFacts, override, stretch, told } from './examples.ts';

const always = ['2025-01-01T00:00:00Z', '2027-06-01T00:00:00Z'] as const;
const downOn = (...downs: ReturnType<typeof down>[]): StatementComponent => component('app', [told('nyc', ...always, ...downs)]);
const wide = stretch(...always);
/** The component with its rows ruled on, as the store's readers do it. */
const withRows = (one: StatementComponent, rows: readonly LedgerRow[]): StatementComponent => {
  const evidence = (reading: 'lenient' | 'strict') => evidenceOf(one.timelines, one.panels, reading, wide, wide.end);
  return { ...one, rulings: ruleOn(rows, { lenient: evidence('lenient'), strict: evidence('strict') }, wide) };
};
const shown = (line: { readonly id: string; readonly start: number; readonly end: number; readonly ms: number }): string =>
  `${line.id} ${isoOf(instant(line.start)).slice(5, 16)} ${line.ms / 60_000}`;

describe('a month statement', () => {
  it('tells how the figure comes about: two hours down in June, of which one was announced', () => {
    const statement = monthStatement(
      monthFacts('2026-06', {
        components: [downOn(down('2026-06-13T13:00:00Z', '2026-06-13T15:00:00Z'))],
        announcements: [announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z')],
      }),
    );
    expect(statement).toMatchObject({
      sums: { periodMs: 2_592_000_000, excludedMs: 7_200_000, downtimeMs: 3_600_000, unknownMs: 0 },
      budgetMs: 12_924_000,
      remainingMs: 9_324_000,
      availability: '99.8607',
      verdict: 'met',
      stage: 'ready',
      coveredDays: 30,
      credit: { billed: 500_000, credit: 0 },
    });
    expect(statement.downtime.map(shown)).toEqual(['D1 06-13T13:00 60']);
    expect(statement.exclusions.map(shown)).toEqual(['X1 06-13T14:00 120']);
    expect(statement.exclusions[0]).toMatchObject({
      announcements: [{ id: 'm1', rev: 1, announcedAt: at('2026-06-01T00:00:00Z') }],
      components: ['app'],
    });
    expect(statement.refused).toEqual([]);
  });
  it('gives the credit step by step when the month was missed', () => {
    const statement = monthStatement(monthFacts('2026-06', { components: [downOn(down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z'))] }));
    expect(statement).toMatchObject({
      availability: '98.6111',
      verdict: 'missed',
      credit: { billed: 500_000, tier: { belowPpm: 990_000, creditBp: 2_500 }, creditBp: 2_500, gross: 125_000, credit: 125_000 },
    });
  });
  it('lists two announcements of one slot so that the lines sum to what was excluded', () => {
    const statement = monthStatement(
      monthFacts('2026-08', {
        announcements: [
          announced('a', '2026-08-01T00:00:00Z', '2026-08-15T14:00:00Z', '2026-08-15T17:00:00Z'),
          announced('b', '2026-08-01T00:00:00Z', '2026-08-15T16:00:00Z', '2026-08-15T19:00:00Z'),
        ],
      }),
    );
    expect(statement.sums.excludedMs).toBe(18_000_000);
    expect(statement.exclusions.map((line) => `${shown(line)} ${line.announcements.map(({ id }) => id).join('+')}`)).toEqual([
      'X1 08-15T14:00 120 a',
      'X2 08-15T16:00 60 a+b',
      'X3 08-15T17:00 120 b',
    ]);
  });
  it('says why a window that was in order excluded less: another component was down, or none that counts was covered', () => {
    const both = { ...contract, components: ['app', 'api', 'docs'], critical: ['app', 'api'] };
    const statement = monthStatement(
      monthFacts('2026-08', {
        contract: both,
        components: [downOn(), { ...downOn(down('2026-08-15T15:00:00Z', '2026-08-15T15:30:00Z')), id: 'api' }],
        announcements: [
          { ...announced('a', '2026-08-01T00:00:00Z', '2026-08-15T14:00:00Z', '2026-08-15T19:00:00Z'), components: ['app'] },
          { ...announced('d', '2026-08-01T00:00:00Z', '2026-08-22T14:00:00Z', '2026-08-22T15:00:00Z'), components: ['docs'] },
        ],
      }),
    );
    expect(statement.sums).toMatchObject({ excludedMs: 16_200_000, downtimeMs: 1_800_000 });
    expect(statement.refused.map((line) => `${shown(line)} ${line.announcement} ${line.reason}`)).toEqual([
      'N1 08-15T15:00 30 a down_elsewhere',
      'N2 08-22T14:00 60 d not_critical',
    ]);
  });
  it('leaves out announcements of components that the contract does not speak of', () => {
    const other = {
      ...announced('o', '2026-08-01T00:00:00Z', '2026-08-15T14:00:00Z', '2026-08-15T19:00:00Z'),
      components: ['somebody-elses'],
    };
    const statement = monthStatement(monthFacts('2026-08', { announcements: [other] }));
    expect([statement.exclusions, statement.refused]).toEqual([[], []]);
  });
  it('tells the cause of what is unknown, as far as it is known', () => {
    const silent = component('app', [
      folded('nyc', [
        ...every('2026-06-01T04:00:00Z', 61, 60_000, () => 'ok'),
        ...every('2026-06-01T08:00:00Z', 2 * 44_640, 60_000, () => 'ok'),
      ]),
    ]);
    const statement = monthStatement(
      monthFacts('2026-06', {
        components: [silent],
        silences: [
          { component: 'app', ...stretch('2026-06-01T06:00:00Z', '2026-06-01T07:00:00Z'), cause: 'worker_silent' },
          { component: 'app', ...stretch('2026-06-01T06:30:00Z', '2026-06-01T07:30:00Z'), cause: 'probe_error' },
        ],
      }),
    );
    expect(
      statement.unknown.map((line) => `${shown(line)} ${line.components.map(({ id, cause }) => `${id} ${cause}`).join(', ')}`),
    ).toEqual([
      'U1 06-01T05:02 57.5 app location_silent',
      'U2 06-01T06:00 60 app worker_silent',
      'U3 06-01T07:00 30 app probe_error',
      'U4 06-01T07:30 30 app location_silent',
    ]);
    expect(statement.sums.unknownMs).toBe(177.5 * 60_000);
  });
  it('counts blips: up, and told all the same', () => {
    const flapping = component('app', [
      folded(
        'nyc',
        every('2026-06-01T04:00:00Z', 60, 60_000, (n) => (n % 2 === 1 ? 'fail' : 'ok')),
      ),
    ]);
    const { blips, sums } = monthStatement(monthFacts('2026-06', { components: [flapping], asOf: at('2026-06-01T04:59:00Z') }));
    expect(sums).toMatchObject({ downtimeMs: 0, upMs: 59 * 60_000 });
    expect([blips.length, blips.reduce((sum, { ms }) => sum + ms, 0)]).toEqual([29, 29 * 60_000]);
  });
  it('where slow counts, a slow result and a failure in one run are one blip', () => {
    const outcomes: Sample['outcome'][] = ['ok', 'slow', 'fail', 'ok', 'ok'];
    const mixed = component('app', [
      folded(
        'nyc',
        every('2026-06-01T04:00:00Z', 5, 60_000, (n) => outcomes[n] ?? 'ok'),
        3,
      ),
    ]);
    const of = (countDegraded: boolean) =>
      monthStatement(monthFacts('2026-06', { components: [mixed], contract: { ...contract, countDegraded } })).blips.map(({ ms }) => ms);
    expect([of(false), of(true)]).toEqual([[60_000], [120_000]]);
  });
  it('counts a blip in the month in which it began, and shows its part of the next', () => {
    const line = [
      ...every('2026-06-30T00:00:00Z', 1_679, 60_000, () => 'ok'),
      { at: at('2026-07-01T03:59:30Z'), outcome: 'fail' as const },
      { at: at('2026-07-01T04:00:20Z'), outcome: 'ok' as const },
    ];
    const samples = line.sort((a, b) => a.at - b.at).filter((one, index) => one.at !== line[index - 1]?.at);
    const one = component('app', [folded('nyc', samples)]);
    const of = (month: string) => monthStatement(monthFacts(month, { components: [one] })).blips.map(({ ms, counted }) => [ms, counted]);
    expect([of('2026-06'), of('2026-07')]).toEqual([[[30_000, true]], [[20_000, false]]]);
  });
});

describe('the stages of a month', () => {
  const stage = (asOf: string, change: Partial<StatementFacts> = {}): string =>
    monthStatement(monthFacts('2026-06', { asOf: at(asOf), ...change })).stage;
  it('is open while it runs, provisional for 72 hours, then ready', () => {
    expect([
      stage('2026-07-01T03:59:59.999Z'),
      stage('2026-07-01T04:00:00Z'),
      stage('2026-07-04T03:59:59.999Z'),
      stage('2026-07-04T04:00:00Z'),
    ]).toEqual(['open', 'provisional', 'provisional', 'ready']);
  });
  it('that is indeterminate stays provisional until two people decided', () => {
    const components = [component('app', [])];
    const decision = { id: 'j', decision: 'missed', reason: 'r', evidence: 'e', author: 'ann', approvedBy: 'bob' } as const;
    expect(stage('2026-08-01T00:00:00Z', { components })).toBe('provisional');
    expect(stage('2026-08-01T00:00:00Z', { components, adjudication: { ...decision, approvedBy: 'ann' } })).toBe('provisional');
    expect(stage('2026-08-01T00:00:00Z', { components, adjudication: decision })).toBe('ready');
  });
  it('shows the budget of the whole month less the windows announced so far, while it runs', () => {
    const statement = monthStatement(
      monthFacts('2026-02', {
        asOf: at('2026-02-10T00:00:00Z'),
        announcements: [announced('a', '2026-01-01T00:00:00Z', '2026-02-28T15:00:00Z', '2026-02-28T20:00:00Z')],
      }),
    );
    expect(statement.projectedBudgetMs).toBe((2_419_200_000 - 18_000_000) / 200);
    expect(statement.sums.excludedMs).toBe(0);
  });
});

describe('adjustments', () => {
  const noted = '2026-06-20T00:00:00Z';
  const outage = downOn(down('2026-06-10T00:00:00Z', '2026-06-10T02:00:00Z'));
  it('lead from what the checks say to the figure, one by one', () => {
    const rows = [
      override('a', noted, '2026-06-10T01:00:00Z', '2026-06-10T02:00:00Z', 'up', 'bob'),
      override('b', '2026-06-21T00:00:00Z', '2026-06-11T00:00:00Z', '2026-06-11T00:05:00Z', 'down'),
      override('c', '2026-06-22T00:00:00Z', '2026-06-10T00:00:00Z', '2026-06-10T01:00:00Z', 'up'),
    ];
    const statement = monthStatement(monthFacts('2026-06', { components: [withRows(outage, rows)] }));
    expect(
      statement.adjustments.map(({ row, inEffect, before, after }) => [row.id, inEffect, before.downtimeMs, after.downtimeMs]),
    ).toEqual([
      ['a', true, 7_200_000, 3_600_000],
      ['b', true, 3_600_000, 3_900_000],
      ['c', false, 3_900_000, 3_900_000],
    ]);
    expect(statement.sums.downtimeMs).toBe(3_900_000);
    expect(statement.downtime.map((line) => `${shown(line)} ${line.override ?? 'checks'}`)).toEqual([
      'D1 06-10T00:00 60 checks',
      'D2 06-11T00:00 5 b',
    ]);
  });
  it('of another month are not told', () => {
    const rows = [override('a', noted, '2026-06-10T01:00:00Z', '2026-06-10T02:00:00Z', 'up', 'bob')];
    expect(monthStatement(monthFacts('2026-07', { components: [withRows(outage, rows)] })).adjustments).toEqual([]);
  });
});

describe('laws of the statement', () => {
  const history = fc.record({
    samples: fc.array(
      fc.record({ minute: fc.integer({ min: 0, max: 2_000 }), outcome: fc.constantFrom('ok', 'ok', 'slow', 'fail', 'fail') }),
      { maxLength: 120 },
    ),
    overrides: fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: 2_000 }),
        minutes: fc.integer({ min: 1, max: 500 }),
        state: fc.constantFrom('up', 'down', 'unknown', 'degraded'),
        approved: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    window: fc.tuple(fc.integer({ min: 800, max: 1_400 }), fc.integer({ min: 1, max: 400 })),
    strict: fc.boolean(),
  });
  type History = typeof history extends fc.Arbitrary<infer T> ? T : never;
  /** Friday 12 June 2026 04:00Z and on; the slot of Saturday 13 June begins 2 040 minutes later. */
  const base = at('2026-06-12T04:00:00Z');
  const factsOf = (ones: readonly History[]): StatementFacts => {
    const components = ones.map((one, index) => {
      const samples: Sample[] = [...new Map(one.samples.map(({ minute, outcome }) => [minute, outcome]))]
        .map(([minute, outcome]) => ({ at: instant(base + minute * 60_000), outcome: outcome as Sample['outcome'] }))
        .sort((a, b) => a.at - b.at);
      const rows = one.overrides.map(({ from, minutes, state, approved }, n) => ({
        ...override(`${index}-${n}`, '2026-06-20T00:00:00Z', '2026-06-12T00:00:00Z', null, state as 'up', approved ? 'bob' : null),
        component: `c${index}`,
        start: instant(base + from * 60_000),
        end: instant(base + (from + minutes) * 60_000),
        recordedAt: instant(at('2026-06-20T00:00:00Z') + n),
      }));
      return withRows(component(`c${index}`, [folded('nyc', samples)]), rows);
    });
    const ids = components.map(({ id }) => id);
    return monthFacts('2026-06', {
      contract: { ...contract, components: ids, critical: ids, countDegraded: ones[0]?.strict ?? false },
      components,
      announcements: ones.map(({ window: [from, minutes] }, index) => ({
        ...announced(`m${index}`, '2026-06-01T00:00:00Z', '2026-06-13T00:00:00Z', '2026-06-13T00:00:00Z'),
        components: [`c${index}`],
        revisions: [
          {
            rev: 1,
            recordedAt: at('2026-06-01T00:00:00Z'),
            start: instant(base + (from + 1_000) * 60_000),
            end: instant(base + (from + 1_000 + minutes) * 60_000),
          },
        ],
      })),
      silences: [{ component: 'c0', start: base, end: instant(base + 500 * 60_000), cause: 'worker_silent' }],
    });
  };
  const facts = fc.array(history, { minLength: 1, maxLength: 3 }).map(factsOf);
  const law = { seed: testSeed(20_261_125), numRuns: 100 };
  const length = (lines: MonthStatement['unknown'] | MonthStatement['exclusions']): number => lines.reduce((sum, line) => sum + line.ms, 0);

  it('H18: its lines sum to its figures, and the adjustments lead to them', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const found = monthStatement(given);
        expect(covered(found.downtime)).toBe(found.sums.downtimeMs);
        expect(length(found.exclusions)).toBe(found.sums.excludedMs);
        expect(length(found.unknown)).toBe(found.sums.unknownMs);
        for (const line of [...found.downtime, ...found.exclusions, ...found.unknown, ...found.refused, ...found.blips]) {
          expect(line.ms).toBe(lengthOf(line));
          expect(line.start >= found.period.start && line.end <= found.period.end).toBe(true);
        }
        const checks = monthStatement({ ...given, components: given.components.map((one) => ({ ...one, rulings: [] })) });
        const steps = found.adjustments;
        steps.forEach((line, index) => {
          expect(line.before).toEqual(steps[index - 1]?.after ?? checks.sums);
        });
        expect(steps.at(-1)?.after ?? checks.sums).toEqual(found.sums);
      }),
      law,
    );
  });
  it('H14: is the same text whatever the order of the facts, and however often they are given', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const shuffled: StatementFacts = {
          ...given,
          contract: {
            ...given.contract,
            critical: given.contract.critical.toReversed(),
            components: given.contract.components.toReversed(),
          },
          components: given.components.toReversed(),
          announcements: [...given.announcements.toReversed(), ...given.announcements],
          silences: [...given.silences, ...given.silences],
        };
        expect(canonicalJson(monthStatement(shuffled))).toBe(canonicalJson(monthStatement(given)));
      }),
      law,
    );
  });
});
