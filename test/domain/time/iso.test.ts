import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';

test('an instant is written as ISO 8601 in UTC with milliseconds', () => {
  expect(isoOf(instant(0))).toBe('1970-01-01T00:00:00.000Z');
  expect(isoOf(instant(951_782_400_000))).toBe('2000-02-29T00:00:00.000Z');
  expect(isoOf(instant(-1))).toBe('1969-12-31T23:59:59.999Z');
});

test('law: the text is what the platform writes, over ten thousand years', () => {
  const first = Date.UTC(1, 0, 1) - 1_900 * 365.2425 * 86_400_000;
  const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
  fc.assert(
    fc.property(fc.integer({ min: Math.ceil(first), max: last }), (ms) => {
      expect(isoOf(instant(ms))).toBe(new Date(ms).toISOString());
    }),
    { numRuns: 5_000, seed: Number(process.env['AVOW_TEST_SEED'] ?? 20_260_701) },
  );
  expect(() => isoOf(instant(last + 1))).toThrow(RangeError);
});
