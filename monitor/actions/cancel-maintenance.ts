/**
 * Cancels an announced window: from this instant on nothing of it is excluded; what had passed already stays so. Cancelling what is
 * over changes nothing. Refuses what was ended before. Source: semantics B2.
 */
import { endingRow, lastRecordedAt } from '#db/queries/announcements.ts';
import { writeBound } from '#db/queries/chain.ts';
import type { AnnouncementFact, EndingFact } from '#domain/maintenance/announcement-fact.ts';
import { answerOf, type MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { decideCancel } from '#domain/maintenance/changing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditedMaintenance, type MaintenanceContext, recordedAfter, situationOf, told } from './maintenance-verb.ts';
import { signatureOf } from './signature.ts';

export const cancelMaintenance = (
  ctx: MaintenanceContext,
  id: string,
  request: { readonly author: string | null },
): Promise<MaintenanceAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await situationOf(ctx);
    const decided = decideCancel(id, situation);
    if (isRefusal(decided)) return decided;
    const { fact: before, overSince } = decided;
    const ending: EndingFact = { kind: 'cancelled', recordedAt: recordedAfter(situation.now, lastRecordedAt(before)), ...signature };
    const fact: AnnouncementFact = { ...before, ending };
    const news = [
      ...told('maintenance.cancelled', fact, situation, ending.recordedAt),
      ...(await auditedMaintenance(ctx, 'cancel', before, fact)),
    ];
    await writeBound(ctx.store, [endingRow(id, ending)], ending.recordedAt, news);
    return answerOf('Cancelled', fact, before, situation, ctx.policy.zone, overSince);
  });
