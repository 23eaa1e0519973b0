/**
 * Latency of one component at one location as buckets: how long right answers took. µs in, µs out; percentiles are
 * those of the rollups. Failed checks have no latency here. Pure.
 */
import type { DailyFact, LatencyPoint } from '#db/queries/facts-types.ts';
import { type LatencySummary, latencySummary } from '#domain/check/day-rollup.ts';
import { DAY, HOUR, instant, type Millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';

export interface LatencyBucket extends Interval {
  /** Null: no right answer in this bucket. */
  readonly summary: LatencySummary | null;
}

const answered = (point: LatencyPoint): boolean => point.outcome === 'ok' || point.outcome === 'slow';

/** Buckets of `width` aligned to the epoch that touch `range`, in order; points outside are ignored. */
export const bucketed = (points: readonly LatencyPoint[], range: Interval, width: Millis): LatencyBucket[] => {
  const byBucket = Map.groupBy(points.filter(answered), (point) => Math.floor(point.at / width));
  const buckets: LatencyBucket[] = [];
  for (let n = Math.floor(range.start / width); n * width < range.end; n++) {
    const latencies = (byBucket.get(n) ?? []).filter((p) => p.at >= range.start && p.at < range.end).map((p) => p.latencyUs);
    buckets.push({ start: instant(n * width), end: instant((n + 1) * width), summary: latencySummary(latencies) });
  }
  return buckets;
};

/** Hours of finished UTC days from their rollups, in order; `days` of one location. */
export const hoursOf = (days: readonly DailyFact[]): LatencyBucket[] =>
  days.flatMap(({ day, latency }) =>
    Array.from({ length: 24 }, (_, hour) => {
      const start = day * DAY + hour * HOUR;
      return { start: instant(start), end: instant(start + HOUR), summary: latency[hour] ?? null };
    }),
  );

/** Whole finished UTC days from their rollups, in order. */
export const daysOf = (days: readonly DailyFact[]): LatencyBucket[] =>
  days.map(({ day, latency }) => ({ start: instant(day * DAY), end: instant((day + 1) * DAY), summary: latency[24] ?? null }));

/** Leaves out what lies before the first bucket with a figure, so that a young component does not draw an empty plot. */
export const sinceFirst = (buckets: readonly LatencyBucket[]): LatencyBucket[] => {
  const first = buckets.findIndex((bucket) => bucket.summary !== null);
  return first < 0 ? [] : buckets.slice(first);
};
