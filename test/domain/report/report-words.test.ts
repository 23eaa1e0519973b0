import { describe, expect, it } from 'vitest';
import { buildReport } from '#domain/report/build-report.ts';
import { adjustmentWords, downtimeWords, refusedWords, releaseWords, slotWords, unknownWords } from '#domain/report/line-words.ts';
import { allowanceOfReport } from '#domain/report/report-allowance.ts';
import type { RefusedReason, ReportDocument } from '#domain/report/report-document.ts';
import { availabilitySum, budgetSum, creditSum, type SumStep } from '#domain/report/report-sum.ts';
import { blipWords, budgetWords, claimWords, creditWords, verdictWords } from '#domain/report/report-words.ts';
import { bpWords, listWords, moneyWords, monthWords, ppmWords } from '#domain/report/value-words.ts';
import { monthFigures, type StatementFacts } from '#domain/sla/month-statement.ts';
import { lengthText } from '#domain/time/length-text.ts';
import { figureOf } from '#monitor/views/month-figure.ts';
import { announced, at, component, contract, down, monthFacts, override, policy, told } from '../sla/examples.ts';
import { downOn, making, reportFacts, reportOf, reportOfMonth, withRows } from './report-examples.ts';

const august = (...downs: ReturnType<typeof down>[]) => ({
  components: [downOn(...downs)],
  announcements: [announced('m1', '2026-08-01T00:00:00Z', '2026-08-08T14:00:00Z', '2026-08-08T19:00:00Z')],
});
/** Down 09:30 to 15:45 in New York round a window from 10:00 to 15:00: 75 minutes count. */
const straddles = august(down('2026-08-08T13:30:00Z', '2026-08-08T19:45:00Z'));

describe('a length', () => {
  it.each([
    [0, '0'],
    [1, '1 ms'],
    [999, '999 ms'],
    [36_000, '36 s'],
    [60_000, '1 min'],
    [11_736_000, '3 h 15 min 36 s'],
    [11_736_001, '3 h 15 min 36 s 1 ms'],
    [36_000_000, '10 h 0 min'],
    [3_605_000, '1 h 0 min 5 s'],
    [2_659_860_000, '738 h 51 min'],
    [-2_460_000, '-41 min'],
  ])('of %d ms is told exactly: %s', (ms, text) => {
    expect(lengthText(ms)).toBe(text);
  });
  it('that is not whole is a mistake of ours', () => {
    expect(() => lengthText(0.5)).toThrow('a length must be whole milliseconds, not 0.5');
  });
});

