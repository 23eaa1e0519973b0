/**
 * Drafts a release, or a further revision of the notes of one that is there: the domain decides or refuses, then one transaction holds
 * the rows and the event. Nothing of it is public. Source: semantics F5.
 */
import { insertEvent } from '#db/queries/events.ts';
import { insertNotes, insertRelease } from '#db/queries/releases.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { type DraftAsked, decideDraft } from '#domain/release/drafting.ts';
import { type ReleaseAnswer, releaseAnswer } from '#domain/release/release-answer.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { auditedRelease, type ReleaseContext, releaseRowAt, releaseSituation } from './release-verb.ts';
import { signatureOf } from './signature.ts';

export interface DraftRequest extends DraftAsked {
  readonly author: string | null;
}

export const draftRelease = (ctx: ReleaseContext, request: DraftRequest): Promise<ReleaseAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await releaseSituation(ctx);
    const decided = decideDraft(request, situation);
    if (isRefusal(decided)) return decided;
    const { version, made, notes, rev } = decided;
    const before = situation.releases.find((one) => one.version === version) ?? null;
    const at = releaseRowAt(situation.now, before);
    const row = { rev, recordedAt: at, notes, ...signature };
    const bare = { version, recordedAt: at, ...signature, testedAt: null, notes: [], publications: [], plans: [], deployments: [] };
    const fact: ReleaseFact | null = before ?? (made && { ...bare, ...made });
    if (!fact) throw new Error(`The release ${version} is neither new nor known.`);
    const after: ReleaseFact = { ...fact, notes: [...fact.notes, row] };
    await ctx.store.write([
      ...(before ? [] : [insertRelease(fact)]),
      insertNotes(version, row),
      insertEvent('release_drafted', at, { version, rev }),
      ...(await auditedRelease(ctx, 'draft', before, after)),
    ]);
    return releaseAnswer('Drafted', after, situation, at);
  });
