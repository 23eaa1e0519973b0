/**
 * Opens an incident that people know of, with what it says of each component. One transaction holds the incident, its first update,
 * the impacts, outbox row, event and audit. It begins when it is recorded. Refuses unknown components and impacts, naming the nearest;
 * warns when the checks have one open on the same component.
 */
import { insertPostedIncident, insertPostedUpdate } from '#db/queries/incidents.ts';
import type { IncidentFact, IncidentUpdateFact } from '#domain/incident/incident-fact.ts';
import { decideOpening, type NewIncident } from '#domain/incident/posting.ts';
import { type IncidentAnswer, postingAnswer } from '#domain/incident/posting-answer.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditedIncident, type IncidentContext, postingSituation, toldOf } from './incident-verb.ts';
import { idFrom } from './new-id.ts';
import { signatureOf } from './signature.ts';

export interface OpenRequest extends NewIncident {
  readonly author: string | null;
}

export const openIncident = (ctx: IncidentContext, request: OpenRequest): Promise<IncidentAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await postingSituation(ctx);
    const decided = decideOpening(request, situation);
    if (isRefusal(decided)) return decided;
    const { at, title, impacts } = decided;
    const update: IncidentUpdateFact = {
      id: idFrom(ctx),
      recordedAt: at,
      displayAt: at,
      status: decided.status,
      body: decided.body,
      ...signature,
      title: null,
      impacts,
    };
    const fact: IncidentFact = {
      id: idFrom(ctx),
      detected: false,
      componentIds: impacts.map(({ componentId }) => componentId),
      title,
      startedAt: at,
      confirmedAt: at,
      resolvedAt: null,
      updates: [update],
    };
    await ctx.store.write([
      ...insertPostedIncident(fact.id, title, impacts, at),
      ...insertPostedUpdate(fact.id, update),
      ...toldOf('incident.opened', fact, update, situation.components),
      ...(await auditedIncident(ctx, 'open', null, fact, situation.components)),
    ]);
    return postingAnswer('opened', fact, update.id, situation.open, situation);
  });
