/**
 * Random months: two or three components of which one may not count, asked from one or two places, with overrides, revocations,
 * announcements that are moved, cancelled, completed or imported, contracts that begin or end within the month, and a month that may
 * still run. June of 2026 in New York, and November, in which the clocks change. Everything interesting happens round the second Saturday.
 */
import fc from 'fast-check';
import type { Sample } from '#domain/check/confirmation.ts';
import type { Span } from '#domain/check/span.ts';
import { minor } from '#domain/money.ts';
import type { ReportFacts } from '#domain/report/report-facts.ts';
import type { Announcement } from '#domain/sla/announcement.ts';
import type { NamedTimeline } from '#domain/sla/blip-lines.ts';
import type { StatementFacts } from '#domain/sla/month-statement.ts';
import type { LedgerRow } from '#domain/sla/override.ts';
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import { type Instant, instant, millis } from '#domain/time/instant.ts';
import { at, component, contract, folded, monthFacts, override, policy } from '../sla/examples.ts';
import { factOf, reportFacts, withRows } from './report-examples.ts';

const MINUTE = 60_000;
const minute = fc.integer({ min: 0, max: 4_000 });

const burst = fc.record({
  start: minute,
  outcomes: fc.array(fc.constantFrom('ok', 'ok', 'ok', 'slow', 'fail', 'fail'), { minLength: 1, maxLength: 40 }),
});
const row = fc.record({
  from: minute,
  minutes: fc.integer({ min: 1, max: 900 }),
  open: fc.constantFrom(false, false, false, true),
  state: fc.constantFrom('up' as const, 'down' as const, 'unknown' as const, 'degraded' as const),
  approved: fc.boolean(),
  revoked: fc.constantFrom(null, null, 'ann', 'bob'),
});
const history = fc.record({
  steady: fc.array(fc.boolean(), { minLength: 1, maxLength: 2 }),
  bursts: fc.array(burst, { maxLength: 4 }),
  rows: fc.array(row, { maxLength: 3 }),
});
/** Near the slot of the Saturday, which begins 2 040 (June) or 2 100 minutes after the base. */
const near = fc.integer({ min: 1_900, max: 2_600 });
const announcement = fc.record({
  components: fc.constantFrom('*' as const, ['c0'], ['c1'], ['c0', 'c1'], ['c2'], ['other']),
  windows: fc.array(
    fc.record({ recorded: fc.constantFrom(-9_000, -9_000, 1_000, 2_050), start: near, minutes: fc.integer({ min: 1, max: 500 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  ending: fc.constantFrom(null, null, null, 'cancelled' as const, 'completed' as const),
  endedAt: near,
  unapproved: fc.constantFrom(false, false, false, true),
});
const terms = fc.record({
  unknownPolicy: fc.constantFrom<UnknownPolicy>('exclude', 'exclude', 'down', 'up'),
  target: fc.constantFrom(995_000, 990_000, 999_000, 500_000, 1_000_000, 0),
  strict: fc.boolean(),
  notice: fc.constantFrom(0, 0, 120 * MINUTE),
  fee: fc.constantFrom(0, 12_345, 12_355, 500_000),
  cap: fc.constantFrom(10_000, 5_000, 1_500),
  least: fc.constantFrom(0, 0, 2_000),
  scheduled: fc.constantFrom(true, true, true, false),
  prorate: fc.boolean(),
  ends: fc.constantFrom(null, null, 13, 20),
  begins: fc.constantFrom(null, null, 12, 13, 14),
});
const rest = fc.record({
  month: fc.constantFrom('2026-06', '2026-11'),
  asOf: fc.constantFrom(
    '2027-06-01T00:00:00Z',
    '2027-06-01T00:00:00Z',
    '2026-12-02T00:00:00Z',
    '2026-11-16T12:00:00Z',
    '2026-06-14T05:00:00Z',
  ),
  decision: fc.constantFrom(null, 'met' as const, 'missed' as const),
  claim: fc.constantFrom(null, null, '2026-07-10T00:00:00Z', '2027-01-10T00:00:00Z'),
  required: fc.boolean(),
});

export interface ArbitraryMonth {
  readonly given: StatementFacts;
  readonly change: Partial<ReportFacts>;
  readonly claimRequired: boolean;
}

/** The Friday before the second Saturday. */
const base = (month: string): number => at(`${month}-${month === '2026-06' ? 12 : 13}T04:00:00Z`);
const up = (start: string | number, end: string | number): Span => {
  const moment = (one: string | number): Instant => (typeof one === 'string' ? at(one) : instant(one));
  return { start: moment(start), end: moment(end), lenient: 'up', strict: 'up', slow: false };
};

const rowsOf = (id: string, month: string, rows: readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[]): LedgerRow[] =>
  rows.flatMap(({ from, minutes, open, state, approved, revoked }, n): LedgerRow[] => {
    const start = instant(base(month) + from * MINUTE);
    const first = override(`${id}-${n}`, '2026-05-20T00:00:00Z', `${month}-12T00:00:00Z`, null, state, approved ? 'bob' : null);
    const recordedAt = instant(first.recordedAt + 2 * n);
    const end = open ? null : instant(start + minutes * MINUTE);
    const back = { kind: 'revocation' as const, id: `${id}-${n}-r`, revokes: first.id, recordedAt: instant(recordedAt + 1) };
    const signed = { reason: 'It was another host.', evidence: 'ticket 12', author: 'ann', approvedBy: revoked };
    return [{ ...first, component: id, start, end, recordedAt }, ...(revoked === null ? [] : [{ ...back, ...signed }])];
  });

const announcementOf = (month: string, one: typeof announcement extends fc.Arbitrary<infer T> ? T : never, n: number): Announcement => {
  const ended = instant(base(month) + one.endedAt * MINUTE);
  return {
    id: `m${n}`,
    components: one.components,
    revisions: one.windows
      .toSorted((a, b) => a.recorded - b.recorded)
      .map(({ recorded, start, minutes }, index) => ({
        rev: index + 1,
        recordedAt: instant(base(month) + recorded * MINUTE),
        start: instant(base(month) + start * MINUTE),
        end: instant(base(month) + (start + minutes) * MINUTE),
      })),
    cancelledAt: one.ending === 'cancelled' ? ended : null,
    completedAt: one.ending === 'completed' ? ended : null,
    unapprovedImport: one.unapproved,
  };
};

export const arbitraryMonth: fc.Arbitrary<ArbitraryMonth> = fc
  .record({
    histories: fc.array(history, { minLength: 1, maxLength: 3 }),
    announcements: fc.array(announcement, { maxLength: 3 }),
    terms,
    rest,
  })
  .map(({ histories, announcements, terms: agreed, rest: { month, asOf, decision, claim, required } }) => {
    const [first, last] = [base(month), base(month) + 4_100 * MINUTE];
    const timeline = (place: number, steady: boolean, bursts: (typeof histories)[number]['bursts']): NamedTimeline => {
      const heard = new Map<number, Sample['outcome']>();
      if (steady) for (let ms = first; ms <= last; ms += 2 * MINUTE) heard.set(ms, 'ok');
      for (const { start, outcomes } of bursts)
        outcomes.forEach((outcome, n) => {
          heard.set(first + (start + n) * MINUTE, outcome as Sample['outcome']);
        });
      const samples = [...heard].map(([ms, outcome]) => ({ at: instant(ms), outcome })).sort((a, b) => a.at - b.at);
      const near = folded(`l${place}`, samples);
      return steady
        ? { ...near, open: null, spans: [up('2026-01-01T00:00:00Z', first), ...near.spans, up(last, '2027-06-01T00:00:00Z')] }
        : near;
    };
    const components = histories.map(({ steady, bursts, rows }, index) => {
      const timelines = steady.map((one, place) => timeline(place, one, place === 0 ? bursts : bursts.slice(1)));
      return withRows(component(`c${index}`, timelines), rowsOf(`c${index}`, month, rows));
    });
    const ids = components.map(({ id }) => id);
    const day = (number: number | null): string | null => (number === null ? null : `${month}-${number}`);
    const schedule = contract.schedule && { ...contract.schedule, capBp: agreed.cap, minCredit: minor(agreed.least) };
    const given = monthFacts(month, {
      asOf: at(asOf),
      policy: { ...policy, minNoticeMs: millis(agreed.notice) },
      contract: {
        ...contract,
        components: ids,
        critical: ids.length === 3 ? ids.slice(0, 2) : ids,
        startDate: day(agreed.begins) ?? '2025-01-01',
        endDate: day(agreed.ends),
        monthlyFee: minor(agreed.fee),
        unknownPolicy: agreed.unknownPolicy,
        targetPpm: agreed.target,
        countDegraded: agreed.strict,
        schedule: agreed.scheduled ? schedule : null,
        prorate: agreed.prorate,
      },
      components,
      announcements: announcements.map((one, n) => announcementOf(month, one, n)),
      silences: [{ component: 'c0', start: instant(base(month)), end: instant(base(month) + 500 * MINUTE), cause: 'worker_silent' }],
      adjudication: decision && {
        id: 'j1',
        decision,
        reason: 'The access log shows it.',
        evidence: 'log of the 13th',
        author: 'ann',
        approvedBy: 'bob',
      },
    });
    const change: Partial<ReportFacts> = {
      announcements: given.announcements.map((one) => factOf(one)),
      claimReceivedAt: claim !== null && at(claim) <= given.asOf ? at(claim) : null,
      adjudication: given.adjudication && { ...given.adjudication, recordedAt: instant(given.asOf - 1) },
    };
    return { given, change, claimRequired: required };
  });

/** The facts of the report; claims as the month says. */
export const factsOf = ({ given, change, claimRequired }: ArbitraryMonth): ReportFacts => {
  const facts = reportFacts(given, change);
  return { ...facts, agreed: { ...facts.agreed, claim: { required: claimRequired, days: 30 } } };
};
