import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DaySample, latencySummary, rollUpDay, spansOfDay } from '#domain/check/day-rollup.ts';
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

describe('the percentiles of a day', () => {
  const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20261124);
  /** By the book: sorted, the smallest value that at least so many of a hundred do not exceed. */
  const byTheBook = (values: readonly number[]) => {
    const ascending = [...values].sort((a, b) => a - b);
    const rank = (per100: number): number => ascending[Math.ceil((values.length * per100) / 100) - 1] ?? 0;
    return values.length === 0 ? null : { count: values.length, p50: rank(50), p95: rank(95), max: rank(100) };
  };
  const few = fc.array(fc.integer({ min: 0, max: 60_000_000 }), { maxLength: 600 });
  const alike = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 600 });
  test('are those that sorting gives, for any values in any order', () => {
    fc.assert(
      fc.property(fc.oneof(few, alike), (values) => {
        expect(latencySummary(values)).toEqual(byTheBook(values));
      }),
      { seed, numRuns: 300 },
    );
    const rising = Array.from({ length: 5_000 }, (_, i) => i);
    const organ = rising.map((i) => Math.min(i, 5_000 - i));
    for (const values of [rising, rising.toReversed(), organ, rising.map(() => 7)])
      expect(latencySummary(values)).toEqual(byTheBook(values));
  });
  test('are of each hour by itself, however the samples came', () => {
    const sampleOfDay = fc.record({
      at: fc.integer({ min: START, max: START + DAY - 1 }).map(instant),
      outcome: fc.constantFrom('ok', 'slow', 'fail', 'error'),
      latencyUs: fc.option(fc.integer({ min: 0, max: 90_000 })),
    });
    fc.assert(
      fc.property(fc.array(sampleOfDay, { maxLength: 400 }), (samples) => {
        const right = samples.filter(({ outcome, latencyUs }) => latencyUs !== null && (outcome === 'ok' || outcome === 'slow'));
        const of = (hour: number) =>
          right.filter(({ at }) => Math.floor((at - START) / HOUR) === hour).map(({ latencyUs }) => latencyUs ?? 0);
        const hours = Array.from({ length: 24 }, (_, hour) => of(hour));
        expect(rollUpDay(DAY_NUMBER, samples, []).latency).toEqual([...hours.map(byTheBook), byTheBook(hours.flat())]);
      }),
      { seed, numRuns: 100 },
    );
  });
});
