import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { instantOfIso, isoOf } from '#domain/time/iso.ts';

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

describe('an instant read from text', () => {
  const read = (text: string): string | null => {
    const found = instantOfIso(text);
    return found === null ? null : isoOf(found);
  };
  it('has an offset, and may leave seconds out', () => {
    expect(read('2026-03-08T01:30:00-05:00')).toBe('2026-03-08T06:30:00.000Z');
    expect(read('2026-03-08T01:30+05:45')).toBe('2026-03-07T19:45:00.000Z');
    expect(read('2026-03-08T06:30:00.25Z')).toBe('2026-03-08T06:30:00.250Z');
    expect(read('2026-03-08T06:30:00.250000+00:00')).toBe('2026-03-08T06:30:00.250Z');
    expect(read('0000-02-29T00:00:00Z')).toBe('0000-02-29T00:00:00.000Z');
  });
  it.each([
    '2026-03-08T01:30:00',
    '2026-03-08',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-08T24:00:00Z',
    '2026-03-08T23:59:60Z',
    '2026-03-08T00:00:00.0001Z',
    '2026-03-08T00:00:00+24:00',
    '2026-3-8T00:00:00Z',
    ' 2026-03-08T00:00:00Z',
    '2026-03-08T00:00:00EST',
    '',
  ])('%s is not exactly one instant in whole milliseconds', (text) => {
    expect(read(text)).toBeNull();
  });
  it('is the instant that was written', () => {
    for (const ms of [0, 1, -1, 951_782_400_000, 4_102_444_799_999, -62_167_219_200_000]) expect(instantOfIso(isoOf(instant(ms)))).toBe(ms);
  });
});
