/**
 * Makes a configuration the one in force: compares it with the last versions in the store and writes a version for
 * whatever differs, with what the audit says of it, all in one transaction; nothing when nothing differs. Identity is the slug, so a rename keeps its
 * history, and what is no longer named is removed while its ledger stays. What the console manages stays as it is unless the file
 * names it too: then the file adopts it. The file was judged by parse.ts; refused is what only the store knows, whole: new terms for a
 * month whose report is final (semantics D1, D5), and a heartbeat whose token a component of the console has.
 */
import {
  addComponentVersion,
  addLocationVersion,
  componentContent,
  isSameButForPosition,
  lastComponentVersions,
  lastLocationVersions,
  locationContent,
  type NewComponentVersion,
  type NewLocationVersion,
  removeComponent,
  removeLocation,
  type StoredComponent,
} from '#db/queries/components.ts';
import { addContractVersion, readAgreements, removeContract } from '#db/queries/contracts.ts';
import { readFinalMonths } from '#db/queries/reports.ts';
import { addSettings, lastSettings } from '#db/queries/settings.ts';
import type { Statement, Store } from '#db/store.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { ComponentSettings, Config } from '#monitor/config/config.ts';
import type { Acting } from '#monitor/context.ts';
import { type AuditEntry, auditOf } from './audit.ts';
import { type ConfigurationEntries, type ContentChange, configurationEntries } from './audited-configuration.ts';
import { planContracts } from './plan-contracts.ts';
import { compare, type Difference } from './version-difference.ts';

/** Slugs of components by what became of them, ids of contracts that are new, different or removed, and whether locations or settings changed. */
export interface ConfigurationChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  /** Managed by the console before, and by the file from now on; among `changed` or `unchanged` too. */
  readonly adopted: readonly string[];
  readonly contractsChanged: readonly string[];
  readonly locationsChanged: boolean;
  readonly settingsChanged: boolean;
}

