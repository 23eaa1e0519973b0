/**
 * Walks the audit from its first row to its last, holding each against its hash, then holds audit and chain of the ledger against the
 * anchors that were noted outside the store; answers the first row that is wrong. Changes nothing. Source: reliability P18.
 */
import { NO_ROW, readAuditAfter } from '#db/queries/audit.ts';
import { linkHash, readHead, sha256 } from '#db/queries/chain.ts';
import type { Store } from '#db/store.ts';
import { type AnchorFault, judgeAnchors, type SealedAnchor } from '#domain/access/anchor.ts';
import { type AuditFault, type AuditHead, type BoundAuditRow, followAudit, isAuditFault } from '#domain/access/audit-row.ts';
import type { AnchorBook } from './anchor-book.ts';
import type { Told } from './long-verb.ts';

/** Rows hashed between two turns of the event loop: some ms of work. */
const SLICE = 1_000;
const TOLD_EVERY = 50_000;

export interface AuditReport {
  readonly ok: boolean;
  /** How many rows are in order. */
  readonly rows: number;
  readonly head: AuditHead;
  /** The first row of the audit that is wrong. */
  readonly fault: AuditFault | AnchorFault | null;
  /** What is wrong with the chain of the ledger against the anchors. */
  readonly ledgerFault: AnchorFault | null;
  /** Sentences on the book of anchors itself. */
  readonly bookFaults: readonly string[];
  /** How many anchors it was held against; null: no book is at hand. */
  readonly anchors: number | null;
  /** The last of them. */
  readonly anchoredAt: number | null;
  /** Anchors of keys that are not at hand. */
  readonly otherKeys: number;
}

export interface AuditChecks {
  readonly store: Store;
  /** Null or absent: the rows are held against each other alone. */
  readonly anchors?: AnchorBook | null;
  /** Handed every row that is in order, so that whoever looks for something else need not read them again. */
  readonly seen?: (rows: readonly BoundAuditRow[]) => void;
}

interface Walked {
  readonly head: AuditHead;
  readonly fault: AuditFault | null;
}
/** `wanted`: numbers of rows whose hash is to be kept. */
const walk = async (
  { store, seen = () => undefined }: AuditChecks,
  wanted: ReadonlySet<number>,
  hashes: Map<number, string>,
  told: Told,
): Promise<Walked> => {
  let head = NO_ROW;
  for (;;) {
    const rows = await readAuditAfter(store, head.seq, SLICE);
    const next = followAudit(sha256, head, rows);
    const inOrder = isAuditFault(next) ? rows.filter(({ seq }) => seq < next.seq) : rows;
    for (const { seq, rowHash } of inOrder) if (wanted.has(seq)) hashes.set(seq, rowHash);
    seen(inOrder);
    if (isAuditFault(next)) {
      const last = inOrder.at(-1);
      return { head: last ? { seq: last.seq, hash: last.rowHash, recordedAt: last.recordedAt } : head, fault: next };
    }
    head = next;
    if (head.seq % TOLD_EVERY === 0 && rows.length > 0) told({ message: `Row ${head.seq} of the audit`, done: 0, total: 0 });
    if (rows.length < SLICE) return { head, fault: null };
  }
};

const ledgerAgainst = async (store: Store, anchors: readonly SealedAnchor[]): Promise<AnchorFault | null> => {
  const { seq: last } = await readHead(store);
  const hashes = new Map<number, string | null>();
  for (const { ledger } of anchors) if (ledger.seq <= last) hashes.set(ledger.seq, await linkHash(store, ledger.seq));
  return judgeAnchors('ledger', anchors, (seq) => hashes.get(seq) ?? null, last);
};

export const verifyAudit = async (checks: AuditChecks, told: Told = () => undefined): Promise<AuditReport> => {
  const { store, anchors: book = null } = checks;
  const read = book?.read() ?? { anchors: [], faults: [], otherKeys: 0 };
  const own = read.anchors.filter(({ instance }) => instance === store.info.instanceId);
  const hashes = new Map<number, string>();
  const { head, fault } = await walk(checks, new Set(own.map(({ audit }) => audit.seq)), hashes, told);
  const anchored = fault ? null : judgeAnchors('audit', own, (seq) => hashes.get(seq) ?? null, head.seq);
  const ledgerFault = await ledgerAgainst(store, own);
  return {
    ok: fault === null && anchored === null && ledgerFault === null && read.faults.length === 0,
    rows: head.seq,
    head,
    fault: fault ?? anchored,
    ledgerFault,
    bookFaults: read.faults,
    anchors: book ? own.length : null,
    anchoredAt: own.at(-1)?.at ?? null,
    otherKeys: read.otherKeys,
  };
};
