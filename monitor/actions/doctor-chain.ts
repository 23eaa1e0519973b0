/** Doctor's look at the chain of the ledger: every link and row held against its hash, and the head to note elsewhere. */
import type { Store } from '#db/store.ts';
import type { Difference } from './doctor-types.ts';
import { verifyLedgerChain } from './verify-ledger-chain.ts';

export interface ChainLook {
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
}

export const chainChecks = async (store: Store): Promise<ChainLook> => {
  const { links, head, fault } = await verifyLedgerChain(store);
  const order = `${links} ${links === 1 ? 'link' : 'links'}`;
  if (fault)
    return {
      differences: [{ component: null, location: null, what: 'chain', message: `${fault.message} The ${order} before it are in order.` }],
      notes: [],
    };
  const note = `The chain of the ledger has ${order} and ends in ${head.hash}. Note it elsewhere: a chain that was cut short or hashed anew shows only against a noted end.`;
  return { differences: [], notes: links === 0 ? [] : [note] };
};
