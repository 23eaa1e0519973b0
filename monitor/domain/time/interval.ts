/** Half-open intervals `[start, end)` of instants. The only file in which intervals are compared. */
import { between, earlier, type Instant, later, type Millis, millis } from './instant.ts';

export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** Length in ms; 0 for an empty or inverted interval. */
export const lengthOf = (i: Interval): Millis => millis(Math.max(0, between(i.start, i.end)));
export const isEmpty = (i: Interval): boolean => i.end <= i.start;
export const contains = (i: Interval, at: Instant): boolean => i.start <= at && at < i.end;
export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end && !isEmpty(a) && !isEmpty(b);

/** The common part, or null when there is none. */
export const intersect = (a: Interval, b: Interval): Interval | null => {
  const start = later(a.start, b.start);
  const end = earlier(a.end, b.end);
  return start < end ? { start, end } : null;
};

/** Sorted, disjoint, non-touching intervals that cover exactly what the input covers. */
export const union = (intervals: readonly Interval[]): Interval[] => {
  const sorted = intervals.filter((i) => !isEmpty(i)).sort((a, b) => a.start - b.start);
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last && next.start <= last.end) merged[merged.length - 1] = { start: last.start, end: later(last.end, next.end) };
    else merged.push(next);
  }
  return merged;
};

/** What `from` covers and `holes` do not. */
export const subtract = (from: readonly Interval[], holes: readonly Interval[]): Interval[] => {
  const gone = union(holes);
  return union(from).flatMap((piece) => {
    const left: Interval[] = [];
    let start = piece.start;
    for (const hole of gone) {
      if (hole.end <= start) continue;
      if (hole.start >= piece.end) break;
      if (hole.start > start) left.push({ start, end: hole.start });
      start = later(start, hole.end);
    }
    if (start < piece.end) left.push({ start, end: piece.end });
    return left;
  });
};

/** Total length of what the intervals cover, counted once. */
export const covered = (intervals: readonly Interval[]): Millis => millis(union(intervals).reduce((sum, i) => sum + lengthOf(i), 0));
