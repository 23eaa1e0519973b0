/** What the verbs and views of months are handed, and the instant at which they look. */

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { type ReadLedger, readLedger } from '#db/queries/ledger-facts.ts';
import type { Maker } from '#db/queries/report-facts.ts';
import { readReportKeys } from '#db/queries/reports.ts';
import type { Store } from '#db/store.ts';
import { reaches, reachesEvery } from '#domain/access/reach.ts';
import { type ContractChoice, chooseContracts } from '#domain/ledger/choose-contracts.ts';
import type { KnownAgreement, LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import { after, DAY, type Instant, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Clock } from '#monitor/clock.ts';
import { type Acting, type Log, reachOfActor } from '#monitor/context.ts';
import { openReportKey, type ReportKey } from './report-key.ts';

export interface ReportContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly maker: Maker;
  /** Null: the key is missing although reports were signed with it; nothing can be made final. */
  readonly reportKey: ReportKey | null;
  /** Draws the page of a path; absent: the pages were not built. */
  readonly draw?: ((path: string, view: object) => Promise<string>) | undefined;
}

/** What this Avow says of itself in the reports that it makes. */
export const thisAvow = (): Maker => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return { tzdata: process.versions['tz'] ?? 'unknown', generator: { name: 'avow', version } };
};

/**
 * The key of the data folder, made at the first start; null when it is missing although reports were signed with one, or cannot be
 * used: monitoring goes on without it, and nothing is made final.
 */
export const reportKeyOf = async (store: Store, dataDir: string, log: Pick<Log, 'warn'>): Promise<ReportKey | null> => {
  const known = await readReportKeys(store);
  let key: ReportKey | null;
  try {
    key = openReportKey(dataDir, known.size === 0);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    log.warn(`The key that signs reports cannot be used; no report can be made final until it is back. ${why}`, { dataDir });
    return null;
  }
  if (!key)
    log.warn('The key that signs reports is missing from the data folder; no report can be made final until it is back.', { dataDir });
  else if (known.size > 0 && !known.has(key.id))
    log.warn(
      'The key in the data folder is none that signed a report before. Whoever holds earlier reports must be told, or the old key put back.',
      { dataDir, key: key.id },
    );
  return key;
};

/** The calendar months from `first` to `last` in any zone there is. */
export const monthAnywhere = (first: string, last = first): Interval => ({
  start: after(monthBounds('UTC', first).start, millis(-DAY)),
  end: after(monthBounds('UTC', last).end, DAY),
});

type Looking = Pick<ReportContext, 'store' | 'clock' | 'actor'>;

/** Of these contracts those of customers that whoever asks reaches: to them there are no others. */
export const reachedBy = <T extends { readonly agreement: Pick<Agreement, 'customer'> }>({ actor }: Acting, all: readonly T[]): T[] => {
  const reach = reachOfActor(actor);
  return all.filter(({ agreement }) => reaches(reach, agreement.customer));
};

/** Those of them that are meant (choose-contracts.ts); refuses whoever has no customers with whom to ask. */
export const chosenBy = (
  { actor }: Acting,
  facts: Pick<LedgerFacts, 'agreements' | 'asOf'>,
  choice: ContractChoice,
): KnownAgreement[] | Refusal => {
  const reach = reachOfActor(actor);
  return !reachesEvery(reach) && reach.length === 0
    ? refuse('no_customers', 'You have no customers yet, and so no contracts and reports. An admin gives you some under People.', {})
    : chooseContracts(facts, choice);
};

const look = async (ctx: Looking, range: Interval, causes: boolean): Promise<ReadLedger> => {
  const read = await readLedger(ctx.store, { range, asOf: ctx.clock.now(), source: 'spans', causes });
  return { ...read, facts: { ...read.facts, agreements: reachedBy(ctx, read.facts.agreements) } };
};

/** The ledger over these months as of now, for whoever shows it, with the contracts that they reach. Nothing waits for it. */
export const lookAtMonths = (ctx: Looking, first: string, last = first): Promise<ReadLedger> => look(ctx, monthAnywhere(first, last), true);

/** The same for lists of many months, which tell figures and not why something is unknown. */
export const lookAtFigures = (ctx: Looking, first: string, last = first): Promise<ReadLedger> =>
  look(ctx, monthAnywhere(first, last), false);

/**
 * A month for whoever writes down what comes of it. Read while no verb and no recorder writes, so that whatever was recorded by then
 * is in it and nothing else is: what is made final can be made anew from the evidence.
 */
export const settledMonth = (ctx: Looking, month: string): Promise<ReadLedger> => ctx.store.exclusive(() => lookAtMonths(ctx, month));

/** The ledger over these months as of an earlier instant, from the checks themselves. */
export const recomputeMonths = (
  { store, clock }: Omit<Looking, 'actor'>,
  first: string,
  last: string,
  asOf: Instant,
): Promise<ReadLedger> => readLedger(store, { range: monthAnywhere(first, last), asOf, source: 'evidence', between: () => clock.sleep(0) });
