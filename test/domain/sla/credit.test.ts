import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minor, shareOf } from '#domain/money.ts';
import { figuresOf, type Measure, type Ratio } from '#domain/sla/availability.ts';
import { type Adjudication, billedFor, creditFor, monthCredit, scheduleFault } from '#domain/sla/credit.ts';
import type { CreditSchedule } from '#domain/sla/terms.ts';
import { verdictOf } from '#domain/sla/verdict.ts';
import { testSeed } from '../../support/seeded.ts';
import { contract, policy } from './examples.ts';

const schedule = contract.schedule as CreditSchedule;
const ratio = (part: number, whole: number): Ratio => ({ part, whole }) as Ratio;
const measured = (up: number, down: number, unknown = 0): Measure =>
  ({
    periodMs: up + down + unknown,
    excludedMs: 0,
    eligibleMs: up + down + unknown,
    unknownMs: unknown,
    downtimeMs: down,
    upMs: up,
  }) as Measure;
const month = (sums: Measure, adjudication: Adjudication | null = null) => {
  const figures = figuresOf(sums, policy);
  const verdict = verdictOf(figures, policy);
  return { verdict, credit: monthCredit(verdict, figures, schedule, minor(12_345), adjudication) };
};
const decided = (decision: 'met' | 'missed', approvedBy: string | null = 'bob'): Adjudication => ({
  id: 'j1',
  decision,
  reason: 'The customer saw it.',
  evidence: 'their log',
  author: 'ann',
  approvedBy,
});

describe('a credit', () => {
  it('exactly 99.0 % is the tier below 99.5; one part in a million less is the tier below 99.0', () => {
    expect(creditFor(schedule, minor(12_345), ratio(990_000, 1_000_000))).toMatchObject({ creditBp: 1_000, credit: 1_234 });
    expect(creditFor(schedule, minor(12_345), ratio(989_999, 1_000_000))).toMatchObject({ creditBp: 2_500, credit: 3_086 });
    expect(creditFor(schedule, minor(12_355), ratio(990_000, 1_000_000))).toMatchObject({ credit: 1_236 });
  });
  it('never gives more than the cap, and nothing below the least amount', () => {
    const generous = { ...schedule, tiers: [{ belowPpm: 995_000, creditBp: 10_000 }] };
    expect(creditFor(generous, minor(12_345), ratio(9, 10))).toMatchObject({ creditBp: 5_000, credit: 6_172 });
    expect(creditFor({ ...generous, minCredit: minor(6_173) }, minor(12_345), ratio(9, 10))).toMatchObject({ gross: 6_172, credit: 0 });
    expect(creditFor({ ...generous, minCredit: minor(6_172) }, minor(12_345), ratio(9, 10))).toMatchObject({ credit: 6_172 });
  });
  it('of a fee of 0 is 0', () => {
    expect(creditFor(schedule, minor(0), ratio(0, 10))).toMatchObject({ billed: 0, creditBp: 5_000, credit: 0 });
  });
  it('is 0 for a month that met its target, and for one with nothing to measure', () => {
    expect(month(measured(995, 5))).toMatchObject({ verdict: 'met', credit: { credit: 0, creditBp: 0 } });
    expect(month(measured(0, 0))).toMatchObject({ verdict: 'not_applicable', credit: { credit: 0 } });
  });
  it('of an indeterminate month is open until two people decided: met gives nothing, missed the tier of the lower bound', () => {
    const open = measured(985, 5, 10);
    expect(month(open)).toEqual({ verdict: 'indeterminate', credit: null });
    expect(month(open, decided('missed', null)).credit).toBeNull();
    expect(month(open, decided('missed', 'ann')).credit).toBeNull();
    expect(month(open, decided('met')).credit).toMatchObject({ credit: 0 });
    // Measured 985/990 = 99.49 would be 10 %; the lower bound 98.5 is 25 %.
    expect(month(open, decided('missed')).credit).toMatchObject({ creditBp: 2_500 });
  });
  it('is billed by the days covered', () => {
    expect([billedFor(minor(500_000), 14, 30), billedFor(minor(500_000), 0, 30), billedFor(minor(500_000), 30, 30)]).toEqual([
      233_333, 0, 500_000,
    ]);
  });
});

describe('a schedule', () => {
  it('that is well made is taken', () => {
    expect(scheduleFault(schedule, 995_000)).toBeNull();
  });
  it('whose deeper tier gives less or nothing more is refused', () => {
    const odd = {
      ...schedule,
      tiers: [
        { belowPpm: 995_000, creditBp: 1_000 },
        { belowPpm: 990_000, creditBp: 1_000 },
      ],
    };
    expect(scheduleFault(odd, 995_000)).toBe(
      'The tier below 990000 ppm must give more than the one below 995000 ppm; it gives 1000 against 1000 basis points.',
    );
  });
  it('with a tier above the target, or a cap above the whole, is refused', () => {
    expect(scheduleFault(schedule, 990_000)).toContain('lies above the target');
    expect(scheduleFault({ ...schedule, capBp: 10_001 }, 995_000)).toContain('cap');
  });
});

describe('laws of credits', () => {
  const tiers = fc.uniqueArray(
    fc.record({ belowPpm: fc.integer({ min: 0, max: 1_000_000 }), creditBp: fc.integer({ min: 0, max: 10_000 }) }),
    {
      maxLength: 5,
      selector: ({ belowPpm }) => belowPpm,
    },
  );
  it('H12: a lower figure never gives less, and the credit lies between 0 and the capped share', () => {
    fc.assert(
      fc.property(
        tiers,
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 2_678_400_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, capBp, billed, least, whole, a, b) => {
          const made = { tiers: list, capBp, minCredit: minor(least) };
          const [low, high] = [Math.floor(whole * Math.min(a, b)), Math.floor(whole * Math.max(a, b))];
          const [less, more] = [low, high].map((part) => creditFor(made, minor(billed), ratio(part, whole)).credit) as number[] as [
            number,
            number,
          ];
          expect(less).toBeGreaterThanOrEqual(more);
          expect(Math.min(less, more)).toBeGreaterThanOrEqual(0);
          expect(less).toBeLessThanOrEqual(shareOf(minor(billed), capBp, 10_000));
        },
      ),
      { seed: testSeed(2), numRuns: 500 },
    );
  });
});
