/**
 * The pages of reports: the months there are, one month with every contract, one report. A final report is shown as it was frozen;
 * what is not final is made from the ledger as of now. Null: there is no such month or contract. Reads, and writes nothing.
 */
import { readAgreements, readCustomers } from '#db/queries/contracts.ts';
import { readAdmins } from '#db/queries/people.ts';
import { reportReader } from '#db/queries/report-facts.ts';
import { documentOf, readFinalReports, readRevisions, type StoredReport } from '#db/queries/reports.ts';
import { reaches, reachesEvery } from '#domain/access/reach.ts';
import { contractFacts, coversMonth, type KnownAgreement, type LedgerFacts, undecidedOf } from '#domain/ledger/ledger-facts.ts';
import { narrowed } from '#domain/ledger/narrowed.ts';
import { unissuedReport } from '#domain/report/build-report.ts';
import { finalFrom, obstacleOf } from '#domain/report/report-stage.ts';
import type { WhatIf } from '#domain/report/what-if.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isMonth, monthAfter, monthAt, monthsFrom } from '#domain/time/month.ts';
import { lookAtFigures, lookAtMonths, monthAnywhere, type ReportContext, reachedBy } from '#monitor/actions/report-context.ts';
import { reachOfActor } from '#monitor/context.ts';
import { countsOf, linesOf, totalsOf } from './contract-month-lines.ts';
import type { MonthCounts, MonthPageView, ReportPageView, ReportsPageView, RevisionLine, Seal } from './report-views.ts';
import { imagine } from './what-if.ts';

/** As one sentence may name them. */
const MOST_ADMINS = 3;

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

/** Whose reports these are, and who gives customers; null: everybody's. */
const ownCustomers = async ({ store, actor }: ReportContext): Promise<ReportsPageView['own']> => {
  const reach = reachOfActor(actor);
  if (reachesEvery(reach)) return null;
  const customers = (await readCustomers(store)).filter(({ id }) => reaches(reach, id));
  return { customers, admins: customers.length > 0 ? [] : await readAdmins(store, MOST_ADMINS) };
};

/** `/admin/reports` */
export const reportsPage = async (ctx: ReportContext): Promise<ReportsPageView> => {
  const now = ctx.clock.now();
  const all = await readAgreements(ctx.store, now);
  const agreements = reachedBy(ctx, all);
  const told = { noContracts: all.length === 0, own: await ownCustomers(ctx) };
  const reach = reachOf(agreements, now);
  if (!reach) return { asOf: now, months: [], ...told };
  const { facts } = await lookAtFigures(ctx, reach.first, reach.last);
  const months: MonthCounts[] = [];
  for (const month of monthsFrom(reach.first, reach.last).reverse()) {
    const lines = linesOf(narrowed(facts, monthAnywhere(month)), await readFinalReports(ctx.store, month), month);
    if (lines.length > 0) months.push(countsOf(month, lines));
    // Pages and checks have their turn between two months.
    await ctx.clock.sleep(0);
  }
  return { asOf: facts.asOf, months, ...told };
};

const neighbours = (reach: { readonly first: string; readonly last: string } | null, month: string) => ({
  previousMonth: reach && month > reach.first ? monthAfter(month, -1) : null,
  nextMonth: reach && month < reach.last ? monthAfter(month) : null,
});

/** `/admin/reports/{YYYY-MM}` */
export const monthPage = async (ctx: ReportContext, month: string): Promise<MonthPageView | null> => {
  if (!isMonth(month)) return null;
  const { facts } = await lookAtFigures(ctx, month);
  const lines = linesOf(facts, await readFinalReports(ctx.store, month), month);
  const reach = reachOf(facts.agreements, facts.asOf);
  if (lines.length === 0 || !reach) return null;
  return { month, asOf: facts.asOf, lines, totals: totalsOf(lines), ...neighbours(reach, month) };
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
  const reach = { first: agreement.startDate.slice(0, 7), last: monthAt(agreement.reportZone, ledger.facts.asOf) };
  const around = neighbours(reach, month);
  const next = around.nextMonth !== null && coversMonth(known, around.nextMonth, ledger.facts.asOf) ? around.nextMonth : null;
  return {
    document: shown ? documentOf(shown) : unissuedReport(facts),
    seal: shown ? sealOf(shown) : null,
    revisions: revisions.map(revisionLine).reverse(),
    previousMonth: around.previousMonth,
    nextMonth: next,
    finalFrom: shown ? null : finalFrom(statement),
    obstacle: shown ? null : obstacleOf(statement, undecidedOf(ledger.facts, agreement.id, month)),
    whatIf: whatIf.length === 0 ? null : imagine(contractFacts(ledger.facts, agreement, month), whatIf),
  };
};
