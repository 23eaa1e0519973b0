import { describe, expect, it } from 'vitest';
import { minor } from '#domain/money.ts';
import { buildReport } from '#domain/report/build-report.ts';
import { announced, at, component, down, every, folded, monthFacts, override, stretch } from '../sla/examples.ts';
import { downOn, factOf, making, reportFacts, reportOf, reportOfMonth, withRows, witness } from './report-examples.ts';

const outage = down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z');
const missed = monthFacts('2026-06', { components: [downOn(outage)] });

describe('a report', () => {
  it('says who, when, by which terms and how much: ten hours down in June', () => {
    expect(reportOf(missed)).toMatchObject({
      format: 'avow-report/1',
      id: 'k1/2026-06/1',
      state: 'final',
      as_of: '2027-06-01T00:00:00.000Z',
      contract: {
        customer_name: 'Example Limited',
        currency: 'USD',
        decimals: 2,
        components: [{ id: 'app', name: 'Application', critical: true }],
        credit_schedule: { id: 'standard', cap_bp: 5_000 },
      },
      period: {
        start: '2026-06-01T04:00:00.000Z',
        end: '2026-07-01T04:00:00.000Z',
        local_start: '2026-06-01T00:00:00.000-04:00',
        local_end: '2026-07-01T00:00:00.000-04:00',
        tzdata: '2026c',
      },
      figures: { period_ms: 2_592_000_000, downtime_ms: 36_000_000, availability: '98.6111', verdict: 'missed' },
      credit: { billed_minor: 500_000, tier: { below_ppm: 990_000, credit_bp: 2_500 }, credit_minor: 125_000, judged_by: 'measured' },
      downtime: [{ id: 'D1', start: '2026-06-10T00:00:00.000Z', ms: 36_000_000, source: 'probe', override: null, incidents: [] }],
      changes: [],
    });
  });
  it('shows the offset on both sides of a change of the clocks', () => {
    expect(reportOfMonth('2026-03').period).toMatchObject({
      local_start: '2026-03-01T00:00:00.000-05:00',
      local_end: '2026-04-01T00:00:00.000-04:00',
    });
  });
  it('names the announcements that a line names, and no other', () => {
    const given = monthFacts('2026-06', {
      announcements: [
        announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z'),
        announced('m2', '2026-06-01T00:00:00Z', '2026-07-11T14:00:00Z', '2026-07-11T16:00:00Z'),
        announced('m3', '2026-06-20T15:00:00Z', '2026-06-20T15:30:00Z', '2026-06-20T16:00:00Z'),
      ],
    });
    const report = reportOf(given);
    expect(report.announcements.map(({ id }) => id)).toEqual(['m1', 'm3']);
    expect(report.refused).toMatchObject([{ announcement: 'm3', reason: 'late', ms: 1_800_000 }]);
    expect(report.exclusions).toMatchObject([{ announcements: [{ id: 'm1', rev: 1, announced_at: '2026-06-01T00:00:00.000Z' }] }]);
  });
  it('counts blips as the statement does: in the month in which they began, with their part of this one', () => {
    const flapping = component('app', [
      folded(
        'nyc',
        every('2026-06-01T04:00:00Z', 61, 60_000, (n) => (n % 2 === 1 ? 'fail' : 'ok')),
      ),
    ]);
    expect(reportOfMonth('2026-06', { components: [flapping] }).figures).toMatchObject({ blips: 30, blip_ms: 1_800_000 });
  });
});

