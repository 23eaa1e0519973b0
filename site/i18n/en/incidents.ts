/** English sentences of the page of an incident. */
import type { Impact } from '#domain/incident/incident-fact.ts';
import type { Indicator } from '#domain/sla/overall.ts';
import { plural } from './grammar.ts';

export const incidentWords = {
  pageTitle: (title: string, page: string) => `${title} · ${page}`,
  openSince: (at: string) => `Open since ${at}`,
  /** The facts are too old to say that it is still so. */
  wasOpen: (since: string, asOf: string) => `It began at ${since} and was not over at ${asOf}.`,
  lasted: (from: string, to: string, length: string) => `It lasted from ${from} to ${to}, ${length}.`,
  detected: 'The checks found it by themselves.',
  opened: 'It was opened by hand.',
  impact: {
    none: 'No impact.',
    minor: 'Minor impact.',
    major: 'Major impact.',
    critical: 'Critical impact.',
  } satisfies Record<Indicator, string>,

  affected: 'Affected components',
  impactOf: {
    none: 'Not affected',
    degraded: 'Degraded',
    partial_outage: 'Partial outage',
    major_outage: 'Outage',
  } satisfies Record<Impact, string>,
  nowAndWorst: (now: string, worst: string) => `${now}; at its worst: ${worst}`,
  /** It is over. */
  atWorst: (impact: string) => `At its worst: ${impact}`,

  posts: 'What was posted',
  noPosts: 'Nothing was posted.',
  called: (title: string) => `Called “${title}” from here on.`,
  impactSaid: (name: string, impact: string) => `${name}: ${impact}`,

  seen: 'What the checks saw',
  seenNote: 'From a little before it began to a little after it ended. The line above shows how long the incident was open.',
  seenNoteOpen: 'From a little before it began until now. The line above shows how long the incident has been open.',
  seenLabel: (name: string, from: string, to: string, parts: readonly string[]) => `${name}, ${from} to ${to}: ${parts.join(', ')}`,
  seenPart: (state: string, length: string) => `${state} ${length}`,
  seenTable: 'As a table',
  nothingSeen: 'Nothing was measured.',
  moreSeen: (count: number) => `${plural(count, 'later stretch', 'later stretches')} not shown; the page of the component has them.`,

  counted: 'Whether it counted',
  countedNote:
    'What is posted here counts nothing. Downtime is what the checks saw and what was corrected in the ledger; each month explains it:',
  countedIn: (name: string, month: string) => `${name} in ${month}`,
};
