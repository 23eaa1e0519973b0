/**
 * What people decide about the month of one contract, beside its report: adjudications with their second person, claims, links to the
 * report, and whether it can be made final. Plain JSON, instants in ms. Who did what stands in it: for people who may read reports.
 */
import { readAdjudications } from '#db/queries/adjudications.ts';
import { readClaims } from '#db/queries/claims.ts';
import { shareLinksOf } from '#db/queries/share-links.ts';
import { type LinkStanding, linkStanding, type ShareLink } from '#domain/access/share-link.ts';
import { standingAdjudication } from '#domain/ledger/adjudicating.ts';
import type { ClaimRow } from '#domain/ledger/claiming.ts';
import type { RecordedAdjudication } from '#domain/ledger/ledger-facts.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { ReportContext } from '#monitor/actions/report-context.ts';
import { reportPage } from './report-pages.ts';

export interface MonthDecisionsView {
  readonly month: string;
  readonly contract: string;
  readonly customerName: string;
  /** The contract's. */
  readonly zone: string;
  readonly asOf: Instant;
  readonly state: ReportDocument['state'];
  readonly revision: number;
  /** As the evidence has it, whatever people decided. */
  readonly verdict: ReportDocument['figures']['verdict'];
  /** The month is over, and what is written down of it can be decided and made final. */
  readonly over: boolean;
  /** Why it cannot be made final now, in a sentence; null: it can, or it is. */
  readonly obstacle: string | null;
  readonly claimRequired: boolean;
  readonly adjudications: readonly (RecordedAdjudication & { readonly stands: boolean })[];
  readonly claims: readonly ClaimRow[];
  readonly links: readonly (ShareLink & { readonly standing: LinkStanding })[];
}

/** Null: there is no such month or contract. */
export const monthDecisions = async (ctx: ReportContext, month: string, contract: string): Promise<MonthDecisionsView | null> => {
  const report = await reportPage(ctx, month, contract, { revision: null, whatIf: [] });
  if (!report) return null;
  const { document, obstacle } = report;
  const [adjudications, claims, links] = await Promise.all([
    readAdjudications(ctx.store, null),
    readClaims(ctx.store, null),
    shareLinksOf(ctx.store, contract, month),
  ]);
  const now = ctx.clock.now();
  const ofMonth = (one: { readonly contract: string; readonly month: string }): boolean => one.contract === contract && one.month === month;
  const standing = standingAdjudication(adjudications, contract, month);
  return {
    month,
    contract,
    customerName: document.contract.customer_name,
    zone: document.period.zone,
    asOf: now,
    state: document.state,
    revision: document.revision,
    verdict: document.figures.verdict,
    over: document.state !== 'open',
    obstacle,
    claimRequired: document.contract.claim.required,
    adjudications: adjudications
      .filter(ofMonth)
      .map((one) => ({ ...one, stands: one.id === standing?.id }))
      .reverse(),
    claims: claims.filter(ofMonth).reverse(),
    links: links.map(({ maker, customer, ...link }) => ({ ...link, standing: linkStanding({ ...link, maker, customer }, now) })),
  };
};
