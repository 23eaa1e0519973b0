/**
 * The second person of an emergency: from the approval on the release may go to production outside of a window, once, for a day. Refuses
 * whoever asked for it. Source: semantics F4.
 */
import { insertEmergencyApproval, readEmergencies } from '#db/queries/emergencies.ts';
import { insertEvent } from '#db/queries/events.ts';
import { readRelease } from '#db/queries/releases.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { type EmergencyFact, judgeEmergencyApproval } from '#domain/release/emergency.ts';
import { later } from '#domain/time/instant.ts';
import { auditedEmergency } from './emergency-verb.ts';
import type { ReleaseContext } from './release-verb.ts';
import { signatureNeeded } from './signature.ts';

export interface EmergencyApproval {
  readonly version: string;
  readonly id: string;
  readonly approvedBy: string | null;
}

export const approveEmergency = (ctx: ReleaseContext, request: EmergencyApproval): Promise<EmergencyFact | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureNeeded(ctx, request.approvedBy);
    if (isRefusal(signature)) return signature;
    const { store, clock } = ctx;
    const [fact, all] = await Promise.all([readRelease(store, request.version), readEmergencies(store, request.version)]);
    const found = all.find(({ id }) => id === request.id) ?? null;
    const refused = judgeEmergencyApproval(found, request.id, fact, signature.author, clock.now());
    if (refused || !found) return refused as Refusal;
    const approval = {
      recordedAt: later(clock.now(), found.recordedAt),
      approvedBy: signature.author,
      authenticated: signature.authenticated,
    };
    const after: EmergencyFact = { ...found, approval };
    await store.write([
      insertEmergencyApproval(found.id, approval),
      insertEvent('emergency_approved', approval.recordedAt, { version: found.version, emergency: found.id }),
      ...(await auditedEmergency(ctx, 'approve', found, after)),
    ]);
    return after;
  });
