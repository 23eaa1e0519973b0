/**
 * Draws latency buckets as a band (median to 95th percentile) and a line (median), with gaps where nothing answered.
 * In: µs per bucket; out: path data in a box of `width` × `height`, and evenly spaced marks for both axes. Pure.
 */
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Range } from '#monitor/views/component-view.ts';
import type { LatencyBucket } from '#monitor/views/latency.ts';

export interface DrawnPlot {
  readonly width: number;
  readonly height: number;
  readonly band: string;
  readonly line: string;
  /** Single buckets with nothing beside them: a line would not show them. */
  readonly dots: string;
  /** µs, from the top to the ground, evenly spaced. */
  readonly levels: readonly number[];
  /** ms, from first to last, evenly spaced. */
  readonly times: readonly number[];
}

/** The smallest of 1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8 times a power of ten that is not below `value`: its quarters are plain figures. */
export const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
};

const PLOT = { width: 720, height: 200 } as const;

const RANGE_MS: Readonly<Record<Range, number>> = { '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000, '90d': 7_776_000_000 };

/** The axis spans the range it names, also where only its last minutes were measured: it ends with the newest bucket. */
export const drawLatency = (buckets: readonly LatencyBucket[], range: Range): DrawnPlot | null => {
  const last = buckets.at(-1);
  const highest = Math.max(0, ...buckets.map((bucket) => bucket.summary?.p95 ?? 0));
  if (!last || highest === 0) return null;
  const { width, height } = PLOT;
  const top = roundUp(highest);
  const start = last.end - RANGE_MS[range];
  const x = scaleLinear([start, last.end], [0, width]);
  const y = scaleLinear([0, top], [height, 0]);
  const middle = (bucket: LatencyBucket): number => x((bucket.start + bucket.end) / 2);
  const has = (bucket: LatencyBucket | undefined): boolean => bucket?.summary != null;
  const lonely = buckets.filter((bucket, i) => has(bucket) && !has(buckets[i - 1]) && !has(buckets[i + 1]));
  const level = (of: 'p50' | 'p95') => (bucket: LatencyBucket) => y(bucket.summary?.[of] ?? 0);
  return {
    width,
    height,
    band: area<LatencyBucket>(middle, level('p50'), level('p95')).defined(has).digits(1)(buckets) ?? '',
    line: line<LatencyBucket>(middle, level('p50')).defined(has).digits(1)(buckets) ?? '',
    dots: lonely.map((bucket) => `M${middle(bucket).toFixed(1)} ${level('p50')(bucket).toFixed(1)}h0`).join(''),
    levels: [4, 3, 2, 1, 0].map((quarter) => (top * quarter) / 4),
    times: [0, 1, 2, 3].map((third) => start + ((last.end - start) * third) / 3),
  };
};
