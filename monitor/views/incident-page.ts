/** Reads what `/incidents/{id}` shows: the incident, then what the checks saw of its components, then the pure view. */
import { factsOf } from '#db/queries/facts.ts';
import { concernedIds } from '#domain/incident/incident-fact.ts';
import type { Context } from '#monitor/context.ts';
import { buildIncidentPage, type IncidentPageView, rangeOf } from './incident-view.ts';

/** The view of `/incidents/{id}`, as of now; null when there is no such incident. */
export const incidentPage = async ({ store, clock, config }: Context, id: string): Promise<IncidentPageView | null> => {
  const asOf = clock.now();
  const facts = factsOf(store);
  const incident = await facts.incident(id);
  if (!incident) return null;
  const { start, end } = rangeOf(incident, asOf);
  const [only, ...others] = concernedIds(incident);
  const [components, spans] = await Promise.all([
    facts.components(),
    only === undefined ? [] : facts.spans(start, end, others.length === 0 ? only : undefined),
  ]);
  return buildIncidentPage({ incident, components, spans }, config.policy.zone, asOf);
};
