/**
 * What the verbs of components share: their context, how a component is found, and how one of the console is judged. A verb writes one
 * more version of the component and its audit row in one transaction, then `settle` makes it be in force before the answer.
 */

import { type ComponentHistory, type ComponentVersion, lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import { insertEvent } from '#db/queries/events.ts';
import type { Statement, Store } from '#db/store.ts';
import { isBuiltIn } from '#domain/check/check-definition.ts';
import type { TryOnce } from '#domain/check/tried.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { type Instant, instant, later } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { ComponentSettings, Config } from '#monitor/config/config.ts';
import { type ConsoleRules, readConsoleComponent } from '#monitor/config/console-component.ts';
import { componentDocument } from '#monitor/config/document.ts';
import { type DocumentMapping, inShort } from '#monitor/config/document-check.ts';
import type { FieldFault } from '#monitor/config/form.ts';
import { nearest } from '#monitor/config/nearest.ts';
import type { SecretLookup } from '#monitor/config/secrets.ts';
import { masked } from '#monitor/config/write-only.ts';
import type { Acting } from '#monitor/context.ts';
import type { GuessLimit } from '#monitor/identity/guess-limit.ts';
import { auditOf } from './audit.ts';
import { settingsOf } from './configuration-in-force.ts';
import { signatureOf } from './signature.ts';

export interface ComponentContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
  /** In force, what was entered in the console among it. `source`: the file that rules; null: none does. */
  readonly config: Omit<Config, 'sha256'>;
  /** What `${NAME}` stands for. */
  readonly secret: SecretLookup;
  /** Ports on which Avow itself listens. */
  readonly ownPorts: readonly number[];
  /** Null: nobody probes here. */
  readonly tryOnce: TryOnce | null;
  /** How often one person may test, by their name, whichever door or token they come by; absent: there is no limit. */
  readonly tests?: Pick<GuessLimit, 'take'>;
  /** Whether whoever asks runs this, and so reads who paused or changed what, and why. Absent: they do not. */
  readonly insider?: boolean;
  /** `store.exclusive`; where a recorder runs, it knows what was written there before it judges another result. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** Makes what was written be in force. */
  settle(): Promise<void>;
}

/** What verbs of components answer, plain JSON. */
export interface ComponentAnswer {
  readonly slug: string;
  /** Since when it is as it is now: what the next edit is based on. */
  readonly recordedAt: Instant;
  readonly warnings: readonly { readonly message: string }[];
  readonly says: readonly string[];
}

/** One that is watched. */
export interface Watched {
  readonly history: ComponentHistory;
  readonly version: ComponentVersion;
}

export const watchedComponents = async (store: Store): Promise<Watched[]> =>
  (await readDefinitions(store)).components
    .map((history) => ({ history, version: lastVersion(history.versions) }))
    .filter(({ version }) => !version.removed);

export const findWatched = (slug: string, watched: readonly Watched[]): Watched | Refusal => {
  const found = watched.find(({ history }) => history.slug === slug);
  if (found) return found;
  const known = watched.map(({ history }) => history.slug);
  const near = nearest(slug, known);
  const few = known.length <= 20 ? ` Known: ${known.join(', ')}.` : ` There are ${known.length}; avow component list shows them.`;
  return refuse('no_component', `There is no component ${slug}.${near === null ? few : ` Did you mean ${near}?`}`, {
    component: slug,
    near,
  });
};

/** Why the console may not change it; null: it may. */
export const fileRules = ({ history, version }: Watched, { config }: ComponentContext): Refusal | null => {
  if (version.managed === 'console') return null;
  const { kind } = version.check.definition;
  if (isBuiltIn(kind))
    return refuse(
      'managed_by_file',
      `${history.slug} is how Avow watches itself while nothing else is to be watched. Add a component of your own, and it is gone.`,
      { component: history.slug, source: null },
    );
  const file = config.source ?? 'the configuration';
  return refuse(
    'managed_by_file',
    `${history.slug} is managed by ${file} and cannot be changed here. Change it there, then apply the file (or pause it here, which no file says).`,
    { component: history.slug, source: file },
  );
};

/** Who is said to do it: who signed in, or whoever the owner of the folder names. Null: nobody is named. */
export const authorIn = (ctx: Acting, named: string | null): string | null | Refusal => {
  const signature = signatureOf(ctx, named);
  return isRefusal(signature) ? signature : signature.author;
};

