/**
 * The first page of the console: how the service is, what is open, what comes next, what waits for a second person, and what the month has
 * left. Plain JSON, instants in ms. Contracts are named only to those who may read their reports.
 */
import { readAdjudications } from '#db/queries/adjudications.ts';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readAgreements } from '#db/queries/contracts.ts';
import { factsOf } from '#db/queries/facts.ts';
import type { Permission } from '#domain/access/permission.ts';
import { currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { isAdjudicated } from '#domain/sla/credit.ts';
import type { Overall } from '#domain/sla/overall.ts';
import type { Instant } from '#domain/time/instant.ts';
import { reachedBy } from '#monitor/actions/report-context.ts';
import type { Context } from '#monitor/context.ts';
import { openIncidentsView } from './incidents.ts';
import { readMonthsBack } from './month-facts.ts';
import type { MonthFigure } from './month-figure.ts';
import { overridesView } from './overrides.ts';
import { readSummary } from './summary.ts';
import { thisMonth } from './this-month.ts';
import { turnsOf } from './turns.ts';
import { readUpkeep, type Upkeep } from './upkeep.ts';

/** What one person did and another has to approve. */
export interface Waiting {
  readonly kind: 'override' | 'revocation' | 'adjudication' | 'import';
  readonly id: string;
  /** Component, contract or title. */
  readonly what: string;
  /** Of an adjudication. */
  readonly month: string | null;
  readonly author: string | null;
  readonly recordedAt: Instant;
}

export interface ConsoleHomeView {
  readonly asOf: Instant;
  /** The policy's. */
  readonly zone: string;
  readonly overall: Overall;
  readonly investigating: readonly string[];
  readonly lastCheckAt: Instant | null;
  /** `told`: a person has written about it. */
  readonly incidents: readonly { readonly id: string; readonly title: string; readonly startedAt: Instant; readonly told: boolean }[];
  readonly upkeep: Upkeep;
  readonly month: string;
  readonly figure: MonthFigure | null;
  /** The longest waiting first. */
  readonly waiting: readonly Waiting[];
}

/** Ids of the contracts of customers that whoever asks reaches. */
const reachedContracts = async (context: Context): Promise<ReadonlySet<string>> =>
  new Set(reachedBy(context, await readAgreements(context.store)).map(({ agreement }) => agreement.id));

const waitingOf = async (context: Context, may: ReadonlySet<Permission>): Promise<Waiting[]> => {
  const { store, clock, config } = context;
  const [overrides, adjudications, contracts, announcements] = await Promise.all([
    overridesView({ store, clock, policy: config.policy }),
    may.has('reports:read') ? readAdjudications(store, null) : [],
    reachedContracts(context),
    readAnnouncements(store),
  ]);
  return [
    ...overrides.overrides
      .filter(({ needsApproval, approvedBy, revokedBy }) => needsApproval && approvedBy === null && revokedBy === null)
      .map(({ kind, id, component, author, recordedAt }): Waiting => ({ kind, id, what: component, month: null, author, recordedAt })),
    ...adjudications
      .filter((one) => !isAdjudicated(one) && contracts.has(one.contract))
      .map(
        ({ id, contract, month, author, recordedAt }): Waiting => ({ kind: 'adjudication', id, what: contract, month, author, recordedAt }),
      ),
    ...announcements
      .filter(({ imported, approval, ending }) => imported && approval === null && ending?.kind !== 'cancelled')
      .map(
        (one): Waiting => ({
          kind: 'import',
          id: one.id,
          what: currentRevision(one).title,
          month: null,
          author: one.author,
          recordedAt: one.recordedAt,
        }),
      ),
  ].sort((a, b) => a.recordedAt - b.recordedAt);
};

/** As of now, for `context.actor`. Rejects when the store does not answer. */
export const consoleHome = async (context: Context, may: ReadonlySet<Permission>): Promise<ConsoleHomeView> => {
  const { store, clock, config } = context;
  const asOf = clock.now();
  const facts = factsOf(store);
  const [summary, open, results, ledger, waiting] = await Promise.all([
    readSummary(facts, config.groups, store.info.instanceId, asOf),
    openIncidentsView({ store, clock, policy: config.policy }),
    facts.lastResults(asOf),
    readMonthsBack(context, 0),
    waitingOf(context, may),
  ]);
  const [{ month, service }, upkeep] = await Promise.all([thisMonth(ledger, [], turnsOf(clock)), readUpkeep(context, ledger)]);
  return {
    asOf,
    zone: config.policy.zone,
    overall: summary.overall,
    investigating: summary.components.filter(({ investigating }) => investigating).map(({ name }) => name),
    lastCheckAt: results.reduce<Instant | null>((newest, { at }) => (newest === null || at > newest ? at : newest), null),
    incidents: open.incidents.map(({ id, title, startedAt, updates }) => ({
      id,
      title,
      startedAt,
      told: updates.some(({ author }) => author !== null),
    })),
    upkeep,
    month,
    figure: service,
    waiting,
  };
};