interface ApplyContext extends Acting {
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

/** Rows that go into the same transaction, whatever differs, with what the audit says of them. */
interface Besides {
  readonly statements: readonly Statement[];
  readonly entries: readonly AuditEntry[];
}
type Beside = (at: Instant) => Besides;
const NOTHING: Besides = { statements: [], entries: [] };

interface Plan {
  /** When its rows are recorded. */
  readonly at: Instant;
  readonly change: ConfigurationChange;
  readonly statements: readonly Statement[];
  readonly entries: ConfigurationEntries;
}

type Held = { readonly slug: string; readonly removed: boolean; readonly content: string };
/** What each that is new, different or removed said before, and says now. */
const contentChanges = <T extends { readonly slug: string }>(
  { added, changed, removed }: Difference<T, Held>,
  stored: readonly Held[],
  contentOf: (one: T) => string,
): ContentChange[] => {
  const before = new Map(stored.map((one) => [one.slug, one.removed ? null : one.content]));
  return [
    ...[...added, ...changed].map((one) => ({ slug: one.slug, before: before.get(one.slug) ?? null, after: contentOf(one) })),
    ...removed.map(({ slug, content }) => ({ slug, before: content, after: null })),
  ];
};

/** Keys that came later are left out while they say nothing: an upgrade alone is no change of what was applied. */
const sinceLater = ({ defaults, probeAllow, probeSecrets, ops }: Config): object => ({
  // Secrets come by reference only.
  ...(ops.webhook === null && ops.mail === null ? {} : { ops: { webhook: ops.webhook?.written ?? null, mail: ops.mail } }),
  ...(defaults.holdMs === null && defaults.confirmations === 2 ? {} : { defaults }),
  ...(probeAllow.length === 0 ? {} : { probeAllow }),
  ...(probeSecrets.length === 0 ? {} : { probeSecrets }),
});

/** Avow watches itself until it is told what to watch, by a file or in the console. */
const filePart = (config: Pick<Config, 'source' | 'components'>, entered: readonly unknown[]): readonly ComponentSettings[] =>
  config.source === null && entered.length > 0 ? [] : config.components;

/** A token that two heartbeats have would tell a beat of neither. */
const takenToken = (wanted: readonly NewComponentVersion[], entered: readonly StoredComponent[]): Refusal | null => {
  const named = new Set(wanted.map(({ slug }) => slug));
  for (const { check, slug } of wanted) {
    if (check.definition.kind !== 'heartbeat') continue;
    const { tokenSha256 } = check.definition;
    const other = entered.find((one) => !named.has(one.slug) && one.content.includes(tokenSha256));
    if (other)
      return refuse(
        'token_taken',
        `The heartbeat of ${slug} has the token of ${other.slug}, which the console manages. Give each job its own.`,
        { component: slug, other: other.slug },
      );
  }
  return null;
};

const planComponents = (
  wanted: readonly NewComponentVersion[],
  stored: readonly StoredComponent[],
  entered: readonly StoredComponent[],
  anew: ReadonlySet<string>,
) => {
  const { added, removed, ...compared } = compare(wanted, stored, componentContent);
  const isAnew = ({ slug }: NewComponentVersion): boolean => anew.has(slug);
  const changed = [...compared.changed, ...compared.unchanged.filter(isAnew)];
  const unchanged = compared.unchanged.filter((one) => !isAnew(one));
  const before = new Map(entered.map((one) => [one.slug, one]));
  // Where it stands on the page is the file's affair from now on, and no change of what it is.
  const moved = changed.filter((one) => {
    const known = before.get(one.slug);
    return known !== undefined && isSameButForPosition(one, known) && !isAnew(one);
  });
  return {
    added,
    changed: changed.filter((one) => !moved.includes(one)),
    unchanged: [...unchanged, ...moved],
    removed: removed.filter(({ slug }) => !before.has(slug)),
    adopted: wanted.filter(({ slug }) => before.has(slug)),
    /** Adopted as they are. */
    moved: [...moved, ...unchanged.filter(({ slug }) => before.has(slug))],
  };
};

/** What the configuration says besides components, locations and contracts. Of the picture its version is enough: its bytes are in no ledger. */
const settingsText = (config: Config): string => {
  const { page, policy, support, groups, sentinels, evidenceDays } = config;
  const { base64: _, ...logo } = page.brand.logo ?? { base64: '' };
  const shown = { ...page, brand: { ...page.brand, logo: page.brand.logo && logo } };
  return canonicalJson({ page: shown, policy, support, groups, sentinels, evidenceDays, ...sinceLater(config) });
};

/** All that is stored: what the configuration is compared with. */
const readStored = async (store: Store) => ({
  components: await lastComponentVersions(store),
  locations: await lastLocationVersions(store),
  contracts: await readAgreements(store),
  settings: await lastSettings(store),
});
type Stored = Awaited<ReturnType<typeof readStored>>;

/** What differs, or why it is refused. */
const differences = async (store: Store, config: Config, stored: Stored) => {
  const contracts = planContracts(config.contracts, stored.contracts, await readFinalMonths(store));
  if (isRefusal(contracts)) return contracts;
  const entered = stored.components.filter(({ managed, removed }) => managed === 'console' && !removed);
  const wanted = filePart(config, entered).map(versionOf);
  const taken = takenToken(wanted, entered);
  if (taken) return taken;
  const wantedLocations = config.locations.map((one): NewLocationVersion => ({ ...one, removed: false }));
  const settings = settingsText(config);
  return {
    contracts,
    components: planComponents(wanted, stored.components, entered, new Set(config.anew?.components.keys())),
    locations: compare(wantedLocations, stored.locations, locationContent),
    /** Null: they are as they were. */
    settings: stored.settings?.text === settings && (config.anew?.sections.length ?? 0) === 0 ? null : settings,
  };
};
type Differences = Exclude<Awaited<ReturnType<typeof differences>>, Refusal>;

const told = ({ components, locations, contracts, settings }: Differences): ConfigurationChange => {
  const slugs = (list: readonly { readonly slug: string }[]): string[] => list.map((one) => one.slug);
  return {
    added: slugs(components.added),
    changed: slugs(components.changed),
    removed: slugs(components.removed),
    unchanged: slugs(components.unchanged),
    adopted: slugs(components.adopted),
    contractsChanged: [...contracts.written.map(({ id }) => id), ...contracts.removed],
    locationsChanged: locations.added.length + locations.changed.length + locations.removed.length > 0,
    settingsChanged: settings !== null,
  };
};

const written = ({ components, locations, contracts, settings }: Differences, config: Config, at: Instant): Statement[] => [
  ...[...locations.added, ...locations.changed].flatMap((one) => addLocationVersion(one, at)),
  ...locations.removed.map((one) => removeLocation(one.id, at)),
  ...[...components.added, ...components.changed, ...components.moved].flatMap((one) => addComponentVersion(one, at)),
  ...components.removed.map((one) => removeComponent(one.id, at)),
  ...contracts.written.map((agreement) => addContractVersion(agreement, at)),
  ...contracts.removed.map((id) => removeContract(id, at)),
  ...(settings === null ? [] : [addSettings(at, config.sha256, config.source, settings)]),
];

const audited = ({ components, locations, contracts, settings }: Differences, config: Config, stored: Stored): ConfigurationEntries => {
  const agreed = new Map(stored.contracts.map((one) => [one.agreement.id, one.removed ? null : one.agreement]));
  return {
    components: contentChanges(
      { ...components, changed: [...components.changed, ...components.moved] },
      stored.components,
      componentContent,
    ),
    locations: contentChanges(locations, stored.locations, locationContent),
    contracts: [
      ...contracts.written.map((after) => ({ id: after.id, before: agreed.get(after.id) ?? null, after })),
      ...contracts.removed.map((id) => ({ id, before: agreed.get(id) ?? null, after: null })),
    ],
    settings:
      settings === null ? null : { before: stored.settings?.text ?? null, after: settings, source: config.source, sha256: config.sha256 },
  };
};

const plan = async ({ store, clock }: Omit<ApplyContext, 'actor'>, config: Config): Promise<Plan | Refusal> => {
  const stored = await readStored(store);
  const found = await differences(store, config, stored);
  if (isRefusal(found)) return found;
  const { components, locations, contracts, settings } = stored;
  const at = afterAll(clock.now(), [...components, ...locations, ...contracts, ...(settings ? [settings] : [])]);
  return { at, change: told(found), statements: written(found, config, at), entries: audited(found, config, stored) };
};

/** What applying would change, or why it is refused; writes nothing. */
export const planConfiguration = async (context: Omit<ApplyContext, 'actor'>, config: Config): Promise<ConfigurationChange | Refusal> => {
  const planned = await plan(context, config);
  return isRefusal(planned) ? planned : planned.change;
};

/**
 * Writes what differs and answers it; a refusal has written nothing. Rejects with the store's fault when the store can not
 * commit; then nothing was written either.
 */
export const applyConfiguration = (
  context: ApplyContext,
  config: Config,
  beside: Beside = () => NOTHING,
): Promise<ConfigurationChange | Refusal> =>
  context.store.exclusive(async () => {
    const planned = await plan(context, config);
    if (isRefusal(planned)) return planned;
    const more = beside(planned.at);
    const statements = [...planned.statements, ...more.statements];
    if (statements.length > 0)
      await context.store.write([...statements, ...(await auditOf(context, ...more.entries, ...configurationEntries(planned.entries)))]);
    return planned.change;
  });
