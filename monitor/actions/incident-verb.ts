/** What the verbs of incidents share: their context, the situation they decide in, and the rows that go with every one of them. */
import { insertEvent } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { enqueue } from '#db/queries/outbox.ts';
import { readPostingComponents } from '#db/queries/posting-components.ts';
import type { Statement, Store } from '#db/store.ts';
import { accountOf } from '#domain/incident/incident-account.ts';
import { type IncidentFact, type IncidentUpdateFact, lastSaidAt } from '#domain/incident/incident-fact.ts';
import type { PostingComponent, PostingSituation } from '#domain/incident/posting-input.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import { nearest } from '#monitor/config/nearest.ts';
import type { Acting } from '#monitor/context.ts';
import { auditOf } from './audit.ts';
import type { Naming } from './new-id.ts';

export interface IncidentContext extends Naming, Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Pick<Policy, 'zone'>;
}

/** Everything as it stands, and what is open; call it inside `store.exclusive`, so that it still holds when the verb writes. */
export const postingSituation = async ({
  store,
  clock,
  policy,
}: IncidentContext): Promise<PostingSituation & { readonly open: readonly IncidentFact[] }> => {
  const now = clock.now();
  const [components, incidents] = await Promise.all([readPostingComponents(store), factsOf(store).incidents(now)]);
  return {
    now,
    zone: policy.zone,
    components,
    nearest,
    open: incidents.filter(({ resolvedAt }) => resolvedAt === null),
  };
};

/** Outbox and event of a verb, in the transaction of the fact they tell of. Names of people stay in the store. */
export const toldOf = (
  type: 'incident.opened' | 'incident.updated' | 'incident.resolved',
  fact: IncidentFact,
  update: IncidentUpdateFact,
  components: readonly PostingComponent[],
): Statement[] => {
  const { id: incident, title, startedAt, resolvedAt } = fact;
  const account = accountOf(fact, components, update.displayAt);
  const payload = {
    incident,
    update: update.id,
    title,
    status: update.status,
    body: update.body,
    impact: account.impact,
    components: account.components,
    startedAt,
    resolvedAt,
  };
  const key = type === 'incident.updated' ? `${type}:${update.id}` : `${type}:${incident}`;
  return [
    enqueue({ key, type, payload }, update.recordedAt),
    insertEvent(type.replace('.', '_'), update.recordedAt, { incident, update: update.id, status: update.status }),
  ];
};

/** An incident as the audit tells of it: how it stands, and what was last posted, by whom. */
const auditForm = (fact: IncidentFact, components: readonly PostingComponent[]): object => {
  const { title, status, impact, startedAt, resolvedAt, components: impacts, updates } = accountOf(fact, components, lastSaidAt(fact));
  const [last] = updates;
  return {
    title,
    status,
    impact,
    startedAt: isoOf(startedAt),
    resolvedAt: resolvedAt === null ? null : isoOf(resolvedAt),
    components: Object.fromEntries(impacts.map((one) => [one.component, one.impact])),
    update: last ? { id: last.id, recordedAt: isoOf(last.recordedAt), status: last.status, body: last.body, author: last.author } : null,
  };
};
export const auditedIncident = (
  ctx: IncidentContext,
  verb: 'open' | 'update' | 'resolve',
  before: IncidentFact | null,
  after: IncidentFact,
  components: readonly PostingComponent[],
): Promise<Statement[]> =>
  auditOf(ctx, {
    verb: `incident.${verb}`,
    subject: `incident/${after.id}`,
    before: before && auditForm(before, components),
    after: auditForm(after, components),
  });
