import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minor } from '#domain/money.ts';
import { buildReport } from '#domain/report/build-report.ts';
import { checkReport } from '#domain/report/check-report.ts';
import { asRevisionOf, checkRevision, reportChanges, sameFacts } from '#domain/report/report-changes.ts';
import { instant } from '#domain/time/instant.ts';
import { testSeed } from '../../support/seeded.ts';
import { announced, at, component, contract, down, monthFacts, override } from '../sla/examples.ts';
import { arbitraryMonth, factsOf } from './arbitrary-month.ts';
import { downOn, making, reportFacts, reportOf, TZDATA, withRows, witness } from './report-examples.ts';

const outage = down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z');
const base = monthFacts('2026-06', { components: [downOn(outage)] });
const first = reportOf(base);
const overridden = {
  ...base,
  components: [
    withRows(downOn(outage), [override('k3', '2026-07-10T00:00:00Z', '2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z', 'up', 'bob')]),
  ],
};
const words = (...[before, after]: Parameters<typeof reportChanges>): string[] => reportChanges(before, after).map((one) => one.words);

describe('what a revision changed', () => {
  it('is told with its numbers: ten hours that a person took back', () => {
    const second = reportOf(overridden, {}, { revision: 2 });
    expect(words(first, second)).toEqual([
      'The verdict was not kept and is now kept.',
      'The availability rose from 98.6111 % to 100.0000 %.',
      'The lower bound rose from 98.6111 % to 100.0000 %.',
      'The upper bound rose from 98.6111 % to 100.0000 %.',
      'Downtime fell by 10 h 0 min, from 10 h 0 min to 0.',
      'Time up rose by 10 h 0 min, from 710 h 0 min to 720 h 0 min.',
      'What is left of the budget rose by 10 h 0 min, from -6 h 24 min to 3 h 36 min.',
      'The tier of the credit was the one below 99 % and is now none.',
      'The rate of the credit was 25 % and is now 0 %.',
      'The credit before the minimum fell by 1250.00 USD, from 1250.00 USD to 0.00 USD.',
      'The credit fell by 1250.00 USD, from 1250.00 USD to 0.00 USD.',
      'What is owed fell by 1250.00 USD, from 1250.00 USD to 0.00 USD.',
      'The override k3 by ann, approved by bob, says Application was up from Tue 2026-06-09 20:00 America/New_York (UTC-4) to Wed 2026-06-10 06:00 America/New_York (UTC-4).',
      'The downtime of Application, 10 h 0 min, Tue 2026-06-09 20:00 to Wed 2026-06-10 06:00 America/New_York (UTC-4), is gone.',
    ]);
    expect(reportChanges(first, second).find(({ what }) => what === 'figures.downtime_ms')).toEqual({
      what: 'figures.downtime_ms',
      before: '36000000',
      after: '0',
      words: 'Downtime fell by 10 h 0 min, from 10 h 0 min to 0.',
    });
  });
  it('is in the revision, which then follows from itself and from the one before', () => {
    const second = asRevisionOf(first, reportOf(overridden, {}, { revision: 2 }));
    expect(checkReport(second, TZDATA).faults).toEqual([]);
    expect(checkRevision(first, second)).toEqual([]);
    expect(checkRevision(first, { ...second, revision: 3 })).toMatchObject([{ where: 'revision', stated: '3', computed: '2' }]);
    expect(checkRevision(first, { ...second, changes: second.changes.slice(1) })).toMatchObject([{ where: 'changes' }]);
    const lied = second.changes.map((one) => (one.what === 'figures.downtime_ms' ? { ...one, after: '1' } : one));
    expect(checkReport({ ...second, changes: lied }, TZDATA).faults).toMatchObject([{ where: 'changes.figures.downtime_ms.after' }]);
  });
  it('is no line that only has another number', () => {
    const earlier = down('2026-06-05T00:00:00Z', '2026-06-05T00:10:00Z');
    const lines = reportChanges(first, reportOf({ ...base, components: [downOn(earlier, outage)] })).filter(({ what }) =>
      what.startsWith('downtime'),
    );
    expect(lines).toMatchObject([
      { what: 'downtime.D1', before: null, words: expect.stringMatching(/10 min, Thu 2026-06-04 20:00 .* is new\.$/) },
    ]);
  });
  it('is a line that became shorter, and one that was parted', () => {
    const parts = [down('2026-06-10T00:00:00Z', '2026-06-10T03:00:00Z'), down('2026-06-10T07:00:00Z', '2026-06-10T10:00:00Z')];
    const lines = reportChanges(first, reportOf({ ...base, components: [downOn(...parts)] })).filter(({ what }) =>
      what.startsWith('downtime'),
    );
    expect(lines.map((one) => one.words)).toEqual([
      'The downtime of Application is now 3 h 0 min, Tue 2026-06-09 20:00 to 23:00 America/New_York (UTC-4); it was 10 h 0 min, Tue 2026-06-09 20:00 to Wed 2026-06-10 06:00 America/New_York (UTC-4).',
      'The downtime of Application, 3 h 0 min, Wed 2026-06-10 03:00 to 06:00 America/New_York (UTC-4), is new.',
    ]);
  });
  it('is a term, a decision, a claim, an announcement', () => {
    expect(words(first, reportOf({ ...base, contract: { ...contract, monthlyFee: minor(600_000) } }))).toContain(
      'The monthly fee rose by 1000.00 USD, from 5000.00 USD to 6000.00 USD.',
    );
    expect(words(first, reportOf({ ...base, contract: { ...contract, targetPpm: 990_000 } }))).toContain(
      'The promise was 99.5 % and is now 99 %.',
    );
    expect(words(first, reportOf({ ...base, contract: { ...contract, schedule: null } }))).toContain(
      'The credits agreed were 10 % below 99.5 %, 25 % below 99 % and 50 % below 95 %, at most 50 % and are now none.',
    );
    expect(words(first, reportOf({ ...base, contract: { ...contract, components: ['app', 'docs'] } }))).toEqual([
      'The contract spoke of app and now speaks of app and docs (does not decide).',
    ]);
    expect(words(first, reportOf(base, { claimReceivedAt: at('2026-07-10T00:00:00Z') }))).toEqual([
      'A claim was received at Thu 2026-07-09 20:00 America/New_York (UTC-4).',
    ]);
    const announcements = [announced('m1', '2026-06-01T00:00:00Z', '2026-06-13T14:00:00Z', '2026-06-13T16:00:00Z')];
    expect(words(first, reportOf({ ...base, announcements }))).toContain('Announcement m1 "Database upgrade" is new.');
    const open = monthFacts('2026-06', { components: [component('app', [])] });
    const adjudication = {
      id: 'j',
      decision: 'missed',
      reason: 'The access log shows it.',
      evidence: 'log',
      author: 'ann',
      approvedBy: 'bob',
    } as const;
    expect(words(reportOf(open), reportOf({ ...open, adjudication }))).toEqual([
      'The credit was undecided and is now 2500.00 USD.',
      'What is owed was undecided and is now 2500.00 USD.',
      'The month was decided as not kept by ann, approved by bob: The access log shows it.',
    ]);
  });
});

