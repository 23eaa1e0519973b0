/**
 * Asks that a release may go to production outside of a window, with a reason: the first half of the emergency path. Somebody else
 * approves it (approve-emergency.ts). Nothing of it is public. Source: semantics F4.
 */
import { insertEmergency, readEmergencies } from '#db/queries/emergencies.ts';
import { insertEvent } from '#db/queries/events.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { decideEmergency, type EmergencyFact } from '#domain/release/emergency.ts';
import { findRelease } from '#domain/release/release-situation.ts';
import { auditedEmergency } from './emergency-verb.ts';
import { idFrom, type Naming } from './new-id.ts';
import { type ReleaseContext, releaseSituation } from './release-verb.ts';
import { signatureNeeded } from './signature.ts';

export interface EmergencyRequest {
  readonly version: string;
  readonly reason: string;
  readonly author: string | null;
}

export const askEmergency = (ctx: ReleaseContext & Naming, request: EmergencyRequest): Promise<EmergencyFact | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureNeeded(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await releaseSituation(ctx);
    const fact = findRelease(situation, request.version);
    if (isRefusal(fact)) return fact;
    const decided = decideEmergency(fact, await readEmergencies(ctx.store, fact.version), request.reason, situation.now);
    if (isRefusal(decided)) return decided;
    const { version } = fact;
    const row: EmergencyFact = { id: idFrom(ctx), version, recordedAt: situation.now, ...decided, ...signature, approval: null };
    await ctx.store.write([
      insertEmergency(row),
      insertEvent('emergency_asked', row.recordedAt, { version, emergency: row.id }),
      ...(await auditedEmergency(ctx, 'ask', null, row)),
    ]);
    return row;
  });
