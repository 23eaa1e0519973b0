/**
 * Takes an override back by a row of its own; what was said stays readable. Taking back what added downtime takes downtime away,
 * and waits for a second person like any such row. Refuses what was revoked before. Source: semantics A7.
 */
import { writeBound } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import { ledgerRow, overrideApprovalRow } from '#db/queries/overrides.ts';
import { type OverrideAnswer, overrideAnswer } from '#domain/ledger/override-answer.ts';
import { decideRevocation, findRow, judgeWeight, type NewRevocation, reachesAhead } from '#domain/ledger/overriding.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { idFrom } from './new-id.ts';
import { auditedOverride, type OverrideContext, overrideSituation, rulingsOn, targetOf, weigh } from './override-verb.ts';
import { secondPersonOf, signatureNeeded, UNPROVED } from './signature.ts';

export interface RevokeRequest extends Omit<NewRevocation, 'author' | 'authenticated'> {
  readonly author: string | null;
}

export const revokeOverride = (ctx: OverrideContext, request: RevokeRequest): Promise<OverrideAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureNeeded(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const second = secondPersonOf(ctx, request.approvedBy);
    if (isRefusal(second)) return second;
    const situation = await overrideSituation(ctx);
    const found = findRow(situation, request.revokes);
    if (isRefusal(found)) return found;
    const rulings = await rulingsOn(ctx, targetOf(found, situation).component, situation);
    const decided = decideRevocation(idFrom(ctx), { ...request, ...signature, approvedBy: second }, situation, rulings);
    if (isRefusal(decided)) return decided;
    const { row, target } = decided;
    const { ruling, view } = await weigh(ctx, row, situation, situation.now);
    const fault = judgeWeight(ruling, target);
    if (fault) return fault;
    const { id, recordedAt, approvedBy } = row;
    const approval = approvedBy === null ? [] : [overrideApprovalRow(id, approvedBy, recordedAt, UNPROVED)];
    const facts = { override: target.id, revocation: id, component: target.component, in_effect: ruling.inEffect };
    const audited = await auditedOverride(ctx, 'revoke', target, target, { ...row, inEffect: ruling.inEffect });
    const news = insertEvent('override_revoked', recordedAt, facts);
    await writeBound(ctx.store, [ledgerRow(row), ...approval], recordedAt, [news, ...audited]);
    return overrideAnswer('Revoked', view, ctx.policy.zone, reachesAhead(row, target));
  });
