/**
 * Records that a customer claimed the credit of a month, and says whether it was in time. Warns when it was not, and when the
 * contract asks for no claims. One transaction holds claim, event and audit. Source: semantics D4.
 */
import { insertClaim } from '#db/queries/claims.ts';
import { insertEvent } from '#db/queries/events.ts';
import { type ClaimAnswer, type ClaimRow, claimAnswer, decideClaim, type NewClaim } from '#domain/ledger/claiming.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { isoOf } from '#domain/time/iso.ts';
import { auditOf } from './audit.ts';
import type { LedgerVerbContext } from './ledger-verb.ts';
import { idFrom } from './new-id.ts';
import { signatureNeeded } from './signature.ts';

export interface ClaimRequest extends Omit<NewClaim, 'author' | 'authenticated'> {
  readonly author: string | null;
}

export const recordClaim = async (ctx: LedgerVerbContext, request: ClaimRequest): Promise<ClaimAnswer | Refusal> => {
  const signature = signatureNeeded(ctx, request.author);
  if (isRefusal(signature)) return signature;
  const agreement = await ctx.agreementOf(request.contract);
  if (isRefusal(agreement)) return agreement;
  // The time is taken where nobody reads the ledger: whatever was recorded by a report's `as_of` is in it.
  return ctx.store.exclusive(async () => {
    const now = ctx.clock.now();
    const decided = decideClaim({ ...request, ...signature }, agreement, now);
    if (isRefusal(decided)) return decided;
    const claim: ClaimRow = { ...decided, id: idFrom(ctx), recordedAt: now };
    const { id, contract, month, receivedAt, note, author } = claim;
    const news = insertEvent('claim_recorded', now, { claim: id, contract, month, received_at_ms: receivedAt });
    const told = { contract, month, receivedAt: isoOf(receivedAt), note, author };
    const audited = await auditOf(ctx, { verb: 'claim.record', subject: `claim/${id}`, before: null, after: told });
    await ctx.store.write([insertClaim(claim), news, ...audited]);
    return claimAnswer(claim, agreement);
  });
};
