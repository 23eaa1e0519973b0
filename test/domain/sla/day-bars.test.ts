import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DayBar, dayBars, type StateInterval } from '#domain/sla/day-bars.ts';
import type { ComponentState } from '#domain/sla/overall.ts';
import { DAY, HOUR, instant, MINUTE } from '#domain/time/instant.ts';
import { testSeed } from '../../support/seeded.ts';

const midnight = Date.UTC(2026, 10, 21);
const at = (ms: number) => instant(midnight + ms);
const day = (n: number) => ({ start: at(n * DAY), end: at((n + 1) * DAY) });
const stretch = (start: number, end: number, state: ComponentState): StateInterval => ({ start: at(start), end: at(end), state });
const parts = ({ operationalMs, degradedMs, downMs, maintenanceMs, unknownMs, notYetMs, aheadMs }: DayBar): number[] => [
  operationalMs,
  degradedMs,
  downMs,
  maintenanceMs,
  unknownMs,
  notYetMs,
  aheadMs,
];

describe('bars of days', () => {
  test('an outage from 10:00 to 12:30 takes two and a half hours of its day and nothing of the next', () => {
    const states = [
      stretch(0, 10 * HOUR, 'operational'),
      stretch(10 * HOUR, 12.5 * HOUR, 'major_outage'),
      stretch(12.5 * HOUR, 2 * DAY, 'operational'),
    ];
    const [first, second] = dayBars([day(0), day(1)], states, at(2 * DAY));
    expect(first).toMatchObject({ downMs: 2.5 * HOUR, operationalMs: 21.5 * HOUR, unknownMs: 0, notYetMs: 0, aheadMs: 0 });
    expect(second).toMatchObject({ downMs: 0, operationalMs: DAY });
  });

  test('an outage over midnight is split between its two days', () => {
    const states = [
      stretch(0, 23 * HOUR, 'operational'),
      stretch(23 * HOUR, 25 * HOUR, 'partial_outage'),
      stretch(25 * HOUR, 2 * DAY, 'operational'),
    ];
    expect(dayBars([day(0), day(1)], states, at(2 * DAY)).map((bar) => bar.downMs)).toEqual([HOUR, HOUR]);
  });

  test('time before the first sample is not yet measured, never unknown', () => {
    const [bar] = dayBars([day(0)], [stretch(6 * HOUR, DAY, 'operational')], at(DAY));
    expect(bar).toMatchObject({ notYetMs: 6 * HOUR, unknownMs: 0, operationalMs: 18 * HOUR });
  });

  test('a component without a single sample has a day that is all not yet measured', () => {
    expect(dayBars([day(0)], [], at(DAY))[0]).toMatchObject({ notYetMs: DAY, operationalMs: 0, unknownMs: 0 });
  });

  test('what lies after now is ahead, and the running day says only what has happened', () => {
    const [bar] = dayBars([day(0)], [stretch(0, 9 * HOUR, 'operational')], at(9 * HOUR));
    expect(bar).toMatchObject({ operationalMs: 9 * HOUR, aheadMs: 15 * HOUR, unknownMs: 0 });
  });

  test('a hole between two stretches is unknown', () => {
    const states = [stretch(0, HOUR, 'operational'), stretch(HOUR + 15 * MINUTE, DAY, 'operational')];
    expect(dayBars([day(0)], states, at(DAY))[0]?.unknownMs).toBe(15 * MINUTE);
  });

  test('the parts of every day sum to its length, also on days of 23 and 25 hours', () => {
    const states: readonly ComponentState[] = ['operational', 'degraded', 'partial_outage', 'major_outage', 'maintenance', 'unknown'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 * HOUR }), fc.constantFrom(...states)), { maxLength: 40 }),
        fc.integer({ min: 0, max: 3 * DAY }),
        fc.array(fc.constantFrom(23, 24, 25), { minLength: 1, maxLength: 6 }),
        (pieces, begin, hours) => {
          let edge = begin;
          const timeline = pieces.map(([length, state]) => stretch(edge, (edge += length), state));
          let start = 0;
          const days = hours.map((h) => ({ start: at(start), end: at((start += h * HOUR)) }));
          for (const bar of dayBars(days, timeline, at(edge))) {
            expect(parts(bar).reduce((sum, ms) => sum + ms, 0)).toBe(bar.end - bar.start);
            expect(Math.min(...parts(bar))).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 300, seed: testSeed(20_261_123) },
    );
  });

  test('no time is lost: over days that cover everything, each state keeps its whole length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 * HOUR }), fc.constantFrom<ComponentState>('operational', 'major_outage')), {
          minLength: 1,
          maxLength: 30,
        }),
        (pieces) => {
          let edge = 0;
          const timeline = pieces.map(([length, state]) => stretch(edge, (edge += length), state));
          const bars = dayBars(
            Array.from({ length: 8 }, (_, n) => day(n)),
            timeline,
            at(edge),
          );
          const down = pieces.filter(([, state]) => state === 'major_outage').reduce((sum, [length]) => sum + length, 0);
          expect(bars.reduce((sum, bar) => sum + bar.downMs, 0)).toBe(down);
        },
      ),
      { numRuns: 200, seed: testSeed(20_261_124) },
    );
  });
});