describe('values', () => {
  it('are read without a float', () => {
    expect([ppmWords(995_000), ppmWords(1_000_000), ppmWords(999_950), ppmWords(1)]).toEqual(['99.5 %', '100 %', '99.995 %', '0.0001 %']);
    expect([bpWords(2_500), bpWords(1_250), bpWords(0), bpWords(5)]).toEqual(['25 %', '12.5 %', '0 %', '0.05 %']);
    expect(moneyWords(1_234, { currency: 'JPY', decimals: 0 })).toBe('1234 JPY');
    expect(monthWords('2026-10')).toBe('October 2026');
    expect([listWords([]), listWords(['a']), listWords(['a', 'b']), listWords(['a', 'b', 'c'])]).toEqual([
      'nothing',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
});

describe('the verdict in one sentence', () => {
  it('when the promise was kept', () => {
    expect(verdictWords(reportOfMonth('2026-08', straddles))).toBe(
      'August 2026: 99.8308 % of 739 h 0 min measured; promised 99.5 %. Kept. No credit.',
    );
  });
  it('when it was not', () => {
    expect(verdictWords(reportOfMonth('2026-06', { components: [downOn(down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z'))] }))).toBe(
      'June 2026: 98.6111 % of 720 h 0 min measured; promised 99.5 %. Not kept. Credit 1250.00 USD.',
    );
  });
  it('while nobody can say, and when two people have', () => {
    const unknown = monthFacts('2026-06', { components: [component('app', [])] });
    expect(verdictWords(reportOf(unknown))).toBe(
      'June 2026: no figure; promised 99.5 %. Undecided: it lies between 0.0000 % and 100.0000 %.',
    );
    const adjudication = { id: 'j', decision: 'met', reason: 'r', evidence: 'e', author: 'ann', approvedBy: 'bob' } as const;
    expect(verdictWords(reportOf({ ...unknown, adjudication }))).toBe(
      'June 2026: no figure; promised 99.5 %. Decided as kept by ann, approved by bob. No credit.',
    );
  });
  it('while the month runs, without a credit that nobody is owed yet', () => {
    expect(verdictWords(reportOfMonth('2026-08', { ...straddles, asOf: at('2026-08-11T04:00:00Z') }))).toBe(
      'August 2026 so far: 99.4680 % of 235 h 0 min measured; promised 99.5 %. Not kept so far.',
    );
  });
  it('when nothing was left to measure', () => {
    const later = { ...contract, startDate: '2026-07-01' };
    expect(verdictWords(reportOfMonth('2026-06', { contract: later }))).toBe('June 2026: Nothing was left to measure. No credit.');
  });
});

const spelled = (steps: readonly SumStep[]): string[] => steps.map(({ sign, what, amount }) => `${sign} ${what} ${amount}`.trim());

describe('the sum', () => {
  const report = reportOfMonth('2026-08', straddles);
  it('is spelled out from the period to the figure', () => {
    expect(spelled(availabilitySum(report))).toEqual([
      'period 744 h 0 min',
      '- excluded 5 h 0 min',
      '= eligible 739 h 0 min',
      '- unknown, left out 0',
      '= measured 739 h 0 min',
      '- down 1 h 15 min',
      '= up 737 h 45 min',
      '/ of 739 h 0 min',
      '= availability, cut off after four decimals 99.8308 %',
    ]);
  });
  it('and from there to what is left of the budget', () => {
    expect(spelled(budgetSum(report))).toEqual([
      'measured 739 h 0 min',
      '× may be lost 0.5 %',
      '= budget, cut off to the millisecond 3 h 41 min 42 s',
      '- lost 1 h 15 min',
      '= left 2 h 26 min 42 s',
    ]);
  });
  it('of the credit goes by days and rate: 14 of 30 days, ten percent', () => {
    const partly = { ...contract, startDate: '2026-06-17' };
    const june = reportOfMonth('2026-06', { contract: partly, components: [downOn(down('2026-06-20T00:00:00Z', '2026-06-20T02:00:00Z'))] });
    expect(spelled(creditSum(june))).toEqual([
      'monthly fee 5000.00 USD',
      '× days covered 14 / 30',
      '= billed 2333.33 USD',
      '× rate 10 %',
      '= share 233.33 USD',
      '= credit 233.33 USD',
    ]);
  });
  it.each(['exclude', 'down', 'up'] as const)('comes out right when what is unknown counts as %s', (unknownPolicy) => {
    const gap = component('app', [
      told('nyc', '2026-06-01T10:00:00Z', '2027-01-01T00:00:00Z', down('2026-06-10T00:00:00Z', '2026-06-10T01:00:00Z')),
    ]);
    const steps = availabilitySum(reportOfMonth('2026-06', { components: [gap], policy: { ...policy, unknownPolicy } }));
    let left = 0;
    for (const { sign, exact } of steps) {
      if (exact === null || sign === '/') continue;
      if (sign === '=') expect(left).toBe(exact);
      left = sign === '-' ? left - exact : exact;
    }
  });
});

describe('the budget in words', () => {
  const words = (report: ReportDocument, figures: Partial<ReportDocument['figures']> = {}) =>
    budgetWords({ ...report, figures: { ...report.figures, ...figures } });
  const over = reportOfMonth('2026-08', straddles);
  /** 30 days, an outage of an hour on the 9th: 720 h / 200 = 3 h 36 min may be down, 2 h 36 min are left. */
  const june = (asOf: string, change: Partial<StatementFacts> = {}): ReportDocument =>
    reportOf(
      monthFacts('2026-06', { asOf: at(asOf), components: [downOn(down('2026-06-09T00:00:00Z', '2026-06-09T01:00:00Z'))], ...change }),
    );
  it('says while the month runs what is left of it whole, and what a Saturday that nobody announced would do', () => {
    expect(words(june('2026-06-10T00:00:00Z'))).toBe(
      '2 h 36 min of downtime left of the 3 h 36 min that the whole month may have; one full unannounced Saturday would break the promise.',
    );
    expect(words(june('2026-06-28T00:00:00Z')), 'after the last Saturday').toBe(
      '2 h 36 min of downtime left of the 3 h 36 min that the whole month may have.',
    );
  });
  it('says what was not measured is in it, so that whoever reads the public page, which counts from when Avow began to watch, is not misled', () => {
    // 28 days: 28 × 24 h / 200 = 3 h 21 min 36 s. Watched from the 24th on, 5 days: 36 min. One minute was down.
    const watched = told('nyc', '2026-02-24T05:00:00Z', '2026-02-25T05:00:00Z', down('2026-02-24T12:00:00Z', '2026-02-24T12:01:00Z'));
    const facts = monthFacts('2026-02', { asOf: at('2026-02-25T05:00:00Z'), components: [component('app', [watched])] });
    const report = reportOf(facts);
    expect(words(report)).toBe(
      '3 h 20 min 36 s of downtime left of the 3 h 21 min 36 s that the whole month may have; one full unannounced Saturday would break the promise. 552 h 0 min of the month were not measured so far and count in that; the public page counts from when Avow began to watch.',
    );
    expect(figureOf(monthFigures(facts)).budget).toEqual(allowanceOfReport(report));
    const { wholeMs, leftMs } = figureOf(monthFigures({ ...facts, since: at('2026-02-24T05:00:00Z') })).budget;
    expect([wholeMs, leftMs]).toEqual([36 * 60_000, 35 * 60_000]);
  });
  it('says of a month that is over what was left, or how much too much it was', () => {
    expect(words(over, { remaining_ms: 7_800_000 })).toBe('2 h 10 min of downtime left.');
    expect(words(over, { remaining_ms: 0 })).toBe('No downtime left.');
    expect(words(over, { remaining_ms: -2_460_000 })).toBe('41 min over the budget.');
    expect(words(june('2026-06-10T00:00:00Z'), { remaining_ms: -20_000_000 })).toMatch(/ over the budget of the whole month\.$/);
    expect(words(over, { known_ms: 0, remaining_ms: 0 })).toBe('Nothing was measured, and there is no budget yet.');
  });
});

describe('a line in words', () => {
  const report = reportOf(
    monthFacts('2026-06', {
      ...straddles,
      components: [
        withRows(downOn(down('2026-06-13T13:00:00Z', '2026-06-13T15:00:00Z')), [
          override('k3', '2026-06-20T00:00:00Z', '2026-06-13T13:00:00Z', '2026-06-13T14:00:00Z', 'up', 'bob'),
          override('k4', '2026-06-21T00:00:00Z', '2026-06-13T14:00:00Z', null, 'up'),
        ]),
      ],
      announcements: [announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z')],
    }),
  );
  it('says what was down, when and by what', () => {
    const line = reportOfMonth('2026-08', straddles).downtime[0];
    expect(line && downtimeWords(line, report)).toBe(
      'Application was down for 30 min, Sat 2026-08-08 09:30 to 10:00 America/New_York (UTC-4), by its checks.',
    );
  });
  it('says what a person changed, and whether it counts', () => {
    expect(report.adjustments.map((row) => adjustmentWords(row, report))).toEqual([
      'The override k3 by ann, approved by bob, says Application was up from Sat 2026-06-13 09:00 America/New_York (UTC-4) to Sat 2026-06-13 10:00 America/New_York (UTC-4).',
      'The override k4 by ann says Application was up from Sat 2026-06-13 10:00 America/New_York (UTC-4) on. It waits for a second person and changes nothing.',
    ]);
  });
  it('says what became of a slot', () => {
    expect(report.slots.slice(0, 2).map((slot) => slotWords(slot, 'America/New_York'))).toEqual([
      'Sat 2026-06-06 10:00 to 15:00 America/New_York (UTC-4): nothing announced.',
      'Sat 2026-06-13 10:00 to 15:00 America/New_York (UTC-4): 2 h 0 min announced, 2 h 0 min excluded, 1 h 0 min of it used.',
    ]);
  });
  it('has a reason for everything that was refused or is unknown', () => {
    const reasons: readonly RefusedReason[] = [
      'late',
      'outside_reserve',
      'late_edit',
      'cancelled',
      'completed',
      'unapproved_import',
      'down_elsewhere',
      'not_critical',
    ];
    const causes = ['worker_silent', 'location_silent', 'probe_error', 'unconfirmed', 'override', 'constructor'];
    for (const said of [...reasons.map(refusedWords), ...causes.map(unknownWords)]) expect(said).toMatch(/^[A-Z][^!]*\.$/);
    expect(refusedWords('late')).toBe('It was announced after the deadline.');
    expect(unknownWords('location_silent')).toBe('A location sent no results.');
  });
  it('says where a release landed', () => {
    const release = {
      version: '2.4.0',
      kind: 'standard',
      notes_published_at: '2026-06-12T12:00:00.000Z',
      deployed_at: '2026-06-13T19:00:00.000Z',
      announcement: 'm1',
      outside_window: true,
    } as const;
    expect(releaseWords(release, 'America/New_York')).toBe(
      'Version 2.4.0 was deployed at Sat 2026-06-13 15:00 America/New_York (UTC-4), outside an announced window, with notes published at Fri 2026-06-12 08:00 America/New_York (UTC-4).',
    );
  });
});

describe('money in words', () => {
  const missed = monthFacts('2026-06', { components: [downOn(down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z'))] });
  const claimed = (asOf: string, received: string | null) => {
    const facts = reportFacts({ ...missed, asOf: at(asOf) }, { claimReceivedAt: received === null ? null : at(received) });
    return claimWords(buildReport({ ...facts, agreed: { ...facts.agreed, claim: { required: true, days: 30 } } }, making));
  };
  it('says how a claim stands', () => {
    expect(claimWords(reportOf(missed))).toBe('The credit is given without a claim.');
    expect(claimed('2026-07-10T00:00:00Z', null)).toBe(
      'No claim has been received; the credit can be claimed before Fri 2026-07-31 00:00 America/New_York (UTC-4).',
    );
    expect(claimed('2026-08-10T00:00:00Z', '2026-07-31T04:00:00Z')).toBe(
      'A claim was received at Fri 2026-07-31 00:00 America/New_York (UTC-4), too late: the deadline was Fri 2026-07-31 00:00 America/New_York (UTC-4).',
    );
  });
  it('says by what the rate was looked up', () => {
    expect(creditWords(reportOf(missed))).toBe('Judged by 98.6111 %: below 99 % the rate is 25 %.');
    const capped = { ...contract, schedule: contract.schedule && { ...contract.schedule, capBp: 1_500 } };
    expect(creditWords(reportOf({ ...missed, contract: capped }))).toBe(
      'Judged by 98.6111 %: below 99 % the rate is 25 %, capped at 15 %.',
    );
    expect(creditWords(reportOf({ ...missed, contract: { ...contract, schedule: null } }))).toBe('No credits were agreed.');
  });
  it('counts blips', () => {
    const report = reportOf(missed);
    const of = (blips: number, blip_ms: number) => blipWords({ ...report, figures: { ...report.figures, blips, blip_ms } });
    expect([of(0, 0), of(1, 60_000), of(30, 1_800_000)]).toEqual([
      'No failure was too short to confirm.',
      '1 failure was too short to confirm, 1 min; it counts as up.',
      '30 failures were too short to confirm, 30 min together; they count as up.',
    ]);
  });
});
