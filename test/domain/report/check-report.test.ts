import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReport } from '#domain/report/build-report.ts';
import { checkReport } from '#domain/report/check-report.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { instant } from '#domain/time/instant.ts';
import { instantOfIso, isoOf } from '#domain/time/iso.ts';
import { testSeed } from '../../support/seeded.ts';
import { announced, at, component, contract, down, monthFacts, override } from '../sla/examples.ts';
import { arbitraryMonth, factsOf } from './arbitrary-month.ts';
import { downOn, making, reportOf, reportOfMonth, TZDATA, withRows, witness } from './report-examples.ts';

const words = (report: ReportDocument, tzdata = TZDATA): string[] => checkReport(report, tzdata).faults.map((one) => one.words);
const law = { seed: testSeed(20_261_201), numRuns: 120 };
const arbitraryReport = arbitraryMonth.map((month) => {
  const facts = factsOf(month);
  const { stage } = facts.statement;
  return buildReport(facts, { ...making, state: stage === 'ready' ? 'final' : stage });
});

const june = monthFacts('2026-06', {
  components: [
    withRows(downOn(down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z'), down('2026-06-13T13:00:00Z', '2026-06-13T15:00:00Z')), [
      override('a', '2026-06-20T00:00:00Z', '2026-06-11T00:00:00Z', '2026-06-11T00:05:00Z', 'down'),
      override('b', '2026-06-21T00:00:00Z', '2026-06-10T00:00:00Z', '2026-06-10T01:00:00Z', 'up', 'bob'),
    ]),
  ],
  announcements: [
    announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z'),
    announced('m2', '2026-06-20T15:00:00Z', '2026-06-20T15:30:00Z', '2026-06-20T16:00:00Z'),
  ],
});
const report = reportOf(june);

/** Ways to every leaf of a value. */
const leaves = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key])) : [path];
const another = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return value;
  const time = instantOfIso(value);
  if (time !== null && value.endsWith('Z')) return isoOf(instant(time + 1));
  return /^\d+\.\d{4}$/.test(value) ? (value === '1.0000' ? '2.0000' : '1.0000') : value;
};
const at1 = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
/** The same with another value at one leaf. */
const changed = <T>(value: T, path: readonly string[], to: unknown): T => {
  const copy = structuredClone(value);
  const last = path.at(-1) ?? '';
  (at1(copy, path.slice(0, -1)) as Record<string, unknown>)[last] = to;
  return copy;
};
/** What the document alone decides, and what follows from nothing else in it. */
const decided = (path: readonly string[], built: ReportDocument): boolean => {
  const [part = '', , key = ''] = path;
  if (part === 'figures') return path[1] !== 'projected_budget_ms' || built.as_of >= built.period.month_end;
  if (part === 'credit') return true;
  if (['downtime', 'exclusions', 'refused', 'unknown', 'blips'].includes(part)) return ['ms', 'start', 'end'].includes(key);
  if (part === 'adjustments') return key === 'before' || key === 'after';
  if (part === 'slots') return key === 'reserved_ms' || key === 'excluded_ms' || key === 'start';
  return part === 'period' && path[1] !== 'tzdata';
};

describe('a report that was built', () => {
  it('has no fault, whatever happened in the month', () => {
    fc.assert(
      fc.property(arbitraryReport, (built) => {
        expect(checkReport(built, TZDATA)).toEqual({ faults: [], notes: [] });
      }),
      law,
    );
  });
  it('has one as soon as a single line, sum, figure or amount is another', () => {
    const one = fc.tuple(arbitraryReport, fc.nat()).chain(([built, choice]) => {
      const paths = leaves(built).filter((path) => decided(path, built) && another(at1(built, path)) !== at1(built, path));
      return fc.constant([built, paths[choice % paths.length] ?? []] as const);
    });
    fc.assert(
      fc.property(one, ([built, path]) => {
        const other = changed(built, path, another(at1(built, path)));
        expect(words(other), path.join('.')).not.toEqual([]);
      }),
      { ...law, numRuns: 200 },
    );
  });
  it('has one at every single leaf of a month with every kind of line', () => {
    for (const path of leaves(report).filter((one) => decided(one, report))) {
      const other = another(at1(report, path));
      if (other !== at1(report, path)) expect(words(changed(report, path, other)), path.join('.')).not.toEqual([]);
    }
  });
});

