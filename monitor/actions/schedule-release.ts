/**
 * Plans a release into an announced window: the domain decides or refuses, then one transaction holds the plan and the event. Only into
 * what is really excluded, and for an instant inside of it. Source: semantics E9, F1.
 */
import { insertEvent } from '#db/queries/events.ts';
import { insertPlan } from '#db/queries/releases.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { decidePlan, type PlanAsked } from '#domain/release/planning.ts';
import { type ReleaseAnswer, releaseAnswer } from '#domain/release/release-answer.ts';
import { auditedRelease, type ReleaseContext, releaseRowAt, releaseSituation } from './release-verb.ts';
import { signatureOf } from './signature.ts';

export interface ScheduleRequest extends PlanAsked {
  readonly author: string | null;
}

export const scheduleRelease = (ctx: ReleaseContext, request: ScheduleRequest): Promise<ReleaseAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await releaseSituation(ctx);
    const decided = decidePlan(request, situation);
    if (isRefusal(decided)) return decided;
    const { fact, announcement, plannedAt } = decided;
    const at = releaseRowAt(situation.now, fact);
    const row = { recordedAt: at, announcement, plannedAt, ...signature };
    const detail = { version: fact.version, announcement, planned_at_ms: plannedAt };
    const after = { ...fact, plans: [...fact.plans, row] };
    await ctx.store.write([
      insertPlan(fact.version, fact.plans.length + 1, row),
      insertEvent('release_scheduled', at, detail),
      ...(await auditedRelease(ctx, 'schedule', fact, after)),
    ]);
    return releaseAnswer('Scheduled', after, situation, at);
  });
