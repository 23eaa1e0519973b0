/**
 * Makes a configuration the one in force: compares it with the last versions in the store and writes a version for
 * whatever differs, all in one transaction; nothing when nothing differs. Identity is the slug, so a rename keeps its
 * history, and what is no longer named is removed while its ledger stays. Refuses nothing: parse.ts has judged the file.
 */
import {
  addComponentVersion,
  addLocationVersion,
  addSettings,
  componentContent,
  lastComponentVersions,
  lastLocationVersions,
  lastSettings,
  locationContent,
  type NewComponentVersion,
  type NewLocationVersion,
  removeComponent,
  removeLocation,
  type StoredVersion,
} from '#db/queries/components.ts';
import type { Statement, Store } from '#db/store.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { ComponentSettings, Config } from '#monitor/config/config.ts';

/** Slugs of components by what became of them, and whether locations or settings changed. */
export interface ConfigurationChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  readonly locationsChanged: boolean;
  readonly settingsChanged: boolean;
}

interface ApplyContext {
  readonly store: Store;
  readonly clock: Clock;
}

/** The stored form: references to secrets stay references. */
const versionOf = (one: ComponentSettings): NewComponentVersion => ({
  ...one,
  check: { ...one.check, definition: one.written ?? one.check.definition },
  removed: false,
});

/** Later than what is there, even when the clock was set back meanwhile. */
const afterAll = (now: Instant, versions: readonly { readonly recordedAt: Instant }[]): Instant =>
  instant(versions.reduce<number>((latest, { recordedAt }) => Math.max(latest, recordedAt + 1), now));

interface Difference<T> {
  readonly added: T[];
  readonly changed: T[];
  readonly unchanged: T[];
  readonly removed: StoredVersion[];
}

const compare = <T extends { readonly slug: string }>(
  wanted: readonly T[],
  stored: readonly StoredVersion[],
  contentOf: (one: T) => string,
): Difference<T> => {
  const known = new Map(stored.map((version) => [version.slug, version]));
  const named = new Set(wanted.map((one) => one.slug));
  const isNew = (one: T): boolean => known.get(one.slug)?.removed ?? true;
  const same = (one: T): boolean => known.get(one.slug)?.content === contentOf(one);
  return {
    added: wanted.filter(isNew),
    changed: wanted.filter((one) => !isNew(one) && !same(one)),
    unchanged: wanted.filter((one) => !isNew(one) && same(one)),
    removed: stored.filter((version) => !version.removed && !named.has(version.slug)),
  };
};

const plan = async (
  { store, clock }: ApplyContext,
  config: Config,
): Promise<{ readonly change: ConfigurationChange; readonly statements: readonly Statement[] }> => {
  const [storedComponents, storedLocations, settingsBefore] = [
    await lastComponentVersions(store),
    await lastLocationVersions(store),
    await lastSettings(store),
  ];
  const components = compare(config.components.map(versionOf), storedComponents, componentContent);
  const wantedLocations = config.locations.map((one): NewLocationVersion => ({ ...one, removed: false }));
  const locations = compare(wantedLocations, storedLocations, locationContent);
  const { page, policy, support, groups, sentinels, evidenceDays } = config;
  const settings = canonicalJson({ page, policy, support, groups, sentinels, evidenceDays });
  const settingsChanged = settingsBefore?.settings !== settings;
  const at = afterAll(clock.now(), [...storedComponents, ...storedLocations, ...(settingsBefore ? [settingsBefore] : [])]);
  const slugs = (list: readonly { readonly slug: string }[]): string[] => list.map((one) => one.slug);
  return {
    change: {
      added: slugs(components.added),
      changed: slugs(components.changed),
      removed: slugs(components.removed),
      unchanged: slugs(components.unchanged),
      locationsChanged: locations.added.length + locations.changed.length + locations.removed.length > 0,
      settingsChanged,
    },
    statements: [
      ...[...locations.added, ...locations.changed].flatMap((one) => addLocationVersion(one, at)),
      ...locations.removed.map((one) => removeLocation(one.id, at)),
      ...[...components.added, ...components.changed].flatMap((one) => addComponentVersion(one, at)),
      ...components.removed.map((one) => removeComponent(one.id, at)),
      ...(settingsChanged ? [addSettings(at, config.sha256, config.source, settings)] : []),
    ],
  };
};

/** What applying would change; writes nothing. */
export const planConfiguration = async (context: ApplyContext, config: Config): Promise<ConfigurationChange> =>
  (await plan(context, config)).change;

/** Writes what differs and answers it. Rejects with the store's fault when the store can not commit; then nothing was written. */
export const applyConfiguration = (context: ApplyContext, config: Config): Promise<ConfigurationChange> =>
  context.store.exclusive(async () => {
    const { change, statements } = await plan(context, config);
    if (statements.length > 0) await context.store.write(statements);
    return change;
  });
