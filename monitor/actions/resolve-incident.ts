/** Resolves an incident of people, with the words that end it. Refuses what is resolved already, and what the checks found: that ends at the first good check. */
import type { IncidentAnswer } from '#domain/incident/posting-answer.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { IncidentContext } from './incident-verb.ts';
import { updateIncident } from './update-incident.ts';

export interface ResolveRequest {
  readonly body: string;
  readonly author: string | null;
}

export const resolveIncident = (ctx: IncidentContext, id: string, request: ResolveRequest): Promise<IncidentAnswer | Refusal> =>
  updateIncident(ctx, id, { ...request, status: 'resolved', title: null, impacts: [] });
