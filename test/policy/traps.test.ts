/**
 * The traps into which availability figures are known to fall, by their numbers, each with the figure that an honest ledger
 * gives. Where a shared case exists it is answered; the rest is built here. Those about storage, CSV, releases and support
 * clocks stand with the code that they concern.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import { foldSamples } from '#domain/check/confirmation.ts';
import { minor } from '#domain/money.ts';
import { evidenceOf } from '#domain/sla/evidence.ts';
import { monthStatement } from '#domain/sla/month-statement.ts';
import { inForce, ruleOn } from '#domain/sla/override.ts';
import { instant, millis } from '#domain/time/instant.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { answerCase, type CaseResult } from '#monitor/cli/availability-answer.ts';
import { readCase } from '#monitor/cli/availability-case.ts';
import { announced, at, component, contract, down, every, folded, monthFacts, override, stretch, told } from '../domain/sla/examples.ts';

const document = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../oracle/availability/${name}.json`, import.meta.url), 'utf8')) as Record<string, unknown>;
const answer = (doc: unknown): CaseResult => {
  const read = readCase(doc);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return answerCase(read.case);
};
const since = '2025-01-01T00:00:00Z';
const until = '2027-06-01T00:00:00Z';

describe('traps with a shared case', () => {
  const X = 'excluded_ms';
  const D = 'downtime_ms';
  const U = 'unknown_ms';
  const traps: readonly (readonly [trap: string, name: string, figures: CaseResult])[] = [
    [
      '1: downtime equal to the budget is met',
      'c02_feb_exactly_99_5',
      { [D]: 11_736_000, remaining_ms: 0, availability: '99.5000', verdict: 'met' },
    ],
    [
      '1: one millisecond more is missed, and shows it',
      'c03_feb_one_ms_over',
      { remaining_ms: -1, availability: '99.4999', verdict: 'missed' },
    ],
    ['3: 01:30 EST to 03:30 EDT is one hour', 'c04_mar_spring_forward', { [D]: 3_600_000, period_ms: 2_674_800_000 }],
    ['3: 00:30 EDT to 02:30 EST is three hours', 'c05_nov_fall_back', { [D]: 10_800_000, period_ms: 2_595_600_000 }],
    ['4: a slot that nobody announced excludes nothing', 'c06_may_unannounced_saturday', { [X]: 0, [D]: 18_000_000, verdict: 'missed' }],
    ['5: an overrun counts, inside the reserve as well', 'c08_sep_overrun_inside_reserve', { [X]: 7_200_000, [D]: 4_200_000 }],
    ['6: eight hours announced, eight hours down', 'c09_jun_announced_longer_than_reserve', { [X]: 18_000_000, [D]: 10_800_000 }],
    ['7: announced at the first millisecond of the slot', 'c16a_jul_announced_at_slot_start', { [X]: 18_000_000 }],
    ['7: announced one millisecond later', 'c16b_jul_announced_1ms_late', { [X]: 0, [D]: 18_000_000 }],
    ['8: a notice of 48 hours is measured to the slot', 'c17_jul_48h_notice', { [X]: 18_000_000, [D]: 18_000_000, verdict: 'missed' }],
    ['9: a late extension gains nothing', 'c18_aug_late_extension_ignored', { [X]: 7_200_000, [D]: 7_200_000 }],
    ['10: a late shortening is taken at its word', 'c19_aug_late_shortening_honoured', { [X]: 7_200_000, [D]: 1_800_000 }],
    ['11: cancelled half-way', 'c20_aug_cancelled_mid_window', { [X]: 5_400_000, [D]: 1_800_000 }],
    ['12: completed early, down afterwards', 'c21_aug_completed_early', { [X]: 3_600_000, [D]: 1_200_000 }],
    ['13: two announcements of one slot count once', 'c22_aug_two_announcements_one_slot', { [X]: 18_000_000 }],
    ['14: overlapping outages count once, what is not critical never', 'c23_apr_overlapping_components', { [D]: 5_400_000 }],
    ['15: outages that touch a window on both sides', 'c24_apr_half_open_edges', { [D]: 7_200_000 }],
    ['16: a refuted failure, and three confirmed ones', 'c25_probe_blip_and_outage', { [D]: 180_000 }],
    ['17: a run confirmed after midnight, before it', 'c26a_fail_run_before_midnight', { [D]: 30_000 }],
    ['17: a run confirmed after midnight, after it', 'c26b_fail_run_after_midnight', { [D]: 150_000 }],
    ['18: a gap of the hold and one millisecond', 'c27_gap_equal_to_hold', { [U]: 1, lower: '99.9998' }],
    ['19: a failure, then silence', 'c28_fail_then_silence', { [D]: 0, [U]: 420_000, verdict: 'indeterminate' }],
    ['20: errors of the probe itself are no evidence', 'c29_probe_error_is_no_evidence', { [U]: 150_000, [D]: 0 }],
    ['21: two of three locations', 'c30_quorum_two_of_three', { [D]: 120_000 }],
    ['21: one up, one down, one silent', 'c31_quorum_with_silent_location', { [U]: 180_000 }],
    ['22: overrides of 60, 20 and 5 minutes, the latest first', 'c32_overrides_latest_wins', { [D]: 2_700_000 }],
    ['23: a window for one component only', 'c33_window_for_one_component', { [X]: 16_200_000, [D]: 1_800_000 }],
    ['24: slow for six hours', 'c34a_degraded_not_counted', { [D]: 0, availability: '100.0000' }],
    ['24: slow for six hours, where slow counts', 'c34b_degraded_counted', { [D]: 21_600_000, availability: '99.1666' }],
    ['25: exactly 99.0 % is the tier above', 'c35a_credit_exact_99_0', { credit_bp: 1_000, credit_minor: 1_234 }],
    ['25: one millisecond more is the tier below', 'c35b_credit_below_99_0', { credit_bp: 2_500, credit_minor: 3_086 }],
    ['25: half to even goes up as well', 'c35c_credit_half_even_up', { credit_minor: 1_236 }],
    ['26: down all month', 'c36_outage_whole_month', { availability: '0.0000', verdict: 'missed' }],
    ['27: no windows at all', 'c37a_aug_no_windows_met', { availability: '99.5146', verdict: 'met' }],
    ['27: five windows that nobody used', 'c37b_aug_unused_windows_missed', { availability: '99.4977', verdict: 'missed' }],
    ['28: failing every other minute', 'c38a_flapping_n2', { [D]: 0 }],
    ['28: failing every other minute, N = 1', 'c38b_flapping_n1', { [D]: 1_800_000 }],
  ];
  it.each(traps)('trap %s (%s)', (_, name, figures) => {
    expect(answer(document(name))).toMatchObject(figures);
  });
});

describe('traps without one', () => {
  it('trap 2: no figure of the calculator is rounded: 99.49999996 % reads 99.4999', () => {
    const { availability, lower, upper } = answer(document('c03_feb_one_ms_over'));
    expect([availability, lower, upper]).toEqual(['99.4999', '99.4999', '99.4999']);
    expect(Number(availability).toFixed(2)).toBe('99.50');
  });
  it('trap 15: an outage and an announcement of no length change nothing', () => {
    const doc = document('c01_jan_5_saturdays_no_downtime');
    const nothing = '2026-01-14T12:00:00Z';
    const more = {
      ...doc,
      expected: undefined,
      announcements: [...(doc['announcements'] as object[]), { announced_at: since, start: nothing, end: nothing }],
      components: [{ id: 'app', outages: [{ start: nothing, end: nothing }] }],
    };
    expect(answer(more)).toEqual(answer(doc));
  });
  it('trap 22: all overrides revoked give back the hour that the checks saw', () => {
    const doc = document('c32_overrides_latest_wins');
    const components = (doc['components'] as { overrides: object[] }[]).map((one) => ({
      ...one,
      overrides: one.overrides.map((row) => ({ ...row, revoked: true })),
    }));
    expect(answer({ ...doc, components })).toMatchObject({ downtime_ms: 3_600_000 });
  });
  it('trap 30: the same results twice and in reverse order are the same samples, and the same statement byte for byte', () => {
    const samples = every('2026-06-01T04:00:00Z', 3_000, 60_000, (n) => (n % 7 === 3 || n % 100 > 95 ? 'fail' : 'ok'));
    const delivered = [...samples.toReversed(), ...samples];
    // The store keeps the first row of a key, in order; this is all that it does to them.
    const kept = [...new Map(delivered.map((one) => [one.at, one])).values()].sort((a, b) => a.at - b.at);
    const text = (list: typeof samples): string =>
      canonicalJson(monthStatement(monthFacts('2026-06', { components: [component('app', [folded('nyc', list)])] })));
    expect(text(kept)).toBe(text(samples));
  });
  it('trap 28: thirty blips are told with their length', () => {
    const flapping = folded(
      'nyc',
      every('2026-06-01T04:00:00Z', 61, 60_000, (n) => (n % 2 === 1 ? 'fail' : 'ok')),
    );
    const { blips, sums } = monthStatement(monthFacts('2026-06', { components: [component('app', [flapping])] }));
    expect([sums.downtimeMs, blips.length, blips.reduce((sum, { ms }) => sum + ms, 0)]).toEqual([0, 30, 1_800_000]);
  });
  it.each(['EST', 'est', 'EST5EDT', 'EDT'])('trap 29: the zone %s is refused, and both real choices are named', (zone) => {
    for (const doc of [
      { period: { month: '2026-07' }, timezone: zone },
      { period: { month: '2026-07' }, rules: { reserve: { zone } } },
    ]) {
      const read = readCase(doc);
      expect('faults' in read && read.faults).toHaveLength(1);
      expect('faults' in read && read.faults[0]).toMatch(/"America\/New_York".*"Etc\/GMT\+5"/);
    }
  });
  it('trap 29: Etc/GMT+5 is the literal reading, 15:00Z in July', () => {
    expect(answer(document('c15_jul_fixed_est_reserve'))).toMatchObject({ excluded_ms: 14_400_000, downtime_ms: 3_600_000 });
  });
  it('trap 31: an override that makes a month better has no effect until a second person approves it', () => {
    const outage = component('app', [told('nyc', since, until, down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z'))]);
    const wide = stretch(since, until);
    const said = (reading: 'lenient' | 'strict') => evidenceOf(outage.timelines, outage.panels, reading, wide, wide.end);
    const month = (approvedBy: string | null) => {
      const row = override('a', '2026-07-10T00:00:00Z', '2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z', 'up', approvedBy);
      const rulings = ruleOn([row], { lenient: said('lenient'), strict: said('strict') }, wide);
      return { rows: inForce(rulings).length, ...monthStatement(monthFacts('2026-06', { components: [{ ...outage, rulings }] })) };
    };
    expect(month(null)).toMatchObject({ rows: 0, verdict: 'missed', adjustments: [{ inEffect: false, needsApproval: true }] });
    expect(month('bob')).toMatchObject({
      rows: 1,
      verdict: 'met',
      adjustments: [{ inEffect: true, before: { downtimeMs: 36_000_000 }, after: { downtimeMs: 0 } }],
    });
  });
  it('trap 35: a contract of one day has a period of one day and a thirtieth of the fee', () => {
    const one = { ...contract, startDate: '2026-06-30', endDate: '2026-06-30' };
    expect(monthStatement(monthFacts('2026-06', { contract: one }))).toMatchObject({
      sums: { periodMs: 86_400_000 },
      credit: { billed: 16_667 },
      verdict: 'met',
    });
  });
  it('trap 36: a fee of 0 gives a credit of 0, and the verdict all the same', () => {
    const free = { ...contract, monthlyFee: minor(0) };
    const outage = component('app', [told('nyc', since, until, down('2026-06-10T00:00:00Z', '2026-06-12T00:00:00Z'))]);
    expect(monthStatement(monthFacts('2026-06', { contract: free, components: [outage] }))).toMatchObject({
      verdict: 'missed',
      credit: { billed: 0, credit: 0 },
    });
  });
  it('trap 36: a contract that the month does not touch has nothing to measure and no line', () => {
    const later = { ...contract, startDate: '2026-07-01' };
    const outage = component('app', [told('nyc', since, until, down('2026-06-10T00:00:00Z', '2026-06-12T00:00:00Z'))]);
    const announcements = [announced('m', since, '2026-06-13T14:00:00Z', '2026-06-13T19:00:00Z')];
    expect(monthStatement(monthFacts('2026-06', { contract: later, components: [outage], announcements }))).toMatchObject({
      sums: { periodMs: 0 },
      verdict: 'not_applicable',
      availability: null,
      credit: { billed: 0, credit: 0 },
      downtime: [],
      exclusions: [],
      refused: [],
      unknown: [],
    });
  });
  it('trap 38: November of 2026 in Vancouver is as long as the time zones of this Node say', () => {
    const { start, end } = monthBounds('America/Vancouver', '2026-11');
    expect(end - start).toBe((process.versions['tz'] ?? '') >= '2026b' ? 2_592_000_000 : 2_595_600_000);
  });
  it('trap 39: in the running month nothing after now counts, neither as up nor as down nor as unknown', () => {
    const asOf = at('2026-06-10T04:00:00Z');
    const announcements = [announced('m', since, '2026-06-13T14:00:00Z', '2026-06-13T19:00:00Z')];
    const samples = every('2026-06-01T04:00:00Z', 9 * 1_440, 60_000, () => 'ok');
    const found = monthStatement(monthFacts('2026-06', { asOf, announcements, components: [component('app', [folded('nyc', samples)])] }));
    expect(found).toMatchObject({
      sums: { periodMs: 9 * 86_400_000, upMs: 9 * 86_400_000, unknownMs: 0, downtimeMs: 0, excludedMs: 0 },
      stage: 'open',
      availability: '100.0000',
    });
  });
  it('trap 40: a critical component without a single result is unknown all month, and the month indeterminate', () => {
    const two = { ...contract, components: ['app', 'api'], critical: ['app', 'api'] };
    const app = component('app', [told('nyc', since, until)]);
    for (const components of [[app, component('api', [])], [app]])
      expect(monthStatement(monthFacts('2026-06', { contract: two, components }))).toMatchObject({
        sums: { unknownMs: 2_592_000_000, eligibleMs: 2_592_000_000 },
        availability: null,
        lower: '0.0000',
        upper: '100.0000',
        verdict: 'indeterminate',
        credit: null,
      });
  });
  it.each([
    [2, 0],
    [3, 30_000],
  ])('trap 41: a worker that lives for one result and starts again every %d minutes leaves %d ms unknown per gap', (minutes, gap) => {
    const samples = every('2026-06-01T04:00:00Z', 100, minutes * 60_000, () => 'ok');
    const { pieces } = foldSamples(samples, () => ({ hold: millis(150_000), confirmations: 2 }));
    const unknown = pieces.filter(({ lenient }) => lenient === 'unknown').map(({ start, end }) => (end ?? instant(0)) - start);
    expect(unknown).toEqual(gap === 0 ? [] : Array.from({ length: 99 }, () => gap));
  });
});
