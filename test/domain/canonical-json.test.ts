import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 units, as RFC 8785 section 3.2.3 shows, and writes no space', () => {
    const example = { '€': 'Euro Sign', '\r': 'CR', '\ufb33': 'Hebrew', '1': 'One', '😀': 'Smile', '\u0080': 'Control', ö: 'o' };
    expect(Object.values(JSON.parse(canonicalJson(example)) as object)).toEqual([
      'One',
      'CR',
      'Control',
      'o',
      'Euro Sign',
      'Smile',
      'Hebrew',
    ]);
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: -0, gone: undefined })).toBe('{"a":0,"b":[1,{"c":true,"d":null}]}');
  });
  it('is the same whatever the order of keys, and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: Number(process.env['AVOW_TEST_SEED'] ?? 20_261_123), numRuns: 300 },
    );
  });
  it('refuses what JSON has no form for', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, [undefined]])
      expect(() => canonicalJson(value)).toThrow('JSON has no form');
  });
});
