/**
 * The second person of an override or of a revocation: from the approval on the row is in effect, as if it had been from the
 * start. Refuses whoever recorded it, what has no evidence, and an override that was taken back. Source: semantics A7.
 */
import { writeBound } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import { overrideApprovalRow } from '#db/queries/overrides.ts';
import { type OverrideAnswer, overrideAnswer } from '#domain/ledger/override-answer.ts';
import { decideApproval, findRow } from '#domain/ledger/overriding.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { later } from '#domain/time/instant.ts';
import { type OverrideContext, overrideSituation, rulingsOn, targetOf, weigh } from './override-verb.ts';

export const approveOverride = (
  ctx: OverrideContext,
  id: string,
  request: { readonly approvedBy: string },
): Promise<OverrideAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const situation = await overrideSituation(ctx);
    const found = findRow(situation, id);
    if (isRefusal(found)) return found;
    const { component } = targetOf(found, situation);
    const row = decideApproval(id, request.approvedBy, situation, await rulingsOn(ctx, component, situation));
    if (isRefusal(row)) return row;
    const { ruling, view } = await weigh(ctx, row, situation, situation.now);
    const at = later(situation.now, row.recordedAt);
    const news = insertEvent('override_approved', at, { override: id, component, in_effect: ruling.inEffect });
    await writeBound(ctx.store, [overrideApprovalRow(id, String(row.approvedBy), at)], at, [news]);
    return overrideAnswer('Approved', view, ctx.policy.zone, false);
  });
