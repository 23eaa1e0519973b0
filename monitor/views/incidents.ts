/**
 * Incidents as their keepers are shown them, newest first: those that are open, or all there ever were, each with its posts and who
 * wrote them. Plain JSON, instants as ms, as of now. Not for the public.
 */
import { factsOf } from '#db/queries/facts.ts';
import { readPostingComponents } from '#db/queries/posting-components.ts';
import { accountOf, type IncidentAccount } from '#domain/incident/incident-account.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';

export interface IncidentsView {
  readonly asOf: Instant;
  /** The policy's, in which people are told times. */
  readonly zone: string;
  readonly incidents: readonly IncidentAccount[];
  /** False: only those that are open. */
  readonly all: boolean;
}

type Asked = Pick<Context, 'store' | 'clock'> & { readonly policy: Pick<Policy, 'zone'> };

const incidentsView = async ({ store, clock, policy }: Asked, all: boolean): Promise<IncidentsView> => {
  const asOf = clock.now();
  const [components, facts] = await Promise.all([readPostingComponents(store), factsOf(store).incidents(all ? instant(0) : asOf)]);
  const told = facts.filter(({ resolvedAt }) => all || resolvedAt === null);
  return { asOf, zone: policy.zone, incidents: told.map((fact) => accountOf(fact, components, asOf)), all };
};

export const openIncidentsView = (asked: Asked): Promise<IncidentsView> => incidentsView(asked, false);
export const allIncidentsView = (asked: Asked): Promise<IncidentsView> => incidentsView(asked, true);
