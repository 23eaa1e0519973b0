/**
 * Whether people may open an incident, post on one or resolve it: decides from values and the time, and answers what to write or a
 * `Refusal`. What the checks found ends at the first good check and by nobody's word. While an incident is open its status may go
 * to and fro; after `resolved` comes nothing but `postmortem`. Everything is shown from the instant at which it is recorded.
 */
import { readText } from '../maintenance/text-rules.ts';
import { instantWords } from '../maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type Instant, later } from '../time/instant.ts';
import {
  type ComponentImpact,
  IMPACTS,
  type IncidentFact,
  isOpenStatus,
  lastPostOf,
  lastSaidAt,
  OPEN_STATUSES,
  type OpenStatus,
  POSTED_STATUSES,
  type PostedStatus,
  statusOf,
} from './incident-fact.ts';
import { type AskedImpact, type PostingSituation, readImpacts, readStatus } from './posting-input.ts';

export interface NewIncident {
  readonly title: string;
  readonly body: string;
  /** Null: investigating. */
  readonly status: string | null;
  readonly impacts: readonly AskedImpact[];
}
export interface NewUpdate {
  readonly body: string;
  /** Null: as before. */
  readonly status: string | null;
  /** Null: as before. */
  readonly title: string | null;
  readonly impacts: readonly AskedImpact[];
  /** Id of the last post that the author had read, null: there was none; absent: posted whatever others said meanwhile. */
  readonly seen?: string | null | undefined;
}

export interface DecidedUpdate {
  /** When it is recorded, and from when on it is shown. */
  readonly at: Instant;
  readonly status: PostedStatus;
  readonly body: string;
  readonly title: string | null;
  readonly impacts: readonly ComponentImpact[];
}
export interface DecidedOpening extends DecidedUpdate {
  readonly status: OpenStatus;
  readonly title: string;
}

/** A new incident of people, or why there can be none. */
export const decideOpening = (asked: NewIncident, situation: PostingSituation): DecidedOpening | Refusal => {
  const title = readText('title', asked.title);
  if (isRefusal(title)) return title;
  const body = readText('body', asked.body);
  if (isRefusal(body)) return body;
  const status = readStatus(asked.status ?? 'investigating', OPEN_STATUSES, situation);
  if (isRefusal(status)) return status;
  if (asked.impacts.length === 0)
    return refuse('no_components', `No component is named. Name at least one, with its impact: ${IMPACTS.join(', ')}.`, { known: IMPACTS });
  const impacts = readImpacts(asked.impacts, situation);
  if (isRefusal(impacts)) return impacts;
  return { at: situation.now, status, title, body, impacts };
};

/** Whoever reads of an incident reads all of it, so it stays of bearable length; Avow's own posts are not refused. */
export const MOST_POSTS = 200;

/** Why an incident cannot go on to this status, or nothing at all be posted on it; null when it can. */
const judgeStatus = (incident: IncidentFact, status: PostedStatus, { zone, components }: PostingSituation): Refusal | null => {
  const { id, resolvedAt, startedAt, detected, componentIds, updates } = incident;
  if (updates.length >= MOST_POSTS)
    return refuse(
      'too_many_posts',
      `${id} has ${updates.length} posts, and ${MOST_POSTS} is the most. Go on in a new incident: avow incident open.`,
      { incident: id, most: MOST_POSTS },
    );
  if (resolvedAt !== null && status !== 'postmortem')
    return refuse(
      'already_resolved',
      `${id} was resolved at ${instantWords(zone, resolvedAt)}. Nothing but a postmortem follows (--status postmortem); what is new is a new incident.`,
      { incident: id, resolved_at_ms: resolvedAt },
    );
  if (resolvedAt === null && status === 'postmortem')
    return refuse('not_resolved', `${id} is not resolved yet. A postmortem comes after that.`, {
      incident: id,
      status: statusOf(incident),
    });
  if (status === 'resolved' && detected) {
    const down = components.filter((one) => componentIds.includes(one.id)).map(({ slug }) => slug);
    const since = instantWords(zone, startedAt);
    return refuse(
      'still_down',
      `The checks have seen ${down.join(', ')} down since ${since}, and no good check since. ${id} resolves itself at the first one; until then, post what you know.`,
      { incident: id, components: down, down_since_ms: startedAt },
    );
  }
  return null;
};

/** What was posted after the post that the author had read; null when nothing was, or nobody asks. */
const judgeSeen = (incident: IncidentFact, { seen }: NewUpdate, { zone }: PostingSituation): Refusal | null => {
  if (seen === undefined) return null;
  const last = lastPostOf(incident);
  if ((last?.id ?? null) === seen || !last) return null;
  const who = last.author ?? 'Avow itself';
  return refuse(
    'posted_meanwhile',
    `${who} posted on ${incident.id} at ${instantWords(zone, last.recordedAt)}, after you had opened this form. Read it, then decide whether yours still holds.`,
    { incident: incident.id, last: last.id },
  );
};

/** The next update of `incident`, null when there is none of that `id`; or why there can be none. */
export const decideUpdate = (
  id: string,
  incident: IncidentFact | null,
  asked: NewUpdate,
  situation: PostingSituation,
): DecidedUpdate | Refusal => {
  if (!incident)
    return refuse('unknown_incident', `There is no incident ${id}. \`avow incident list --all\` shows them.`, { incident: id });
  const status = readStatus(asked.status ?? statusOf(incident), POSTED_STATUSES, situation);
  if (isRefusal(status)) return status;
  // After a postmortem, too, the next one is asked for by name.
  const refused = judgeStatus(incident, asked.status === null && !isOpenStatus(status) ? 'resolved' : status, situation);
  if (refused) return refused;
  const meanwhile = judgeSeen(incident, asked, situation);
  if (meanwhile) return meanwhile;
  const body = readText('body', asked.body);
  if (isRefusal(body)) return body;
  const title = asked.title === null ? null : readText('title', asked.title);
  if (isRefusal(title)) return title;
  const impacts = readImpacts(asked.impacts, situation);
  if (isRefusal(impacts)) return impacts;
  if (impacts.length > 0 && !isOpenStatus(status))
    return refuse('impact_after_end', `What is ${status} has no impact any more. Leave the components out.`, { incident: id, status });
  const at = later(situation.now, lastSaidAt(incident));
  return { at, status, body, title: title === incident.title ? null : title, impacts };
};
