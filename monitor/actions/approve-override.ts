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
import { auditedOverride, type OverrideContext, overrideSituation, rulingsOn, targetOf, weigh } from './override-verb.ts';
import { signatureNeeded } from './signature.ts';

export const approveOverride = (
  ctx: OverrideContext,
  id: string,
  request: { readonly approvedBy: string | null },
): Promise<OverrideAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureNeeded(ctx, request.approvedBy);
    if (isRefusal(signature)) return signature;
    const situation = await overrideSituation(ctx);
    const found = findRow(situation, id);
    if (isRefusal(found)) return found;
    const target = targetOf(found, situation);
    const { component } = target;
    const decided = decideApproval(id, signature.author, situation, await rulingsOn(ctx, component, situation));
    if (isRefusal(decided)) return decided;
    const row = { ...decided, approvalAuthenticated: signature.authenticated };
    const { ruling, view } = await weigh(ctx, row, situation, situation.now);
    const at = later(situation.now, row.recordedAt);
    const news = insertEvent('override_approved', at, { override: id, component, in_effect: ruling.inEffect });
    const audited = await auditedOverride(ctx, 'approve', target, found, { ...row, inEffect: ruling.inEffect });
    await writeBound(ctx.store, [overrideApprovalRow(id, signature.author, at, signature)], at, [news, ...audited]);
    return overrideAnswer('Approved', view, ctx.policy.zone, false);
  });
