/**
 * Random cases as the JSON documents that people would write, so that the calculator, the slow recomputation and any other
 * program can be asked the same. Everything lies on whole minutes of four days round a change of the clocks or a plain
 * weekend; with `jitter` single instants move by a millisecond.
 */
import fc from 'fast-check';

export interface CaseEntry {
  at?: string;
  from?: string;
  to?: string;
  every_ms?: number;
  outcome: string;
}
export interface CaseComponent {
  id: string;
  critical: boolean;
  quorum?: number;
  outages?: { start: string; end: string; state: string }[];
  probes?: Record<string, CaseEntry[]>;
  overrides: { recorded_at: string; start: string; end: string; state: string; revoked: boolean }[];
}
export interface CaseAnnouncement {
  id: string;
  components: '*' | string[];
  revisions: { recorded_at: string; start: string; end: string }[];
  cancelled_at?: string;
  completed_at?: string;
}
export interface CaseDocument {
  name: string;
  period: { start: string; end: string };
  timezone: string;
  contract: { start_date?: string; end_date?: string };
  rules: {
    reserve: { weekday: string; start: string; duration_min: number; zone: string };
    min_notice_ms: number;
    hold_ms: number;
    confirm_failures: number;
    count_degraded: boolean;
    unknown_policy: string;
    target_ppm: number;
  };
  announcements: CaseAnnouncement[];
  components: CaseComponent[];
  credit: {
    monthly_fee_minor: number;
    prorate: boolean;
    tiers: { below_ppm: number; credit_bp: number }[];
    cap_bp: number;
    min_credit_minor: number;
  };
}

const MINUTE = 60_000;
const SPAN_MIN = 4 * 1_440;
/** Fridays before a Saturday: spring forward, an ordinary week, fall back (New York). */
const BASES = ['2026-03-06T00:00:00Z', '2026-07-10T00:00:00Z', '2026-10-30T00:00:00Z'].map((text) => Date.parse(text));

export const isoText = (ms: number): string => new Date(ms).toISOString();

/** A minute of the four days: often near where the usual slots begin and end (14, 15, 19 and 20 h of each day, UTC). */
const edge = fc
  .tuple(fc.constantFrom(38, 38, 39, 39, 43, 44, 14, 62, 63), fc.integer({ min: -40, max: 40 }))
  .map(([hour, offset]) => hour * 60 + offset);
const minute = fc.oneof({ arbitrary: fc.integer({ min: 0, max: SPAN_MIN }), weight: 1 }, { arbitrary: edge, weight: 2 });
const stretch = fc
  .tuple(minute, fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 30, max: 700 })))
  .map(([start, length]) => ({ start, end: start + length }));

const usualReserve = fc.constant({ weekday: 'SAT', start: '10:00', duration_min: 300, zone: 'America/New_York' });
const otherReserve = fc.record({
  weekday: fc.constantFrom('SAT', 'SUN', 'FRI'),
  start: fc.constantFrom('10:00', '01:30', '02:30', '00:00', '23:30'),
  duration_min: fc.constantFrom(300, 61, 600),
  zone: fc.constantFrom('America/New_York', 'Etc/GMT+5', 'Asia/Tokyo', 'UTC'),
});
const reserve = fc.oneof({ arbitrary: usualReserve, weight: 3 }, { arbitrary: otherReserve, weight: 2 });

/** A window near the usual slot, and edits of it that move its ends; most are public long before, some edits late. */
const firstWindow = fc.oneof(
  {
    arbitrary: fc
      .tuple(fc.integer({ min: 2_200, max: 2_500 }), fc.integer({ min: 0, max: 420 }))
      .map(([start, length]) => ({ start, end: start + length })),
    weight: 3,
  },
  { arbitrary: stretch, weight: 1 },
);
const nearSlot = fc.integer({ min: 2_200, max: 2_700 });
const announcement = fc
  .record({
    components: fc.oneof(fc.constant('*' as const), fc.subarray(['A', 'B', 'C'], { minLength: 1 })),
    window: firstWindow,
    recorded: fc.constantFrom(-4_320, -4_320, -4_320, 900, 2_280, 2_340, 2_341),
    edits: fc.array(
      fc.record({
        recorded: fc.oneof(nearSlot, fc.integer({ min: -4_000, max: 2_700 })),
        by: fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -90, max: 90 })),
      }),
      { maxLength: 2 },
    ),
    cancelled: fc.option(nearSlot, { freq: 6 }),
    completed: fc.option(nearSlot, { freq: 6 }),
  })
  .map(({ window, recorded, edits, ...rest }) => ({
    ...rest,
    revisions: [
      { recorded, window },
      ...edits.map((edit) => ({ recorded: edit.recorded, window: { start: window.start + edit.by[0], end: window.end + edit.by[1] } })),
    ],
  }));

const outcome = fc.constantFrom('ok', 'ok', 'slow', 'fail', 'fail', 'fail', 'error');
const burst = fc.record({
  start: minute,
  every: fc.constantFrom(1, 1, 2, 3, 4),
  outcomes: fc.array(outcome, { minLength: 1, maxLength: 12 }),
});
const location = fc.record({
  steady: fc.option(
    fc.record({ window: fc.constantFrom({ start: 1_000, end: 4_000 }, { start: 1_800, end: 2_500 }), every: fc.constantFrom(2, 3) }),
    { freq: 5 },
  ),
  bursts: fc.array(burst, { maxLength: 8 }),
});
const override = fc.record({
  recorded: fc.integer({ min: 0, max: 6 }),
  window: stretch,
  state: fc.constantFrom('up', 'degraded', 'down', 'unknown'),
  revoked: fc.boolean(),
});
const component = fc.record({
  critical: fc.constantFrom(true, true, true, false),
  outages: fc.option(fc.array(fc.record({ window: stretch, state: fc.constantFrom('down', 'unknown', 'degraded') }), { maxLength: 4 })),
  locations: fc.array(location, { minLength: 1, maxLength: 3 }),
  quorum: fc.option(fc.integer({ min: 1, max: 3 })),
  overrides: fc.array(override, { maxLength: 3 }),
});

