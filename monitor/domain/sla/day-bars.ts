/**
 * One bar per day: how much of each day a component spent in which state. Days are half-open intervals handed in (they
 * have 23, 24 or 25 hours where clocks change), lengths are integer ms, and the parts of a day sum to its length.
 * Time before the first sample is not yet measured and time after `asOf` lies ahead; neither is ever called unknown.
 * Display only; the ledger has its own sums. Source: semantics A5, A6.
 */
import { type Instant, type Millis, millis } from '../time/instant.ts';
import { type Interval, intersect, lengthOf } from '../time/interval.ts';
import { type ComponentState, isDown } from './overall.ts';

/** A stretch of one state. Stretches of one component are disjoint and in order. */
export interface StateInterval extends Interval {
  readonly state: ComponentState;
}

export interface DayBar extends Interval {
  readonly operationalMs: Millis;
  readonly degradedMs: Millis;
  readonly downMs: Millis;
  readonly maintenanceMs: Millis;
  /** Should have been measured and was not. */
  readonly unknownMs: Millis;
  /** Before the first sample of the component. */
  readonly notYetMs: Millis;
  /** After `asOf`; only today has any. */
  readonly aheadMs: Millis;
}

type Part = 'operationalMs' | 'degradedMs' | 'downMs' | 'maintenanceMs' | 'unknownMs';
const partOf = (state: ComponentState): Part =>
  isDown(state) ? 'downMs' : (`${state as Exclude<ComponentState, 'partial_outage' | 'major_outage'>}Ms` as const);

const barOf = (day: Interval, states: readonly StateInterval[], first: Instant, asOf: Instant): DayBar => {
  const parts = { operationalMs: 0, degradedMs: 0, downMs: 0, maintenanceMs: 0, unknownMs: 0 };
  const past = intersect(day, { start: day.start, end: asOf });
  for (const stretch of states) {
    const common = past && intersect(stretch, past);
    if (common) parts[partOf(stretch.state)] += lengthOf(common);
  }
  const pastMs = past ? lengthOf(past) : 0;
  const before = past && intersect(past, { start: past.start, end: first });
  const notYetMs = before ? lengthOf(before) : 0;
  const spoken = parts.operationalMs + parts.degradedMs + parts.downMs + parts.maintenanceMs;
  return {
    start: day.start,
    end: day.end,
    operationalMs: millis(parts.operationalMs),
    degradedMs: millis(parts.degradedMs),
    downMs: millis(parts.downMs),
    maintenanceMs: millis(parts.maintenanceMs),
    // A hole between stretches is unknown as well: nothing spoke there.
    unknownMs: millis(pastMs - notYetMs - spoken),
    notYetMs: millis(notYetMs),
    aheadMs: millis(lengthOf(day) - pastMs),
  };
};

/** One bar per day, in the order of the days. `states` from the first sample on; empty: nothing was ever measured. */
export const dayBars = (days: readonly Interval[], states: readonly StateInterval[], asOf: Instant): DayBar[] => {
  const first = states[0]?.start ?? asOf;
  let from = 0;
  return days.map((day) => {
    while ((states[from]?.end ?? Number.POSITIVE_INFINITY) <= day.start) from++;
    let to = from;
    while ((states[to]?.start ?? Number.POSITIVE_INFINITY) < day.end) to++;
    return barOf(day, states.slice(from, to), first, asOf);
  });
};
