/**
 * Completes a window before its time ("done"): the rest of it counts as any other time again. Refuses what has not begun, which
 * is cancelled, and what was ended before. Source: semantics B2.
 */
import { endingRow, lastRecordedAt } from '#db/queries/announcements.ts';
import { writeBound } from '#db/queries/chain.ts';
import type { AnnouncementFact, EndingFact } from '#domain/maintenance/announcement-fact.ts';
import { answerOf, type MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { decideComplete } from '#domain/maintenance/changing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditedMaintenance, type MaintenanceContext, recordedAfter, situationOf, told } from './maintenance-verb.ts';
import { signatureOf } from './signature.ts';

export const completeMaintenance = (
  ctx: MaintenanceContext,
  /** Null: the one that is running. */
  asked: string | null,
  request: { readonly author: string | null },
): Promise<MaintenanceAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await situationOf(ctx);
    const decided = decideComplete(asked, situation);
    if (isRefusal(decided)) return decided;
    const { fact: before, overSince } = decided;
    const { id } = before;
    const ending: EndingFact = { kind: 'completed', recordedAt: recordedAfter(situation.now, lastRecordedAt(before)), ...signature };
    const fact: AnnouncementFact = { ...before, ending };
    const news = [
      ...told('maintenance.completed', fact, situation, ending.recordedAt),
      ...(await auditedMaintenance(ctx, 'complete', before, fact)),
    ];
    await writeBound(ctx.store, [endingRow(id, ending)], ending.recordedAt, news);
    return answerOf('Completed', fact, before, situation, ctx.policy.zone, overSince);
  });