const raw = fc.record({
  base: fc.constantFrom(...BASES),
  period: fc.oneof(
    { arbitrary: fc.tuple(fc.integer({ min: 1_700, max: 2_400 }), fc.integer({ min: 300, max: 1_440 })), weight: 6 },
    { arbitrary: fc.tuple(minute, fc.integer({ min: 0, max: 400 })), weight: 1 },
  ),
  timezone: fc.constantFrom('America/New_York', 'UTC', 'Asia/Tokyo'),
  dates: fc.tuple(fc.constantFrom(null, null, null, null, 1, 2), fc.constantFrom(null, null, null, null, 1, 4)),
  reserve,
  notice: fc.constantFrom(0, 0, 60 * MINUTE, 1_440 * MINUTE),
  hold: fc.constantFrom(2.5 * MINUTE, 3 * MINUTE, 5 * MINUTE),
  confirmations: fc.constantFrom(1, 2, 2, 3),
  countDegraded: fc.boolean(),
  unknownPolicy: fc.constantFrom('exclude', 'exclude', 'down', 'up'),
  target: fc.constantFrom(995_000, 990_000, 900_000, 500_000, 1_000_000),
  announcements: fc.array(announcement, { minLength: 1, maxLength: 3 }),
  components: fc.array(component, { minLength: 1, maxLength: 3 }),
  fee: fc.constantFrom(0, 12_345, 12_355, 500_000),
  tiers: fc.constantFrom([995_000], [995_000, 990_000, 950_000], [900_000, 500_000]),
  cap: fc.constantFrom(10_000, 5_000, 1_500),
  least: fc.constantFrom(0, 0, 2_000),
  jitters: fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 16, maxLength: 16 }),
});
type Raw = typeof raw extends fc.Arbitrary<infer T> ? T : never;

const documentOf = (one: Raw, jitter: boolean): CaseDocument => {
  let moved = 0;
  const at = (min: number): string => isoText(one.base + min * MINUTE + (jitter ? (one.jitters[moved++ % 16] ?? 0) : 0));
  const between = ({ start, end }: { start: number; end: number }) => ({ start: at(start), end: at(end) });
  const date = (days: number): string => isoText(one.base + days * 1_440 * MINUTE).slice(0, 10);
  const probes = (locations: Raw['components'][number]['locations']): Record<string, CaseEntry[]> =>
    Object.fromEntries(
      locations.map(({ steady, bursts }, index) => [
        `l${index}`,
        [
          ...(steady ? [{ from: at(steady.window.start), to: at(steady.window.end), every_ms: steady.every * MINUTE, outcome: 'ok' }] : []),
          ...bursts.flatMap(({ start, every, outcomes }) => outcomes.map((outcome, n) => ({ at: at(start + n * every), outcome }))),
        ],
      ]),
    );
  const contract: CaseDocument['contract'] = {};
  if (one.dates[0] !== null) contract.start_date = date(one.dates[0]);
  if (one.dates[1] !== null) contract.end_date = date(one.dates[1]);
  return {
    name: 'random',
    period: { start: at(one.period[0]), end: at(one.period[0] + one.period[1]) },
    timezone: one.timezone,
    contract,
    rules: {
      reserve: one.reserve,
      min_notice_ms: one.notice,
      hold_ms: one.hold,
      confirm_failures: one.confirmations,
      count_degraded: one.countDegraded,
      unknown_policy: one.unknownPolicy,
      target_ppm: one.target,
    },
    announcements: one.announcements.map(({ components, revisions, cancelled, completed }, index) => ({
      id: `m${index}`,
      components,
      revisions: revisions.map(({ recorded, window }) => ({ recorded_at: at(recorded), ...between(window) })),
      ...(cancelled === null ? {} : { cancelled_at: at(cancelled) }),
      ...(completed === null ? {} : { completed_at: at(completed) }),
    })),
    components: one.components.map(({ critical, outages, locations, quorum, overrides }, index) => ({
      id: 'ABC'.charAt(index),
      critical,
      ...(outages
        ? { outages: outages.map(({ window, state }) => ({ ...between(window), state })) }
        : { probes: probes(locations), ...(quorum === null ? {} : { quorum: Math.min(quorum, locations.length) }) }),
      overrides: overrides.map(({ recorded, window, state, revoked }) => ({
        recorded_at: at(recorded),
        ...between(window),
        state,
        revoked,
      })),
    })),
    credit: {
      monthly_fee_minor: one.fee,
      prorate: true,
      tiers: one.tiers.map((below_ppm, index) => ({ below_ppm, credit_bp: 1_000 * (index + 1) ** 2 })),
      cap_bp: one.cap,
      min_credit_minor: one.least,
    },
  };
};

export const arbitraryCase: fc.Arbitrary<CaseDocument> = fc.noBias(raw).map((one) => documentOf(one, false));
export const jitteredCase: fc.Arbitrary<CaseDocument> = fc.noBias(raw).map((one) => documentOf(one, true));
