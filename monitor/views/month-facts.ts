/** Reads what months are judged by, for the public pages: spans as stored, as of now, from the first month asked for to the end of the running one. */
import { type LedgerRequest, readLedgerFacts } from '#db/queries/ledger-facts.ts';
import type { LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import { after, type Instant, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { isMonth, monthAfter, monthAt } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Context } from '#monitor/context.ts';

type Reads = Pick<Context, 'store' | 'config' | 'clock'>;

const request = (range: Interval, asOf: Instant, only: string | null): LedgerRequest => ({
  range,
  asOf,
  source: 'spans',
  ...(only === null ? {} : { only }),
});

/**
 * The running month and so many before it, of all components or of one. The running one to its end: announcements ahead decide
 * what may be lost of it. For figures alone: why time is unknown is not read.
 */
export const readMonthsBack = ({ store, config, clock }: Reads, count: number, only: string | null = null): Promise<LedgerFacts> => {
  const asOf = clock.now();
  const { zone } = config.policy;
  const running = monthAt(zone, asOf);
  const range = { start: monthBounds(zone, monthAfter(running, -count)).start, end: monthBounds(zone, running).end };
  return readLedgerFacts(store, { ...request(range, asOf, only), causes: false });
};

/** One month, of all components or of one; null: it is none, or has not begun. */
export const readMonth = async ({ store, config, clock }: Reads, month: string, only: string | null): Promise<LedgerFacts | null> => {
  const asOf = clock.now();
  const { zone } = config.policy;
  if (!isMonth(month) || month > monthAt(zone, asOf)) return null;
  return readLedgerFacts(store, request(monthBounds(zone, month), asOf, only));
};

/** Terms, names and what decides, of all times; of the evidence no more than an instant. */
export const readWithoutEvidence = ({ store, clock }: Pick<Reads, 'store' | 'clock'>): Promise<LedgerFacts> => {
  const asOf = clock.now();
  return readLedgerFacts(store, { ...request({ start: after(asOf, millis(-1)), end: asOf }, asOf, null), causes: false });
};
