/** Ends a pause: the component is asked again, at once. By hand, or by Avow itself when the end that was named has come (`resumeDue`). */
import { pauseComponent as pausing } from '#db/queries/components.ts';
import { pauseNow } from '#db/queries/definitions.ts';
import { refuseResume } from '#domain/check/pausing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import {
  authorIn,
  type ComponentAnswer,
  type ComponentContext,
  changeWatched,
  following,
  toldDeed,
  type Watched,
  watchedComponents,
} from './component-verb.ts';

export interface ResumeRequest {
  readonly slug: string;
  readonly author: string | null;
}

const resumption = async (ctx: ComponentContext, { history, version }: Watched, author: string | null) => {
  const at = following(ctx, version);
  const before = version.pause && { ...version.pause };
  await ctx.store.write([
    pausing(history.id, at, author, null),
    ...(await toldDeed(ctx, at, { verb: 'resume', slug: history.slug, before, after: null })),
  ]);
  return at;
};

export const resumeComponent = async (ctx: ComponentContext, request: ResumeRequest): Promise<ComponentAnswer | Refusal> => {
  const author = authorIn(ctx, request.author);
  if (isRefusal(author)) return author;
  return changeWatched(ctx, request.slug, async (found): Promise<ComponentAnswer | Refusal> => {
    const { slug } = found.history;
    const refused = refuseResume(slug, pauseNow(found.history.versions));
    if (refused) return refused;
    const recordedAt = await resumption(ctx, found, author);
    return {
      slug,
      recordedAt,
      warnings: [],
      says: [`${found.version.name} is watched again from now on. Its first check follows at once.`],
    };
  });
};

/** Resumes whatever is paused until an instant that has come; answers slugs. Does not settle: the caller does. */
export const resumeDue = (ctx: ComponentContext): Promise<string[]> =>
  ctx.exclusive(async () => {
    const now = ctx.clock.now();
    const due = (await watchedComponents(ctx.store)).filter(({ version }) => version.pause?.until != null && version.pause.until <= now);
    for (const one of due) await resumption(ctx, one, null);
    return due.map(({ history }) => history.slug);
  });
