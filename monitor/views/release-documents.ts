/**
 * Releases as the public may know them: one that went to production or whose notes are public, with the notes that were published last,
 * its window and its deployments. Drafts, tickets, reasons and names of people are not in here. Newest first is by when a release became
 * public, which never changes again, so that a list read page by page shows each release once. Instants ms. Pure, but for the reading
 * at its end. Source: semantics F.
 */
import { createHash } from 'node:crypto';
import { readRelease, readReleases } from '#db/queries/releases.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';

export interface PublicRelease extends Pick<ReleaseFact, 'version' | 'kind'> {
  /** Null: no notes are public, and neither is what they are called. */
  readonly title: string | null;
  readonly publicSince: Instant;
  readonly notes: { readonly rev: number; readonly publicAt: Instant; readonly markdown: string } | null;
  readonly plan: { readonly announcement: string; readonly plannedAt: Instant | null } | null;
  /** In the order in which they were recorded. */
  readonly deployments: readonly {
    readonly kind: 'deploy' | 'rollback';
    readonly deployedAt: Instant;
    readonly outsideWindow: boolean;
    readonly announcement: string | null;
  }[];
}
export interface ReleasesView {
  readonly asOf: Instant;
  readonly releases: readonly PublicRelease[];
  /** Null: there is none older. */
  readonly nextCursor: string | null;
}
export interface ReleaseView {
  readonly asOf: Instant;
  /** Null only while nothing was ever known. */
  readonly release: PublicRelease | null;
}

/** Null: the public knows of no such release. */
export const publicRelease = (fact: ReleaseFact, now: Instant): PublicRelease | null => {
  const published = fact.publications.filter(({ publicAt }) => publicAt <= now);
  const last = published.at(-1);
  const notes = last && fact.notes.find(({ rev }) => rev === last.rev);
  const known = [...published.map(({ publicAt }) => publicAt), ...fact.deployments.map(({ recordedAt }) => recordedAt)];
  const [publicSince] = known.sort((a, b) => a - b);
  if (publicSince === undefined) return null;
  const { version, kind, title } = fact;
  const plan = fact.plans.at(-1);
  return {
    version,
    kind,
    title: last ? title : null,
    publicSince,
    notes: last && notes ? { rev: last.rev, publicAt: last.publicAt, markdown: notes.notes } : null,
    plan: plan?.announcement ? { announcement: plan.announcement, plannedAt: plan.plannedAt } : null,
    deployments: fact.deployments.map((one) => ({
      kind: one.kind,
      deployedAt: one.deployedAt,
      outsideWindow: one.place === 'outside_window',
      announcement: one.announcement,
    })),
  };
};

/** A place in the list: what is older than one release. */
interface Place {
  readonly since: number;
  readonly tie: string;
}
const placeOf = ({ publicSince, version }: PublicRelease): Place => ({
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
export const releasesPage = (facts: readonly ReleaseFact[], now: Instant, limit: number, cursor: string | null): ReleasesView => {
  const from = cursor === null ? null : placeOfCursor(cursor);
  const listed = facts
    .flatMap((fact) => publicRelease(fact, now) ?? [])
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

type Reads = Pick<Context, 'store' | 'clock'>;

export const releasesView = async ({ store, clock }: Reads, limit: number, cursor: string | null): Promise<ReleasesView> =>
  releasesPage(await readReleases(store), clock.now(), limit, cursor);

/** Null: unknown, or not public. */
export const releaseView = async ({ store, clock }: Reads, version: string): Promise<ReleaseView | null> => {
  const asOf = clock.now();
  const fact = await readRelease(store, version);
  const release = fact && publicRelease(fact, asOf);
  return release && { asOf, release };
};
