/**
 * The pages of reports: the months there are, one month with every contract, one report. A final report is shown as it was frozen;
 * what is not final is made from the ledger as of now. Null: there is no such month or contract. Reads, and writes nothing.
 */
import { readAgreements } from '#db/queries/contracts.ts';
import { type ReportReader, reportReader } from '#db/queries/report-facts.ts';
import { readFinalReports, readRevisions, type StoredReport } from '#db/queries/reports.ts';
import { contractFacts, coversMonth, type KnownAgreement, type LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import { decimalsOf } from '#domain/money.ts';
import { buildReport } from '#domain/report/build-report.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { finalFrom, obstacleOf } from '#domain/report/report-stage.ts';
import type { WhatIf } from '#domain/report/what-if.ts';
import { agreedIn } from '#domain/sla/agreement.ts';
import { claimDeadline, claimStanding } from '#domain/sla/claim.ts';
import type { MonthStatement } from '#domain/sla/month-statement.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isMonth, monthAfter, monthAt, monthsFrom } from '#domain/time/month.ts';
import { lookAtFigures, lookAtMonths, type ReportContext } from '#monitor/actions/report-context.ts';
import { totalsOf } from './report-totals.ts';
import type { ContractMonthLine, MonthPageView, ReportPageView, ReportsPageView, RevisionLine, Seal } from './report-views.ts';
import { imagine } from './what-if.ts';

const documentOf = (stored: StoredReport): ReportDocument => JSON.parse(stored.document) as ReportDocument;

/** The first month that any contract covers, and the last that has begun for one; null: there is no contract. */
const reachOf = (
  agreements: readonly Pick<KnownAgreement, 'agreement'>[],
  now: Instant,
): { readonly first: string; readonly last: string } | null => {
  const firsts = agreements.map(({ agreement }) => agreement.startDate.slice(0, 7)).sort();
  const lasts = agreements.map(({ agreement }) => monthAt(agreement.reportZone, now)).sort();
  const [first, last] = [firsts[0], lasts.at(-1)];
  return first !== undefined && last !== undefined && first <= last ? { first, last } : null;
};

const lineOfDocument = (document: ReportDocument): ContractMonthLine => {
  const { contract, figures, credit, claim, policy } = document;
  return {
    contract: contract.id,
    customer: contract.customer,
    customerName: contract.customer_name,
    currency: contract.currency,
    decimals: contract.decimals,
    state: document.state,
    revision: document.revision,
    availability: figures.availability,
    targetPpm: policy.target_ppm,
    verdict: figures.verdict,
    downtimeMs: figures.downtime_ms,
    remainingMs: figures.remaining_ms,
    unknownMs: figures.unknown_ms,
    creditMinor: credit?.credit_minor ?? null,
    dueMinor: claim.due_minor,
    claimableMinor: claim.state === 'open' ? (credit?.credit_minor ?? 0) : 0,
  };
};

/** The same from the statement alone, without reading the checks behind its lines. */
const lineOfStatement = ({ agreement }: KnownAgreement, statement: MonthStatement, facts: LedgerFacts): ContractMonthLine => {
  const { claim, customerName } = agreedIn(agreement, statement.month);
  const received = facts.claims
    .filter((one) => one.contract === agreement.id && one.month === statement.month)
    .map(({ receivedAt }) => receivedAt);
  const credit = statement.credit?.credit ?? null;
  const deadline = claimDeadline(statement.month, statement.zone, claim.days);
  const standing = claimStanding(claim.required, credit, deadline, received.sort((a, b) => a - b)[0] ?? null, facts.asOf);
  return {
    contract: agreement.id,
    customer: agreement.customer,
    customerName,
    currency: agreement.currency,
    decimals: decimalsOf(agreement.currency),
    state: statement.stage === 'open' ? 'open' : 'provisional',
    revision: 0,
    availability: statement.availability,
    targetPpm: statement.terms.targetPpm,
    verdict: statement.verdict,
    downtimeMs: statement.sums.downtimeMs,
    remainingMs: statement.remainingMs,
    unknownMs: statement.sums.unknownMs,
    creditMinor: credit,
    dueMinor: standing.due,
    claimableMinor: standing.state === 'open' ? (credit ?? 0) : 0,
  };
};

const linesOf = (facts: LedgerFacts, reader: ReportReader, final: readonly StoredReport[], month: string): ContractMonthLine[] => {
  const frozen = new Map(final.map((stored) => [stored.contract, stored]));
  return facts.agreements
    .filter((known) => frozen.has(known.agreement.id) || coversMonth(known, month, facts.asOf))
    .map((known) => {
      const stored = frozen.get(known.agreement.id);
      return stored ? lineOfDocument(documentOf(stored)) : lineOfStatement(known, reader.statement(known.agreement, month), facts);
    })
    .sort((a, b) => a.customerName.localeCompare(b.customerName, 'en') || (a.contract < b.contract ? -1 : 1));
};

/** `/admin/reports` */
export const reportsPage = async (ctx: ReportContext): Promise<ReportsPageView> => {
  const now = ctx.clock.now();
  const agreements = await readAgreements(ctx.store, now);
  const reach = reachOf(agreements, now);
  if (!reach) return { asOf: now, months: [], noContracts: agreements.length === 0 };
  const ledger = await lookAtFigures(ctx, reach.first, reach.last);
  const reader = reportReader(ctx.store, ledger, ctx.maker);
  const months: ReportsPageView['months'][number][] = [];
  for (const month of monthsFrom(reach.first, reach.last).reverse()) {
    const lines = linesOf(ledger.facts, reader, await readFinalReports(ctx.store, month), month);
    // Pages and checks have their turn between two months.
    await ctx.clock.sleep(0);
    if (lines.length === 0) continue;
    const count = (is: (line: ContractMonthLine) => boolean): number => lines.filter(is).length;
    months.push({
      month,
      contracts: lines.length,
      final: count(({ state }) => state === 'final'),
      provisional: count(({ state }) => state === 'provisional'),
      open: count(({ state }) => state === 'open'),
      missed: count(({ verdict }) => verdict === 'missed'),
      indeterminate: count(({ verdict, state }) => verdict === 'indeterminate' && state !== 'final'),
    });
  }
  return { asOf: now, months, noContracts: false };
};

const neighbours = (reach: { readonly first: string; readonly last: string } | null, month: string) => ({
  previousMonth: reach && month > reach.first ? monthAfter(month, -1) : null,
  nextMonth: reach && month < reach.last ? monthAfter(month) : null,
});

/** `/admin/reports/{YYYY-MM}` */
export const monthPage = async (ctx: ReportContext, month: string): Promise<MonthPageView | null> => {
  if (!isMonth(month)) return null;
  const ledger = await lookAtFigures(ctx, month);
  const lines = linesOf(ledger.facts, reportReader(ctx.store, ledger, ctx.maker), await readFinalReports(ctx.store, month), month);
  const reach = reachOf(ledger.facts.agreements, ledger.facts.asOf);
  if (lines.length === 0 || !reach) return null;
  return { month, asOf: ledger.facts.asOf, lines, totals: totalsOf(lines), ...neighbours(reach, month) };
};

const revisionLine = (stored: StoredReport): RevisionLine => {
  const { figures, credit } = documentOf(stored);
  return {
    revision: stored.revision,
    issuedAt: stored.recordedAt,
    sha256: stored.sha256,
    availability: figures.availability,
    verdict: figures.verdict,
    creditMinor: credit?.credit_minor ?? null,
  };
};
export const sealOf = (stored: StoredReport): Seal => ({
  sha256: stored.sha256,
  keyId: stored.keyId,
  signature: Buffer.from(stored.signature).toString('base64'),
  prevSha256: stored.prevSha256,
});

/** A contract by its id, or the only one of a customer that covers the month. */
const agreementOf = (facts: LedgerFacts, name: string, month: string): KnownAgreement | null => {
  const covering = facts.agreements.filter((known) => coversMonth(known, month, facts.asOf));
  const own = covering.find(({ agreement }) => agreement.id === name);
  const ofCustomer = covering.filter(({ agreement }) => agreement.customer === name);
  return own ?? (ofCustomer.length === 1 ? (ofCustomer[0] ?? null) : null);
};

export interface ReportOptions {
  /** One of the final revisions; null: the last, or what it would be now. */
  readonly revision: number | null;
  /** What the form asks to imagine; empty: nothing. */
  readonly whatIf: readonly WhatIf[];
}

/** `/admin/reports/{YYYY-MM}/{contract}` */
export const reportPage = async (
  ctx: ReportContext,
  month: string,
  name: string,
  { revision, whatIf }: ReportOptions,
): Promise<ReportPageView | null> => {
  if (!isMonth(month)) return null;
  const ledger = await lookAtMonths(ctx, month);
  const known = agreementOf(ledger.facts, name, month);
  if (!known) return null;
  const { agreement } = known;
  const revisions = await readRevisions(ctx.store, agreement.id, month);
  const shown = revision === null ? revisions.at(-1) : revisions.find((one) => one.revision === revision);
  if (!shown && revision !== null) return null;
  const facts = await reportReader(ctx.store, ledger, ctx.maker).report(agreement, month);
  const { statement } = facts;
  const state = statement.stage === 'open' ? 'open' : 'provisional';
  const reach = { first: agreement.startDate.slice(0, 7), last: monthAt(agreement.reportZone, ledger.facts.asOf) };
  const around = neighbours(reach, month);
  const next = around.nextMonth !== null && coversMonth(known, around.nextMonth, ledger.facts.asOf) ? around.nextMonth : null;
  return {
    document: shown
      ? documentOf(shown)
      : buildReport(facts, { revision: 0, state, issuedAt: statement.asOf, prevSha256: null, chain: null }),
    seal: shown ? sealOf(shown) : null,
    revisions: revisions.map(revisionLine).reverse(),
    previousMonth: around.previousMonth,
    nextMonth: next,
    finalFrom: shown ? null : finalFrom(statement),
    obstacle: shown ? null : obstacleOf(statement),
    whatIf: whatIf.length === 0 ? null : imagine(contractFacts(ledger.facts, agreement, month), whatIf),
  };
};
