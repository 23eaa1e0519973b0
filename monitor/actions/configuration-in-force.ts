/**
 * The configuration in force, as the store says it: the last versions of settings, components, locations and contracts together. What a
 * file is compared with, and what is exported; a running Avow and a verb that opens the store itself read the same. Definitions are as
 * written: references to secrets stay references. Of the picture only its version is in the store.
 */
import { readAgreements } from '#db/queries/contracts.ts';
import { type ComponentHistory, type ComponentVersion, lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import { lastSettings } from '#db/queries/settings.ts';
import type { Store } from '#db/store.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { ComponentSettings, OpsMail, OpsWebhook, PageSettings, Sentinel, SupportChannel } from '#monitor/config/config.ts';
import { componentDocument, type Said } from '#monitor/config/document.ts';
import { inShort } from '#monitor/config/document-check.ts';
import { NO_BRAND } from '#monitor/config/page.ts';
import type { KnownValues } from '#monitor/config/write-only.ts';

interface StoredSettings {
  readonly page: Omit<PageSettings, 'brand'> & { readonly brand?: PageSettings['brand'] };
  readonly policy: Policy;
  readonly support: readonly SupportChannel[];
  readonly groups: readonly string[];
  readonly sentinels: readonly Sentinel[];
  readonly evidenceDays: number;
  /** Not there while they say nothing. */
  readonly defaults?: Said['defaults'];
  readonly probeAllow?: readonly string[];
  readonly probeSecrets?: readonly string[];
  readonly ops?: { readonly webhook: OpsWebhook['written'] | null; readonly mail: OpsMail | null };
}

/** The component as a version has it. */
export const settingsOf = (slug: string, version: ComponentVersion): ComponentSettings => {
  const { name, description, group, critical, position, quorum, check, managed } = version;
  const settings = { slug, name, description, group, critical, position, quorum, check };
  return managed === 'console' ? { ...settings, managed } : settings;
};

/** As its last version has it. */
export const settingsOfVersion = ({ slug, versions }: ComponentHistory): ComponentSettings => settingsOf(slug, lastVersion(versions));

/** What `•` in an exported file stands for, and whether whoever asks may have values compared. */
export const knownValues = (said: Said | null, compared: boolean): KnownValues => {
  const known = new Map(said?.components.map((one) => [one.slug, one]));
  return {
    compared,
    webhookUrl: said?.ops.webhook?.written.url ?? null,
    entry: (slug) => {
      const one = known.get(slug);
      return said && one ? componentDocument(one, { defaults: said.defaults, locationCount: said.locations.length }, inShort) : null;
    },
  };
};

export const byPosition = (a: ComponentSettings, b: ComponentSettings): number => a.position - b.position || (a.slug < b.slug ? -1 : 1);

/** Of a section that was not stored when these settings were. */
const NOT_SAID = {
  page: { name: 'Status', url: null, origin: null, description: '' },
  support: [],
  groups: [],
  sentinels: [],
  evidenceDays: 400,
} as const satisfies Partial<StoredSettings>;

const pageOf = ({ brand = NO_BRAND, ...page }: StoredSettings['page']): PageSettings => {
  const { logo } = brand;
  return { ...page, brand: { ...brand, logo: logo && { ...logo, base64: '', file: logo.file ?? '' } } };
};

/** Null: nothing was ever applied. */
export const configurationInForce = async (store: Store): Promise<Said | null> => {
  const [settings, definitions, agreements] = await Promise.all([lastSettings(store), readDefinitions(store), readAgreements(store)]);
  if (!settings) return null;
  const { page, support, groups, sentinels, evidenceDays, defaults, probeAllow, probeSecrets, ops } = {
    ...NOT_SAID,
    ...(JSON.parse(settings.text) as Partial<StoredSettings>),
  };
  return {
    page: pageOf(page),
    policy: settings.policy,
    defaults: defaults ?? { holdMs: null, confirmations: 2 },
    support,
    groups,
    components: definitions.components
      .filter(({ versions }) => !lastVersion(versions).removed)
      .map(settingsOfVersion)
      .sort(byPosition),
    contracts: agreements.filter(({ removed }) => !removed).map(({ agreement }) => agreement),
    locations: definitions.locations.flatMap(({ slug, versions }) => {
      const { name, local, removed } = lastVersion(versions);
      return removed ? [] : [{ slug, name, local }];
    }),
    sentinels,
    probeAllow: probeAllow ?? [],
    probeSecrets: probeSecrets ?? [],
    ops: { webhook: ops?.webhook ? { url: ops.webhook.url, secrets: [], written: ops.webhook } : null, mail: ops?.mail ?? null },
    evidenceDays,
  };
};
