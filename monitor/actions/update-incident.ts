/**
 * Posts on an incident, whoever opened it: status, words, a new title, what it says of components. One transaction holds the update,
 * its impacts, outbox row and event, and the end when the status is `resolved`. Nothing that was said is overwritten. Refuses what
 * domain/incident/posting.ts refuses. What the checks found stays theirs: posting on it takes over the words, not its beginning and end.
 */
import { factsOf } from '#db/queries/facts.ts';
import { insertPostedUpdate, resolveIncident } from '#db/queries/incidents.ts';
import type { IncidentFact, IncidentUpdateFact } from '#domain/incident/incident-fact.ts';
import { decideUpdate, type NewUpdate } from '#domain/incident/posting.ts';
import { type IncidentAnswer, postingAnswer } from '#domain/incident/posting-answer.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditedIncident, type IncidentContext, postingSituation, toldOf } from './incident-verb.ts';
import { idFrom } from './new-id.ts';
import { signatureOf } from './signature.ts';

export interface UpdateRequest extends NewUpdate {
  readonly author: string | null;
}

export const updateIncident = (ctx: IncidentContext, id: string, request: UpdateRequest): Promise<IncidentAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const [situation, before] = await Promise.all([postingSituation(ctx), factsOf(ctx.store).incident(id)]);
    const decided = decideUpdate(id, before, request, situation);
    if (isRefusal(decided)) return decided;
    if (!before) throw new Error(`Incident ${id} was judged and is not there.`);
    const { at, status, body, title, impacts } = decided;
    const update: IncidentUpdateFact = { id: idFrom(ctx), recordedAt: at, displayAt: at, status, body, ...signature, title, impacts };
    const ends = status === 'resolved';
    const fact: IncidentFact = {
      ...before,
      title: title ?? before.title,
      resolvedAt: ends ? at : before.resolvedAt,
      updates: [update, ...before.updates],
    };
    await ctx.store.write([
      ...insertPostedUpdate(id, update),
      ...(ends ? [resolveIncident(id, at)] : []),
      ...toldOf(ends ? 'incident.resolved' : 'incident.updated', fact, update, situation.components),
      ...(await auditedIncident(ctx, ends ? 'resolve' : 'update', before, fact, situation.components)),
    ]);
    return postingAnswer(ends ? 'resolved' : 'updated', fact, update.id, situation.open, situation);
  });
