/** The audit in the store: rows go in with the change that they tell of, in its transaction, inside `store.exclusive`. */
import { type AuditHead, type AuditRow, type BoundAuditRow, bindAudit } from '#domain/access/audit-row.ts';
import { NO_LINK } from '#domain/ledger/chain.ts';
import { instant, later } from '#domain/time/instant.ts';
import type { SqlValue, Statement, Store } from '../store.ts';
import { sha256 } from './chain.ts';

/** Before the first row. */
export const NO_ROW: AuditHead = { ...NO_LINK, recordedAt: instant(0) };

export const readAuditHead = async (store: Store): Promise<AuditHead> => {
  const { rows } = await store.read({ sql: 'SELECT seq, row_hash, recorded_at_ms FROM audit ORDER BY seq DESC LIMIT 1' });
  const [last] = rows;
  return last ? { seq: Number(last[0]), hash: String(last[1]), recordedAt: instant(Number(last[2])) } : NO_ROW;
};

/** The hash of a row; null: there is none of this number. */
export const auditHash = async (store: Store, seq: number): Promise<string | null> => {
  const { rows } = await store.read({ sql: 'SELECT row_hash FROM audit WHERE seq = ?', args: [seq] });
  return rows[0] ? String(rows[0][0]) : null;
};

export const AUDIT_COLUMNS =
  'seq, recorded_at_ms, actor_kind, actor_id, actor_name, from_address, request_id, verb, subject, before_json, after_json, prev_hash, row_hash';

const textOrNull = (value: SqlValue | undefined): string | null => (value === null || value === undefined ? null : String(value));
/** Columns in the order of `AUDIT_COLUMNS`. */
export const auditRowOf = (columns: readonly SqlValue[]): BoundAuditRow => ({
  seq: Number(columns[0]),
  recordedAt: instant(Number(columns[1])),
  actorKind: String(columns[2]) as BoundAuditRow['actorKind'],
  actorId: textOrNull(columns[3]),
  actorName: String(columns[4]),
  from: textOrNull(columns[5]),
  requestId: textOrNull(columns[6]),
  verb: String(columns[7]),
  subject: String(columns[8]),
  before: textOrNull(columns[9]),
  after: textOrNull(columns[10]),
  prevHash: String(columns[11]),
  rowHash: String(columns[12]),
});

/** Rows after number `seq`, at most `most`, in their order. */
export const readAuditAfter = async (store: Store, seq: number, most: number): Promise<BoundAuditRow[]> => {
  // As one text: a million rows come three times as fast as value by value.
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json_array(${AUDIT_COLUMNS})) FROM (SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?)`,
    args: [seq, most],
  });
  return (JSON.parse(String(rows[0]?.[0])) as SqlValue[][]).map(auditRowOf);
};

export const insertAudit = (row: BoundAuditRow): Statement => ({
  sql: `INSERT INTO audit (${AUDIT_COLUMNS}) VALUES (${AUDIT_COLUMNS.replaceAll(/\w+/g, '?')})`,
  args: [
    row.seq,
    row.recordedAt,
    row.actorKind,
    row.actorId,
    row.actorName,
    row.from,
    row.requestId,
    row.verb,
    row.subject,
    row.before,
    row.after,
    row.prevHash,
    row.rowHash,
  ],
});

/** The statements that add the rows, for the transaction of the change. A clock that was set back dates none before the last. */
export const appendAudit = async (store: Store, rows: readonly Omit<AuditRow, 'seq'>[]): Promise<Statement[]> => {
  const head = await readAuditHead(store);
  const dated = rows.map((row) => ({ ...row, recordedAt: later(row.recordedAt, head.recordedAt) }));
  return bindAudit(sha256, head, dated).map(insertAudit);
};
