/**
 * Writes into the audit that reports were taken out of Avow: who, from where, which contracts of which month, in which form. Called when
 * the files are made and before they leave, so that nothing leaves untold. Source: reliability section 4 (Audit).
 */
import type { Store } from '#db/store.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { auditOf } from './audit.ts';

export interface TakenReports {
  /** `YYYY-MM` */
  readonly month: string;
  /** Ids of contracts. */
  readonly contracts: readonly string[];
  /** `json`, `csv`, `zip`, `html`. */
  readonly form: string;
  /** Null: as they stand. */
  readonly revision: number | null;
  /** Of a link that opens one report to whoever has it. */
  readonly link?: string;
}
interface NoteContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
}

export const noteExport = (ctx: NoteContext, { month, contracts, ...how }: TakenReports): Promise<void> =>
  ctx.store.exclusive(async () => {
    const [only, ...more] = contracts;
    const subject = only !== undefined && more.length === 0 ? `report/${only}/${month}` : `reports/${month}`;
    const after = { contracts: contracts.length, which: contracts.join(' '), ...how };
    await ctx.store.write(await auditOf(ctx, { verb: 'report.export', subject, before: null, after }));
  });
