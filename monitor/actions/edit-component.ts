/**
 * Changes a component that the console manages: one more version, in force at once; what was measured before stays as it was judged
 * (semantics A9). `basedOn` names the version that the person saw: when somebody was quicker, the refusal carries what the other
 * changed and what this one would, so that the second person sees the difference and chooses. Refuses what the file manages.
 */
import { addComponentVersion } from '#db/queries/components.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { ComponentSettings } from '#monitor/config/config.ts';
import { groupAdvice } from '#monitor/config/console-component.ts';
import { type FieldChange, fieldChanges } from '#monitor/config/difference.ts';
import { type ComponentManner, componentDocument } from '#monitor/config/document.ts';
import { type DocumentMapping, inFull, inShort } from '#monitor/config/document-check.ts';
import { masked, writtenAnew } from '#monitor/config/write-only.ts';
import { readsTheStore } from '#monitor/context.ts';
import {
  auditForm,
  authorIn,
  badComponent,
  type ComponentAnswer,
  type ComponentContext,
  changeWatched,
  fileRules,
  findWatched,
  following,
  judged,
  storedEntry,
  tokenTaken,
  toldDeed,
  vetted,
  type Watched,
  watchedComponents,
} from './component-verb.ts';
import { settingsOf } from './configuration-in-force.ts';
import { changeWords } from './difference-words.ts';

export interface EditRequest {
  readonly slug: string;
  /** `recordedAt` of the version that was edited. */
  readonly basedOn: Instant;
  readonly component: unknown;
  readonly author: string | null;
}

const maskedOrNone = (form: DocumentMapping | null): DocumentMapping | null => form && masked(form);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The slug is who it is: it stays, whatever becomes of the name. */
const withSlug = (raw: unknown, slug: string): unknown | Refusal => {
  if (!isObject(raw)) return raw;
  if (raw['slug'] !== undefined && raw['slug'] !== slug)
    return badComponent([
      { path: 'slug', message: `"slug" is ${slug} for good, for history hangs on it; add a new component for another one` },
    ]);
  return { ...raw, slug };
};

/** `anew`: places that count as different (config/write-only.ts). */
const changesFrom = (
  before: ComponentSettings,
  after: ComponentSettings,
  manner: ComponentManner,
  anew: readonly string[] = [],
): FieldChange[] => fieldChanges(componentDocument(before, manner, inFull), componentDocument(after, manner, inFull), anew);
/** As far as everybody may know it: of what is not shown again nobody is told whether it is the same. */
const shownChanges = (before: ComponentSettings, after: ComponentSettings, manner: ComponentManner): FieldChange[] =>
  fieldChanges(maskedOrNone(componentDocument(before, manner, inFull)), maskedOrNone(componentDocument(after, manner, inFull)));

/** Whether somebody wrote it anew since what was edited, with whatever values. A pause in between is none of that. */
const isOvertaken = ({ history: { versions } }: Watched, { basedOn }: EditRequest): boolean => {
  const seen = versions.findIndex(({ recordedAt }) => recordedAt === basedOn);
  const isPause = (i: number): boolean => canonicalJson(versions[i]?.pause ?? null) !== canonicalJson(versions[i - 1]?.pause ?? null);
  return seen < 0 || versions.slice(seen + 1).some((_, i) => !isPause(seen + 1 + i));
};

/** Somebody was quicker: both differences, and the form as it is now. */
const overtaken = (
  { history, version }: Watched,
  { basedOn }: EditRequest,
  mine: ComponentSettings,
  manner: ComponentManner,
  anew: readonly string[],
): Refusal => {
  const seen = history.versions.find(({ recordedAt }) => recordedAt === basedOn);
  const now = settingsOf(history.slug, version);
  const who = version.author ?? 'somebody';
  return refuse(
    'newer_version',
    `${history.slug} was changed meanwhile by ${who}. Nothing was stored; look at both changes and send yours again, based on the newer one.`,
    {
      component: history.slug,
      basedOn,
      recordedAt: version.recordedAt,
      by: version.author,
      theirs: seen ? shownChanges(settingsOf(history.slug, seen), now, manner) : [],
      yours: changesFrom(now, mine, manner, anew),
      current: maskedOrNone(componentDocument(now, manner, inShort)),
    },
  );
};

export const editComponent = async (ctx: ComponentContext, request: EditRequest): Promise<ComponentAnswer | Refusal> => {
  const author = authorIn(ctx, request.author);
  if (isRefusal(author)) return author;
  const known = findWatched(request.slug, await watchedComponents(ctx.store));
  const ruled = isRefusal(known) ? known : fileRules(known, ctx);
  if (isRefusal(known) || ruled) return ruled ?? (known as Refusal);
  const raw = withSlug(request.component, request.slug);
  if (isRefusal(raw)) return raw;
  const component = judged(raw, known.version.position, ctx, storedEntry(known, ctx));
  if (isRefusal(component)) return component;
  const denied = await vetted(component, ctx);
  if (denied) return denied;
  const manner = { defaults: ctx.config.defaults, locationCount: ctx.config.locations.length };
  const written = writtenAnew(raw);
  const told = written.length > 0 ? { written_anew: written } : {};
  const anew = readsTheStore(ctx.actor) ? [] : written;
  return changeWatched(ctx, request.slug, async (found, watched): Promise<ComponentAnswer | Refusal> => {
    const refused = fileRules(found, ctx) ?? tokenTaken(component, watched);
    if (refused) return refused;
    const before = settingsOf(request.slug, found.version);
    if (isOvertaken(found, request)) return overtaken(found, request, component, manner, anew);
    const changes = changesFrom(before, component, manner, anew);
    const { slug } = component;
    if (changes.length === 0)
      return { slug, recordedAt: found.version.recordedAt, warnings: [], says: [`${slug} is as it was: nothing differs.`] };
    const at = following(ctx, found.version);
    const stored = { ...component, check: { ...component.check, definition: component.written ?? component.check.definition } };
    await ctx.store.write([
      ...addComponentVersion({ ...stored, position: found.version.position, removed: false, managed: 'console', author }, at),
      ...(await toldDeed(ctx, at, {
        verb: 'edit',
        slug,
        before: auditForm(before, ctx),
        after: { ...auditForm(component, ctx), ...told },
      })),
    ]);
    const advice = groupAdvice(component, ctx);
    return {
      slug,
      recordedAt: at,
      warnings: advice === null ? [] : [{ message: advice }],
      says: [
        `${slug} is changed and watched so from now on; what was measured before stays as it was judged.`,
        ...changes.map((change) => `  ${changeWords(change)}`),
        ...(advice === null ? [] : [advice]),
      ],
    };
  });
};
