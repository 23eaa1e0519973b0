/** Doctor's look at the chain of the ledger: every link and row held against its hash, and the head to note elsewhere. */
import type { Store } from '#db/store.ts';
import { namesCustomers } from '#domain/access/audit-reach.ts';
import { EVERY_CUSTOMER, type Reach } from '#domain/access/reach.ts';
import type { Difference } from './doctor-types.ts';
import { verifyLedgerChain } from './verify-ledger-chain.ts';

export interface ChainLook {
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
}

/** `reach`: of whoever asks. */
export const chainChecks = async (store: Store, reach: Reach = EVERY_CUSTOMER): Promise<ChainLook> => {
  const { links, head, fault } = await verifyLedgerChain(store);
  const order = `${links} ${links === 1 ? 'link' : 'links'}`;
  if (fault) {
    const said = namesCustomers(reach, fault.kind) ? fault.message.replace(` ${fault.ref}`, '') : fault.message;
    const message = `${said} The ${order} before it are in order.`;
    return { differences: [{ component: null, location: null, what: 'chain', message }], notes: [] };
  }
  const note = `The chain of the ledger has ${order} and ends in ${head.hash}. Note it elsewhere: a chain that was cut short or hashed anew shows only against a noted end.`;
  return { differences: [], notes: links === 0 ? [] : [note] };
};