/** Later than the version that it follows, even when the clock was set back meanwhile. */
export const following = ({ clock }: Pick<ComponentContext, 'clock'>, { recordedAt }: Pick<ComponentVersion, 'recordedAt'>): Instant =>
  later(clock.now(), instant(recordedAt + 1));

export const badComponent = (faults: readonly FieldFault[]): Refusal =>
  refuse('bad_component', faults.map(({ path, message }) => `${message}${path === '' ? '' : ` (${path})`}`).join('\n'), { faults });

/** A component of the console as an entry with nothing hidden: what `•` in another one of it stands for. Never to be shown. */
export const storedEntry = ({ history, version }: Watched, { config }: ComponentContext): DocumentMapping | null =>
  version.managed === 'console'
    ? componentDocument(settingsOf(history.slug, version), { defaults: config.defaults, locationCount: config.locations.length }, inShort)
    : null;

/** The entry as a component at `position`, or every fault by its field. The name of somebody else's secret is no business of the asker. */
export const judged = (
  raw: unknown,
  position: number,
  ctx: ComponentContext,
  before: DocumentMapping | null = null,
): ComponentSettings | Refusal => {
  const rules: ConsoleRules = ctx;
  const read = readConsoleComponent(raw, position, rules, before);
  return 'slug' in read ? read : badComponent(read);
};

/** A heartbeat's token belongs to one job. */
export const tokenTaken = ({ slug, check }: ComponentSettings, watched: readonly Watched[]): Refusal | null => {
  const { definition } = check;
  if (definition.kind !== 'heartbeat') return null;
  const other = watched.find(({ history, version }) => {
    const known = version.check.definition;
    return history.slug !== slug && known.kind === 'heartbeat' && known.tokenSha256 === definition.tokenSha256;
  });
  return other
    ? badComponent([
        { path: 'heartbeat.token', message: `"token" must be unique, and ${other.history.slug} has the same; give each job its own` },
      ])
    : null;
};

/** The last word on the target is the gateway's: where its name leads is looked up before anything is stored. */
export const vetted = async (component: ComponentSettings, { tryOnce }: ComponentContext): Promise<Refusal | null> => {
  if (!tryOnce) return null;
  const { slug, check, hidden = [] } = component;
  const { denied } = await tryOnce({ componentId: slug, check, hidden, origin: 'console' }, true).catch(() => ({ denied: null }));
  if (denied === null) return null;
  const { kind } = check.definition;
  const path = kind === 'http' ? 'http.url' : kind === 'dns' ? 'dns.server' : `${kind}.host`;
  return badComponent([{ path, message: denied }]);
};

/** What the audit keeps of a component: its form, secrets hidden. */
export const auditForm = (component: Omit<ComponentSettings, 'position'>, { config }: ComponentContext): DocumentMapping => {
  const form = componentDocument(component, { defaults: config.defaults, locationCount: config.locations.length }, inShort);
  return form === null ? { name: component.name, check: component.check.definition.kind } : masked(form);
};

interface Deed {
  readonly verb: 'add' | 'edit' | 'remove' | 'pause' | 'resume' | 'test';
  readonly slug: string;
  readonly before: object | null;
  readonly after: object | null;
}
/** Event and audit of a verb, in its transaction; to be called inside `store.exclusive`. A test writes no version, so its row tells of none. */
export const toldDeed = async (ctx: ComponentContext, at: Instant, { verb, slug, before, after }: Deed): Promise<Statement[]> => [
  insertEvent(`component_${verb}`, at, { component: slug }),
  ...(await auditOf(ctx, {
    verb: `component.${verb}`,
    subject: `${verb === 'test' ? 'component-test' : 'component'}/${slug}`,
    before,
    after,
  })),
];

/** What was written is in force before it is answered. */
export const settled = async <A extends object>(answer: A | Refusal, ctx: ComponentContext): Promise<A | Refusal> => {
  if (!isRefusal(answer)) await ctx.settle();
  return answer;
};

/** Changes one that is watched; `change` writes, inside `store.exclusive`, or refuses. */
export const changeWatched = async (
  ctx: ComponentContext,
  slug: string,
  change: (found: Watched, watched: readonly Watched[]) => Promise<ComponentAnswer | Refusal>,
): Promise<ComponentAnswer | Refusal> => {
  const answer = await ctx.exclusive(async () => {
    const watched = await watchedComponents(ctx.store);
    const found = findWatched(slug, watched);
    return isRefusal(found) ? found : change(found, watched);
  });
  return settled(answer, ctx);
};
