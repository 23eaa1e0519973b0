/** Incidents as lines for a terminal at night: what is open and for how long, whom it hits, what was said last and how to go on. */
import type { AccountedUpdate, IncidentAccount } from '#domain/incident/incident-account.ts';
import { impactWords } from '#domain/incident/posting-answer.ts';
import { instantWords } from '#domain/maintenance/words.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { IncidentTemplatesView } from '#monitor/views/incident-templates.ts';
import type { IncidentsView } from '#monitor/views/incidents.ts';
import { byWords } from './signed-words.ts';

/** Posts shown of each incident; `--json` has them all. */
const POSTS_SHOWN = 3;
const MOST_LETTERS = 100;

/** Its first line, cut off where a terminal would wrap it. */
const firstLine = (body: string): string => {
  const [line = '', more] = body.split('\n', 2);
  if (line.length <= MOST_LETTERS) return more === undefined ? line : `${line} …`;
  return `${[...line].slice(0, MOST_LETTERS).join('')}…`;
};

const postLine = ({ displayAt, status, author, authenticated, body, title }: AccountedUpdate, zone: string): string =>
  `      ${instantWords(zone, displayAt)}, ${status}${byWords(author, authenticated)}: ${title === null ? '' : `now called "${title}". `}${firstLine(body)}`;

/** To the second. */
const lasted = (from: number, to: number): string =>
  to - from < 1_000 ? 'less than a second' : lengthText(to - from - ((to - from) % 1_000));

const accountLines = (incident: IncidentAccount, { asOf, zone }: IncidentsView): string[] => {
  const { startedAt, resolvedAt, status, impact, detected, updates } = incident;
  const when =
    resolvedAt === null
      ? `${status}, open for ${lasted(startedAt, asOf)}, since ${instantWords(zone, startedAt)}`
      : `${status}, lasted ${lasted(startedAt, resolvedAt)}, ${instantWords(zone, startedAt)} to ${instantWords(zone, resolvedAt)}`;
  const earlier = updates.length - POSTS_SHOWN;
  return [
    `${incident.id}  ${incident.title}`,
    `    ${when}`,
    `    ${detected ? 'found by the checks' : 'opened by hand'}; impact ${impact}${resolvedAt === null ? `; now ${impactWords(incident)}` : ''}`,
    ...updates.slice(0, POSTS_SHOWN).map((update) => postLine(update, zone)),
    ...(earlier > 0 ? [`      and ${earlier} earlier ${earlier === 1 ? 'post' : 'posts'} (--json shows them)`] : []),
  ];
};

const count = (open: number): string =>
  open === 0 ? 'No incident is open' : open === 1 ? 'One incident is open' : `${open} incidents are open`;

export const incidentLines = (view: IncidentsView): string[] => {
  const [open, over] = [view.incidents.filter((one) => one.resolvedAt === null), view.incidents.filter((one) => one.resolvedAt !== null)];
  const next = open[0];
  const advice = next ? [`Post on one: avow incident update ${next.id} --body "What we know now."`] : [];
  return [
    `${count(open.length)}. It is ${instantWords(view.zone, view.asOf)}.${view.all ? '' : ' --all shows resolved ones too.'}`,
    ...open.flatMap((one) => ['', ...accountLines(one, view)]),
    ...(over.length > 0 ? ['', 'Resolved:', ...over.flatMap((one) => ['', ...accountLines(one, view)])] : []),
    ...(advice.length > 0 ? ['', ...advice] : []),
  ];
};

export const incidentTemplateLines = ({ templates }: IncidentTemplatesView): string[] =>
  templates.length === 0
    ? ['No template is kept besides those that come with Avow.']
    : templates.map(
        ({ name, title, texts, author }) =>
          `${name}${title === null ? '' : `  "${title}"`}  for ${Object.keys(texts).join(', ')}${author === null ? '' : `; by ${author}`}`,
      );
