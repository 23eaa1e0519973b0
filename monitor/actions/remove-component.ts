/**
 * Removes a component that the console manages: one more version says so. Its history and ledger stay, an open incident that the checks
 * found ends without a claim that it answers. Refuses what the file manages.
 */
import { removeComponent as removal } from '#db/queries/components.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import {
  auditForm,
  authorIn,
  type ComponentAnswer,
  type ComponentContext,
  changeWatched,
  fileRules,
  following,
  toldDeed,
} from './component-verb.ts';
import { settingsOf } from './configuration-in-force.ts';

export interface RemoveRequest {
  readonly slug: string;
  readonly author: string | null;
}

export const removeComponent = async (ctx: ComponentContext, request: RemoveRequest): Promise<ComponentAnswer | Refusal> => {
  const author = authorIn(ctx, request.author);
  if (isRefusal(author)) return author;
  return changeWatched(ctx, request.slug, async (found): Promise<ComponentAnswer | Refusal> => {
    const refused = fileRules(found, ctx);
    if (refused) return refused;
    const { history, version } = found;
    const { slug } = history;
    const at = following(ctx, version);
    const before = auditForm(settingsOf(slug, version), ctx);
    await ctx.store.write([removal(history.id, at, author), ...(await toldDeed(ctx, at, { verb: 'remove', slug, before, after: null }))]);
    return {
      slug,
      recordedAt: at,
      warnings: [],
      says: [`${version.name} (${slug}) is no longer watched and no longer on the page. What was recorded of it stays in the ledger.`],
    };
  });
};