describe('a fault', () => {
  it('is one sentence: where, what is stated, what it is', () => {
    expect(words(changed(report, ['figures', 'downtime_ms'], 1))).toContain(
      'figures.downtime_ms says 1; from the rest of the report it is 36300000.',
    );
    expect(checkReport(changed(report, ['figures', 'availability'], '99.9999'), TZDATA).faults).toEqual([
      {
        where: 'figures.availability',
        stated: '99.9999',
        computed: '98.5956',
        words: 'figures.availability says 99.9999; from the rest of the report it is 98.5956.',
      },
    ]);
  });
  it('is a downtime line that was taken out', () => {
    expect(words({ ...report, downtime: report.downtime.slice(0, -1) })).toContain(
      'figures.downtime_ms says 36300000; from the rest of the report it is 32700000.',
    );
  });
  it('is an exclusion that its announcement does not give', () => {
    const late = report.announcements.map((one) => ({
      ...one,
      revisions: one.revisions.map((revision) => ({ ...revision, announced_at: '2026-06-13T14:00:00.001Z' })),
    }));
    expect(words({ ...report, announcements: late })).toContain(
      'exclusions.X1 says 2026-06-13T14:00:00.000Z to 2026-06-13T16:00:00.000Z, but revision 1 of announcement m1 does not exclude all of it.',
    );
    expect(words({ ...report, announcements: [] })).toContain('exclusions.X1 says m1, but the report has no such announcement.');
  });
  it('is an exclusion that was announced late, whatever time zones the report says it was made with', () => {
    const announcements = report.announcements.map((one) => ({
      ...one,
      revisions: one.revisions.map((revision) => ({ ...revision, announced_at: '2026-06-13T14:00:00.001Z' })),
    }));
    const exclusions = report.exclusions.map((line) => ({
      ...line,
      announcements: line.announcements.map((one) => ({ ...one, announced_at: '2026-06-13T14:00:00.001Z' })),
    }));
    const period = { ...report.period, tzdata: '2099z' };
    expect(words({ ...report, announcements, exclusions, period })).toContain(
      'exclusions.X1 says 2026-06-13T14:00:00.000Z to 2026-06-13T16:00:00.000Z, but revision 1 of announcement m1 did not announce all of it in time.',
    );
  });
  it('is an override that takes downtime away without a second person', () => {
    const light = report.adjustments.map((row) => (row.id === 'b' ? { ...row, needs_approval: false, approved_by: null } : row));
    expect(words({ ...report, adjustments: light })).toEqual([
      'adjustments.b.needs_approval says false, but it takes downtime or doubt away.',
    ]);
    const alone = report.adjustments.map((row) => (row.id === 'b' ? { ...row, approved_by: row.author } : row));
    expect(words({ ...report, adjustments: alone })).toEqual([
      'adjustments.b.in_effect says true; from the rest of the report it is false.',
    ]);
  });
  it('is a credit that the tiers do not give', () => {
    expect(report.credit).toMatchObject({ credit_minor: 125_000 });
    const tiers = [{ below_ppm: 995_000, credit_bp: 1_000 }];
    const other = { ...report, contract: { ...report.contract, credit_schedule: { id: 's', tiers, cap_bp: 5_000, min_credit_minor: 0 } } };
    expect(words(other)).toContain('credit.credit_minor says 125000; from the rest of the report it is 50000.');
  });
  it('is an edge that its checks do not give', () => {
    const seen = witness('nyc', ['2026-06-12T23:59:00Z', '2026-06-10T01:00:00Z', '2026-06-10T09:59:00Z', '2026-06-10T10:00:00Z']);
    const built = reportOf(june, { witnesses: new Map([['D1', [seen]]]) });
    expect(words(built)).toEqual([]);
    expect(words(changed(built, ['downtime', '0', 'end_uncertainty_ms'], 0))).toEqual([
      'downtime.D1.end_uncertainty_ms says 0; from the rest of the report it is 60000.',
    ]);
  });
  it('is a line that overlaps another kind of line, however well the sums agree', () => {
    const doubt = { id: 'U1', start: '2026-06-10T02:00:00.000Z', end: '2026-06-10T03:00:00.000Z', ms: 3_600_000 };
    const unknown = [{ ...doubt, components: [{ id: 'app', cause: 'location_silent' }] }];
    const figures = { ...report.figures, unknown_ms: 3_600_000, up_ms: report.figures.up_ms - 3_600_000 };
    expect(words({ ...report, unknown, figures })).toContain(
      'downtime, exclusions and unknown (together, time counted once) says 47100000; from the rest of the report it is 43500000.',
    );
  });
  it('is a line of an override that is not in effect, or of a component that does not decide', () => {
    const line = report.downtime.findIndex(({ override: by }) => by === 'a');
    expect(words(changed(report, ['downtime', String(line), 'override'], 'b'))).toEqual([
      'downtime.D2.override says b, but no adjustment in effect says so.',
    ]);
    expect(words(changed(report, ['downtime', String(line), 'component'], 'docs'))).toContain(
      'downtime.D2.component says docs, but the contract has no such critical component.',
    );
  });
  it('is a slot that says more than was announced', () => {
    const used = report.slots.findIndex(({ excluded_ms }) => excluded_ms > 0);
    expect(words(changed(report, ['slots', String(used), 'used_ms'], 7_200_001))).toEqual([
      'slots.2026-06-13T14:00:00.000Z.used_ms says 7200001, but 7200000 are excluded.',
    ]);
  });
  it('is a revocation of what is not there, and one that speaks of another time', () => {
    const row = report.adjustments.at(-1);
    const after = row && {
      ...row,
      id: 'r',
      kind: 'revocation' as const,
      before: row.after,
      needs_approval: false,
      recorded_at: '2026-06-22T00:00:00.000Z',
    };
    const revoking = (revokes: string) =>
      words({ ...report, adjustments: [...report.adjustments, ...(after ? [{ ...after, revokes }] : [])] });
    expect(revoking('z')).toEqual(['adjustments.r.revokes says z, but no override of the report has this id.']);
    expect(revoking('b')).toEqual([]);
    expect(revoking('a')).toContain('adjustments.r.state says up; from the rest of the report it is down.');
  });
  it('is a month that is final too early, or that nobody has decided', () => {
    const early = reportOf({ ...june, asOf: at('2026-07-02T00:00:00Z') }, {}, { state: 'final' });
    expect(words(early)).toEqual(['state says final, but the month ended less than 72 hours before.']);
    const open = reportOf(monthFacts('2026-06', { components: [component('app', [])] }), {}, { state: 'final' });
    expect(words(open)).toEqual(['state says final, but the month is indeterminate and nobody has decided it.']);
  });
  it('is a change in a first revision, and none in a second', () => {
    expect(words(reportOf(june, {}, { revision: 2 }))).toEqual(['changes says 0, but revision 2 is final.']);
  });
});

