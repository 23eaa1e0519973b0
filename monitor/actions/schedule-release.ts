/**
 * Plans a release into an announced window: the domain decides or refuses, then one transaction holds the plan and the event. Only into
 * what is really excluded, and for an instant inside of it. Source: semantics E9, F1.
 */
import { insertEvent } from '#db/queries/events.ts';
import { insertPlan } from '#db/queries/releases.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { decidePlan, type PlanAsked } from '#domain/release/planning.ts';
import { type ReleaseAnswer, releaseAnswer } from '#domain/release/release-answer.ts';
import { authorOf } from './maintenance-verb.ts';
import { type ReleaseContext, releaseRowAt, releaseSituation } from './release-verb.ts';

export interface ScheduleRequest extends PlanAsked {
  readonly author: string | null;
}

export const scheduleRelease = (ctx: ReleaseContext, request: ScheduleRequest): Promise<ReleaseAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const author = authorOf(request.author);
    if (isRefusal(author)) return author;
    const situation = await releaseSituation(ctx);
    const decided = decidePlan(request, situation);
    if (isRefusal(decided)) return decided;
    const { fact, announcement, plannedAt } = decided;
    const at = releaseRowAt(situation.now, fact);
    const row = { recordedAt: at, announcement, plannedAt, author };
    const detail = { version: fact.version, announcement, planned_at_ms: plannedAt };
    await ctx.store.write([insertPlan(fact.version, fact.plans.length + 1, row), insertEvent('release_scheduled', at, detail)]);
    return releaseAnswer('Scheduled', { ...fact, plans: [...fact.plans, row] }, situation, at);
  });
