import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import { checkReport } from '#domain/report/check-report.ts';
import { isUnreadable, readReport, readSealedReport } from '#monitor/views/report-schema.ts';
import { downOn, reportOf, TZDATA, witness } from '../../domain/report/report-examples.ts';
import { announced, down, monthFacts } from '../../domain/sla/examples.ts';

const built = reportOf(
  monthFacts('2026-06', {
    components: [downOn(down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z'))],
    announcements: [announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z')],
  }),
  {
    witnesses: new Map([
      ['D1', [witness('nyc', ['2026-06-09T23:59:00Z', '2026-06-10T00:00:00Z', '2026-06-10T09:59:00Z', '2026-06-10T10:00:00Z'])]],
    ]),
  },
);
const text = canonicalJson(built);
const faults = (value: unknown): readonly string[] => {
  const read = readReport(value);
  return isUnreadable(read) ? read.faults : [];
};
const edited = (from: string | RegExp, to: string): unknown => {
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  return JSON.parse(other);
};

describe('a report that somebody hands in', () => {
  it('is read to the very same value', () => {
    const read = readReport(JSON.parse(text));
    expect(canonicalJson(read)).toBe(text);
    expect(isUnreadable(read) ? [] : checkReport(read, TZDATA).faults).toEqual([]);
  });
  it.each([
    ['a number beyond every double', /"downtime_ms":\d+/, '"downtime_ms":1e999', 'figures.downtime_ms must be a whole number from 0 on.'],
    ['a fraction', /"downtime_ms":\d+/, '"downtime_ms":0.5', 'figures.downtime_ms must be a whole number from 0 on.'],
    ['a number as text', /"downtime_ms":\d+/, '"downtime_ms":"NaN"', 'figures.downtime_ms must be a whole number from 0 on, not text.'],
    ['a missing list', /"blips":\[\],/, '', 'blips is missing.'],
    ['a list that is none', /"blips":\[\],/, '"blips":7,', 'blips must be a list.'],
    ['a year beyond the calendar', /"as_of":"2027/, '"as_of":"99999', 'as_of must be an instant such as 2026-10-01T04:00:00.000Z.'],
    ['an instant with an offset', /"as_of":"([^"]+)Z"/, '"as_of":"$1+00:00"', 'as_of must be an instant such as 2026-10-01T04:00:00.000Z.'],
    ['a key of its own', /"id":"k1/, '"extra":1,"id":"k1', 'contract has keys that no report has: extra.'],
    ['another format', /avow-report\/1/, 'avow-report/2', 'format must be "avow-report/1".'],
    [
      'a percentage that was rounded',
      /"lower":"[\d.]+"/,
      '"lower":"99.5"',
      'figures.lower must be a percentage with four decimals such as 99.4999.',
    ],
    ['the prototype as a key', /"figures":\{/, '"figures":{"__proto__":{"ms":1},', '__proto__'],
    ['the constructor as a key', /"figures":\{/, '"figures":{"constructor":1,', 'figures has keys that no report has: constructor.'],
  ])('is refused in one sentence: %s', (_, from, to, sentence) => {
    const found = faults(edited(from, to));
    expect(found).toEqual([expect.stringContaining(sentence)]);
  });
  it.each([[null], [undefined], [7], ['text'], [[]], [{}], [JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)]])(
    'is refused when it is no report at all (%#)',
    (value) => {
      expect(faults(value).length).toBeGreaterThan(0);
    },
  );
  it('tells fifty faults and counts the rest', () => {
    const many = { ...built, notes: Array.from({ length: 80 }, () => 7) };
    expect(faults(many)).toHaveLength(51);
    expect(faults(many).at(-1)).toBe('There are 30 more faults.');
  });
  it('as a sealed file has a hash and a signature beside it', () => {
    const signature = { algorithm: 'Ed25519', key_id: 'b'.repeat(64), value: 'AA==', public_key: 'PEM' };
    expect(isUnreadable(readSealedReport({ report: built, sha256: 'c'.repeat(64), signature }))).toBe(false);
    const read = readSealedReport({ report: built, sha256: 'C', signature: { ...signature, algorithm: 'none' } });
    expect(isUnreadable(read) && read.faults).toEqual([
      'sha256 must be a SHA-256 in hexadecimal.',
      'signature.algorithm must be "Ed25519".',
    ]);
  });
});
