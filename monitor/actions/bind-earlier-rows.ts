/**
 * Begins the chain of a store: what was recorded before there was a chain is bound, in the order in which it was recorded, with an
 * event that says how much. Once in the life of a store and never later, so that a row put in past Avow is found, not bound.
 */
import { beginChain, bindRows, chainHasBegun, readHead, readUnbound } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import type { Store } from '#db/store.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { auditOf } from './audit.ts';

interface BindContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
}

/** Answers how many rows were bound. */
export const bindEarlierRows = (ctx: BindContext): Promise<number> =>
  ctx.store.exclusive(async () => {
    const { store, clock } = ctx;
    if (await chainHasBegun(store)) return 0;
    const at = clock.now();
    const empty = (await readHead(store)).seq === 0;
    const rows = empty ? await readUnbound(store, Number.MAX_SAFE_INTEGER) : [];
    const entry = { verb: 'ledger.bind', subject: 'ledger/chain', before: null, after: { rows: rows.length } };
    const told = rows.length > 0 ? [insertEvent('ledger_chain_begun', at, { rows: rows.length }), ...(await auditOf(ctx, entry))] : [];
    await store.write([...(await bindRows(store, rows, at)), beginChain(at), ...told]);
    return rows.length;
  });
