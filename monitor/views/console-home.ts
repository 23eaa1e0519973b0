/**
 * The first page of the console: how the service is, what is open, what comes next, what waits for a second person, and what the month has
 * left. Plain JSON, instants in ms. Contracts are named only to those who may read their reports.
 */
import { readAdjudications } from '#db/queries/adjudications.ts';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readLastSeen } from '#db/queries/checks.ts';
import { readAgreements } from '#db/queries/contracts.ts';
import { lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import { factsOf } from '#db/queries/facts.ts';
import type { Permission } from '#domain/access/permission.ts';
import { isBuiltIn } from '#domain/check/check-definition.ts';
import type { LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import { currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { isAdjudicated } from '#domain/sla/credit.ts';
import type { Overall } from '#domain/sla/overall.ts';
import { type Instant, millis, SECOND } from '#domain/time/instant.ts';
import { monthAt } from '#domain/time/month.ts';
import { reachedBy } from '#monitor/actions/report-context.ts';
import type { Context } from '#monitor/context.ts';
import { openIncidentsView } from './incidents.ts';
import { type Kept, keptFor } from './kept.ts';
import { readMonthsBack } from './month-facts.ts';
import type { MonthFigure } from './month-figure.ts';
import { overridesView } from './overrides.ts';
import { readSummary, type SummaryView } from './summary.ts';
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
  /** Nothing of theirs is watched yet, only Avow itself. */
  readonly onlyItself: boolean;
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

interface StatesNow extends Pick<SummaryView, 'overall' | 'components'> {
  readonly lastCheckAt: Instant | null;
  readonly onlyItself: boolean;
}
interface MonthSoFar {
  readonly ledger: LedgerFacts;
  readonly month: string;
  readonly figure: MonthFigure | null;
}
/** What is costly with very many components, and may lag a moment: states by three seconds at most, the month's figure by ten. */
export interface HomeShelf {
  readonly states: Kept<StatesNow>;
  readonly month: Kept<MonthSoFar>;
}
export const homeShelf = (): HomeShelf => ({
  states: keptFor(millis(SECOND), millis(3 * SECOND)),
  month: keptFor(millis(5 * SECOND), millis(10 * SECOND)),
});

const statesNow = async ({ store, config }: Context, asOf: Instant): Promise<StatesNow> => {
  const [{ overall, components }, seen, definitions] = await Promise.all([
    readSummary(factsOf(store), config.groups, store.info.instanceId, asOf),
    readLastSeen(store, null, asOf),
    readDefinitions(store),
  ]);
  const lastCheckAt = seen.reduce<Instant | null>((newest, { seenAt }) => (newest === null || seenAt > newest ? seenAt : newest), null);
  const watched = definitions.components.map(({ versions }) => lastVersion(versions)).filter(({ removed }) => !removed);
  return { overall, components, lastCheckAt, onlyItself: watched.every(({ check }) => isBuiltIn(check.definition.kind)) };
};

const monthSoFar = async (context: Context): Promise<MonthSoFar> => {
  const ledger = await readMonthsBack(context, 0);
  const { month, service } = await thisMonth(ledger, [], turnsOf(context.clock));
  return { ledger, month, figure: service };
};

/** As of now, for `context.actor`; what is kept on the shelf is the same for everybody. Rejects when the store does not answer. */
export const consoleHome = async (
  context: Context,
  may: ReadonlySet<Permission>,
  { states, month: months }: HomeShelf = homeShelf(),
): Promise<ConsoleHomeView> => {
  const { store, clock, config } = context;
  const asOf = clock.now();
  const { zone } = config.policy;
  const [{ overall, components, lastCheckAt, onlyItself }, open, { ledger, month, figure }, waiting] = await Promise.all([
    states.take('', asOf, () => statesNow(context, asOf)),
    openIncidentsView({ store, clock, policy: config.policy }),
    months.take(`${zone} ${monthAt(zone, asOf)}`, asOf, () => monthSoFar(context)),
    waitingOf(context, may),
  ]);
  // What runs and what comes next is told as of now, whatever the figure is of.
  const upkeep = await readUpkeep(context, { ...ledger, asOf });
  return {
    asOf,
    zone: config.policy.zone,
    overall,
    investigating: components.filter(({ investigating }) => investigating).map(({ name }) => name),
    lastCheckAt,
    onlyItself,
    incidents: open.incidents.map(({ id, title, startedAt, updates }) => ({
      id,
      title,
      startedAt,
      told: updates.some(({ author }) => author !== null),
    })),
    upkeep,
    month,
    figure,
    waiting,
  };
};
