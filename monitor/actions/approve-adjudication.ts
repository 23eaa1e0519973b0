/**
 * The second person of an adjudication: from the approval on it decides the month, unless a later one does. Refuses whoever recorded
 * it, and a month that the evidence has decided since. Source: semantics D3.
 */
import { adjudicationApprovalRow, readAdjudications } from '#db/queries/adjudications.ts';
import { writeBound } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import {
  type AdjudicationAnswer,
  adjudicationAnswer,
  decideAdjudicationApproval,
  findAdjudication,
  unknownAdjudication,
} from '#domain/ledger/adjudicating.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { later } from '#domain/time/instant.ts';
import { auditedAdjudication, type LedgerVerbContext } from './ledger-verb.ts';
import { signatureNeeded } from './signature.ts';

export const approveAdjudication = async (
  ctx: LedgerVerbContext,
  id: string,
  request: { readonly approvedBy: string | null },
): Promise<AdjudicationAnswer | Refusal> => {
  const signature = signatureNeeded(ctx, request.approvedBy);
  if (isRefusal(signature)) return signature;
  const known = findAdjudication(await readAdjudications(ctx.store, null), id);
  if (isRefusal(known)) return known;
  // Of a contract that they do not reach there is no decision either.
  if (isRefusal(await ctx.agreementOf(known.contract))) return unknownAdjudication(id);
  const verdict = await ctx.monthVerdict(known.contract, known.month);
  if (isRefusal(verdict)) return verdict;
  return ctx.store.exclusive(async () => {
    const all = await readAdjudications(ctx.store, null);
    const found = findAdjudication(all, id);
    if (isRefusal(found)) return found;
    const decided = decideAdjudicationApproval(found, signature.author, verdict);
    if (isRefusal(decided)) return decided;
    const approved = { ...decided, approvalAuthenticated: signature.authenticated };
    const at = later(ctx.clock.now(), found.recordedAt);
    const { contract, month, decision } = approved;
    const news = insertEvent('adjudication_approved', at, { adjudication: id, contract, month, decision });
    const audited = await auditedAdjudication(ctx, 'approve', found, approved);
    await writeBound(ctx.store, [adjudicationApprovalRow(id, signature.author, at, signature)], at, [news, ...audited]);
    return adjudicationAnswer(
      'Approved',
      approved,
      all.map((one) => (one.id === id ? approved : one)),
    );
  });
};
