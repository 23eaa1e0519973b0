/** Why a component is what it is, in sentences: first what it is told to be, then what decides that, the strongest first. */
import { instantWords } from '#domain/maintenance/words.ts';
import { unknownWords } from '#domain/report/line-words.ts';
import type { ComponentState } from '#domain/sla/overall.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { ComponentExplained, LocationExplained } from './explained.ts';

type Explained = Omit<ComponentExplained, 'says'>;

const STATES: Readonly<Record<ComponentState, string>> = {
  operational: 'operational',
  degraded: 'degraded',
  partial_outage: 'partly out',
  major_outage: 'down',
  maintenance: 'under maintenance',
  unknown: 'unknown',
};
const SAYS: Readonly<Record<LocationExplained['says'], string>> = {
  up: 'up',
  blip: 'up',
  down: 'down',
  unknown: 'silent',
  pending: 'failing, not confirmed yet',
};

/** To the second. */
const length = (ms: number): string => (ms < 1_000 ? 'less than a second' : lengthText(ms - (ms % 1_000)));

const headline = ({ component, state, since, asOf, investigating, zone }: Explained): string => {
  const lasted = since === null ? '' : ` for ${length(asOf - since)}, since ${instantWords(zone, since)}`;
  return `${component.name} is ${STATES[state]}${lasted}.${investigating ? ' Failures are being confirmed.' : ''}`;
};

const pauseLines = ({ pause, zone }: Explained): string[] => {
  if (!pause) return [];
  const end = pause.until === null ? 'until somebody resumes it' : `until ${instantWords(zone, pause.until)}`;
  return [
    `It is paused since ${instantWords(zone, pause.since)}${pause.by === null ? '' : ` by ${pause.by}`}, ${end}${pause.reason === null ? '.' : `: ${pause.reason}`}`,
    'Nothing is asked of it, and its time is unknown.',
  ];
};

const layerLines = ({ windows, overrides, posted, incidents, zone }: Explained): string[] => [
  ...windows.map(
    ({ end }) =>
      `Announced maintenance that is left out of the figure runs until ${instantWords(zone, end)}; it is shown above everything else.`,
  ),
  ...posted.map(
    ({ state, start }) => `Since ${instantWords(zone, start)} people post that it is ${STATES[state]}, which is shown where that is worse.`,
  ),
  ...overrides.map(
    ({ id, state, end }) =>
      `Override ${id} says ${state}${end === null ? ' until it is revoked' : ` until ${instantWords(zone, end)}`}, whatever the checks say.`,
  ),
  ...incidents.map(
    ({ id, title, detected }) => `Incident ${id} (${title}) is open, ${detected ? 'found by the checks' : 'opened by hand'}.`,
  ),
];

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const quorumLine = ({ checks, quorum }: Explained): string => {
  const { locations, needed, down, up, silent } = quorum;
  const said = checks === 'up' ? 'up' : checks === 'down' ? 'down' : 'unknown';
  if (locations === 1) return `The checks say ${said}.`;
  const parts = [...(up > 0 ? [`${up} up`] : []), ...(down > 0 ? [`${down} down`] : []), ...(silent > 0 ? [`${silent} neither`] : [])];
  const enough = Math.max(1, locations - needed + 1);
  return `The checks say ${said}: of ${count(locations, 'location')} ${parts.join(', ')}. An outage takes ${needed} that say down, being up ${enough} that say up.`;
};

const locationLines = ({ locations, asOf, zone }: Explained): string[] =>
  locations.flatMap(({ name, asked, says, slow, speaksUntil, run, samples }): string[] => {
    const last = samples[0];
    const heard = last
      ? `; last check ${length(Math.max(0, asOf - last.at))} ago: ${last.detail === '' ? last.words : last.detail}`
      : '; no check yet';
    const speaks =
      speaksUntil === null
        ? ''
        : speaksUntil > asOf
          ? `, which holds until ${instantWords(zone, speaksUntil)}`
          : `, for what it said last held until ${instantWords(zone, speaksUntil)}`;
    return [
      `  ${name}: ${asked ? SAYS[says] : 'not asked any more'}${slow ? ', slowly' : ''}${speaks}${heard}`,
      ...(run ? [`    ${run.failures} of ${run.needed} failures in a row that make an outage`] : []),
    ];
  });

const sentinelLine = ({ sentinels, checks }: Explained): string[] => {
  if (sentinels.configured === 0)
    return checks === 'up' ? [] : ['No sentinel is configured: an outage of our own network cannot be told from one of the target.'];
  if (sentinels.answered === false)
    return ['No sentinel answered with the last check: our own network may be cut off, and failures are no evidence.'];
  return [];
};

export const explainedWords = (view: Explained): string[] => [
  headline(view),
  ...pauseLines(view),
  ...layerLines(view),
  quorumLine(view),
  ...view.unknownBecause.filter((cause) => cause !== 'paused').map((cause) => unknownWords(cause)),
  ...sentinelLine(view),
  ...locationLines(view),
];
