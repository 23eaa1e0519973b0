/**
 * Records what somebody decides about an indeterminate month, with reason and evidence; with a second person named at once it has
 * effect at once. One transaction holds the row, its approval, their links in the chain and the event. Source: semantics D3.
 */
import { adjudicationApprovalRow, adjudicationRow, readAdjudications } from '#db/queries/adjudications.ts';
import { writeBound } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import {
  type AdjudicationAnswer,
  adjudicationAnswer,
  decideAdjudication,
  monthFault,
  type NewAdjudication,
} from '#domain/ledger/adjudicating.ts';
import type { RecordedAdjudication } from '#domain/ledger/ledger-facts.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { after, later, millis } from '#domain/time/instant.ts';
import { auditedAdjudication, type LedgerVerbContext } from './ledger-verb.ts';
import { idFrom } from './new-id.ts';
import { secondPersonOf, signatureNeeded, UNPROVED } from './signature.ts';

export interface AdjudicateRequest extends Omit<NewAdjudication, 'author' | 'authenticated'> {
  readonly author: string | null;
}

export const adjudicateMonth = async (ctx: LedgerVerbContext, request: AdjudicateRequest): Promise<AdjudicationAnswer | Refusal> => {
  const signature = signatureNeeded(ctx, request.author);
  if (isRefusal(signature)) return signature;
  const second = secondPersonOf(ctx, request.approvedBy);
  if (isRefusal(second)) return second;
  const bad = monthFault(request.month);
  if (bad) return bad;
  const verdict = await ctx.monthVerdict(request.contract, request.month);
  if (isRefusal(verdict)) return verdict;
  const decided = decideAdjudication({ ...request, ...signature, approvedBy: second }, verdict);
  if (isRefusal(decided)) return decided;
  return ctx.store.exclusive(async () => {
    const before = await readAdjudications(ctx.store, null);
    const last = before.at(-1);
    const now = ctx.clock.now();
    // After every one there is, so that the one recorded later stands, even within one millisecond or after the clock was set back.
    const recordedAt = last ? later(now, after(last.recordedAt, millis(1))) : now;
    const one: RecordedAdjudication = { ...decided, id: idFrom(ctx), recordedAt };
    const { id, contract, month, decision, approvedBy } = one;
    const approval = approvedBy === null ? [] : [adjudicationApprovalRow(id, approvedBy, recordedAt, UNPROVED)];
    const news = insertEvent('month_adjudicated', recordedAt, {
      adjudication: id,
      contract,
      month,
      decision,
      approved: approvedBy !== null,
    });
    await writeBound(ctx.store, [adjudicationRow(one), ...approval], recordedAt, [
      news,
      ...(await auditedAdjudication(ctx, 'record', null, one)),
    ]);
    return adjudicationAnswer('Recorded', one, [...before, one]);
  });
};
