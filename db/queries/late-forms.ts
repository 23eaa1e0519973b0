/**
 * How rows that are bound late are stored: every column of their table by name, without those that are null (so that a column that is
 * added later, and is null in old rows, changes no hash), and with each the subject and the verbs under which the audit tells of it.
 */
import { LATE_KINDS, type LateKind, type LinkKind, type RowValues } from '#domain/ledger/chain.ts';
import type { Store } from '../store.ts';

export interface LateForm {
  readonly table: string;
  /** SQL over the row `r`: its name among those of its kind, and what the audit calls it. */
  readonly ref: string;
  readonly subject: string;
  /** Finds the row of the link `l` by an index. */
  readonly find: string;
  /** Verbs that write one such row each; null: any. */
  readonly verbs: readonly string[] | null;
  /** Which rows of the table; all: `true`. */
  readonly where: string;
  /** Columns that change, and are in no hash. */
  readonly except: readonly string[];
  /** More of it that stands elsewhere: name → SQL. */
  readonly also: Readonly<Record<string, string>>;
}

const FIRST_PART = "substr(l.ref, 1, instr(l.ref, '/') - 1)";
const form = (given: Pick<LateForm, 'table' | 'ref' | 'subject' | 'find'> & Partial<LateForm>): LateForm => ({
  verbs: null,
  where: 'true',
  except: [],
  also: {},
  ...given,
});
const ofRelease = (table: string, number: string, verbs: readonly string[]): LateForm =>
  form({
    table,
    ref: `r.version || '/' || r.${number}`,
    subject: "'release/' || r.version",
    find: `r.version = ${FIRST_PART} AND r.version || '/' || r.${number} = l.ref`,
    verbs,
  });
const impactsOf = (table: string, key: string): string =>
  `(SELECT group_concat(component_id || ' ' || impact, ', ') FROM (SELECT component_id, impact FROM ${table} WHERE ${key} = r.id ORDER BY component_id))`;

export const LATE_FORMS: Readonly<Record<LateKind, LateForm>> = {
  claim: form({ table: 'claims', ref: 'r.id', subject: "'claim/' || r.id", find: 'r.id = l.ref' }),
  contract_version: form({
    table: 'contract_versions',
    ref: "r.contract_id || '/' || r.recorded_at_ms",
    subject: "'contract/' || r.contract_id",
    find: `r.contract_id = ${FIRST_PART} AND r.contract_id || '/' || r.recorded_at_ms = l.ref`,
  }),
  component_version: form({
    table: 'component_versions',
    ref: "r.component_id || '/' || r.recorded_at_ms",
    subject: "'component/' || (SELECT slug FROM components WHERE id = r.component_id)",
    find: `r.component_id = CAST(${FIRST_PART} AS INTEGER) AND r.component_id || '/' || r.recorded_at_ms = l.ref`,
    // In rows from before there was a console it is `file`, which they were hashed without.
    except: ['managed'],
    also: { slug: '(SELECT slug FROM components WHERE id = r.component_id)', managed: "nullif(r.managed, 'file')" },
  }),
  location_version: form({
    table: 'location_versions',
    ref: "r.location_id || '/' || r.recorded_at_ms",
    subject: "'location/' || (SELECT slug FROM locations WHERE id = r.location_id)",
    find: `r.location_id = CAST(${FIRST_PART} AS INTEGER) AND r.location_id || '/' || r.recorded_at_ms = l.ref`,
    also: { slug: '(SELECT slug FROM locations WHERE id = r.location_id)' },
  }),
  settings_version: form({
    table: 'settings_versions',
    ref: 'CAST(r.recorded_at_ms AS TEXT)',
    subject: "'settings/all'",
    find: 'r.recorded_at_ms = CAST(l.ref AS INTEGER)',
  }),
  release: form({ table: 'releases', ref: 'r.version', subject: "'release/' || r.version", find: 'r.version = l.ref' }),
  release_notes: ofRelease('release_notes', 'rev', ['release.draft']),
  release_publication: ofRelease('release_publications', 'rev', ['release.publish']),
  release_test: form({
    table: 'release_tests',
    ref: 'r.version',
    subject: "'release/' || r.version",
    find: 'r.version = l.ref',
    verbs: ['release.test'],
  }),
  release_plan: ofRelease('release_plans', 'seq', ['release.schedule', 'release.unschedule']),
  release_deployment: ofRelease('release_deployments', 'seq', ['release.deploy', 'release.roll_back']),
  // Those of people: what the checks found follows from the checks.
  incident: form({
    table: 'incidents',
    ref: 'r.id',
    subject: "'incident/' || r.id",
    find: 'r.id = l.ref',
    verbs: ['incident.open'],
    where: 'r.component_id IS NULL',
    except: ['resolved_at_ms'],
    also: { impacts: impactsOf('incident_components', 'incident_id') },
  }),
  incident_update: form({
    table: 'incident_updates',
    ref: 'r.id',
    subject: "'incident/' || r.incident_id",
    find: 'r.id = l.ref',
    verbs: ['incident.open', 'incident.update', 'incident.resolve'],
    where: "instr(r.id, '-') = 0",
    also: { impacts: impactsOf('incident_update_impacts', 'update_id') },
  }),
};

export type LateColumns = ReadonlyMap<LateKind, readonly string[]>;
/** The columns that each kind has in this store. */
export const lateColumns = async (store: Store): Promise<LateColumns> => {
  const selects = LATE_KINDS.map((kind) => `SELECT '${kind}', name FROM pragma_table_info('${LATE_FORMS[kind].table}')`);
  const { rows } = await store.read({ sql: selects.join(' UNION ALL ') });
  const columns = new Map<LateKind, string[]>();
  for (const [kind, name] of rows) {
    const known = columns.get(kind as LateKind) ?? [];
    if (!LATE_FORMS[kind as LateKind].except.includes(String(name))) known.push(String(name));
    columns.set(kind as LateKind, known);
  }
  return columns;
};

/** SQL of the row `r` as JSON. */
export const lateJson = (kind: LateKind, columns: LateColumns): string => {
  const own = (columns.get(kind) ?? []).map((column) => `'${column}', r.${column}`);
  const also = Object.entries(LATE_FORMS[kind].also).map(([name, sql]) => `'${name}', ${sql}`);
  return `json_object(${[...own, ...also].join(', ')})`;
};

export const lateHeld = (columns: LateColumns): string[] =>
  LATE_KINDS.map((kind) => {
    const { table, find, where } = LATE_FORMS[kind];
    return `WHEN '${kind}' THEN (SELECT ${lateJson(kind, columns)} FROM ${table} AS r WHERE ${find} AND ${where})`;
  });

const isLate = (kind: LinkKind): kind is LateKind => (LATE_KINDS as readonly string[]).includes(kind);
/** As it is hashed: of rows that are bound late without what is null. */
export const heldRow = (kind: LinkKind, row: RowValues): RowValues =>
  isLate(kind) ? Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) : row;