describe('another time zone database', () => {
  const vancouver = reportOfMonth('2026-11', { contract: { ...contract, reportZone: 'America/Vancouver' } });
  const moved = changed(vancouver, ['period', 'month_end'], isoOf(instant(at(vancouver.period.month_end) + 3_600_000)));
  it('makes other bounds a note that names both', () => {
    const { faults, notes } = checkReport(moved, '2025c');
    expect(faults).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/^period.month_end says .*\. The report was made with time zones 2026c, this machine has 2025c\.$/),
    ]);
  });
  it('the same one makes them a fault', () => {
    expect(checkReport(moved, TZDATA)).toMatchObject({ faults: [{ where: 'period.month_end' }], notes: [] });
  });
  it('excuses no sum', () => {
    expect(checkReport(changed(report, ['figures', 'downtime_ms'], 1), '2025c').faults).not.toEqual([]);
  });
});

describe('what cannot be computed', () => {
  it.each([
    ['a zone that does not exist', ['contract', 'report_zone'], 'Mars/Phobos'],
    ['a month that is none', ['month'], '2026-13'],
    ['a date that is none', ['contract', 'start_date'], '2026-02-30'],
    ['a year beyond the calendar', ['period', 'end'], '99999-01-01T00:00:00.000Z'],
    ['an hour that is none', ['policy', 'reserve', 'start'], '25:00'],
    ['a slot of a million years', ['policy', 'reserve', 'duration_min'], 1e15],
    ['a day that is none', ['policy', 'reserve', 'weekday'], 'SOMEDAY'],
    ['a fee below nothing', ['contract', 'monthly_fee_minor'], -1],
    ['a fee that is not whole', ['contract', 'monthly_fee_minor'], 0.5],
    ['a length without end', ['exclusions', '0', 'ms'], Number.MAX_VALUE],
    ['a length that is no number', ['unknown'], [{ id: 'U1', start: 'NaN', end: 'NaN', ms: Number.NaN, components: [] }]],
    ['a currency that is none', ['contract', 'currency'], 'dollars'],
    ['a claim in a million years', ['contract', 'claim', 'days'], 1e15],
    ['a period of ten thousand years', ['period', 'start'], '0000-01-01T00:00:00.000Z'],
  ] as const)('is a fault and no exception: %s', (_, path, value) => {
    const hostile = changed(reportOf(june), path as readonly string[], value);
    const claimed = { ...hostile, contract: { ...hostile.contract, claim: { ...hostile.contract.claim, required: true } } };
    const found = checkReport(
      path.includes('days' as never) ? { ...claimed, claim: { ...claimed.claim, deadline: claimed.as_of } } : hostile,
      TZDATA,
    );
    expect(found.faults).not.toEqual([]);
    for (const one of found.faults) expect(one.words).toMatch(/^\S.* says .*\.$/s);
  });
});
