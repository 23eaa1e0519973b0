/** Throws a draft away, because it was published or is not wanted. Refuses one that is gone, and one that somebody changed since it was seen. */
import { deleteDraft, findDraft } from '#db/queries/drafts.ts';
import { changedMeanwhile, type Draft, noDraft } from '#domain/draft.ts';
import type { Refusal } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import { type DraftContext, draftForm } from './draft-verb.ts';

/** `basedOn`: the version that was seen; null: whatever it says by now. */
export const discardDraft = (ctx: DraftContext, id: string, basedOn: number | null): Promise<Draft | Refusal> =>
  ctx.store.exclusive(async () => {
    const there = await findDraft(ctx.store, id);
    if (!there) return noDraft(id);
    if (basedOn !== null && there.version !== basedOn) return changedMeanwhile(there);
    const entry = { verb: 'draft.discard', subject: `draft/${id}`, before: draftForm(there), after: null };
    await ctx.store.write([deleteDraft(id), ...(await auditOf(ctx, entry))]);
    return there;
  });
