/**
 * Makes the last revision of the notes public, now or from an instant ahead: the domain decides or refuses, then one transaction holds
 * publication, outbox row and event. What the outbox is told carries `public_at`: nobody is to be told before it. Source: semantics F2, F5.
 */
import { insertEvent } from '#db/queries/events.ts';
import { enqueue } from '#db/queries/outbox.ts';
import { insertPublication } from '#db/queries/releases.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { decidePublication } from '#domain/release/drafting.ts';
import { type ReleaseAnswer, releaseAnswer } from '#domain/release/release-answer.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { standingNow } from '#domain/release/release-situation.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { auditedRelease, type ReleaseContext, releaseRowAt, releaseSituation } from './release-verb.ts';
import { signatureOf } from './signature.ts';

export interface PublishRequest {
  readonly version: string;
  /** Null: now. */
  readonly at: Instant | null;
  readonly author: string | null;
}

export const publishNotes = (ctx: ReleaseContext, { version, at, author: given }: PublishRequest): Promise<ReleaseAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, given);
    if (isRefusal(signature)) return signature;
    const situation = await releaseSituation(ctx);
    const decided = decidePublication(version, at, situation);
    if (isRefusal(decided)) return decided;
    const recordedAt = releaseRowAt(situation.now, decided.fact);
    const publicAt = later(decided.publicAt, recordedAt);
    const row = { rev: decided.rev, recordedAt, publicAt, ...signature };
    const fact: ReleaseFact = { ...decided.fact, publications: [...decided.fact.publications, row] };
    const { amended } = standingNow(fact, { ...situation, now: publicAt });
    const payload = {
      version,
      rev: row.rev,
      title: fact.title,
      kind: fact.kind,
      notes: fact.notes.find(({ rev }) => rev === row.rev)?.notes ?? '',
      public_at: isoOf(publicAt),
      amended,
    };
    await ctx.store.write([
      insertPublication(version, row),
      enqueue({ key: `release.published:${version}:${row.rev}`, type: 'release.published', payload }, recordedAt),
      insertEvent('release_published', recordedAt, { version, rev: row.rev, public_at_ms: publicAt }),
      ...(await auditedRelease(ctx, 'publish', decided.fact, fact)),
    ]);
    return releaseAnswer('Published', fact, situation, recordedAt);
  });