describe('nothing changed', () => {
  const seen = witness('nyc', ['2026-06-09T23:59:00Z', '2026-06-10T00:00:00Z', '2026-06-10T09:59:00Z', '2026-06-10T10:00:00Z']);
  it('when only time passed, another version made it, or the checks behind it are no longer kept', () => {
    const before = reportOf(base, { witnesses: new Map([['D1', [seen]]]) });
    const after = reportOf(
      { ...base, asOf: instant(base.asOf + 1) },
      {
        witnesses: new Map([['D1', [{ ...seen, kept: false, firstBad: null, lastBad: null, lastGoodBefore: null, firstGoodAfter: null }]]]),
        generator: { name: 'avow', version: '0.2.0' },
        tzdata: '2027a',
      },
      { revision: 2, issuedAt: at('2027-07-01T00:00:00Z'), prevSha256: 'b'.repeat(64), chain: { seq: 9, row_hash: 'c'.repeat(64) } },
    );
    expect(before.notes).not.toEqual(after.notes);
    expect(sameFacts(before, after)).toBe(true);
  });
  it('when the time for a claim ran out', () => {
    const at1 = (asOf: string) => {
      const facts = reportFacts({ ...base, asOf: at(asOf) });
      return buildReport({ ...facts, agreed: { ...facts.agreed, claim: { required: true, days: 30 } } }, making);
    };
    const [open, expired] = [at1('2026-07-10T00:00:00Z'), at1('2026-08-10T00:00:00Z')];
    expect([open.claim.state, expired.claim.state]).toEqual(['open', 'expired']);
    expect(sameFacts(open, expired)).toBe(true);
  });
  it('when the customer or a component has another name, and when the contract ends later', () => {
    const facts = reportFacts(base);
    const renamed = { ...facts, names: new Map([['app', 'The new name']]), agreed: { ...facts.agreed, customerName: 'Example Group' } };
    const before = buildReport(facts, making);
    expect(sameFacts(before, buildReport({ ...renamed, agreement: { ...facts.agreement, endDate: '2027-12-31' } }, making))).toBe(true);
    expect(sameFacts(before, reportOf({ ...base, contract: { ...contract, endDate: '2026-06-29' } }))).toBe(false);
  });
  it('between a month and itself, and something between two months that differ, whatever happened', () => {
    const built = arbitraryMonth.map((month) => buildReport(factsOf(month), making));
    fc.assert(
      fc.property(built, built, (one, other) => {
        expect(reportChanges(one, one)).toEqual([]);
        const told = reportChanges(one, other);
        const same = (...keys: (keyof typeof one)[]) => keys.every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]));
        if (!same('figures', 'credit', 'policy', 'adjustments', 'exclusions')) expect(told).not.toEqual([]);
        for (const { words: said, before, after } of told) {
          expect(said).toMatch(/^[A-Z].*[.]$/s);
          expect(before).not.toBe(after);
        }
      }),
      { seed: testSeed(20_261_202), numRuns: 60 },
    );
  });
});
