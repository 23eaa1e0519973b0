/**
 * When a check is due. All times are milliseconds of a monotonic hand (any origin), except where a wall instant is
 * named; nothing here reads a clock. Regular slots lie on a fixed grid `origin + k * interval`, so that no lateness
 * ever adds up; the grid's place inside the interval comes from a hash of the component's id and is tied to the wall
 * clock once, at the start, so that a restarted prober finds the same grid again. Source: semantics A3, issue 2 item 5.
 *
 * Retries belong to the first `fail` of a run only: at +10 s and +20 s after its start, until the first good answer.
 * Later fails of the same run keep the regular slots, so that the end of an outage is sampled as evenly as its start
 * and the sum stays unbiased (semantics A3). `error` is no evidence: it neither starts nor stops a retry.
 */
import type { Instant, Millis } from '../time/instant.ts';
import type { Outcome } from './check-result.ts';

/** After the start of the first failing probe of a run, ms (semantics A3). */
export const RETRY_AFTER_MS = [10_000, 20_000] as const;
/** A retry nearer than this to a regular slot is left to the slot, ms. */
const RETRY_NEAR_SLOT_MS = 1_000;
/** Between two checks that catch up after a start or a stall, ms: twenty a second on top of the regular slots. */
export const CATCH_UP_SPACING_MS = 50;

/** Where one check stands in time. `early`: one extra start to catch up, null when none is owed. */
export interface Cadence {
  readonly origin: number;
  readonly interval: number;
  readonly slot: number;
  readonly early: number | null;
  readonly retries: readonly number[];
  /** The last evidence was `fail`: a run is open and has had its retries. */
  readonly failing: boolean;
}

const NO_RETRIES: readonly number[] = [];

/** FNV-1a with a final mix, as a fraction in [0, 1). */
const hashed = (id: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 0x1_0000_0000;
};

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** Where in its interval a component's slots lie: whole ms in [0, interval). */
export const phaseOf = (componentId: string, interval: Millis): Millis => Math.floor(hashed(componentId) * interval) as Millis;

/** The first grid point strictly after `now`. */
export const slotAfter = (origin: number, interval: number, now: number): number => now + interval - modulo(now - origin, interval);

/** Whether a check owes a sample: it has never run, or not within its interval, or its last run lies in the future (the clock was set back). */
export const isOverdue = (interval: Millis, wallNow: Instant, lastAt: Instant | null): boolean =>
  lastAt === null || lastAt > wallNow || wallNow - lastAt > interval;

/**
 * A check taken up at monotonic `now` = wall `wallNow`. `catchUpAt`: its place among the overdue ones, null when it is
 * not overdue. Its first start is never later than one interval from now.
 */
export const takeUp = (componentId: string, interval: Millis, now: number, wallNow: Instant, catchUpAt: number | null): Cadence => {
  const origin = now + phaseOf(componentId, interval) - modulo(wallNow, interval);
  const slot = slotAfter(origin, interval, now);
  const early = catchUpAt !== null && catchUpAt < slot ? catchUpAt : null;
  return { origin, interval, slot, early, retries: NO_RETRIES, failing: false };
};

/** When the check must start next. */
export const dueOf = (cadence: Cadence): number =>
  Math.min(cadence.slot, cadence.early ?? cadence.slot, cadence.retries[0] ?? cadence.slot);

/** A probe starts at `now` and serves everything that is due; slots missed before it are skipped, not replayed. */
export const begin = (cadence: Cadence, now: number): Cadence => ({
  ...cadence,
  slot: cadence.slot <= now ? slotAfter(cadence.origin, cadence.interval, now) : cadence.slot,
  early: cadence.early !== null && cadence.early > now ? cadence.early : null,
  retries: cadence.retries.length === 0 ? NO_RETRIES : cadence.retries.filter((at) => at > now),
});

/** The probe that began at `startedAt` came out as `outcome`. */
export const settle = (cadence: Cadence, outcome: Outcome, startedAt: number): Cadence => {
  if (outcome === 'error' || (outcome === 'fail' && cadence.failing)) return cadence;
  if (outcome !== 'fail')
    return cadence.failing || cadence.retries.length > 0 ? { ...cadence, failing: false, retries: NO_RETRIES } : cadence;
  const retries = RETRY_AFTER_MS.map((ms) => startedAt + ms).filter((at) => {
    const past = modulo(at - cadence.origin, cadence.interval);
    return Math.min(past, cadence.interval - past) >= RETRY_NEAR_SLOT_MS;
  });
  return { ...cadence, failing: true, retries };
};

/** After a stall: a check that is due gives up its missed slots for one place in the queue of those that catch up. */
export const postpone = (cadence: Cadence, now: number, catchUpAt: number): Cadence => {
  const next = begin(cadence, now);
  return catchUpAt < next.slot ? { ...next, early: catchUpAt } : next;
};
