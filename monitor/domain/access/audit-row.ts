/**
 * A row of the audit, and how it is bound: SHA-256 over the hash before it and the canonical JSON of everything else in the row, so that
 * an edit, a deletion, an insertion or an exchange is found with the first row that is wrong. Rows cut off the end, or everything hashed
 * anew, show only against an anchor kept elsewhere. Source: reliability P18.
 */
import { canonicalJson } from '../canonical-json.ts';
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

export const auditHash = (sha256: Sha256, prevHash: string, row: AuditRow): string => {
  const { seq, recordedAt, actorKind, actorId, actorName, from, requestId, verb, subject, before, after } = row;
  return sha256(
    prevHash + canonicalJson({ seq, recordedAt, actorKind, actorId, actorName, from, requestId, verb, subject, before, after }),
  );
};

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
