/** The audit in the store: rows go in with the change that they tell of, in its transaction, inside `store.exclusive`. */
import { type AuditRow, type BoundAuditRow, bindAudit } from '#domain/access/audit-row.ts';
import { type ChainHead, NO_LINK } from '#domain/ledger/chain.ts';
import { type Instant, instant, later } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { sha256 } from './chain.ts';

interface AuditHead extends ChainHead {
  readonly recordedAt: Instant;
}

export const readAuditHead = async (store: Store): Promise<AuditHead> => {
  const { rows } = await store.read({ sql: 'SELECT seq, row_hash, recorded_at_ms FROM audit ORDER BY seq DESC LIMIT 1' });
  const [last] = rows;
  return last
    ? { seq: Number(last[0]), hash: String(last[1]), recordedAt: instant(Number(last[2])) }
    : { ...NO_LINK, recordedAt: instant(0) };
};

/** The hash of a row; null: there is none of this number. */
export const auditHash = async (store: Store, seq: number): Promise<string | null> => {
  const { rows } = await store.read({ sql: 'SELECT row_hash FROM audit WHERE seq = ?', args: [seq] });
  return rows[0] ? String(rows[0][0]) : null;
};

const COLUMNS =
  'seq, recorded_at_ms, actor_kind, actor_id, actor_name, from_address, request_id, verb, subject, before_json, after_json, prev_hash, row_hash';

const insertAudit = (row: BoundAuditRow): Statement => ({
  sql: `INSERT INTO audit (${COLUMNS}) VALUES (${COLUMNS.replaceAll(/\w+/g, '?')})`,
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
