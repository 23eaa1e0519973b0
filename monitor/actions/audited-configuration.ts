/**
 * What the audit says of a configuration that was applied: one entry for each component, location and contract that is new, different
 * or removed, and one for the settings. What a check sends along (header values, bodies, the query of a URL) and where ops are told may be a secret that
 * somebody wrote into the file: it stands as "•" (config/write-only.ts), and a change of it is told without the value.
 * Source: reliability section 4 (Audit).
 */
import { componentOfContent, locationOfContent } from '#db/queries/components.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import type { DocumentMapping } from '#monitor/config/document-check.ts';
import { HIDDEN, masked } from '#monitor/config/write-only.ts';
import type { AuditEntry } from './audit.ts';

/** A component or location by its columns as one text (db/queries/components.ts); null: there was none, or it is removed. */
export interface ContentChange {
  readonly slug: string;
  readonly before: string | null;
  readonly after: string | null;
}
export interface ConfigurationEntries {
  readonly components: readonly ContentChange[];
  readonly locations: readonly ContentChange[];
  readonly contracts: readonly { readonly id: string; readonly before: Agreement | null; readonly after: Agreement | null }[];
  /** Null: as before. */
  readonly settings: {
    readonly before: string | null;
    readonly after: string;
    readonly source: string | null;
    readonly sha256: string;
  } | null;
}

const VERB = 'configuration.apply';
type Definition = Readonly<Record<string, unknown>>;
/** What a definition sends along stands under the same keys as in the file. */
export const maskedDefinition = (definition: Definition): Definition => {
  const kind = String(definition['kind']);
  return (masked({ [kind]: definition as DocumentMapping })[kind] as Definition | undefined) ?? definition;
};

const componentEntry = ({ slug, before, after }: ContentChange): AuditEntry => {
  const [was, is] = [before, after].map((content) => (content === null ? null : componentOfContent(content)));
  const shown = [was, is].map((one) => one && { ...one, definition: maskedDefinition(one.definition) });
  const hiddenChange = was && is && canonicalJson(shown[0]) === canonicalJson(shown[1]) ? { changed: HIDDEN } : {};
  return { verb: VERB, subject: `component/${slug}`, before: shown[0] ?? null, after: shown[1] ? { ...shown[1], ...hiddenChange } : null };
};
const locationEntry = ({ slug, before, after }: ContentChange): AuditEntry => ({
  verb: VERB,
  subject: `location/${slug}`,
  before: before === null ? null : locationOfContent(before),
  after: after === null ? null : locationOfContent(after),
});
/** Where ops are told stands under the same keys as in the file. */
const settingsEntry = ({ before, after, source, sha256 }: NonNullable<ConfigurationEntries['settings']>): AuditEntry => {
  const [was, is] = [before, after].map((text) => (text === null ? null : masked(JSON.parse(text) as DocumentMapping)));
  const hiddenChange = was && is && canonicalJson(was) === canonicalJson(is) ? { changed: HIDDEN } : {};
  return { verb: VERB, subject: 'settings/all', before: was ?? null, after: { ...is, file: { source, sha256 }, ...hiddenChange } };
};

export const configurationEntries = ({ components, locations, contracts, settings }: ConfigurationEntries): AuditEntry[] => [
  ...locations.map(locationEntry),
  ...components.map(componentEntry),
  ...contracts.map(({ id, before, after }): AuditEntry => ({ verb: VERB, subject: `contract/${id}`, before, after })),
  ...(settings ? [settingsEntry(settings)] : []),
];
