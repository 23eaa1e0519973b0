import { describe, expect, test } from 'vitest';
import { HOUR, instant } from '#domain/time/instant.ts';
import type { LatencyBucket } from '#monitor/views/latency.ts';
import { drawLatency, roundUp } from '#site/components/latency-plot.ts';

const bucket = (n: number, p50: number | null): LatencyBucket => ({
  start: instant(n * HOUR),
  end: instant((n + 1) * HOUR),
  summary: p50 === null ? null : { count: 1, p50, p95: p50 * 2, max: p50 * 3 },
});

describe('the latency plot', () => {
  test('the axis ends at a plain figure that nothing exceeds, and so do its quarters', () => {
    expect([1, 90, 101, 130, 161, 210, 330, 450, 700, 801, 950_000].map(roundUp)).toEqual([
      1, 100, 120, 160, 200, 240, 400, 600, 800, 1_000, 1_000_000,
    ]);
  });

  test('an hour in which nothing answered is a gap in line and band, not a zero', () => {
    const plot = drawLatency([bucket(0, 10), bucket(1, 20), bucket(2, null), bucket(3, 20), bucket(4, 10)], '24h');
    expect(plot?.line.match(/M/g)).toHaveLength(2);
    expect(plot?.band.match(/M/g)).toHaveLength(2);
    expect(plot?.dots).toBe('');
  });

  test('one answer alone is a dot', () => {
    expect(drawLatency([bucket(0, null), bucket(1, 10), bucket(2, null)], '24h')?.dots).toBe('M675.0 100.0h0');
  });

  test('the axis spans the range it names, also with one answer', () => {
    expect(drawLatency([bucket(23, 10)], '24h')?.times).toEqual([0, 8 * HOUR, 16 * HOUR, 24 * HOUR]);
    expect(drawLatency([bucket(90 * 24 - 1, 10)], '90d')?.times.map((at) => at / (24 * HOUR))).toEqual([0, 30, 60, 90]);
  });

  test('without any answer there is nothing to draw', () => {
    expect(drawLatency([], '24h')).toBeNull();
    expect(drawLatency([bucket(0, null)], '24h')).toBeNull();
  });
});
