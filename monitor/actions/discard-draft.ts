/**
 * Throws a draft away, because it was published or is not wanted. Whoever asks names where they stand: the kinds they may write of and,
 * of a page about one thing, that thing; a draft of anything else is to them one that is not there. Refuses one that is gone, and one
 * that somebody changed since it was seen.
 */
import { deleteDraft, findDraft } from '#db/queries/drafts.ts';
import { changedMeanwhile, type Draft, type DraftKind, noDraft } from '#domain/draft.ts';
import type { Refusal } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import { type DraftContext, draftForm } from './draft-verb.ts';

export interface DiscardDraftRequest {
  readonly id: string;
  readonly kind: DraftKind;
  /** What it is about; null: whatever of that kind. */
  readonly subject: string | null;
  /** The version that was seen; null: whatever it says by now. */
  readonly basedOn: number | null;
}

export const discardDraft = (ctx: DraftContext, { id, kind, subject, basedOn }: DiscardDraftRequest): Promise<Draft | Refusal> =>
  ctx.store.exclusive(async () => {
    const there = await findDraft(ctx.store, id);
    if (!there || there.kind !== kind || (subject !== null && there.subject !== subject)) return noDraft(id);
    if (basedOn !== null && there.version !== basedOn) return changedMeanwhile(there);
    const entry = { verb: 'draft.discard', subject: `draft/${id}`, before: draftForm(there), after: null };
    await ctx.store.write([deleteDraft(id), ...(await auditOf(ctx, entry))]);
    return there;
  });
