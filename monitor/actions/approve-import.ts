/**
 * The second person of a historic import, with evidence of the original notice: from the approval on it excludes what it would
 * have excluded had it been announced here. Refuses the importer himself. Source: semantics B2, "After the fact".
 */
import { approvalRow, lastRecordedAt } from '#db/queries/announcements.ts';
import { writeBound } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { answerOf, type MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { decideApproval } from '#domain/maintenance/importing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditedMaintenance, type MaintenanceContext, recordedAfter, situationOf } from './maintenance-verb.ts';
import { signatureNeeded } from './signature.ts';

export interface ApproveRequest {
  readonly approvedBy: string | null;
  readonly evidence: string;
}

export const approveImport = (ctx: MaintenanceContext, id: string, request: ApproveRequest): Promise<MaintenanceAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureNeeded(ctx, request.approvedBy);
    if (isRefusal(signature)) return signature;
    const situation = await situationOf(ctx);
    const decided = decideApproval(id, { approvedBy: signature.author, evidence: request.evidence }, situation);
    if (isRefusal(decided)) return decided;
    const { fact: before, approvedBy, evidence } = decided;
    const recordedAt = recordedAfter(situation.now, lastRecordedAt(before));
    const approval = { recordedAt, approvedBy, authenticated: signature.authenticated, evidence };
    const fact: AnnouncementFact = { ...before, approval };
    const news = insertEvent('maintenance_import_approved', recordedAt, { announcement: id });
    await writeBound(ctx.store, [approvalRow(id, approval)], recordedAt, [
      news,
      ...(await auditedMaintenance(ctx, 'approve', before, fact)),
    ]);
    return answerOf('Approved', fact, before, situation, ctx.policy.zone);
  });
