/**
 * What Avow itself writes of incidents, and the rows of the audit that tell of it: one `incident.tell` in the transaction of each, and one
 * `incident.bind` with the digest of those from before. Ids of its updates are the incident's with a dash and a word.
 */
import { canonicalJson } from '#domain/canonical-json.ts';
import type { SqlValue, Store } from '../store.ts';
import { sha256 } from './chain.ts';

export const TELL = 'incident.tell';
export const BIND = 'incident.bind';
/** How many rows are read between two turns of the event loop. */
const SLICE = 1_000;

/** As it is shown; `impacts` and what only people give is empty. */
const SHOWN = `u.id, u.incident_id, u.recorded_at_ms, u.display_at_ms, u.status, u.body, u.author, u.title, u.authenticated,
  (SELECT count(*) FROM incident_update_impacts WHERE update_id = u.id),
  (SELECT title FROM incidents WHERE id = u.incident_id)`;
const BY_AVOW = "instr(u.id, '-') > 0";

export interface ShownUpdate {
  readonly id: string;
  readonly incident: string;
  readonly recordedAt: number;
  readonly displayAt: number;
  readonly status: string;
  readonly body: string;
  /** Whether something is said there that only people say. */
  readonly isOfPeople: boolean;
  readonly incidentTitle: string;
}
const shownOf = (cells: readonly SqlValue[]): ShownUpdate => ({
  id: String(cells[0]),
  incident: String(cells[1]),
  recordedAt: Number(cells[2]),
  displayAt: Number(cells[3]),
  status: String(cells[4]),
  body: String(cells[5]),
  isOfPeople: cells[6] !== null || cells[7] !== null || Number(cells[8]) !== 0 || Number(cells[9]) !== 0,
  incidentTitle: String(cells[10]),
});

/** Of these ids those that have their row already. */
export const knownUpdates = async (store: Store, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await store.read({
    sql: 'SELECT id FROM incident_updates WHERE id IN (SELECT value FROM json_each(?))',
    args: [JSON.stringify(ids)],
  });
  return new Set(rows.map(([id]) => String(id)));
};
/** By id. */
export const incidentTitles = async (store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await store.read({
    sql: 'SELECT id, title FROM incidents WHERE id IN (SELECT value FROM json_each(?))',
    args: [JSON.stringify(ids)],
  });
  return new Map(rows.map(([id, title]) => [String(id), String(title)]));
};

export interface ToldRow {
  readonly seq: number;
  readonly subject: string;
  /** JSON of the row of the audit. */
  readonly told: string;
  /** Null: there is no such update. */
  readonly shown: ShownUpdate | null;
  /** Whether it is shown at the instant of a post of the same incident. */
  readonly besidePost: boolean;
}
/** Rows `incident.tell` behind number `seq`, each with the update that it tells of, as it is now; null: there are no more. */
export const readTold = async (store: Store, seq: number): Promise<ToldRow[] | null> => {
  const { rows } = await store.read({
    sql: `SELECT a.seq, a.subject, a.after_json, EXISTS (SELECT 1 FROM incident_updates AS p WHERE p.incident_id = u.incident_id
        AND instr(p.id, '-') = 0 AND p.display_at_ms = u.display_at_ms), ${SHOWN}
      FROM audit AS a LEFT JOIN incident_updates AS u ON u.id = json_extract(a.after_json, '$.update')
      WHERE a.verb = '${TELL}' AND a.seq > ? ORDER BY a.seq LIMIT ${SLICE}`,
    args: [seq],
  });
  if (rows.length === 0) return null;
  return rows.map(([number, subject, told, beside, ...cells]) => ({
    seq: Number(number),
    subject: String(subject),
    told: String(told),
    shown: cells[0] === null ? null : shownOf(cells),
    besidePost: Number(beside) === 1,
  }));
};

/** Updates by Avow behind `id`, by id; null: there are no more. */
const readShown = async (store: Store, id: string): Promise<ShownUpdate[] | null> => {
  const { rows } = await store.read({
    sql: `SELECT ${SHOWN} FROM incident_updates AS u WHERE ${BY_AVOW} AND u.id > ? ORDER BY u.id LIMIT ${SLICE}`,
    args: [id],
  });
  return rows.length === 0 ? null : rows.map((cells) => shownOf([...cells]));
};

/** Every update by Avow as it is now, the hash of each by its id, in the order of the ids. */
export const readUpdateHashes = async (store: Store): Promise<ReadonlyMap<string, string>> => {
  const hashes = new Map<string, string>();
  for (let last = ''; ; ) {
    const slice = await readShown(store, last);
    if (slice === null) return hashes;
    for (const one of slice) hashes.set(one.id, sha256(canonicalJson({ ...one })));
    last = slice.at(-1)?.id ?? last;
  }
};

export interface Untold {
  readonly rows: number;
  /** Over their hashes in the order of their ids. */
  readonly sha256: string;
}
/** Of those updates the ones that are not among `told`. */
export const untoldOf = (hashes: ReadonlyMap<string, string>, told: ReadonlySet<string>): Untold => {
  const own = [...hashes].filter(([id]) => !told.has(id)).map(([, hash]) => hash);
  return { rows: own.length, sha256: sha256(own.join('')) };
};

/** What was bound from before; null: this store has not begun. */
export const readBoundUntold = async (store: Store): Promise<Untold | null> => {
  const { rows } = await store.read({
    sql: `SELECT json_extract(after_json, '$.rows'), json_extract(after_json, '$.sha256') FROM audit WHERE verb = '${BIND}' ORDER BY seq LIMIT 1`,
  });
  return rows[0] ? { rows: Number(rows[0][0]), sha256: String(rows[0][1]) } : null;
};
