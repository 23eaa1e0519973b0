/**
 * What is watched, as versions (semantics A9): the last version of everything, and the statements that add one. Nothing is
 * edited. Identity is the slug; numbers are given by the store and never leave the process.
 */
import { canonicalJson } from '#domain/canonical-json.ts';
import type { CheckPlan } from '#domain/check/check-definition.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { SqlValue, Statement, Store } from '../store.ts';

/** A component as its next version will say it; `definition` is canonical JSON. */
export interface NewComponentVersion {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly group: string | null;
  readonly critical: boolean;
  readonly position: number;
  readonly quorum: number;
  readonly check: CheckPlan;
  readonly removed: boolean;
  /** Absent: `file`. */
  readonly managed?: ManagedBy;
  /** Who writes it; absent: the file. */
  readonly author?: string | null;
}
export type ManagedBy = 'file' | 'console';
/** Why nothing is asked of a component, who said so, and when that ends by itself. */
export interface PauseOrder {
  readonly reason: string;
  readonly by: string | null;
  readonly until: Instant | null;
}
export interface NewLocationVersion {
  readonly slug: string;
  readonly name: string;
  readonly local: boolean;
  readonly removed: boolean;
}
/** The last version of something with its number, since when it holds, and its columns as one text to compare with. */
export interface StoredVersion {
  readonly id: number;
  readonly slug: string;
  readonly recordedAt: Instant;
  readonly removed: boolean;
  readonly content: string;
}
export interface StoredComponent extends StoredVersion {
  readonly managed: ManagedBy;
}

const COMPONENT_COLUMNS =
  'name, description, group_name, critical, position, quorum, definition_json, interval_ms, timeout_ms, hold_ms, confirmations, degraded_ms, removed';
/** What a version says beside the definition: no difference between two of them is one of configuration. */
const STANDING_COLUMNS = 'managed, author, pause_reason, paused_by, paused_until_ms';
const LOCATION_COLUMNS = 'name, local, removed';

const componentValues = (one: NewComponentVersion): SqlValue[] => [
  one.name,
  one.description,
  one.group,
  Number(one.critical),
  one.position,
  one.quorum,
  canonicalJson(one.check.definition),
  one.check.intervalMs,
  one.check.timeoutMs,
  one.check.holdMs,
  one.check.confirmations,
  one.check.degradedMs,
  Number(one.removed),
];
const locationValues = (one: NewLocationVersion): SqlValue[] => [one.name, Number(one.local), Number(one.removed)];

