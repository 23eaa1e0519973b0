/** What the verbs and views of months are handed, and the instant at which they look. */

import { type ReadLedger, readLedger } from '#db/queries/ledger-facts.ts';
import type { Maker } from '#db/queries/report-facts.ts';
import type { Store } from '#db/store.ts';
import { after, DAY, type Instant, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Clock } from '#monitor/clock.ts';
import type { ReportKey } from './report-key.ts';

export interface ReportContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly maker: Maker;
  /** Null: the key is missing although reports were signed with it; nothing can be made final. */
  readonly reportKey: ReportKey | null;
}

/** The calendar months from `first` to `last` in any zone there is. */
const anywhere = (first: string, last: string): Interval => ({
  start: after(monthBounds('UTC', first).start, millis(-DAY)),
  end: after(monthBounds('UTC', last).end, DAY),
});

/**
 * The ledger over these months as of now. Read while no verb and no recorder writes, so that whatever was recorded by then is in
 * it and nothing else is.
 */
export const lookAtMonths = (ctx: Pick<ReportContext, 'store' | 'clock'>, first: string, last = first): Promise<ReadLedger> =>
  ctx.store.exclusive(() => readLedger(ctx.store, { range: anywhere(first, last), asOf: ctx.clock.now(), source: 'spans' }));

/** The ledger over a month as of an earlier instant, from the checks themselves. */
export const recomputeMonth = (ctx: Pick<ReportContext, 'store'>, month: string, asOf: Instant): Promise<ReadLedger> =>
  readLedger(ctx.store, { range: anywhere(month, month), asOf, source: 'evidence' });
