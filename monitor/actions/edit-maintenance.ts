/**
 * Changes an announced window by one more revision; nothing that was said is overwritten. After the deadline of its slot a change
 * can only take excluded time away, and the answer says how much. Refuses what announcing refuses, and a change of nothing.
 * Source: semantics B2.
 */
import { lastRecordedAt, revisionRow } from '#db/queries/announcements.ts';
import { writeBound } from '#db/queries/chain.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { answerOf, type MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { type Change, decideEdit } from '#domain/maintenance/changing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { authorOf, type MaintenanceContext, recordedAfter, situationOf, told } from './maintenance-verb.ts';

export interface EditRequest extends Change {
  readonly author: string | null;
}

export const editMaintenance = (ctx: MaintenanceContext, id: string, request: EditRequest): Promise<MaintenanceAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const author = authorOf(request.author);
    if (isRefusal(author)) return author;
    const situation = await situationOf(ctx);
    const decided = decideEdit(id, request, situation);
    if (isRefusal(decided)) return decided;
    const { fact: before, start, end, title, body } = decided;
    const at = recordedAfter(situation.now, lastRecordedAt(before));
    const revision = { rev: currentRevision(before).rev + 1, recordedAt: at, publicAt: at, start, end, title, body, author };
    const fact: AnnouncementFact = { ...before, revisions: [...before.revisions, revision] };
    await writeBound(ctx.store, [revisionRow(id, revision)], at, told('maintenance.revised', fact, situation, at));
    const after = { ...situation, announcements: situation.announcements.map((one) => (one.id === id ? fact : one)) };
    return answerOf('Changed', fact, before, after, ctx.policy.zone);
  });