/** Columns as one text: equal exactly when nothing changed. */
const contentOf = (values: readonly SqlValue[]): string =>
  JSON.stringify(values.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
export const componentContent = (one: NewComponentVersion): string => contentOf(componentValues(one));
const POSITION = COMPONENT_COLUMNS.split(', ').indexOf('position');
/** Whether only where it stands on the page is another. */
export const isSameButForPosition = (one: NewComponentVersion, stored: Pick<StoredVersion, 'content'>): boolean => {
  const known = JSON.parse(stored.content) as unknown[];
  return componentValues(one).every((value, i) => i === POSITION || value === known[i]);
};
export const locationContent = (one: NewLocationVersion): string => contentOf(locationValues(one));

const objectOf = (columns: string, content: string): Record<string, unknown> => {
  const values = JSON.parse(content) as unknown[];
  return Object.fromEntries(columns.split(', ').map((column, i) => [column, values[i]]));
};
/** The columns of a component by name, its check as JSON, without `removed`. */
export const componentOfContent = (content: string): { readonly definition: Readonly<Record<string, unknown>> } => {
  const { removed: _, definition_json: definition, ...columns } = objectOf(COMPONENT_COLUMNS, content);
  return { ...columns, definition: JSON.parse(String(definition)) as Record<string, unknown> };
};
export const locationOfContent = (content: string): object => {
  const { removed: _, ...columns } = objectOf(LOCATION_COLUMNS, content);
  return columns;
};

const storedVersion = ([id, slug, recordedAt, ...values]: readonly SqlValue[]): StoredVersion => ({
  id: Number(id),
  slug: String(slug),
  recordedAt: instant(Number(recordedAt)),
  removed: Number(values.at(-1)) === 1,
  content: contentOf(values),
});
const lastVersions = async (store: Store, sql: string): Promise<StoredVersion[]> =>
  (await store.read({ sql })).rows.map((row) => storedVersion(row));

/** The last version of every component, removed ones too. */
export const lastComponentVersions = async (store: Store): Promise<StoredComponent[]> => {
  const { rows } = await store.read({
    sql: `SELECT v.managed, c.id, c.slug, v.recorded_at_ms, ${COMPONENT_COLUMNS} FROM components c JOIN component_versions v ON v.component_id = c.id
     WHERE v.recorded_at_ms = (SELECT max(recorded_at_ms) FROM component_versions WHERE component_id = c.id) ORDER BY c.id`,
  });
  return rows.map(([managed, ...version]) => ({ ...storedVersion(version), managed: managed === 'console' ? 'console' : 'file' }));
};

/** The last version of every location, removed ones too. */
export const lastLocationVersions = (store: Store): Promise<StoredVersion[]> =>
  lastVersions(
    store,
    `SELECT l.id, l.slug, v.recorded_at_ms, ${LOCATION_COLUMNS} FROM locations l JOIN location_versions v ON v.location_id = l.id
     WHERE v.recorded_at_ms = (SELECT max(recorded_at_ms) FROM location_versions WHERE location_id = l.id)`,
  );

const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** The last version of a component that is watched: what a pause that lasts is carried on from. Removed: nothing is carried on. */
const BEFORE = '(SELECT * FROM component_versions WHERE component_id = c.id ORDER BY recorded_at_ms DESC LIMIT 1) AS v';
const carriedOn = (column: string): string => `(SELECT ${column} FROM ${BEFORE} WHERE v.removed = 0)`;

/** A component of its own number (given now if it is new) and one more version of it, in force from `at`. What is paused stays so. */
export const addComponentVersion = (one: NewComponentVersion, at: Instant): Statement[] => {
  const values = componentValues(one);
  return [
    { sql: 'INSERT INTO components (slug, created_at_ms) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING', args: [one.slug, at] },
    {
      sql: `INSERT INTO component_versions (component_id, recorded_at_ms, ${COMPONENT_COLUMNS}, ${STANDING_COLUMNS})
        SELECT id, ?, ${placeholders(values.length)}, ?, ?, ${['pause_reason', 'paused_by', 'paused_until_ms'].map(carriedOn).join(', ')} FROM components c WHERE slug = ?`,
      args: [at, ...values, one.managed ?? 'file', one.author ?? null, one.slug],
    },
  ];
};

/** Likewise for a location. */
export const addLocationVersion = (one: NewLocationVersion, at: Instant): Statement[] => {
  const values = locationValues(one);
  return [
    { sql: 'INSERT INTO locations (slug, created_at_ms) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING', args: [one.slug, at] },
    {
      sql: `INSERT INTO location_versions (location_id, recorded_at_ms, ${LOCATION_COLUMNS}) SELECT id, ?, ${placeholders(values.length)} FROM locations WHERE slug = ?`,
      args: [at, ...values, one.slug],
    },
  ];
};

/** The last version of a component said once more, with other standing. */
const saidAgain = (id: number, at: Instant, removed: string, standing: string, args: readonly SqlValue[]): Statement => ({
  sql: `INSERT INTO component_versions (component_id, recorded_at_ms, ${COMPONENT_COLUMNS}, ${STANDING_COLUMNS})
        SELECT component_id, ?, ${COMPONENT_COLUMNS.replace(/removed$/, removed)}, ${standing} FROM component_versions WHERE component_id = ? ORDER BY recorded_at_ms DESC LIMIT 1`,
  args: [at, ...args, id],
});

/** As removed: its ledger stays, and a pause ends with it. */
export const removeComponent = (id: number, at: Instant, author: string | null = null): Statement =>
  saidAgain(id, at, '1', 'managed, ?, NULL, NULL, NULL', [author]);
/** From `at` on nothing is asked of it; null: it is asked again. */
export const pauseComponent = (id: number, at: Instant, author: string | null, order: PauseOrder | null): Statement =>
  saidAgain(id, at, 'removed', 'managed, ?, ?, ?, ?', [author, order?.reason ?? null, order?.by ?? null, order?.until ?? null]);

/** The last version of a location said once more, as removed: its ledger stays. */
export const removeLocation = (id: number, at: Instant): Statement => ({
  sql: `INSERT INTO location_versions (location_id, recorded_at_ms, ${LOCATION_COLUMNS})
        SELECT location_id, ?, ${LOCATION_COLUMNS.replace(/removed$/, '1')} FROM location_versions WHERE location_id = ? ORDER BY recorded_at_ms DESC LIMIT 1`,
  args: [at, id],
});