describe('what stands behind a line', () => {
  const behind = (...witnesses: ReturnType<typeof witness>[]) => reportOf(missed, { witnesses: new Map([['D1', witnesses]]) }).downtime[0];
  const nyc = witness('nyc', ['2026-06-09T23:59:00Z', '2026-06-10T00:00:00Z', '2026-06-10T09:59:00Z', '2026-06-10T10:00:00Z']);
  const fra = witness('fra', ['2026-06-09T23:58:30Z', '2026-06-10T00:00:10Z', '2026-06-10T09:59:30Z', '2026-06-10T10:00:20Z']);
  it('is how far its edges may be off: the gap of the location whose check drew them', () => {
    expect(behind(nyc)).toMatchObject({ start_uncertainty_ms: 60_000, end_uncertainty_ms: 60_000 });
    expect(behind(nyc, fra)).toMatchObject({ start_uncertainty_ms: 60_000, end_uncertainty_ms: 60_000 });
    const both = witness('lon', ['2026-06-09T23:58:20Z', '2026-06-10T00:00:00Z', '2026-06-10T09:59:30Z', '2026-06-10T10:00:00Z']);
    expect(behind(nyc, both)).toMatchObject({ start_uncertainty_ms: 100_000, end_uncertainty_ms: 60_000 });
    expect(behind(nyc, fra)?.witnesses.map(({ location }) => location)).toEqual(['fra', 'nyc']);
  });
  it('is not known where a check is no longer kept, where nobody saw it, and where no check drew the edge', () => {
    expect(behind({ ...nyc, kept: false, lastGoodBefore: null })).toMatchObject({ start_uncertainty_ms: null, end_uncertainty_ms: 60_000 });
    expect(behind()).toMatchObject({ start_uncertainty_ms: null, end_uncertainty_ms: null });
    expect(behind(fra)).toMatchObject({ start_uncertainty_ms: null, end_uncertainty_ms: null });
  });
  it('is an incident of its component and of its time', () => {
    const mark = (id: string, components: readonly string[], start: string, end: string) => ({
      id,
      title: id,
      components,
      ...stretch(start, end),
    });
    const incidents = [
      mark('i2', ['app'], '2026-06-10T09:59:59.999Z', '2026-06-11T00:00:00Z'),
      mark('i1', ['app'], '2026-06-09T00:00:00Z', '2026-06-10T00:00:00.001Z'),
      mark('i3', ['app'], '2026-06-10T10:00:00Z', '2026-06-11T00:00:00Z'),
      mark('i4', ['api'], '2026-06-10T01:00:00Z', '2026-06-10T02:00:00Z'),
    ];
    expect(reportOf(missed, { incidents }).downtime[0]?.incidents).toEqual(['i1', 'i2']);
  });
});

describe('adjustments in a report', () => {
  it('have the times of what they say, and a revocation those of what it takes back', () => {
    const revocation = {
      kind: 'revocation' as const,
      id: 'r',
      revokes: 'a',
      recordedAt: at('2026-06-22T00:00:00Z'),
      reason: 'It was another host.',
      evidence: 'ticket 12',
      author: 'bob',
      approvedBy: null,
    };
    const rows = [override('a', '2026-06-21T00:00:00Z', '2026-06-11T00:00:00Z', '2026-06-11T00:05:00Z', 'down'), revocation];
    const report = reportOf(monthFacts('2026-06', { components: [withRows(downOn(outage), rows)] }));
    expect(report.adjustments).toMatchObject([
      { id: 'a', kind: 'override', state: 'down', before: { downtime_ms: 36_000_000 }, after: { downtime_ms: 36_300_000 } },
      {
        id: 'r',
        kind: 'revocation',
        revokes: 'a',
        state: 'down',
        start: '2026-06-11T00:00:00.000Z',
        in_effect: false,
        needs_approval: true,
      },
    ]);
  });
});

