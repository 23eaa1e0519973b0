/** Reports as examples need them: the contract and the month of the ledger's examples, with everything that stands round them. */

import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { buildReport, type Making } from '#domain/report/build-report.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import type { ReportFacts, Witness, WitnessedSample } from '#domain/report/report-facts.ts';
import { slotUse } from '#domain/report/slot-use.ts';
import type { AgreedMonth, Agreement } from '#domain/sla/agreement.ts';
import type { Announcement } from '#domain/sla/announcement.ts';
import { evidenceOf } from '#domain/sla/evidence.ts';
import { monthStatement, type StatementComponent, type StatementFacts } from '#domain/sla/month-statement.ts';
import { type LedgerRow, ruleOn } from '#domain/sla/override.ts';
import type { Contract } from '#domain/sla/terms.ts';
import { at, component, type down, monthFacts, stretch, told } from '../sla/examples.ts';

export const TZDATA = '2026c';
const SINCE = '2025-01-01T00:00:00Z';
const UNTIL = '2027-06-01T00:00:00Z';
const wide = stretch(SINCE, UNTIL);

/** `app`, asked from one place and down then. */
export const downOn = (...downs: ReturnType<typeof down>[]): StatementComponent => component('app', [told('nyc', SINCE, UNTIL, ...downs)]);
/** The component with its rows ruled on, as the store's readers do it. */
export const withRows = (one: StatementComponent, rows: readonly LedgerRow[]): StatementComponent => {
  const evidence = (reading: 'lenient' | 'strict') => evidenceOf(one.timelines, one.panels, reading, wide, wide.end);
  return { ...one, rulings: ruleOn(rows, { lenient: evidence('lenient'), strict: evidence('strict') }, wide) };
};

const agreementOf = (contract: Contract): Agreement => ({
  id: contract.id,
  customer: contract.customer,
  customerName: 'Example Limited',
  currency: contract.currency,
  startDate: contract.startDate ?? '2025-01-01',
  endDate: contract.endDate,
  reportZone: contract.reportZone,
  prorate: contract.prorate,
  amendments: [],
  monthlyFee: contract.monthlyFee,
  targetPpm: contract.targetPpm,
  unknownPolicy: contract.unknownPolicy,
  countDegraded: contract.countDegraded,
  components: contract.components,
  critical: contract.critical,
  schedule: contract.schedule && { ...contract.schedule, id: 'standard' },
  claim: { required: false, days: 30 },
});
const agreedOf = (contract: Contract): AgreedMonth => ({
  contract,
  customerName: 'Example Limited',
  claim: { required: false, days: 30 },
  scheduleId: contract.schedule ? 'standard' : null,
  amendedFrom: null,
});

/** The announcement as the store keeps it. */
export const factOf = (one: Announcement, title = 'Database upgrade'): AnnouncementFact => {
  const [first, ...more] = one.revisions.map(({ rev, recordedAt, start, end }) => ({
    rev,
    recordedAt,
    publicAt: recordedAt,
    start,
    end,
    title,
    body: '',
    author: null,
  }));
  if (!first) throw new Error(`${one.id} has no revision`);
  return {
    id: one.id,
    recordedAt: first.recordedAt,
    components: one.components,
    imported: one.unapprovedImport,
    author: null,
    revisions: [first, ...more],
    ending:
      one.cancelledAt !== null
        ? { kind: 'cancelled', recordedAt: one.cancelledAt, author: null }
        : one.completedAt !== null
          ? { kind: 'completed', recordedAt: one.completedAt, author: null }
          : null,
    approval: null,
  };
};

export const reportFacts = (given: StatementFacts, change: Partial<ReportFacts> = {}): ReportFacts => ({
  agreement: agreementOf(given.contract),
  agreed: agreedOf(given.contract),
  statement: monthStatement(given),
  names: new Map([['app', 'Application']]),
  announcements: given.announcements.map((one) => factOf(one)),
  witnesses: new Map(),
  incidents: [],
  slots: slotUse(given),
  releases: [],
  adjudication: given.adjudication && { ...given.adjudication, recordedAt: at('2026-08-01T00:00:00Z') },
  claimReceivedAt: null,
  policySha256: 'a'.repeat(64),
  tzdata: TZDATA,
  generator: { name: 'avow', version: '0.1.0' },
  locations: 2,
  sentinels: 1,
  ...change,
});

export const making: Making = {
  revision: 1,
  state: 'final',
  issuedAt: at('2027-06-01T00:00:00Z'),
  prevSha256: null,
  chain: null,
};

/** The final report of a month; final unless the month runs or is not decided. */
export const reportOf = (given: StatementFacts, change: Partial<ReportFacts> = {}, made: Partial<Making> = {}): ReportDocument => {
  const facts = reportFacts(given, change);
  const state = facts.statement.stage === 'ready' ? 'final' : facts.statement.stage;
  return buildReport(facts, { ...making, state, ...made });
};
/** The same, of a month given by its name. */
export const reportOfMonth = (month: string, change: Partial<StatementFacts> = {}): ReportDocument => reportOf(monthFacts(month, change));

export const sample = (text: string, outcome: WitnessedSample['outcome']): WitnessedSample => ({
  at: at(text),
  outcome,
  reason: outcome === 'ok' ? 'ok' : 'connect_refused',
  httpStatus: null,
  detail: outcome === 'ok' ? '' : 'connection refused',
});
export const witness = (location: string, times: readonly [string, string, string, string], failures = 2): Witness => ({
  location,
  kept: true,
  failures,
  lastGoodBefore: sample(times[0], 'ok'),
  firstBad: sample(times[1], 'fail'),
  lastBad: sample(times[2], 'fail'),
  firstGoodAfter: sample(times[3], 'ok'),
});
