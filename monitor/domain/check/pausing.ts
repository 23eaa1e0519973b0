/**
 * Whether a component may be paused or resumed. While it is paused nothing is asked of it, and the time is unknown: never up, never
 * down. No outage begins by it, and one that is open does not end by it. `until` is half-open: at that instant it is asked again.
 * Refuses an end that is over or too far ahead, and a pause of what is paused already. Source: semantics A3, A5, A9.
 */
import { instantWords } from '../maintenance/words.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { DAY, type Instant } from '../time/instant.ts';

/** Longer than this is no pause: remove it. */
const MOST_MS = 366 * DAY;

export interface PauseNow {
  readonly since: Instant;
  readonly reason: string;
  readonly by: string | null;
  readonly until: Instant | null;
}

const whoWhen = ({ since, by }: PauseNow, zone: string): string => `since ${instantWords(zone, since)}${by === null ? '' : ` by ${by}`}`;

export const refusePause = (slug: string, now: PauseNow | null, until: Instant | null, at: Instant, zone: string): Refusal | null => {
  if (now)
    return refuse(
      'already_paused',
      `${slug} is paused already, ${whoWhen(now, zone)}: ${now.reason}. Resume it first to give another reason or end.`,
      {
        component: slug,
        ...now,
      },
    );
  if (until !== null && until <= at)
    return refuse('bad_until', `A pause until ${instantWords(zone, until)} would be over. Name a later end, or none.`, { until });
  if (until !== null && until - at > MOST_MS)
    return refuse(
      'bad_until',
      `A pause may last a year, and ${instantWords(zone, until)} is further ahead. Remove the component instead.`,
      { until },
    );
  return null;
};

export const refuseResume = (slug: string, now: PauseNow | null): Refusal | null =>
  now ? null : refuse('not_paused', `${slug} is not paused.`, { component: slug });

export const pausedWords = (name: string, until: Instant | null, zone: string): string[] => [
  `${name} is paused: nothing is asked of it ${until === null ? 'until somebody resumes it' : `until ${instantWords(zone, until)}`}.`,
  'Until then its time is unknown, never up and never down. The page says "not measured: paused" and neither who nor why.',
];
