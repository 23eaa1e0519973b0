/**
 * A row of the audit, and how it is bound: SHA-256 over the hash before it and the canonical JSON of everything else in the row, so that
 * an edit, a deletion, an insertion or an exchange is found with the first row that is wrong. Rows cut off the end, or everything hashed
 * anew, show only against an anchor kept elsewhere. Source: reliability P18.
 */
import type { ChainHead, Sha256 } from '../ledger/chain.ts';
import type { Instant } from '../time/instant.ts';

export interface AuditRow {
  /** 1, 2, 3 … */
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly actorKind: 'system' | 'file' | 'socket' | 'person' | 'token';
  readonly actorId: string | null;
  readonly actorName: string;
  readonly from: string | null;
  readonly requestId: string | null;
  readonly verb: string;
  readonly subject: string;
  /** Canonical JSON; null: there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
}
export interface BoundAuditRow extends AuditRow {
  readonly prevHash: string;
  readonly rowHash: string;
}

const json = (value: string | number | null): string => JSON.stringify(value);
/** The canonical JSON (RFC 8785) of everything in a row but its hashes; written out, since an audit may have a million rows. */
export const auditText = (row: AuditRow): string =>
  `{"actorId":${json(row.actorId)},"actorKind":${json(row.actorKind)},"actorName":${json(row.actorName)},"after":${json(row.after)},` +
  `"before":${json(row.before)},"from":${json(row.from)},"recordedAt":${json(row.recordedAt)},"requestId":${json(row.requestId)},` +
  `"seq":${json(row.seq)},"subject":${json(row.subject)},"verb":${json(row.verb)}}`;

export const auditHash = (sha256: Sha256, prevHash: string, row: AuditRow): string => sha256(prevHash + auditText(row));

/** The rows with their numbers and hashes, after `head`. */
export const bindAudit = (sha256: Sha256, head: ChainHead, rows: readonly Omit<AuditRow, 'seq'>[]): BoundAuditRow[] => {
  const bound: BoundAuditRow[] = [];
  let { seq, hash } = head;
  for (const one of rows) {
    const row = { ...one, seq: ++seq };
    const rowHash = auditHash(sha256, hash, row);
    bound.push({ ...row, prevHash: hash, rowHash });
    hash = rowHash;
  }
  return bound;
};

/** The last row that is in order. */
export interface AuditHead extends ChainHead {
  readonly recordedAt: Instant;
}
export type AuditFaultCode = 'row_missing' | 'row_out_of_order' | 'row_edited' | 'time_went_back' | 'cut_short' | 'hashed_anew';
export interface AuditFault {
  readonly code: AuditFaultCode;
  /** The first row that is wrong. */
  readonly seq: number;
  readonly message: string;
}
export const isAuditFault = (value: AuditHead | AuditFault): value is AuditFault => 'code' in value;

const faultOf = (sha256: Sha256, head: AuditHead, row: BoundAuditRow): AuditFault | null => {
  const { seq } = row;
  const next = head.seq + 1;
  if (seq !== next)
    return { code: 'row_missing', seq: next, message: `Row ${next} of the audit is missing; the next one is ${seq}. It was deleted.` };
  if (row.prevHash !== head.hash)
    return {
      code: 'row_out_of_order',
      seq,
      message: `Row ${seq} of the audit does not follow the one before it. Rows were edited, put in or exchanged.`,
    };
  if (auditHash(sha256, head.hash, row) !== row.rowHash)
    return { code: 'row_edited', seq, message: `Row ${seq} of the audit is not what was recorded. It was edited.` };
  if (row.recordedAt < head.recordedAt)
    return { code: 'time_went_back', seq, message: `Row ${seq} of the audit is dated before the one before it. Avow writes no such row.` };
  return null;
};

/** Follows rows in the order of their numbers, from `head` on: the last of them, or the first that is wrong. */
export const followAudit = (sha256: Sha256, head: AuditHead, rows: readonly BoundAuditRow[]): AuditHead | AuditFault => {
  let last = head;
  for (const row of rows) {
    const fault = faultOf(sha256, last, row);
    if (fault) return fault;
    last = { seq: row.seq, hash: row.rowHash, recordedAt: row.recordedAt };
  }
  return last;
};
