/**
 * Announces a window: the domain decides or refuses, then one transaction holds announcement, first revision, their
 * links in the chain, outbox row, event and audit. It is public from `recorded_at`, the server's clock. Refuses a second one for the same slot, one over two slots, one in
 * the past; warns when it is late or outside the reserve. Source: semantics B2.
 */
import { announcementRow, revisionRow } from '#db/queries/announcements.ts';
import { writeBound } from '#db/queries/chain.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { decideAnnouncement, type NewAnnouncement } from '#domain/maintenance/announcing.ts';
import { answerOf, type MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditedMaintenance, type MaintenanceContext, situationOf, told } from './maintenance-verb.ts';
import { idFrom } from './new-id.ts';
import { signatureOf } from './signature.ts';

export interface AnnounceRequest extends NewAnnouncement {
  readonly author: string | null;
}

export const announceMaintenance = (ctx: MaintenanceContext, request: AnnounceRequest): Promise<MaintenanceAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await situationOf(ctx);
    const decided = decideAnnouncement(request, situation);
    if (isRefusal(decided)) return decided;
    const { components, ...words } = decided;
    const at = situation.now;
    const fact: AnnouncementFact = {
      id: idFrom(ctx),
      recordedAt: at,
      components,
      imported: false,
      ...signature,
      revisions: [{ ...words, rev: 1, recordedAt: at, publicAt: at, ...signature }],
      ending: null,
      approval: null,
    };
    const rows = [announcementRow(fact), revisionRow(fact.id, fact.revisions[0])];
    await writeBound(ctx.store, rows, at, [
      ...told('maintenance.announced', fact, situation, at),
      ...(await auditedMaintenance(ctx, 'announce', null, fact)),
    ]);
    const after = { ...situation, announcements: [...situation.announcements, fact] };
    return answerOf('Announced', fact, null, after, ctx.policy.zone);
  });
