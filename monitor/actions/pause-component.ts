/**
 * Pauses a component, whoever manages it: from now on nothing is asked of it, and its time is unknown. It is an operation and no
 * configuration: a file that is applied meanwhile leaves it paused. One more version says since when, why, by whom and until when.
 */
import { pauseComponent as pausing } from '#db/queries/components.ts';
import { pauseNow } from '#db/queries/definitions.ts';
import { pausedWords, refusePause } from '#domain/check/pausing.ts';
import { readText } from '#domain/maintenance/text-rules.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { authorIn, type ComponentAnswer, type ComponentContext, changeWatched, following, toldDeed } from './component-verb.ts';

export interface PauseRequest {
  readonly slug: string;
  readonly reason: string;
  /** Null: until somebody resumes it. */
  readonly until: Instant | null;
  readonly author: string | null;
}

export const pauseComponent = async (ctx: ComponentContext, request: PauseRequest): Promise<ComponentAnswer | Refusal> => {
  const author = authorIn(ctx, request.author);
  if (isRefusal(author)) return author;
  const reason = readText('reason', request.reason);
  if (isRefusal(reason)) return reason;
  const { zone } = ctx.config.policy;
  return changeWatched(ctx, request.slug, async (found): Promise<ComponentAnswer | Refusal> => {
    const { history, version } = found;
    const { slug } = history;
    const at = following(ctx, version);
    const refused = refusePause(slug, pauseNow(history.versions), request.until, at, zone);
    if (refused) return refused;
    const order = { reason, by: author, until: request.until };
    await ctx.store.write([
      pausing(history.id, at, author, order),
      ...(await toldDeed(ctx, at, { verb: 'pause', slug, before: null, after: order })),
    ]);
    return { slug, recordedAt: at, warnings: [], says: pausedWords(version.name, request.until, zone) };
  });
};
