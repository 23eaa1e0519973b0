/**
 * Adds a component that the console manages: the entry is judged as one of the file would be, its target by the rules of the console
 * (reliability P9) here and again at each probe. One transaction holds its first version, event and audit. Refuses a slug that is
 * taken, naming who has it, and whatever the parser says, by field. A slug that was removed before goes on with its history.
 */
import { addComponentVersion } from '#db/queries/components.ts';
import { lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { instant, later } from '#domain/time/instant.ts';
import { FIRST_CONSOLE_POSITION, groupAdvice } from '#monitor/config/console-component.ts';
import { MAX_COMPONENTS } from '#monitor/config/parse.ts';
import {
  auditForm,
  authorIn,
  badComponent,
  type ComponentAnswer,
  type ComponentContext,
  judged,
  settled,
  tokenTaken,
  toldDeed,
  vetted,
  watchedComponents,
} from './component-verb.ts';

export interface AddRequest {
  /** As an entry of `components` in the file. */
  readonly component: unknown;
  readonly author: string | null;
}

const taken = (slug: string, managed: 'file' | 'console', ctx: ComponentContext): Refusal => {
  const who = managed === 'console' ? 'managed in the console' : `managed by ${ctx.config.source ?? 'Avow itself'}`;
  return refuse('slug_taken', `There is a component ${slug} already, ${who}. Give this one another slug, or edit that one.`, {
    component: slug,
    managed,
    faults: [{ path: 'slug', message: `"slug" is taken: there is a component ${slug} already, ${who}` }],
  });
};

export const addComponent = async (ctx: ComponentContext, request: AddRequest): Promise<ComponentAnswer | Refusal> => {
  const author = authorIn(ctx, request.author);
  if (isRefusal(author)) return author;
  const sketch = judged(request.component, FIRST_CONSOLE_POSITION, ctx);
  if (isRefusal(sketch)) return sketch;
  const denied = await vetted(sketch, ctx);
  if (denied) return denied;
  const answer = await ctx.exclusive(async (): Promise<ComponentAnswer | Refusal> => {
    const watched = await watchedComponents(ctx.store);
    const known = watched.find(({ history }) => history.slug === sketch.slug);
    if (known) return taken(sketch.slug, known.version.managed, ctx);
    const twice = tokenTaken(sketch, watched);
    if (twice) return twice;
    if (watched.length >= MAX_COMPONENTS)
      return badComponent([{ path: '', message: `the page has ${MAX_COMPONENTS} components, which is the most; remove one first` }]);
    const last = Math.max(FIRST_CONSOLE_POSITION - 1, ...watched.map(({ version }) => version.position));
    const component = { ...sketch, position: last + 1 };
    const earlier = (await readDefinitions(ctx.store)).components.find(({ slug }) => slug === component.slug);
    const at = later(ctx.clock.now(), instant((earlier ? lastVersion(earlier.versions).recordedAt : -1) + 1));
    const written = { ...component, check: { ...component.check, definition: component.written ?? component.check.definition } };
    await ctx.store.write([
      ...addComponentVersion({ ...written, removed: false, managed: 'console', author }, at),
      ...(await toldDeed(ctx, at, { verb: 'add', slug: component.slug, before: null, after: auditForm(component, ctx) })),
    ]);
    const advice = groupAdvice(component, ctx);
    const alone = watched.every(({ version }) => version.check.definition.kind === 'self' || version.check.definition.kind === 'store');
    return {
      slug: component.slug,
      recordedAt: at,
      warnings: advice === null ? [] : [{ message: advice }],
      says: [
        `${component.name} is watched from now on, as ${component.slug}. Its first check follows at once.`,
        ...(alone && watched.length > 0 ? ['Avow no longer watches itself: what it recorded of itself stays in its ledger.'] : []),
        ...(advice === null ? [] : [advice]),
      ],
    };
  });
  return settled(answer, ctx);
};
