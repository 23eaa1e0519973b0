/**
 * Records what a person knows better than the checks: the domain decides or refuses, then one transaction holds the row, its
 * approval when a second person is named at once, their links in the chain and the event. Source: semantics A7.
 */
import { writeBound } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import { ledgerRow, overrideApprovalRow } from '#db/queries/overrides.ts';
import { type OverrideAnswer, overrideAnswer } from '#domain/ledger/override-answer.ts';
import { decideOverride, judgeWeight, type NewOverride, reachesAhead } from '#domain/ledger/overriding.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { idFrom } from './new-id.ts';
import { auditedOverride, type OverrideContext, overrideSituation, weigh } from './override-verb.ts';
import { secondPersonOf, signatureNeeded, UNPROVED } from './signature.ts';

export interface OverrideRequest extends Omit<NewOverride, 'author' | 'authenticated'> {
  readonly author: string | null;
}

export const recordOverride = (ctx: OverrideContext, request: OverrideRequest): Promise<OverrideAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureNeeded(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const second = secondPersonOf(ctx, request.approvedBy);
    if (isRefusal(second)) return second;
    const situation = await overrideSituation(ctx);
    const row = decideOverride(idFrom(ctx), { ...request, ...signature, approvedBy: second }, situation);
    if (isRefusal(row)) return row;
    const { ruling, view } = await weigh(ctx, row, situation, situation.now);
    const fault = judgeWeight(ruling, null);
    if (fault) return fault;
    const { id, recordedAt, component, approvedBy } = row;
    const approval = approvedBy === null ? [] : [overrideApprovalRow(id, approvedBy, recordedAt, UNPROVED)];
    const news = insertEvent('override_recorded', recordedAt, { override: id, component, in_effect: ruling.inEffect });
    const audited = await auditedOverride(ctx, 'record', row, null, { ...row, inEffect: ruling.inEffect });
    await writeBound(ctx.store, [ledgerRow(row), ...approval], recordedAt, [news, ...audited]);
    return overrideAnswer('Recorded', view, ctx.policy.zone, reachesAhead(row, null));
  });