describe('a claim', () => {
  const claim = (asOf: string, receivedAt: string | null, credit = true) => {
    const given = monthFacts('2026-02', {
      asOf: at(asOf),
      components: credit ? [downOn(down('2026-02-10T00:00:00Z', '2026-02-10T10:00:00Z'))] : [downOn()],
    });
    const facts = reportFacts(given, { claimReceivedAt: receivedAt === null ? null : at(receivedAt) });
    return buildReport({ ...facts, agreed: { ...facts.agreed, claim: { required: true, days: 30 } } }, making).claim;
  };
  it('can be made until local midnight thirty days after the month', () => {
    expect(claim('2026-03-31T03:59:59.999Z', null)).toEqual({
      state: 'open',
      deadline: '2026-03-31T04:00:00.000Z',
      received_at: null,
      due_minor: 0,
    });
    expect(claim('2026-03-31T04:00:00Z', null)).toMatchObject({ state: 'expired', due_minor: 0 });
  });
  it('that comes a millisecond before it is in time, and at it too late', () => {
    expect(claim('2026-06-01T00:00:00Z', '2026-03-31T03:59:59.999Z')).toMatchObject({ state: 'in_time', due_minor: 125_000 });
    expect(claim('2026-06-01T00:00:00Z', '2026-03-31T04:00:00Z')).toMatchObject({ state: 'too_late', due_minor: 0 });
  });
  it('has nothing to claim where no credit is due, and is not asked for where the contract does not', () => {
    expect(claim('2026-06-01T00:00:00Z', null, false)).toMatchObject({ state: 'none_due', due_minor: 0 });
    expect(reportOf(missed).claim).toEqual({ state: 'not_required', deadline: null, received_at: null, due_minor: 125_000 });
  });
  it('is open while nobody has decided the month', () => {
    const facts = reportFacts(monthFacts('2026-06', { asOf: at('2026-07-10T00:00:00Z'), components: [component('app', [])] }));
    const report = buildReport({ ...facts, agreed: { ...facts.agreed, claim: { required: true, days: 30 } } }, making);
    expect([report.credit, report.claim.state, report.claim.due_minor]).toEqual([null, 'open', null]);
  });
});

describe('the notes', () => {
  it('are none when there is nothing to say', () => {
    expect(reportOf(missed).notes).toEqual([]);
  });
  it('say what the evidence cannot tell', () => {
    const nyc = witness('nyc', ['2026-06-09T23:59:00Z', '2026-06-10T00:00:00Z', '2026-06-10T09:59:00Z', '2026-06-10T10:00:00Z']);
    const report = reportOf(missed, { locations: 1, sentinels: 0, witnesses: new Map([['D1', [{ ...nyc, kept: false }]]]) });
    expect(report.notes).toEqual([
      'One location was asked in this period; one location cannot tell the service from the path to it.',
      'No sentinels are configured: a failure of our own network cannot be told from a failure of the service, and counts as one.',
      'The single checks behind D1 are past the retention and are no longer kept.',
    ]);
  });
  it('say who approved an import, and that names are not proven', () => {
    const one = announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z');
    const approval = { recordedAt: at('2026-06-20T00:00:00Z'), approvedBy: 'Bob', evidence: 'mail of 1 June' };
    const given = monthFacts('2026-06', { announcements: [one] });
    expect(reportOf(given, { announcements: [{ ...factOf(one), imported: true, approval }] }).notes).toEqual([
      'The names of people in this report are what they said of themselves; nobody had to prove who they are.',
      'Announcement m1 was imported after the fact; Bob approved it with evidence of the original notice.',
    ]);
  });
});

describe('the use of a slot', () => {
  it('is what was down or unknown within the excluded time', () => {
    const given = monthFacts('2026-06', {
      contract: { ...monthFacts('2026-06').contract, monthlyFee: minor(0) },
      components: [downOn(down('2026-06-13T14:30:00Z', '2026-06-13T17:00:00Z'))],
      announcements: [announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z')],
    });
    const { slots } = reportOf(given);
    expect(slots.map(({ start, announced_ms, excluded_ms, used_ms }) => [start.slice(5, 13), announced_ms, excluded_ms, used_ms])).toEqual([
      ['06-06T14', 0, 0, 0],
      ['06-13T14', 7_200_000, 7_200_000, 5_400_000],
      ['06-20T14', 0, 0, 0],
      ['06-27T14', 0, 0, 0],
    ]);
    expect(slots.every(({ reserved_ms }) => reserved_ms === 18_000_000)).toBe(true);
  });
});
