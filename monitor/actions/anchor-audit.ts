/** Notes where the audit and the chain of the ledger end, outside the store. Source: reliability P18. */
import { readAuditHead } from '#db/queries/audit.ts';
import { readHead } from '#db/queries/chain.ts';
import type { Store } from '#db/store.ts';
import type { SealedAnchor } from '#domain/access/anchor.ts';
import type { Clock } from '#monitor/clock.ts';
import type { AnchorBook } from './anchor-book.ts';

export interface AnchorContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly anchors: AnchorBook;
}

export const anchorAudit = ({ store, clock, anchors }: AnchorContext): Promise<SealedAnchor> =>
  store.exclusive(async () => {
    const [{ seq, hash }, ledger] = await Promise.all([readAuditHead(store), readHead(store)]);
    return anchors.add({ instance: store.info.instanceId, at: clock.now(), audit: { seq, hash }, ledger });
  });
