/** Records that a release was tested completely: ready for the first window that starts then or later. Once, and never ahead. Source: semantics E9. */
import { insertEvent } from '#db/queries/events.ts';
import { insertTest } from '#db/queries/releases.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { decideTested } from '#domain/release/deploying.ts';
import { type ReleaseAnswer, releaseAnswer } from '#domain/release/release-answer.ts';
import type { Instant } from '#domain/time/instant.ts';
import { auditedRelease, type ReleaseContext, releaseRowAt, releaseSituation } from './release-verb.ts';
import { signatureOf } from './signature.ts';

export interface TestedRequest {
  readonly version: string;
  /** Null: now. */
  readonly at: Instant | null;
  readonly author: string | null;
}

export const markTested = (ctx: ReleaseContext, request: TestedRequest): Promise<ReleaseAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await releaseSituation(ctx);
    const decided = decideTested(request.version, request.at, situation);
    if (isRefusal(decided)) return decided;
    const { fact, testedAt } = decided;
    const at = releaseRowAt(situation.now, fact);
    await ctx.store.write([
      insertTest(fact.version, testedAt, at, signature),
      insertEvent('release_tested', at, { version: fact.version, tested_at_ms: testedAt }),
      ...(await auditedRelease(ctx, 'test', fact, { ...fact, testedAt })),
    ]);
    return releaseAnswer('Tested', { ...fact, testedAt }, situation, at);
  });
