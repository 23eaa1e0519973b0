/** Releases as rows and facts. Rows are only ever added; numbers come from the verb, times from the server's clock. */
import { canonicalJson } from '#domain/canonical-json.ts';
import type { DeploymentFact, NotesFact, PlanFact, PublicationFact, ReleaseFact } from '#domain/release/release-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { AUTHENTICATED_JSON, authenticatedColumn } from './chain-forms.ts';

interface Signed {
  readonly author: string | null;
  readonly authenticated?: boolean;
}
const insert = (table: string, row: Readonly<Record<string, string | number | null>>, signed: Signed): Statement => ({
  sql: `INSERT INTO ${table} (${Object.keys(row).join(', ')}, author, authenticated) VALUES (${'?, '.repeat(Object.keys(row).length)}?, ?)`,
  args: [...Object.values(row), signed.author, authenticatedColumn(signed)],
});

export const insertRelease = ({
  version,
  recordedAt,
  kind,
  title,
  tickets,
  ...signed
}: Pick<ReleaseFact, 'version' | 'recordedAt' | 'kind' | 'title' | 'tickets' | 'author' | 'authenticated'>): Statement =>
  insert('releases', { version, recorded_at_ms: recordedAt, kind, title, tickets_json: canonicalJson(tickets.toSorted()) }, signed);

export const insertNotes = (version: string, { rev, recordedAt, notes, ...signed }: NotesFact): Statement =>
  insert('release_notes', { version, rev, recorded_at_ms: recordedAt, notes_md: notes }, signed);

export const insertPublication = (version: string, { rev, recordedAt, publicAt, ...signed }: PublicationFact): Statement =>
  insert('release_publications', { version, rev, recorded_at_ms: recordedAt, public_at_ms: publicAt }, signed);

export const insertTest = (version: string, testedAt: Instant, recordedAt: Instant, signed: Signed): Statement =>
  insert('release_tests', { version, recorded_at_ms: recordedAt, tested_at_ms: testedAt }, signed);

/** `seq`: its place among the plans of the release, from 1. */
export const insertPlan = (version: string, seq: number, { recordedAt, announcement, plannedAt, ...signed }: PlanFact): Statement =>
  insert('release_plans', { version, seq, recorded_at_ms: recordedAt, announcement_id: announcement, planned_at_ms: plannedAt }, signed);

export const insertDeployment = (version: string, seq: number, fact: DeploymentFact): Statement =>
  insert(
    'release_deployments',
    {
      version,
      seq,
      recorded_at_ms: fact.recordedAt,
      deployed_at_ms: fact.deployedAt,
      kind: fact.kind,
      place: fact.place,
      announcement_id: fact.announcement,
      reason: fact.reason,
      approved_by: fact.approvedBy,
    },
    fact,
  );

/** A list of the rows of one release, in order; `json` keeps it a list inside the object around it. */
const rowsOf = (table: string, order: string, shape: string): string =>
  `json((SELECT json_group_array(json_object(${shape})) FROM (SELECT * FROM ${table} WHERE version = r.version ORDER BY ${order})))`;

const FACTS = (condition: string): string => `SELECT json_group_array(json_object(
    'version', r.version, 'kind', r.kind, 'title', r.title, 'tickets', json(r.tickets_json), 'recordedAt', r.recorded_at_ms, 'author', r.author,
    ${AUTHENTICATED_JSON},
    'notes', ${rowsOf('release_notes', 'rev', `'rev', rev, 'recordedAt', recorded_at_ms, 'notes', notes_md, 'author', author, ${AUTHENTICATED_JSON}`)},
    'publications', ${rowsOf('release_publications', 'rev', `'rev', rev, 'recordedAt', recorded_at_ms, 'publicAt', public_at_ms, 'author', author, ${AUTHENTICATED_JSON}`)},
    'plans', ${rowsOf('release_plans', 'seq', `'recordedAt', recorded_at_ms, 'announcement', announcement_id, 'plannedAt', planned_at_ms, 'author', author, ${AUTHENTICATED_JSON}`)},
    'deployments', ${rowsOf(
      'release_deployments',
      'seq',
      `'recordedAt', recorded_at_ms, 'deployedAt', deployed_at_ms, 'kind', kind, 'place', place, 'announcement', announcement_id,
      'reason', reason, 'approvedBy', approved_by, 'author', author, ${AUTHENTICATED_JSON}`,
    )},
    'testedAt', (SELECT tested_at_ms FROM release_tests WHERE version = r.version)))
  FROM (SELECT * FROM releases WHERE ${condition} ORDER BY recorded_at_ms, version) AS r`;

const read = async (store: Store, condition: string, args: readonly string[]): Promise<ReleaseFact[]> => {
  const { rows } = await store.read({ sql: FACTS(condition), args });
  return JSON.parse(String(rows[0]?.[0] ?? '[]')) as ReleaseFact[];
};

/** All of them, in the order in which they were drafted. Drafts too: what is public is decided by who shows them. */
export const readReleases = (store: Store): Promise<ReleaseFact[]> => read(store, 'true', []);
export const readRelease = async (store: Store, version: string): Promise<ReleaseFact | null> =>
  (await read(store, 'version = ?', [version]))[0] ?? null;

/** How many rows a report may tell of were recorded so far; it only grows. */
export const countReleaseRows = async (store: Store): Promise<number> => {
  const { rows } = await store.read({
    sql: 'SELECT (SELECT count(*) FROM release_deployments) + (SELECT count(*) FROM release_publications)',
  });
  return Number(rows[0]?.[0] ?? 0);
};
