/**
 * What is known when somebody drafts, publishes, plans or records a release: the terms, the time, every announcement and release; and
 * how a release is found by its version. Instants ms UTC.
 */
import type { AnnouncementFact } from '../maintenance/announcement-fact.ts';
import { instantWords } from '../maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import type { ReleaseFact } from './release-fact.ts';
import { type ReleaseStanding, releaseStanding } from './release-standing.ts';
import type { ReleaseTerms } from './release-window.ts';

export interface ReleaseSituation {
  readonly terms: ReleaseTerms;
  readonly now: Instant;
  readonly announcements: readonly AnnouncementFact[];
  readonly releases: readonly ReleaseFact[];
}

const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;
/** Beside the pages of the versions the console has a page of its own there. */
const RESERVED = 'new';

export const readVersion = (given: string): string | Refusal => {
  if (given === RESERVED)
    return refuse(
      'bad_version',
      `No release may be called "${RESERVED}": the console has its form for a new release at that name. Give the version another name.`,
      { version: given },
    );
  if (given.trim() === '')
    return refuse('bad_version', 'The version is empty. Give it one as your pipeline calls it, such as 2.14.0.', { version: given });
  return VERSION.test(given)
    ? given
    : refuse(
        'bad_version',
        `"${given.slice(0, 80)}" is no version: 1 to 64 letters, digits, dots, dashes, plus signs and underscores, a letter or digit first.`,
        { version: given.slice(0, 80) },
      );
};

export const findRelease = ({ releases }: Pick<ReleaseSituation, 'releases'>, version: string): ReleaseFact | Refusal => {
  const read = readVersion(version);
  if (isRefusal(read)) return read;
  const found = releases.find((one) => one.version === read);
  return (
    found ??
    refuse('unknown_release', `There is no release ${read}. \`avow release list\` shows them all; \`avow release draft\` makes one.`, {
      version: read,
    })
  );
};

/** What is said to have happened may not lie ahead. */
export const judgePast = (at: Instant, what: string, { terms, now }: ReleaseSituation): Refusal | null =>
  at <= now
    ? null
    : refuse(
        'in_the_future',
        `${instantWords(terms.reserve.zone, at)} is still to come; it is ${instantWords(terms.reserve.zone, now)} now. ${what}`,
        {
          asked_ms: at,
          now_ms: now,
        },
      );

/** As it stands now; throws when it was recorded after `now`. */
export const standingNow = (fact: ReleaseFact, { announcements, terms, now }: Omit<ReleaseSituation, 'releases'>): ReleaseStanding => {
  const standing = releaseStanding(fact, announcements, terms, now);
  if (!standing) throw new Error(`The release ${fact.version} was recorded after the instant at which it is looked at.`);
  return standing;
};
