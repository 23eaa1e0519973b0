import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReport } from '#domain/report/build-report.ts';
import { csvText } from '#domain/report/csv.ts';
import { monthCsv, reportCsv } from '#domain/report/report-csv.ts';
import { testSeed } from '../../support/seeded.ts';
import { announced, down, monthFacts, override } from '../sla/examples.ts';
import { arbitraryMonth, factsOf } from './arbitrary-month.ts';
import { downOn, making, reportOf, withRows, witness } from './report-examples.ts';
import { parseCsv, rowsOf } from './rfc4180.ts';

const outage = down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z');
const report = reportOf(
  monthFacts('2026-06', {
    components: [withRows(downOn(outage), [override('k3', '2026-07-10T00:00:00Z', '2026-06-10T00:00:00Z', '2026-06-10T01:00:00Z', 'up')])],
    announcements: [announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z')],
  }),
  {
    witnesses: new Map([
      ['D1', [witness('nyc', ['2026-06-09T23:59:00Z', '2026-06-10T00:00:00Z', '2026-06-10T09:59:00Z', '2026-06-10T10:00:00Z'])]],
    ]),
  },
);
const of = (text: string, kind: string): Record<string, string>[] => rowsOf(text).filter((row) => row['kind'] === kind);

describe('the CSV of a report', () => {
  it('has one row for each line, with its kind', () => {
    const text = reportCsv(report);
    expect(text.startsWith('kind,id,component,')).toBe(true);
    expect(of(text, 'downtime')).toMatchObject([
      { id: 'D1', component: 'app', start: '2026-06-10T00:00:00.000Z', ms: '36000000', name: 'probe' },
    ]);
    expect(of(text, 'check').map((row) => row['name'])).toEqual(['last_good_before', 'first_bad', 'last_bad', 'first_good_after']);
    expect(of(text, 'exclusion')).toMatchObject([{ id: 'X1', announcement: 'm1', rev: '1', ms: '7200000' }]);
    expect(of(text, 'announcement_revision')).toMatchObject([{ id: 'm1', text: 'Database upgrade' }]);
    expect(of(text, 'adjustment')).toMatchObject([{ id: 'k3', value: 'up', author: 'ann', approved_by: '', in_effect: 'no' }]);
    expect(of(text, 'adjustment_after').find((row) => row['name'] === 'downtime_ms')).toMatchObject({ id: 'k3', value: '36000000' });
    expect(of(text, 'slot')).toHaveLength(4);
    expect(of(text, 'credit_tier')).toHaveLength(3);
  });
  it('writes a number as a number, below nothing as well', () => {
    const remaining = of(reportCsv(report), 'figure').find((row) => row['name'] === 'remaining_ms');
    expect(remaining?.['value']).toBe(String(report.figures.remaining_ms));
    expect(report.figures.remaining_ms).toBeLessThan(0);
  });
  it('has the totals of the JSON, whatever happened in the month', () => {
    const built = arbitraryMonth.map((month) => buildReport(factsOf(month), making));
    fc.assert(
      fc.property(built, (one) => {
        const text = reportCsv(one);
        const figures = Object.fromEntries(of(text, 'figure').map((row) => [row['name'], row['value']]));
        expect(figures).toEqual(
          Object.fromEntries(Object.entries(one.figures).map(([name, value]) => [name, value === null ? '' : String(value)])),
        );
        const sum = (kind: string): number => of(text, kind).reduce((total, row) => total + Number(row['ms']), 0);
        expect([sum('exclusion'), sum('unknown'), sum('blip')]).toEqual([
          one.figures.excluded_ms,
          one.figures.unknown_ms,
          one.figures.blip_ms,
        ]);
        expect(of(text, 'downtime').length).toBe(one.downtime.length);
        expect(of(text, 'credit').find((row) => row['name'] === 'credit_minor')?.['value']).toBe(
          one.credit === null ? undefined : String(one.credit.credit_minor),
        );
      }),
      { seed: testSeed(20_261_203), numRuns: 60 },
    );
  });
});

describe('a cell', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ' '), fc.string({ unit: 'grapheme' }))
      .map((parts) => parts.join('')),
  );
  it('comes back as it was, behind an apostrophe when it would be a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(hostile, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const text = csvText(
          ['a', 'b'],
          rows.map(([a, b]) => ({ a, b })),
        );
        const safe = (cell: string | undefined): string => (/^[=+\-@\t\r\n]/.test(cell ?? '') ? `'${cell}` : (cell ?? ''));
        expect(parseCsv(text)).toEqual([['a', 'b'], ...rows.map((row) => row.map(safe))]);
      }),
      { seed: testSeed(20_261_204), numRuns: 500 },
    );
  });
});

describe('the CSV of a month', () => {
  it('has one row for each contract with its figures', () => {
    const open = reportOf(monthFacts('2026-06', { components: [] }));
    expect(rowsOf(monthCsv([report, open]))).toMatchObject([
      {
        contract: 'k1',
        month: '2026-06',
        downtime_ms: '36000000',
        availability: report.figures.availability,
        credit_minor: '125000',
        currency: 'USD',
      },
      { contract: 'k1', availability: '', lower: '0.0000', verdict: 'indeterminate', credit_minor: '', due_minor: '' },
    ]);
    expect(parseCsv(monthCsv([]))).toHaveLength(1);
  });
});
