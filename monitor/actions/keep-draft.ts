/**
 * Keeps what a form holds, to be gone on with later by anybody who may write of its kind: a first version, or the next on top of the one
 * that was seen. Nothing of it is public, and nothing is told to anybody. Refuses what somebody changed meanwhile (`draft_changed`), what
 * is too long, and too many. Source: reliability section 4 (two people editing).
 */
import { countDrafts, findDraftOf, insertDraft, updateDraft } from '#db/queries/drafts.ts';
import { type Draft, type DraftKind, judgeKeeping } from '#domain/draft.ts';
import type { Refusal } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import { type DraftContext, draftForm } from './draft-verb.ts';
import { idFrom } from './new-id.ts';

export interface KeepDraftRequest {
  readonly kind: DraftKind;
  /** What it is about; null: something new, which has no name yet. */
  readonly subject: string | null;
  /** Plain JSON. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The version that was seen; null: there was none. */
  readonly basedOn: number | null;
}

export const keepDraft = (ctx: DraftContext, { kind, subject, document, basedOn }: KeepDraftRequest): Promise<Draft | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock, actor } = ctx;
    const there = subject === null ? null : await findDraftOf(store, kind, subject);
    const refused = judgeKeeping(there, { kind, document }, basedOn, await countDrafts(store, kind));
    if (refused) return refused;
    const id = there?.id ?? idFrom(ctx);
    const version = (there?.version ?? 0) + 1;
    const draft: Draft = { id, kind, subject: subject ?? id, document, author: actor.name, recordedAt: clock.now(), version };
    const entry = { verb: 'draft.keep', subject: `draft/${id}`, before: there && draftForm(there), after: draftForm(draft) };
    await store.write([there ? updateDraft(draft) : insertDraft(draft), ...(await auditOf(ctx, entry))]);
    return draft;
  });
