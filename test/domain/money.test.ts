import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalsOf, halfEven, minor, minorOfText, minorText, shareOf } from '#domain/money.ts';
import { testSeed } from '../support/seeded.ts';

describe('money', () => {
  it('rounds a tie to the even neighbour, down as well as up', () => {
    expect([halfEven(12_345n, 10n), halfEven(12_355n, 10n), halfEven(5n, 10n), halfEven(15n, 10n)]).toEqual([1_234n, 1_236n, 0n, 2n]);
  });
  it('14 of 30 days of 5 000.00 are 2 333.33, and one day is 166.67', () => {
    expect([shareOf(minor(500_000), 14, 30), shareOf(minor(500_000), 1, 30)]).toEqual([233_333, 16_667]);
  });
  it('a share is never further than half a unit away, and of the whole it is the amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 50 }),
        fc.integer({ min: 0, max: 31 }),
        fc.integer({ min: 1, max: 31 }),
        (amount, parts, whole) => {
          fc.pre(parts <= whole);
          const error = 2n * (BigInt(shareOf(minor(amount), parts, whole)) * BigInt(whole) - BigInt(amount) * BigInt(parts));
          expect(error <= BigInt(whole) && -error <= BigInt(whole)).toBe(true);
          expect(shareOf(minor(amount), whole, whole)).toBe(amount);
        },
      ),
      { seed: testSeed(1), numRuns: 300 },
    );
  });
  it('knows currencies with no decimals, two and three', () => {
    expect(['JPY', 'USD', 'EUR', 'BHD'].map(decimalsOf)).toEqual([0, 2, 2, 3]);
    expect(() => decimalsOf('dollars')).toThrow('not a currency code');
  });
  it('is written with the decimals of its currency', () => {
    expect([minorText(minor(123_456), 2), minorText(minor(5), 2), minorText(minor(5), 0), minorText(minor(0), 3)]).toEqual([
      '1234.56',
      '0.05',
      '5',
      '0.000',
    ]);
  });
  it('is read back from its digits, exactly or not at all', () => {
    expect(['1234.56', '5', '0.5', '007'].map((text) => minorOfText(text, 2))).toEqual([123_456, 500, 50, 700]);
    expect(['0.001', '-1', '1e3', '', '.5', '90071992547409.92'].map((text) => minorOfText(text, 2))).toEqual(Array(6).fill(null));
    expect(minorOfText('90071992547409.91', 2)).toBe(Number.MAX_SAFE_INTEGER);
  });
  it.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no amount', (amount) => {
    expect(() => minor(amount)).toThrow('whole minor units');
  });
});
