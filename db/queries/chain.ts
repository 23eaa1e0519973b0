/**
 * The chain in the store: rows and their links go in together, in one transaction, and come out a slice at a time with each row as
 * its own table holds it now. Whoever appends does so inside `store.exclusive`.
 */
import { hash } from 'node:crypto';
import {
  type BoundRow,
  type ChainHead,
  type HeldLink,
  type Link,
  type LinkKind,
  linksAfter,
  NO_LINK,
  type RowValues,
  type Sha256,
  STRICT_KINDS,
  type StrictKind,
} from '#domain/ledger/chain.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { boundRow, CHAIN_FORMS, insertRow } from './chain-forms.ts';
import { heldRow, lateColumns, lateHeld } from './late-forms.ts';

export const sha256: Sha256 = (text) => hash('sha256', text, 'hex');

export const readHead = async (store: Store): Promise<ChainHead> => {
  const { rows } = await store.read({ sql: 'SELECT seq, row_hash FROM ledger_chain ORDER BY seq DESC LIMIT 1' });
  const [last] = rows;
  return last ? { seq: Number(last[0]), hash: String(last[1]) } : NO_LINK;
};

/** The hash of a link; null: there is none of this number. */
export const linkHash = async (store: Store, seq: number): Promise<string | null> => {
  const { rows } = await store.read({ sql: 'SELECT row_hash FROM ledger_chain WHERE seq = ?', args: [seq] });
  return rows[0] ? String(rows[0][0]) : null;
};

const insertLink = ({ seq, at, kind, ref, prevHash, rowHash }: Link): Statement => ({
  sql: 'INSERT INTO ledger_chain (seq, recorded_at_ms, kind, ref, prev_hash, row_hash) VALUES (?, ?, ?, ?, ?, ?)',
  args: [seq, at, kind, ref, prevHash, rowHash],
});

/** The links of `rows`, for the transaction that writes them. */
export const bindRows = async (store: Store, rows: readonly BoundRow[], at: Instant): Promise<Statement[]> =>
  linksAfter(sha256, await readHead(store), rows, at).map(insertLink);

/** One transaction: the rows, the links that bind them, and what goes with them. */
export const writeBound = async (store: Store, rows: readonly BoundRow[], at: Instant, more: readonly Statement[]): Promise<void> => {
  const links = await bindRows(store, rows, at);
  await store.write([...rows.map(insertRow), ...links, ...more]);
};

const pairs = (columns: readonly string[]): string => columns.map((column) => `'${column}', ${column}`).join(', ');
const refSql = (key: readonly string[]): string => key.join(` || '/' || `);
/** Finds by the first key column, which is indexed, and holds the whole ref against it. */
const findSql = (key: readonly [string, ...string[]]): string =>
  key.length === 1 ? `${key[0]} = l.ref` : `${key[0]} = substr(l.ref, 1, instr(l.ref, '/') - 1) AND ${refSql(key)} = l.ref`;
const heldSql = (kind: StrictKind): string => {
  const { table, columns, key } = CHAIN_FORMS[kind];
  return `WHEN '${kind}' THEN (SELECT json_object(${pairs(columns)}) FROM ${table} WHERE ${findSql(key)})`;
};
const HELD = STRICT_KINDS.map(heldSql).join('\n  ');
/** `late`: the branches of the rows that are bound late (late-rows.ts). */
const linksSql = (late: readonly string[]): string =>
  `SELECT l.seq, l.recorded_at_ms, l.kind, l.ref, l.prev_hash, l.row_hash, CASE l.kind ${HELD} ${late.join('\n  ')} END
  FROM ledger_chain AS l WHERE l.seq > ? ORDER BY l.seq LIMIT ?`;

/** Links after number `seq`, at most `most`, each with its row. */
export const readLinks = async (store: Store, seq: number, most: number): Promise<HeldLink[]> => {
  const { rows } = await store.read({ sql: linksSql(lateHeld(await lateColumns(store))), args: [seq, most] });
  return rows.map(([number, at, kind, ref, prevHash, rowHash, row]) => ({
    link: {
      seq: Number(number),
      at: instant(Number(at)),
      kind: kind as LinkKind,
      ref: String(ref),
      prevHash: String(prevHash),
      rowHash: String(rowHash),
    },
    row: row === null || row === undefined ? null : heldRow(kind as LinkKind, JSON.parse(String(row)) as RowValues),
  }));
};

const UNBOUND = STRICT_KINDS.map((kind, order) => {
  const { table, columns, key } = CHAIN_FORMS[kind];
  return `SELECT '${kind}' AS kind, ${order} AS place, recorded_at_ms AS at, ${refSql(key)} AS ref, json_object(${pairs(columns)}) AS row FROM ${table}
    WHERE NOT EXISTS (SELECT 1 FROM ledger_chain WHERE kind = '${kind}' AND ref = ${refSql(key)})`;
}).join('\nUNION ALL ');

/** Rows bound in their own transaction that no link binds, in the order in which they were recorded: of one instant by kind, then by ref (shorter numbers first). */
export const readUnbound = async (store: Store, most: number): Promise<BoundRow[]> => {
  const { rows } = await store.read({
    sql: `SELECT kind, row FROM (${UNBOUND}) ORDER BY at, place, length(ref), ref LIMIT ?`,
    args: [most],
  });
  return rows.map(([kind, row]) => boundRow(kind as StrictKind, JSON.parse(String(row)) as RowValues));
};

/** When this store began to bind what is recorded, ms; set once. */
const BEGUN = 'ledger_chain_begun_at_ms';
export const chainHasBegun = async (store: Store): Promise<boolean> =>
  (await store.read({ sql: 'SELECT 1 FROM meta WHERE key = ?', args: [BEGUN] })).rows.length > 0;
export const beginChain = (at: Instant): Statement => ({
  sql: 'INSERT INTO meta (key, value) VALUES (?, CAST(? AS TEXT))',
  args: [BEGUN, at],
});
