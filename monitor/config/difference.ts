/**
 * What one configuration says and another does not, in the keys of the file: per component and contract what was added, changed or
 * removed, and the sections in between. Values that may be secrets (write-only.ts) are told as different, not repeated. Pure.
 */
import { canonicalJson } from '#domain/canonical-json.ts';
import type { ComponentSettings, Config } from './config.ts';
import { type ComponentManner, componentDocument, type Said, settingsDocument } from './document.ts';
import { type DocumentMapping, type DocumentValue, inFull } from './document-check.ts';
import { contractDocument, scheduleDocument } from './document-contract.ts';
import { toldText } from './write-only.ts';

/** One key; null: it was not, or is no longer, there. `secret`: what differs is not told. */
export interface FieldChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly secret: boolean;
}
export interface Difference {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly what: 'component' | 'contract' | 'section';
  /** Slug, id, or name of the section. */
  readonly id: string;
  /** A component's or customer's name; empty for a section. */
  readonly name: string;
  /** Of what changed; empty for what is added or removed. */
  readonly fields: readonly FieldChange[];
}

const isMapping = (value: DocumentValue): value is DocumentMapping => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Leaves by their path; lists of plain values are one leaf. */
const leaves = (value: DocumentValue | undefined, path: string, found = new Map<string, DocumentValue>()): Map<string, DocumentValue> => {
  if (value === undefined) return found;
  if (Array.isArray(value) && value.some((entry: DocumentValue) => typeof entry === 'object' && entry !== null))
    for (const [index, entry] of (value as readonly DocumentValue[]).entries()) leaves(entry, `${path}[${index}]`, found);
  else if (isMapping(value)) for (const [key, inner] of Object.entries(value)) leaves(inner, path === '' ? key : `${path}.${key}`, found);
  else if (!Array.isArray(value) || value.length > 0) found.set(path, value);
  return found;
};

const shown = (value: DocumentValue | undefined): string | null => {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
};

/**
 * Keys whose values differ, in the order of the second document, then those that only the first has. `anew`: places that count as
 * different, whatever stands there.
 */
export const fieldChanges = (
  before: DocumentMapping | null,
  after: DocumentMapping | null,
  anew: readonly string[] = [],
): FieldChange[] => {
  const [old, now] = [leaves(before ?? {}, ''), leaves(after ?? {}, '')];
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter(
      (path) =>
        canonicalJson(old.get(path) ?? null) !== canonicalJson(now.get(path) ?? null) ||
        old.has(path) !== now.has(path) ||
        (now.has(path) && anew.includes(path)),
    )
    .map((path) => {
      const [was, is] = [shown(old.get(path)), shown(now.get(path))];
      const [before, after] = [was, is].map((text) => text && toldText(path, text)) as [string | null, string | null];
      return { path, before, after, secret: before !== was || after !== is };
    });
};

interface Named {
  readonly id: string;
  readonly name: string;
  readonly document: DocumentMapping;
}

type Anew = NonNullable<Config['anew']>;
const between = (
  what: Difference['what'],
  before: readonly Named[],
  after: readonly Named[],
  anew: Anew['components'] = new Map(),
): Difference[] => {
  const old = new Map(before.map((one) => [one.id, one]));
  const kept = new Set(after.map(({ id }) => id));
  const written = after.flatMap(({ id, name, document }): Difference[] => {
    const known = old.get(id);
    if (!known) return [{ kind: 'added', what, id, name, fields: [] }];
    const fields = fieldChanges(known.document, document, anew.get(id));
    return fields.length === 0 ? [] : [{ kind: 'changed', what, id, name: known.name, fields }];
  });
  return [
    ...written,
    ...before.filter(({ id }) => !kept.has(id)).map(({ id, name }): Difference => ({ kind: 'removed', what, id, name, fields: [] })),
  ];
};

/** Null of what is built in: only its kind is told. */
const componentsOf = (components: readonly ComponentSettings[], manner: ComponentManner): Named[] =>
  components.map((one) => ({
    id: one.slug,
    name: one.name,
    document: componentDocument(one, manner, inFull) ?? { name: one.name, check: one.check.definition.kind },
  }));

/** With its schedule and customer written out: what they are called decides nothing. */
const contractsOf = ({ contracts, policy }: Said): Named[] =>
  contracts.map((one) => ({
    id: one.id,
    name: one.customerName,
    document: {
      ...contractDocument(one, policy.zone, inFull),
      customer_name: one.customerName,
      credits: one.schedule === null ? 'none' : scheduleDocument(one.schedule, one.currency, inFull),
      amendments: one.amendments.map((amendment, index) => ({
        ...((contractDocument(one, policy.zone, inFull)['amendments'] as readonly DocumentMapping[])[index] ?? {}),
        ...(amendment.schedule && { credits: scheduleDocument(amendment.schedule, one.currency, inFull) }),
      })),
    },
  }));

const sections = (before: Said, after: Config): Difference[] => {
  const [old, now] = [settingsDocument(before), settingsDocument(after)];
  return Object.keys(now).flatMap((section): Difference[] => {
    const fields = fieldChanges({ [section]: old[section] }, { [section]: now[section] }, after.anew?.sections);
    return fields.length === 0 ? [] : [{ kind: 'changed', what: 'section', id: section, name: '', fields }];
  });
};

const order = (before: readonly ComponentSettings[], after: readonly ComponentSettings[]): Difference[] => {
  const mine = before.filter(({ managed }) => managed !== 'console').map(({ slug }) => slug);
  const [old, now] = [new Set(mine), new Set(after.map(({ slug }) => slug))];
  const was = mine.filter((slug) => now.has(slug));
  const is = after.map(({ slug }) => slug).filter((slug) => old.has(slug));
  if (was.join() === is.join()) return [];
  return [
    {
      kind: 'changed',
      what: 'section',
      id: 'components',
      name: '',
      fields: [{ path: 'order of the page', before: was.join(', '), after: is.join(', '), secret: false }],
    },
  ];
};

/** `before` is in force; `after` is what a file says. What the console manages and the file does not name stays, and is no difference. */
export const differences = (before: Said, after: Config): Difference[] => {
  const named = new Set(after.components.map(({ slug }) => slug));
  const mine = before.components.filter(({ slug, managed }) => managed !== 'console' || named.has(slug));
  const mannerOf = ({ defaults, locations }: Said): ComponentManner => ({ defaults, locationCount: locations.length });
  return [
    ...sections(before, after),
    ...between('component', componentsOf(mine, mannerOf(before)), componentsOf(after.components, mannerOf(after)), after.anew?.components),
    ...order(mine, after.components),
    ...between('contract', contractsOf(before), contractsOf(after)),
  ];
};
