/**
 * Unknown time, said out loud: the stretches in which nothing was measured at all, and those in which single components
 * were not. Intervals are half-open ms. Pure.
 */
import type { Instant } from '#domain/time/instant.ts';
import { type Interval, intersect, subtract, union } from '#domain/time/interval.ts';
import type { Stretch } from './timeline.ts';

export interface Unmeasured {
  readonly start: Instant;
  /** Null: it lasts. */
  readonly end: Instant | null;
  /** Null: nothing was measured, of any component. */
  readonly component: string | null;
}

interface Watched {
  readonly name: string;
  readonly states: readonly Stretch[];
}

const inBoth = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  union(a.flatMap((left) => b.flatMap((right) => intersect(left, right) ?? [])));

/** Unknown stretches inside `range`, newest first; a component that was never measured is not among them. */
export const unmeasuredIn = (components: readonly Watched[], range: Interval): Unmeasured[] => {
  const holes = components
    .filter((component) => component.states.length > 0)
    .map(({ name, states }) => ({
      name,
      unknown: union(states.filter((s) => s.state === 'unknown' && !s.investigating).flatMap((s) => intersect(s, range) ?? [])),
    }));
  const everywhere = holes.length > 1 ? holes.map((hole) => hole.unknown).reduce(inBoth) : [];
  const said = (component: string | null) => (i: Interval) => ({ start: i.start, end: i.end >= range.end ? null : i.end, component });
  return [...everywhere.map(said(null)), ...holes.flatMap(({ name, unknown }) => subtract(unknown, everywhere).map(said(name)))].sort(
    (a, b) => b.start - a.start,
  );
};
