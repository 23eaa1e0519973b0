/**
 * Walks the chain of the ledger from its first link to its last, holding each row against the hash that was recorded with it, and
 * answers the first that is wrong. Changes nothing. What it cannot see (a tail taken off, everything hashed anew) the head shows to
 * whoever noted an earlier one. Source: semantics A7, reliability P18.
 */
import { chainHasBegun, readLinks, readUnbound, sha256 } from '#db/queries/chain.ts';
import { readLateRows, readWidened } from '#db/queries/late-rows.ts';
import type { Store } from '#db/store.ts';
import { type BoundRow, type ChainFault, type ChainHead, followLinks, isChainFault, NO_LINK, unboundFault } from '#domain/ledger/chain.ts';

/** Links hashed between two turns of the event loop: about 3 ms of work. */
const SLICE = 200;

export interface ChainReport {
  readonly ok: boolean;
  /** How many links are in order. */
  readonly links: number;
  /** The last link that is in order: note it elsewhere, and a chain cut short or hashed anew will show. */
  readonly head: ChainHead;
  readonly fault: ChainFault | null;
}

export const verifyLedgerChain = async (store: Store): Promise<ChainReport> => {
  let head = NO_LINK;
  for (;;) {
    const held = await readLinks(store, head.seq, SLICE);
    const walked = followLinks(sha256, head, held);
    if (isChainFault(walked)) return { ok: false, links: head.seq, head, fault: walked };
    head = walked;
    if (held.length < SLICE) break;
  }
  const fault = await unbound(store, head.seq);
  return { ok: fault === null, links: head.seq, head, fault };
};

/** Of what is bound late, the first row of which the audit does not tell; what it tells of is bound within the hour. */
const untold = async (store: Store): Promise<BoundRow | null> => {
  const since = await readWidened(store);
  return since === null ? null : ((await readLateRows(store, since)).untold[0] ?? null);
};

/** A store that has not begun its chain yet binds what it holds at the next start. One with links has, whatever its mark says. */
const unbound = async (store: Store, links: number): Promise<ChainFault | null> => {
  const begun = links > 0 || (await chainHasBegun(store));
  const [strict] = begun ? await readUnbound(store, 1) : [];
  const first = strict ?? (await untold(store));
  return first ? unboundFault(first.kind, first.ref) : null;
};
