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
const readUnboundOf = async (store: Store, kind: LateKind, columns: LateColumns): Promise<Unbound[]> => {
  const { table, ref, subject, where } = LATE_FORMS[kind];
  const { rows } = await store.read({
    sql: `SELECT r.recorded_at_ms, ${ref} AS ref, ${subject}, ${lateJson(kind, columns)} FROM ${table} AS r
      WHERE ${where} AND NOT EXISTS (SELECT 1 FROM ledger_chain WHERE kind = '${kind}' AND ref = ${ref}) ORDER BY 1, length(ref), ref`,
  });
  return rows.map(([at, name, about, row]) => ({
    kind,
    at: instant(Number(at)),
    ref: String(name),
    subject: String(about),
    row: heldRow(kind, JSON.parse(String(row)) as RowValues),
  }));
};

/** Rows about `subject` that were bound since, and rows of the audit that tell of such since. */
const countSince = async (store: Store, kind: LateKind, subject: string, { links, rows }: Widened): Promise<number> => {
  const { table, ref, subject: about, verbs } = LATE_FORMS[kind];
  const named = verbs === null ? '' : `AND verb IN (${verbs.map((verb) => `'${verb}'`).join(', ')})`;
  const told = await store.read({
    sql: `SELECT (SELECT count(*) FROM audit WHERE subject = ?1 AND seq > ?2 ${named}) - (SELECT count(*) FROM ${table} AS r
      JOIN ledger_chain AS l ON l.kind = '${kind}' AND l.ref = ${ref} WHERE ${about} = ?1 AND l.seq > ?3)`,
    args: [subject, rows, links],
  });
  return Number(told.rows[0]?.[0]);
};

export interface LateRows {
  /** In the order in which they were recorded. */
  readonly told: readonly BoundRow[];
  readonly untold: readonly BoundRow[];
  /** No link may be dated before its row. */
  readonly latest: Instant;
}

/** `since` null: nothing was bound late before, and all there is is taken as it is. */
export const readLateRows = async (store: Store, since: Widened | null): Promise<LateRows> => {
  const columns = await lateColumns(store);
  const [told, untold]: [Unbound[], Unbound[]] = [[], []];
  for (const kind of LATE_KINDS) {
    const unbound = await readUnboundOf(store, kind, columns);
    for (const [subject, rows] of Map.groupBy(unbound, (row) => row.subject)) {
      const most = since === null ? rows.length : Math.max(0, await countSince(store, kind, subject, since));
      told.push(...rows.slice(0, most));
      untold.push(...rows.slice(most));
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
