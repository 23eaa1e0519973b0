/**
 * Takes an announcement of a time before Avow as a record: marked as imported, told to nobody, and without effect until
 * `approve-import` has a second person for it. Refuses what is not over. Source: semantics B2, "After the fact".
 */
import { announcementRow, revisionRow } from '#db/queries/announcements.ts';
import { writeBound } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { answerOf, type MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { decideImport, type HistoricAnnouncement } from '#domain/maintenance/importing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditedMaintenance, type MaintenanceContext, situationOf } from './maintenance-verb.ts';
import { idFrom } from './new-id.ts';
import { signatureNeeded } from './signature.ts';

export interface ImportRequest extends Omit<HistoricAnnouncement, 'author'> {
  readonly author: string | null;
}

export const importMaintenance = (ctx: MaintenanceContext, request: ImportRequest): Promise<MaintenanceAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureNeeded(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const { authenticated } = signature;
    const situation = await situationOf(ctx, true);
    const decided = decideImport({ ...request, author: signature.author }, situation);
    if (isRefusal(decided)) return decided;
    const { components, author, start, end, title, body } = decided;
    const recordedAt = situation.now;
    const fact: AnnouncementFact = {
      id: idFrom(ctx),
      recordedAt,
      components,
      imported: true,
      author,
      authenticated,
      revisions: [{ rev: 1, recordedAt, publicAt: request.announcedAt, start, end, title, body, author, authenticated }],
      ending: null,
      approval: null,
    };
    const rows = [announcementRow(fact), revisionRow(fact.id, fact.revisions[0])];
    const news = insertEvent('maintenance_imported', recordedAt, { announcement: fact.id });
    await writeBound(ctx.store, rows, recordedAt, [news, ...(await auditedMaintenance(ctx, 'import', null, fact))]);
    return answerOf('Imported', fact, null, situation, ctx.policy.zone);
  });
