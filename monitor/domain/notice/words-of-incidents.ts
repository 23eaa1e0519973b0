/**
 * How incidents are told: what the checks found, and what people posted. Its end says what the time between counts as, and whether it was an
 * outage at all.
 */
import type { NoticeType } from './notice-kind.ts';
import { at, fromTo, instantOr, lasted, line, MOST_TITLE, type Payload, type Say } from './notice-text.ts';

const MOST_POSTED = 500;

const onIncident = (payload: Payload) => {
  const id = line(payload['incident'], 64);
  return { path: `/incidents/${id}`, console: `/admin/incidents/${id}` };
};
/** Posted by people; what checks find carries its component instead. */
const posted = (payload: Payload): boolean => payload['update'] !== undefined;
const said = (payload: Payload): string[] => {
  const body = line(payload['body'], MOST_POSTED);
  return body === '' ? [] : [`It says: ${body}`];
};
const DOWNTIME = 'counts as downtime, save what lies in announced maintenance';
const WITHOUT_FIGURES = 'The post changes no figure: downtime is what the checks saw, and what somebody records as an override.';

/** How an incident ended, and what that means. Rows of an earlier Avow do not say; those of checks ended by an answer. */
type Ending = 'answers' | 'never_was' | 'removed' | 'posted';
const endingOf = (payload: Payload): Ending => {
  const { ended } = payload;
  return posted(payload) ? 'posted' : ended === 'never_was' || ended === 'removed' ? ended : 'answers';
};
const causeOf = (payload: Payload): string =>
  `Nothing is urgent any more. If customers should know the cause, post it: avow incident update ${line(payload['incident'], 64)} --status postmortem --body "…"`;
const ENDED: Readonly<
  Record<Ending, (payload: Payload, zone: string) => { readonly before: string; readonly paragraphs: readonly string[] }>
> = {
  answers: (payload, zone) => ({
    before: `Over after ${lasted(payload['startedAt'], payload['resolvedAt'])}`,
    paragraphs: [
      `It was down ${fromTo(payload['startedAt'], payload['resolvedAt'], zone)}.`,
      `That time ${DOWNTIME}. The status page says that it is over.`,
      causeOf(payload),
    ],
  }),
  posted: (payload, zone) => ({
    before: `Over after ${lasted(payload['startedAt'], payload['resolvedAt'])}`,
    paragraphs: [
      `A person resolved it; it was open ${fromTo(payload['startedAt'], payload['resolvedAt'], zone)}.`,
      ...said(payload),
      WITHOUT_FIGURES,
      causeOf(payload),
    ],
  }),
  never_was: (payload, zone) => ({
    before: 'Withdrawn',
    paragraphs: [
      `It was told as down since ${at(payload['startedAt'], zone)}.`,
      'Results that arrived late show that this was no confirmed outage. It does not count as downtime, and the status page says so.',
      'If you told customers of it elsewhere, take it back there.',
    ],
  }),
  removed: (payload, zone) => ({
    before: 'No longer watched',
    paragraphs: [
      `The component was taken out while it was down, ${fromTo(payload['startedAt'], payload['resolvedAt'], zone)}.`,
      `The time up to then ${DOWNTIME}. Whether it answers now nobody measures; its incident is closed.`,
      'If it was not meant to be taken out, put it back; its checks begin anew.',
    ],
  }),
};

export const INCIDENT_WORDS = {
  'incident.opened': (payload, zone) => {
    const id = line(payload['incident'], 64);
    const post = `avow incident update ${id} --body "…"`;
    return {
      title: line(payload['title']),
      since: instantOr(payload['startedAt']),
      paragraphs: [
        `Since ${at(payload['startedAt'], zone)}.`,
        ...(posted(payload)
          ? [
              'A person opened it, not the checks. The status page shows it.',
              ...said(payload),
              WITHOUT_FIGURES,
              `Post what changes, in the console or with: ${post}`,
            ]
          : [
              `The status page shows it already. From the first failing check on it ${DOWNTIME}.`,
              `The console shows what each check saw. Tell your customers what you know, there or with: ${post}`,
              'You are told when it is over.',
            ]),
      ],
      ...onIncident(payload),
    };
  },
  'incident.updated': (payload) => ({
    title: line(payload['title']),
    paragraphs: [line(payload['body'], 2_000)],
    ...onIncident(payload),
  }),
  'incident.resolved': (payload, zone) => {
    const { before, paragraphs } = ENDED[endingOf(payload)](payload, zone);
    return { title: `${before}: ${line(payload['title'], MOST_TITLE - before.length - 2)}`, paragraphs, ...onIncident(payload) };
  },
} as const satisfies Partial<Record<NoticeType, Say>>;
