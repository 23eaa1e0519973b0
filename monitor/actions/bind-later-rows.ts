/**
 * Binds what is bound late: versions of components, contracts and settings, claims, releases and what people posted of incidents, as far
 * as the audit tells of each; a row that it does not tell of stays unbound, and doctor names it. The first time in the life of a store
 * everything that is there is bound as it is, which the audit says. Source: reliability P18, ADR 0015.
 */
import { readAuditHead } from '#db/queries/audit.ts';
import { bindRows, chainHasBegun, readHead } from '#db/queries/chain.ts';
import { markWidened, readLateRows, readWidened } from '#db/queries/late-rows.ts';
import type { Store } from '#db/store.ts';
import { later } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { auditOf } from './audit.ts';

interface BindContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
}

/** Of each kind in one transaction, so that whoever waits for the store waits for little. */
const AT_ONCE = 500;

/** Answers how many rows were bound. */
export const bindLaterRows = async (ctx: BindContext): Promise<number> => {
  let bound = 0;
  for (;;) {
    const some = await bindSome(ctx);
    bound += some;
    if (some === 0) return bound;
  }
};

const bindSome = (ctx: BindContext): Promise<number> =>
  ctx.store.exclusive(async () => {
    const { store, clock } = ctx;
    if (!(await chainHasBegun(store))) return 0;
    const since = await readWidened(store);
    const { told, latest } = await readLateRows(store, since, since === null ? undefined : AT_ONCE);
    if (since !== null && told.length === 0) return 0;
    const links = await bindRows(store, told, later(clock.now(), latest));
    if (since !== null) await store.write(links);
    else {
      const { seq: rows } = await readAuditHead(store);
      const mark = markWidened({ links: (await readHead(store)).seq + told.length, rows });
      const entry = { verb: 'ledger.bind', subject: 'ledger/rows', before: null, after: { rows: told.length } };
      await store.write([...links, mark, ...(told.length > 0 ? await auditOf(ctx, entry) : [])]);
    }
    return told.length;
  });
