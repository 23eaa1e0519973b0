/**
 * Holds final reports against what was recorded since: where a later fact changes one, its next revision is made, as `avow close`
 * would. Nothing is made final here that was not. Source: semantics D5.
 */
import { readHead } from '#db/queries/chain.ts';
import { readClaims } from '#db/queries/claims.ts';
import { countReleaseRows } from '#db/queries/releases.ts';
import { readFinalMonths } from '#db/queries/reports.ts';
import { isRefusal } from '#domain/refusal.ts';
import { monthAfter, monthAt } from '#domain/time/month.ts';
import { closeMonth } from './close-month.ts';
import type { ReportContext } from './report-context.ts';

/** Late results may still come for months that ended this recently; older ones change by what people record alone. */
const RECENT_MONTHS = 2;

export interface Revised {
  readonly report: string;
  readonly changes: readonly string[];
}
export interface RevisionRound {
  /** How much was recorded when this round began, and its own revisions: hand it to the next. */
  readonly mark: number;
  readonly revised: readonly Revised[];
}

/** What people recorded so far: links of the chain, and claims and releases, which are in no chain. All only grow. */
const recordedSoFar = async ({ store }: ReportContext): Promise<number> =>
  (await readHead(store)).seq + (await readClaims(store, null)).length + (await countReleaseRows(store));

/** `lastMark`: of the last round, null before the first. While nothing was recorded since, only recent months are looked at. */
export const reviseReports = async (ctx: ReportContext, lastMark: number | null): Promise<RevisionRound> => {
  const mark = await recordedSoFar(ctx);
  const recent = monthAfter(monthAt('UTC', ctx.clock.now()), -RECENT_MONTHS);
  const final = (await readFinalMonths(ctx.store)).filter(({ month }) => mark !== lastMark || month >= recent);
  const revised: Revised[] = [];
  for (const [month, own] of Map.groupBy(final, (one) => one.month)) {
    const ids = new Set(own.map(({ contract }) => contract));
    const answer = await closeMonth(ctx, { month, only: [...ids] });
    if (isRefusal(answer)) continue;
    for (const { contract, outcome, revision, changes } of answer.contracts)
      if (outcome === 'revised') revised.push({ report: `${contract}/${month}/${revision}`, changes });
  }
  // A revision is one link, and no news for the next round; what others recorded meanwhile is.
  return { mark: mark + revised.length, revised };
};
