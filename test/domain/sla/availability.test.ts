import { describe, expect, it } from 'vitest';
import { budgetOf, figuresOf, type Measure, measure, percentText, type Ratio } from '#domain/sla/availability.ts';
import { verdictOf } from '#domain/sla/verdict.ts';
import { instant, millis } from '#domain/time/instant.ts';
import { policy } from './examples.ts';

const shown = (part: number, whole: number): string | null => percentText({ part, whole } as Ratio);
const sums = (up: number, down: number, unknown: number, excluded = 0): Measure =>
  measure([
    { kind: 'available', start: instant(0), end: instant(up) },
    { kind: 'down', start: instant(0), end: instant(down) },
    { kind: 'unknown', start: instant(0), end: instant(unknown) },
    { kind: 'excluded', start: instant(0), end: instant(excluded) },
  ]);
const judged = (of: Measure, unknownPolicy: 'exclude' | 'down' | 'up' = 'exclude'): string =>
  verdictOf(figuresOf(of, { ...policy, unknownPolicy }), { ...policy, unknownPolicy });

describe('a percentage', () => {
  it('is cut off after four decimals, never rounded', () => {
    expect([shown(2_335_463_999, 2_347_200_000), shown(2_335_464_000, 2_347_200_000)]).toEqual(['99.4999', '99.5000']);
    expect(shown(2_591_999_999, 2_592_000_000)).toBe('99.9999');
    expect(shown(2, 3)).toBe('66.6666');
  });
  it('of everything is 100.0000, of nothing 0.0000, and of no time at all there is none', () => {
    expect([shown(5, 5), shown(0, 5), shown(0, 0)]).toEqual(['100.0000', '0.0000', null]);
  });
});

describe('figures', () => {
  it('the budget at 99.5 % is a two-hundredth, rounded down', () => {
    expect([budgetOf(millis(2_347_200_000), 995_000), budgetOf(millis(199), 995_000), budgetOf(millis(200), 995_000)]).toEqual([
      11_736_000, 0, 1,
    ]);
  });
  it('unknown time is left out, counted as down or counted as up, as the policy says; the bounds do not move', () => {
    const of = sums(985, 5, 10, 100);
    const told = (['exclude', 'down', 'up'] as const).map((unknownPolicy) => {
      const { measured, lower, upper, remainingMs } = figuresOf(of, { ...policy, unknownPolicy });
      return [measured, lower, upper].map(({ part, whole }) => `${part}/${whole}`).concat(String(remainingMs));
    });
    expect(told).toEqual([
      ['985/990', '985/1000', '995/1000', '-1'],
      ['985/1000', '985/1000', '995/1000', '-10'],
      ['995/1000', '985/1000', '995/1000', '0'],
    ]);
  });
});

describe('a verdict', () => {
  it('equality is met; one part less is missed', () => {
    expect([judged(sums(995, 5, 0)), judged(sums(994_999, 5_001, 0))]).toEqual(['met', 'missed']);
  });
  it('is given by the bounds: met when even the worst case reaches the target, missed when not even the best does', () => {
    expect([judged(sums(995, 0, 5)), judged(sums(994, 0, 6)), judged(sums(990, 6, 4)), judged(sums(990, 5, 5))]).toEqual([
      'met',
      'indeterminate',
      'missed',
      'indeterminate',
    ]);
  });
  it('under the policies down and up is given by the figure itself', () => {
    expect([judged(sums(994, 0, 6), 'down'), judged(sums(994, 0, 6), 'up')]).toEqual(['missed', 'met']);
  });
  it('of a period without evidence is indeterminate, of one without eligible time not applicable', () => {
    expect([judged(sums(0, 0, 10)), judged(sums(0, 0, 0, 10)), judged(sums(0, 0, 0, 10), 'down')]).toEqual([
      'indeterminate',
      'not_applicable',
      'not_applicable',
    ]);
  });
});
