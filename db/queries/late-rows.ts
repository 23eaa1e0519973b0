/**
 * Rows that are bound late and have no link yet, told apart by the audit: those that it tells of are to be bound, and those that it does
 * not tell of nobody of Avow has written.
 */
import { type BoundRow, LATE_KINDS, type LateKind, type RowValues } from '#domain/ledger/chain.ts';
import { type Instant, instant, later } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { heldRow, LATE_FORMS, type LateColumns, lateColumns, lateJson } from './late-forms.ts';

/** When this store began to bind them: the numbers that chain and audit ended with then, `links/rows`; set once. */
const MARK = 'ledger_chain_widened_at';
export interface Widened {
  readonly links: number;
  readonly rows: number;
}
export const markWidened = ({ links, rows }: Widened): Statement => ({
  sql: 'INSERT INTO meta (key, value) VALUES (?, ?)',
  args: [MARK, `${links}/${rows}`],
});
/** Null: not yet. A store with such a link has, whatever its mark says. */
export const readWidened = async (store: Store): Promise<Widened | null> => {
  const mark = await store.read({ sql: 'SELECT value FROM meta WHERE key = ?', args: [MARK] });
  const [links, rows] = String(mark.rows[0]?.[0] ?? '')
    .split('/')
    .map(Number);
  if (links !== undefined && rows !== undefined && mark.rows.length > 0) return { links, rows };
  const names = LATE_KINDS.map((kind) => `'${kind}'`).join(', ');
  const bound = await store.read({ sql: `SELECT 1 FROM ledger_chain WHERE kind IN (${names}) LIMIT 1` });
  return bound.rows.length > 0 ? { links: 0, rows: 0 } : null;
};

interface Unbound extends BoundRow {
  readonly kind: LateKind;
  readonly at: Instant;
  readonly subject: string;
}
const readUnboundOf = async (store: Store, kind: LateKind, columns: LateColumns, most: number): Promise<Unbound[]> => {
  const { table, ref, subject, where } = LATE_FORMS[kind];
  const { rows } = await store.read({
    sql: `SELECT r.recorded_at_ms, ${ref} AS ref, ${subject}, ${lateJson(kind, columns)} FROM ${table} AS r
      WHERE ${where} AND NOT EXISTS (SELECT 1 FROM ledger_chain WHERE kind = '${kind}' AND ref = ${ref}) ORDER BY 1, length(ref), ref LIMIT ?`,
    args: [most],
  });
  return rows.map(([at, name, about, row]) => ({
    kind,
    at: instant(Number(at)),
    ref: String(name),
    subject: String(about),
    row: heldRow(kind, JSON.parse(String(row)) as RowValues),
  }));
};

const counts = async (store: Store, statement: Statement): Promise<ReadonlyMap<string, number>> =>
  new Map((await store.read(statement)).rows.map(([subject, count]) => [String(subject), Number(count)]));

/** For each subject: how many rows of the audit tell of such a row since, without those that have their link already. */
const toldSince = async (
  store: Store,
  kind: LateKind,
  subjects: readonly string[],
  since: Widened,
): Promise<(subject: string) => number> => {
  const { table, subject: about, find, verbs } = LATE_FORMS[kind];
  const named = verbs === null ? '' : `AND a.verb IN (${verbs.map((verb) => `'${verb}'`).join(', ')})`;
  const told = await counts(store, {
    sql: `SELECT a.subject, count(*) FROM json_each(?) AS j JOIN audit AS a ON a.subject = j.value AND a.seq > ? ${named} GROUP BY a.subject`,
    args: [JSON.stringify(subjects), since.rows],
  });
  const bound = await counts(store, {
    sql: `SELECT ${about}, count(*) FROM ledger_chain AS l JOIN ${table} AS r ON ${find} WHERE l.kind = '${kind}' AND l.seq > ? GROUP BY 1`,
    args: [since.links],
  });
  return (subject) => Math.max(0, (told.get(subject) ?? 0) - (bound.get(subject) ?? 0));
};

export interface LateRows {
  /** In the order in which they were recorded. */
  readonly told: readonly BoundRow[];
  readonly untold: readonly BoundRow[];
  /** No link may be dated before its row. */
  readonly latest: Instant;
}

/** `since` null: nothing was bound late before, and all there is is taken as it is. `most`: of each kind, the earliest. */
export const readLateRows = async (store: Store, since: Widened | null, most = Number.MAX_SAFE_INTEGER): Promise<LateRows> => {
  const columns = await lateColumns(store);
  const [told, untold]: [Unbound[], Unbound[]] = [[], []];
  for (const kind of LATE_KINDS) {
    const unbound = await readUnboundOf(store, kind, columns, most);
    if (unbound.length === 0) continue;
    const groups = Map.groupBy(unbound, (row) => row.subject);
    const toldOf = since && (await toldSince(store, kind, [...groups.keys()], since));
    for (const [subject, rows] of groups) {
      const count = toldOf ? toldOf(subject) : rows.length;
      told.push(...rows.slice(0, count));
      untold.push(...rows.slice(count));
    }
  }
  const place = ({ kind }: Unbound): number => LATE_KINDS.indexOf(kind);
  const bare = ({ kind, ref, row }: Unbound): BoundRow => ({ kind, ref, row });
  return {
    told: told.toSorted((a, b) => a.at - b.at || place(a) - place(b)).map(bare),
    untold: untold.map(bare),
    latest: told.reduce<Instant>((latest, { at }) => later(latest, at), instant(0)),
  };
};
