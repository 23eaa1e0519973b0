/**
 * The traps that only a report can fall into, by their numbers: what is shown must be what was reckoned, in the document, in the CSV and in
 * the sentences alike. Those of the calculator stand in traps.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import { minor } from '#domain/money.ts';
import { notesInTime, placeOf } from '#domain/release/release-gate.ts';
import { buildReport } from '#domain/report/build-report.ts';
import { checkReport } from '#domain/report/check-report.ts';
import { asRevisionOf, checkRevision, sameFacts } from '#domain/report/report-changes.ts';
import { monthCsv, reportCsv } from '#domain/report/report-csv.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { availabilitySum } from '#domain/report/report-sum.ts';
import { budgetWords, verdictWords } from '#domain/report/report-words.ts';
import { instant, millis } from '#domain/time/instant.ts';
import { downOn, factOf, making, reportFacts, reportOf, TZDATA, withRows } from '../domain/report/report-examples.ts';
import { rowsOf } from '../domain/report/rfc4180.ts';
import { announced, at, component, contract, down, every, folded, monthFacts, override, stretch, told } from '../domain/sla/examples.ts';

const faults = (report: ReportDocument): readonly unknown[] => checkReport(report, TZDATA).faults;
const everything = (report: ReportDocument): string =>
  [
    canonicalJson(report),
    reportCsv(report),
    monthCsv([report]),
    verdictWords(report),
    budgetWords(report),
    JSON.stringify(availabilitySum(report)),
  ].join('\n');

describe('traps of a report', () => {
  it('trap 2: the millisecond too much shows 99.4999 everywhere, and 99.50 nowhere', () => {
    const saturdays = ['02-07', '02-14', '02-21', '02-28'].map((day) =>
      announced(`m${day}`, '2026-01-15T00:00:00Z', `2026-${day}T15:00:00Z`, `2026-${day}T20:00:00Z`),
    );
    const report = reportOf(
      monthFacts('2026-02', {
        components: [downOn(down('2026-02-10T12:00:00Z', '2026-02-10T15:15:36.001Z'))],
        announcements: saturdays,
      }),
    );
    expect(report.figures).toMatchObject({ downtime_ms: 11_736_001, remaining_ms: -1, availability: '99.4999', verdict: 'missed' });
    expect(rowsOf(reportCsv(report)).find((row) => row['name'] === 'availability')?.['value']).toBe('99.4999');
    expect(verdictWords(report)).toBe('February 2026: 99.4999 % of 652 h 0 min measured; promised 99.5 %. Not kept. Credit 500.00 USD.');
    expect(budgetWords(report)).toBe('1 ms over the budget.');
    expect(everything(report)).not.toMatch(/99\.50/);
    expect(faults(report)).toEqual([]);
  });

  it('trap 30: the same facts twice and in reverse order are the same document, byte for byte', () => {
    const samples = every('2026-06-01T04:00:00Z', 3_000, 60_000, (n) => (n % 7 === 3 || n % 100 > 95 ? 'fail' : 'ok'));
    const delivered = [...samples.toReversed(), ...samples];
    const kept = [...new Map(delivered.map((one) => [one.at, one])).values()].sort((a, b) => a.at - b.at);
    const announcements = [
      announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z'),
      announced('m2', '2026-06-01T00:00:00Z', '2026-06-20T14:00:00Z', '2026-06-20T16:00:00Z'),
    ];
    const mark = (id: string) => ({ id, title: id, components: ['app'], ...stretch('2026-06-01T00:00:00Z', '2026-06-05T00:00:00Z') });
    const text = (list: typeof samples, twice: boolean): string => {
      const order = <T>(ones: readonly T[]): readonly T[] => (twice ? [...ones.toReversed(), ...ones] : ones);
      const given = monthFacts('2026-06', { components: [component('app', [folded('nyc', list)])], announcements: order(announcements) });
      const facts = reportFacts(given, {
        announcements: order(announcements.map((one) => factOf(one))),
        incidents: order([mark('i1'), mark('i2')]),
      });
      return canonicalJson(buildReport({ ...facts, slots: order(facts.slots) }, making));
    };
    expect(text(kept, true)).toBe(text(samples, false));
  });

  it('trap 31: an approved override after the end makes revision 2, which says what it changed; revision 1 stays as it was', () => {
    const outage = down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z');
    const month = (approvedBy: string | null, revision: number): ReportDocument => {
      const row = override('k3', '2026-07-10T00:00:00Z', '2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z', 'up', approvedBy);
      return reportOf(monthFacts('2026-06', { components: [withRows(downOn(outage), [row])] }), {}, { revision });
    };
    const first = reportOf(monthFacts('2026-06', { components: [downOn(outage)] }));
    const text = canonicalJson(first);
    const waiting = month(null, 2);
    expect(waiting.figures).toEqual(first.figures);
    expect(waiting.adjustments).toMatchObject([{ id: 'k3', in_effect: false, needs_approval: true }]);

    const second = asRevisionOf(first, month('bob', 2));
    expect(second).toMatchObject({ id: 'k1/2026-06/2', figures: { downtime_ms: 0, verdict: 'met' } });
    expect(second.changes.map(({ words }) => words)).toContain('Downtime fell by 10 h 0 min, from 10 h 0 min to 0.');
    expect([faults(first), faults(second), checkRevision(first, second)]).toEqual([[], [], []]);
    expect(canonicalJson(first)).toBe(text);
    expect(sameFacts(first, second)).toBe(false);
  });

  it('trap 34: a title that is a formula begins with an apostrophe in the CSV, and nowhere else', () => {
    const one = announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z');
    const title = (text: string): string => {
      const report = reportOf(monthFacts('2026-06', { announcements: [one] }), { announcements: [factOf(one, text)] });
      expect(report.announcements[0]?.revisions[0]?.title).toBe(text);
      return rowsOf(reportCsv(report)).find((row) => row['kind'] === 'announcement_revision')?.['text'] ?? '';
    };
    expect(title('=HYPERLINK("x")')).toBe(`'=HYPERLINK("x")`);
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n']) expect(title(`${start}1`)).toBe(`'${start}1`);
    for (const text of ['a, b', 'a "b"', 'a\r\nb', 'a\nb', "'=1", ' =1', 'é ☃']) expect(title(text)).toBe(text);
  });

  it('trap 35: a contract of one day is billed a thirtieth of the fee', () => {
    const one = { ...contract, startDate: '2026-06-30', endDate: '2026-06-30' };
    const report = reportOf(monthFacts('2026-06', { contract: one }));
    expect(report).toMatchObject({
      figures: { period_ms: 86_400_000, verdict: 'met' },
      credit: { billed_minor: 16_667, covered_days: 1, days_in_month: 30 },
      period: { local_start: '2026-06-30T00:00:00.000-04:00', local_end: '2026-07-01T00:00:00.000-04:00' },
    });
    expect(faults(report)).toEqual([]);
  });

  it('trap 36: a fee of 0 gives a credit of 0 and the verdict all the same; a month that the contract does not touch has no line', () => {
    const outage = downOn(down('2026-06-10T00:00:00Z', '2026-06-12T00:00:00Z'));
    const free = reportOf(monthFacts('2026-06', { contract: { ...contract, monthlyFee: minor(0) }, components: [outage] }));
    expect(free).toMatchObject({ figures: { verdict: 'missed' }, credit: { billed_minor: 0, credit_minor: 0 } });
    expect(verdictWords(free)).toMatch(/Not kept\. No credit\.$/);

    const announcements = [announced('m', '2026-05-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T19:00:00Z')];
    const later = { ...contract, startDate: '2026-07-01' };
    const none = reportOf(monthFacts('2026-06', { contract: later, components: [outage], announcements }));
    expect(none).toMatchObject({
      figures: { period_ms: 0, availability: null, verdict: 'not_applicable' },
      credit: { credit_minor: 0 },
      downtime: [],
      exclusions: [],
      refused: [],
      unknown: [],
      announcements: [],
      slots: [],
    });
    expect([faults(free), faults(none)]).toEqual([[], []]);
  });

  it('trap 37: a deployment at the effective end is outside, a millisecond earlier inside; notes a millisecond after the start are late', () => {
    const { start, end } = stretch('2026-07-18T14:00:00Z', '2026-07-18T16:00:00Z');
    const place = (deployedAt: number): string => placeOf(instant(deployedAt), [{ start, end }]);
    expect([place(end), place(end - 1), place(start), place(start - 1)]).toEqual(['outside_window', 'inside', 'inside', 'outside_window']);
    const notes = (publishedAt: number): boolean => notesInTime(instant(publishedAt), start, millis(0));
    expect([notes(start), notes(start + 1)]).toEqual([true, false]);
  });

  it('trap 38: bounds that other time zones would move are a note that names both versions, and the report keeps its instants', () => {
    const report = reportOf(monthFacts('2026-11', { contract: { ...contract, reportZone: 'America/Vancouver' } }), {
      tzdata: 'of-another-year',
    });
    const moved = { ...report, period: { ...report.period, month_end: '2026-12-01T06:59:59.999Z' } };
    expect(checkReport(report, TZDATA)).toEqual({ faults: [], notes: [] });
    const { notes } = checkReport(moved, TZDATA);
    expect(notes).toEqual([expect.stringMatching(/of-another-year.*2026c/)]);
  });

  it('trap 39: the report of a running month says nothing of what is still to come', () => {
    const announcements = [announced('m', '2026-05-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T19:00:00Z')];
    const samples = every('2026-06-01T04:00:00Z', 9 * 1_440, 60_000, () => 'ok');
    const report = reportOf(
      monthFacts('2026-06', { asOf: at('2026-06-10T04:00:00Z'), announcements, components: [component('app', [folded('nyc', samples)])] }),
    );
    expect(report).toMatchObject({
      state: 'open',
      figures: {
        period_ms: 9 * 86_400_000,
        up_ms: 9 * 86_400_000,
        unknown_ms: 0,
        downtime_ms: 0,
        excluded_ms: 0,
        availability: '100.0000',
      },
      exclusions: [],
      period: { end: '2026-06-10T04:00:00.000Z', month_end: '2026-07-01T04:00:00.000Z' },
    });
    expect(report.slots.map(({ start }) => start)).toEqual(['2026-06-06T14:00:00.000Z']);
    expect(verdictWords(report)).toBe('June 2026 so far: 100.0000 % of 216 h 0 min measured; promised 99.5 %. Kept so far.');
    expect(faults(report)).toEqual([]);
  });

  it('trap 40: a critical component without a single result is never 100 %, in no form', () => {
    const two = { ...contract, components: ['app', 'api'], critical: ['app', 'api'] };
    const app = component('app', [told('nyc', '2025-01-01T00:00:00Z', '2027-06-01T00:00:00Z')]);
    const report = reportOf(monthFacts('2026-06', { contract: two, components: [app, component('api', [])] }));
    expect(report).toMatchObject({
      state: 'provisional',
      figures: {
        unknown_ms: 2_592_000_000,
        eligible_ms: 2_592_000_000,
        availability: null,
        lower: '0.0000',
        upper: '100.0000',
        verdict: 'indeterminate',
      },
      credit: null,
      claim: { due_minor: null },
      unknown: [{ id: 'U1', ms: 2_592_000_000, components: [{ id: 'api', cause: 'location_silent' }] }],
    });
    expect(rowsOf(reportCsv(report)).find((row) => row['name'] === 'availability')?.['value']).toBe('');
    expect(rowsOf(monthCsv([report]))[0]).toMatchObject({ availability: '', verdict: 'indeterminate', credit_minor: '' });
    expect(verdictWords(report)).toBe('June 2026: no figure; promised 99.5 %. Undecided: it lies between 0.0000 % and 100.0000 %.');
    expect(faults(report)).toEqual([]);
  });
});
