/**
 * Changes an announced window by one more revision; nothing that was said is overwritten. After the deadline of its slot a change
 * can only take excluded time away, and the answer says how much. Refuses what announcing refuses, a change of nothing,
 * and one that is based on an earlier revision than the last (`conflict`).
 * Source: semantics B2.
 */
import { lastRecordedAt, revisionRow } from '#db/queries/announcements.ts';
import { writeBound } from '#db/queries/chain.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { answerOf, type MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { type Change, decideEdit } from '#domain/maintenance/changing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditedMaintenance, type MaintenanceContext, recordedAfter, situationOf, told } from './maintenance-verb.ts';
import { signatureOf } from './signature.ts';

export interface EditRequest extends Change {
  readonly author: string | null;
}

export const editMaintenance = (ctx: MaintenanceContext, id: string, request: EditRequest): Promise<MaintenanceAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await situationOf(ctx);
    const decided = decideEdit(id, request, situation);
    if (isRefusal(decided)) return decided;
    const { fact: before, start, end, title, body } = decided;
    const at = recordedAfter(situation.now, lastRecordedAt(before));
    const revision = { rev: currentRevision(before).rev + 1, recordedAt: at, publicAt: at, start, end, title, body, ...signature };
    const fact: AnnouncementFact = { ...before, revisions: [...before.revisions, revision] };
    const news = [...told('maintenance.revised', fact, situation, at), ...(await auditedMaintenance(ctx, 'edit', before, fact))];
    await writeBound(ctx.store, [revisionRow(id, revision)], at, news);
    const after = { ...situation, announcements: situation.announcements.map((one) => (one.id === id ? fact : one)) };
    return answerOf('Changed', fact, before, after, ctx.policy.zone);
  });
