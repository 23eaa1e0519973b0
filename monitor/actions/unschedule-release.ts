/** Takes a release out of its window by one more row; refuses when it is in none. Source: semantics F1, F6. */
import { insertEvent } from '#db/queries/events.ts';
import { insertPlan } from '#db/queries/releases.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { decideUnplan } from '#domain/release/planning.ts';
import { type ReleaseAnswer, releaseAnswer } from '#domain/release/release-answer.ts';
import { auditedRelease, type ReleaseContext, releaseRowAt, releaseSituation } from './release-verb.ts';
import { signatureOf } from './signature.ts';

export interface UnscheduleRequest {
  readonly version: string;
  readonly author: string | null;
}

export const unscheduleRelease = (ctx: ReleaseContext, request: UnscheduleRequest): Promise<ReleaseAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await releaseSituation(ctx);
    const decided = decideUnplan(request.version, situation);
    if (isRefusal(decided)) return decided;
    const { fact } = decided;
    const at = releaseRowAt(situation.now, fact);
    const row = { recordedAt: at, announcement: null, plannedAt: null, ...signature };
    const after = { ...fact, plans: [...fact.plans, row] };
    await ctx.store.write([
      insertPlan(fact.version, fact.plans.length + 1, row),
      insertEvent('release_unscheduled', at, { version: fact.version }),
      ...(await auditedRelease(ctx, 'unschedule', fact, after)),
    ]);
    return releaseAnswer('Took out of its window', after, situation, at);
  });
