/** What a verb of incidents answers: the incident as it now stands, and what a person should be warned of. Sentences beside the same facts for programs. */
import { instantWords } from '../maintenance/words.ts';
import type { Instant } from '../time/instant.ts';
import { accountOf, type IncidentAccount } from './incident-account.ts';
import { concernedIds, type IncidentFact, type PostedStatus } from './incident-fact.ts';
import type { PostingSituation } from './posting-input.ts';

export interface PostingWarning {
  readonly code: 'detected_too' | 'seen_down';
  readonly message: string;
}
export interface IncidentAnswer {
  readonly incident: IncidentAccount;
  /** The update that this verb wrote. */
  readonly update: string;
  readonly warnings: readonly PostingWarning[];
  /** The whole answer in sentences, warnings included. */
  readonly says: readonly string[];
}
const DONE: Readonly<Record<'opened' | 'updated' | 'resolved', string>> = { opened: 'Opened', updated: 'Posted on', resolved: 'Resolved' };

/** What the checks have open on the same components. */
const rivals = (fact: IncidentFact, open: readonly IncidentFact[]): IncidentFact[] => {
  const concerned = new Set(concernedIds(fact));
  return open.filter(({ id, detected, componentIds }) => detected && id !== fact.id && componentIds.some((one) => concerned.has(one)));
};

const warningsOf = (verb: keyof typeof DONE, fact: IncidentFact, open: readonly IncidentFact[], zone: string): PostingWarning[] =>
  rivals(fact, open).flatMap(({ id, title, startedAt }): PostingWarning[] => {
    const found = `"${title}" (${id}) since ${instantWords(zone, startedAt)}`;
    if (verb === 'opened')
      return [
        {
          code: 'detected_too',
          message: `The checks have an incident open on the same component: ${found}. Readers see both; to speak of it in one place, post on ${id}.`,
        },
      ];
    return verb === 'resolved'
      ? [{ code: 'seen_down', message: `The checks still see an outage: ${found}. The page goes on showing it.` }]
      : [];
  });

const STATUS_WORDS: Readonly<Record<PostedStatus, string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  postmortem: 'Postmortem published',
};
const sinceWords = ({ status, startedAt, resolvedAt }: IncidentAccount, zone: string): string =>
  resolvedAt === null
    ? `${STATUS_WORDS[status]}; open since ${instantWords(zone, startedAt)}.`
    : `${STATUS_WORDS[status]}; it lasted from ${instantWords(zone, startedAt)} to ${instantWords(zone, resolvedAt)}.`;

/** "checkout major_outage, search degraded" */
export const impactWords = ({ components }: Pick<IncidentAccount, 'components'>): string =>
  components.map(({ component, impact }) => `${component} ${impact}`).join(', ');

/** `fact`: as it is after the verb. `open`: what else is open. */
export const postingAnswer = (
  verb: keyof typeof DONE,
  fact: IncidentFact,
  update: string,
  open: readonly IncidentFact[],
  { now, zone, components }: Pick<PostingSituation, 'zone' | 'components'> & { readonly now: Instant },
): IncidentAnswer => {
  const incident = accountOf(fact, components, now);
  const warnings = warningsOf(verb, fact, open, zone);
  const says = [
    `${DONE[verb]} ${fact.id}: "${fact.title}".`,
    sinceWords(incident, zone),
    ...(fact.resolvedAt === null ? [`Impact: ${impactWords(incident)}; of the whole, at its worst: ${incident.impact}.`] : []),
    ...warnings.map(({ message }) => `Warning: ${message}`),
  ];
  return { incident, update, warnings, says };
};
