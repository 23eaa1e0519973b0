/**
 * An anchor: where the audit and the chain of the ledger ended at an instant, noted outside the store and sealed with a key that the
 * store does not hold. Rows cut off the end, or hashed anew from some row on, show against it. Each anchor carries the seal of the one
 * before it, so that one taken out of the middle shows too. Pure; the seal itself is made and judged by actions/anchor-book.ts.
 * Source: reliability P18.
 */
import { canonicalJson } from '../canonical-json.ts';
import type { ChainHead } from '../ledger/chain.ts';
import { utcWords } from '../maintenance/words.ts';
import type { Instant } from '../time/instant.ts';

export interface Anchor {
  /** Of the store. */
  readonly instance: string;
  readonly at: Instant;
  readonly audit: ChainHead;
  readonly ledger: ChainHead;
  /** Which key seals it. */
  readonly key: string;
  /** Seal of the anchor before it; null: it is the first. */
  readonly prev: string | null;
}
export interface SealedAnchor extends Anchor {
  /** HMAC-SHA256 over `anchorText`, hex. */
  readonly seal: string;
}
/** What is sealed. */
export const anchorText = ({ instance, at, audit, ledger, key, prev }: Anchor): string =>
  canonicalJson({ instance, at, audit: { seq: audit.seq, hash: audit.hash }, ledger: { seq: ledger.seq, hash: ledger.hash }, key, prev });

export type Anchored = 'audit' | 'ledger';
export interface AnchorFault {
  readonly code: 'cut_short' | 'hashed_anew';
  /** The first row that is wrong, as far as anchors can say: after the last one that still holds. */
  readonly seq: number;
  readonly message: string;
}
const NAMES: Readonly<Record<Anchored, readonly [string, string]>> = {
  audit: ['audit', 'row'],
  ledger: ['chain of the ledger', 'link'],
};

/**
 * Holds what is stored now against the anchors, in the order in which they were made. `hashAt`: of a row or link, null where there is
 * none. `last`: number of the last one that is stored and in order.
 */
export const judgeAnchors = <W extends Anchored>(
  which: W,
  anchors: readonly Pick<Anchor, 'at' | W>[],
  hashAt: (seq: number) => string | null,
  last: number,
): AnchorFault | null => {
  const [name, part] = NAMES[which];
  let held = 0;
  for (const one of anchors) {
    const { at } = one;
    const anchor: ChainHead = one[which];
    if (anchor.seq === 0) continue;
    if (anchor.seq > last)
      return {
        code: 'cut_short',
        seq: last + 1,
        message: `The ${name} ends at ${part} ${last}, and at ${utcWords(at)} it had ${part} ${anchor.seq}. What followed was cut off.`,
      };
    if (hashAt(anchor.seq) !== anchor.hash)
      return {
        code: 'hashed_anew',
        seq: held + 1,
        message: `The ${name} is not the one of ${utcWords(at)}: ${part} ${anchor.seq} has another hash. From ${part} ${held + 1} on it was written and hashed anew.`,
      };
    held = Math.max(held, anchor.seq);
  }
  return null;
};
