/**
 * Releases as the API tells them: what is public of each (public-release.ts), with the notes that were published last. Newest first is by
 * when a release became public, which never changes again, so that a list read page by page shows each release once. Instants ms. Pure,
 * but for the reading at its end. Source: semantics F.
 */
import { createHash } from 'node:crypto';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readRelease, readReleases } from '#db/queries/releases.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { releaseStanding } from '#domain/release/release-standing.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';
import { type PublicRelease, publicOf } from './public-release.ts';

export interface ReleaseDocument extends PublicRelease {
  /** As published last; null: none are public. */
  readonly notes: { readonly rev: number; readonly publicAt: Instant; readonly markdown: string } | null;
}
export interface ReleasesView {
  readonly asOf: Instant;
  readonly releases: readonly ReleaseDocument[];
  /** Null: there is none older. */
  readonly nextCursor: string | null;
}
export interface ReleaseView {
  readonly asOf: Instant;
  /** Null only while nothing was ever known. */
  readonly release: ReleaseDocument | null;
}

interface Facts {
  readonly releases: readonly ReleaseFact[];
  readonly announcements: readonly AnnouncementFact[];
}

const documentsOf = ({ releases, announcements }: Facts, terms: ReleaseTerms, now: Instant): ReleaseDocument[] =>
  releases.flatMap((fact): ReleaseDocument[] => {
    const standing = releaseStanding(fact, announcements, terms, now);
    const known = standing && publicOf(standing, fact, now);
    if (!standing || !known) return [];
    const { notes } = standing;
    return [{ ...known, notes: notes && { rev: notes.rev, publicAt: notes.publicAt, markdown: notes.notes } }];
  });

/** A place in the list: what is older than one release. */
interface Place {
  readonly since: number;
  readonly tie: string;
}
const placeOf = ({ publicSince, version }: ReleaseDocument): Place => ({
  since: publicSince,
  tie: createHash('sha256').update(version).digest('hex').slice(0, 16),
});
const compare = (a: Place, b: Place): number => b.since - a.since || (a.tie < b.tie ? -1 : a.tie > b.tie ? 1 : 0);

const seal = (text: string): string => createHash('sha256').update(`releases ${text}`).digest('hex').slice(0, 8);
const cursorAt = ({ since, tie }: Place): string => {
  const text = `${since.toString(36)}-${tie}`;
  return `${text}-${seal(text)}`;
};

/** Where a list goes on; null: no list ever ended there. */
export const placeOfCursor = (cursor: string): Place | null => {
  const [, text = '', since = '', tie = '', sealed] = /^((\w{1,11})-([0-9a-f]{16}))-([0-9a-f]{8})$/.exec(cursor) ?? [];
  return sealed === seal(text) && text !== '' ? { since: Number.parseInt(since, 36), tie } : null;
};

/** `limit` of them, newest first, from behind `cursor` on. */
export const releasesPage = (facts: Facts, terms: ReleaseTerms, now: Instant, limit: number, cursor: string | null): ReleasesView => {
  const from = cursor === null ? null : placeOfCursor(cursor);
  const listed = documentsOf(facts, terms, now)
    .map((release) => ({ release, place: placeOf(release) }))
    .filter(({ place }) => from === null || compare(place, from) > 0)
    .sort((a, b) => compare(a.place, b.place));
  const page = listed.slice(0, limit);
  const last = page.at(-1);
  return {
    asOf: now,
    releases: page.map(({ release }) => release),
    nextCursor: last && listed.length > limit ? cursorAt(last.place) : null,
  };
};

type Reads = Pick<Context, 'store' | 'clock' | 'config'>;

export const releasesView = async ({ store, clock, config }: Reads, limit: number, cursor: string | null): Promise<ReleasesView> => {
  const now = clock.now();
  const [releases, announcements] = await Promise.all([readReleases(store), readAnnouncements(store)]);
  return releasesPage({ releases, announcements }, config.policy, now, limit, cursor);
};

/** Null: unknown, or not public. */
export const releaseView = async ({ store, clock, config }: Reads, version: string): Promise<ReleaseView | null> => {
  const asOf = clock.now();
  const fact = await readRelease(store, version);
  const [release] = fact ? documentsOf({ releases: [fact], announcements: await readAnnouncements(store) }, config.policy, asOf) : [];
  return release ? { asOf, release } : null;
};
