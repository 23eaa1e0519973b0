import { describe, expect, test } from 'vitest';
import { type DaySample, rollUpDay, spansOfDay } from '#domain/check/day-rollup.ts';
import type { LocationState, Span } from '#domain/check/span.ts';
import { DAY, HOUR, instant } from '#domain/time/instant.ts';

const DAY_NUMBER = 20_000;
const START = DAY_NUMBER * DAY;
const span = (fromHour: number, toHour: number, lenient: LocationState, strict: LocationState = lenient, slow = false): Span => ({
  start: instant(START + fromHour * HOUR),
  end: instant(START + toHour * HOUR),
  lenient,
  strict,
  slow,
});
const sample = (hour: number, outcome: DaySample['outcome'], latencyUs: number | null): DaySample => ({
  at: instant(START + hour * HOUR),
  outcome,
  latencyUs,
});

describe('a day in figures', () => {
  test('blips count as up, pending and time without spans as unknown, and each reading sums to the day', () => {
    const day = rollUpDay(
      DAY_NUMBER,
      [],
      [span(-5, 6, 'up'), span(6, 7, 'blip'), span(7, 10, 'down'), span(10, 12, 'up', 'down', true), span(12, 13, 'pending')],
    );
    expect(day).toMatchObject({ upMs: 9 * HOUR, downMs: 3 * HOUR, unknownMs: 12 * HOUR, blips: 1, blipMs: HOUR, slowMs: 2 * HOUR });
    expect(day).toMatchObject({ strictUpMs: 7 * HOUR, strictDownMs: 5 * HOUR, strictUnknownMs: 12 * HOUR });
  });
  test('a blip over midnight is counted on the day it began, its time on both', () => {
    const over = [span(23, 25, 'blip')];
    expect(rollUpDay(DAY_NUMBER, [], over)).toMatchObject({ blips: 1, blipMs: HOUR });
    expect(rollUpDay(DAY_NUMBER + 1, [], over)).toMatchObject({ blips: 0, blipMs: HOUR });
  });
  test('latencies are those of right answers: nearest rank by hour, then for the day', () => {
    const day = rollUpDay(
      DAY_NUMBER,
      [
        sample(0, 'ok', 10),
        sample(0.2, 'ok', 30),
        sample(0.4, 'slow', 20),
        sample(0.6, 'fail', 999),
        sample(5, 'ok', 40),
        sample(24, 'ok', 7),
      ],
      [],
    );
    expect(day.latency[0]).toEqual({ count: 3, p50: 20, p95: 30, max: 30 });
    expect(day.latency[1]).toBeNull();
    expect(day.latency[5]).toEqual({ count: 1, p50: 40, p95: 40, max: 40 });
    expect(day.latency[24]).toEqual({ count: 4, p50: 20, p95: 40, max: 40 });
    expect(day).toMatchObject({ ok: 3, slow: 1, fail: 1, error: 0 });
  });
  test('the spans of a day are those with a part in it', () => {
    const all = [span(-9, 0, 'up'), span(0, 1, 'down'), span(1, 23, 'up'), span(23, 24, 'down'), span(24, 30, 'up')];
    expect(spansOfDay(all, DAY_NUMBER)).toEqual(all.slice(1, 4));
    expect(spansOfDay(all, DAY_NUMBER + 5)).toEqual([]);
  });
});
