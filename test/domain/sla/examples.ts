/** Contracts and components as examples need them: the sample policy, one customer in New York, facts written by hand. */

import { foldSamples, openSpan, type Sample } from '#domain/check/confirmation.ts';
import type { Panels } from '#domain/check/quorum.ts';
import type { LocationState, Span } from '#domain/check/span.ts';
import { minor } from '#domain/money.ts';
import type { Announcement } from '#domain/sla/announcement.ts';
import type { NamedTimeline } from '#domain/sla/blip-lines.ts';
import type { StatementComponent, StatementFacts } from '#domain/sla/month-statement.ts';
import type { OverrideRow, Ruling } from '#domain/sla/override.ts';
import type { Contract, Terms } from '#domain/sla/terms.ts';
import { type Instant, instant, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { instantOfIso } from '#domain/time/iso.ts';

export const at = (text: string): Instant => {
  const found = instantOfIso(text);
  if (found === null) throw new Error(`${text} is not an instant`);
  return found;
};
export const stretch = (start: string, end: string): Interval => ({ start: at(start), end: at(end) });

export const policy: Terms = {
  reserve: { weekday: 'SAT', start: '10:00', durationMin: 300, zone: 'America/New_York' },
  minNoticeMs: millis(0),
  targetPpm: 995_000,
  unknownPolicy: 'exclude',
  countDegraded: false,
};

export const contract: Contract = {
  id: 'k1',
  customer: 'Example Ltd',
  currency: 'USD',
  monthlyFee: minor(500_000),
  startDate: null,
  endDate: null,
  reportZone: 'America/New_York',
  components: ['app'],
  critical: ['app'],
  targetPpm: null,
  unknownPolicy: null,
  countDegraded: null,
  schedule: {
    tiers: [
      { belowPpm: 995_000, creditBp: 1_000 },
      { belowPpm: 990_000, creditBp: 2_500 },
      { belowPpm: 950_000, creditBp: 5_000 },
    ],
    capBp: 5_000,
    minCredit: minor(0),
  },
  prorate: true,
};

/** One location whose results said `up` from `since` on, except where it said otherwise. */
export const told = (location: string, since: string, until: string, ...other: (Interval & { state: LocationState })[]): NamedTimeline => {
  const spans: Span[] = [];
  let from = at(since);
  const add = (start: Instant, end: Instant, state: LocationState): void => {
    if (start < end) spans.push({ start, end, lenient: state, strict: state, slow: false });
  };
  for (const { start, end, state } of other) {
    add(from, start, 'up');
    add(start, end, state);
    from = end;
  }
  add(from, at(until), 'up');
  return { location, locationId: 0, spans, open: null };
};
export const down = (start: string, end: string): Interval & { state: LocationState } => ({ ...stretch(start, end), state: 'down' });

/** One location folded from its results. */
export const folded = (location: string, samples: readonly Sample[], confirmations = 2, hold = 150_000): NamedTimeline => {
  const { pieces, cursor } = foldSamples(samples, () => ({ hold: millis(hold), confirmations }));
  const spans = pieces.flatMap((piece): Span[] => (piece.end === null ? [] : [{ ...piece, end: piece.end }]));
  return { location, locationId: 0, spans, open: cursor && openSpan(cursor) };
};
export const every = (start: string, count: number, everyMs: number, outcome: (n: number) => Sample['outcome']): Sample[] =>
  Array.from({ length: count }, (_, n) => ({ at: instant(at(start) + n * everyMs), outcome: outcome(n) }));

/** So many locations, numbered from 0 and asked from ever; more than half of them must agree. */
export const majority = (count: number, needed = Math.floor(count / 2) + 1, from = instant(0)): Panels => [
  { from, locations: Array.from({ length: count }, (_, index) => index), needed },
];

export const component = (id: string, timelines: readonly NamedTimeline[], rulings: readonly Ruling[] = []): StatementComponent => ({
  id,
  timelines: timelines.map((timeline, locationId) => ({ ...timeline, locationId })),
  panels: majority(Math.max(1, timelines.length)),
  rulings,
});

export const announced = (id: string, recordedAt: string, start: string, end: string): Announcement => ({
  id,
  components: '*',
  revisions: [{ rev: 1, recordedAt: at(recordedAt), ...stretch(start, end) }],
  cancelledAt: null,
  completedAt: null,
  unapprovedImport: false,
});

export const override = (
  id: string,
  recordedAt: string,
  start: string,
  end: string | null,
  state: OverrideRow['state'],
  approvedBy: string | null = null,
): OverrideRow => ({
  kind: 'override',
  id,
  component: 'app',
  start: at(start),
  end: end === null ? null : at(end),
  state,
  reason: 'The load balancer log says so.',
  evidence: 'log of 12 June, lines 40 to 77',
  author: 'ann',
  approvedBy,
  recordedAt: at(recordedAt),
});

/** A month of the example contract, long closed unless said otherwise; `app` was up all the time unless said otherwise. */
export const monthFacts = (month: string, change: Partial<StatementFacts> = {}): StatementFacts => ({
  contract,
  month,
  policy,
  asOf: at('2027-06-01T00:00:00Z'),
  components: [component('app', [told('nyc', '2025-01-01T00:00:00Z', '2027-06-01T00:00:00Z')])],
  announcements: [],
  silences: [],
  adjudication: null,
  ...change,
});
