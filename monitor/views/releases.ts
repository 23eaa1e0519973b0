/**
 * The pages of releases, made of what is public of them (public-release.ts). Plain JSON, instants as ms. The builders are pure;
 * `releasesPage` and `releasePage` read. Source: semantics F.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readRelease, readReleases } from '#db/queries/releases.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { type NotesGroup, notesGroups } from '#domain/release/notes-groups.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { releaseStanding } from '#domain/release/release-standing.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { startOfDay } from '#domain/time/zone.ts';
import type { Context } from '#monitor/context.ts';
import { lastOf, type PublicRelease, publicOf, publicReleases } from './public-release.ts';

/** How many released ones the list tells; each has its page. */
const RELEASED_TOLD = 100;

export interface ComingWindow {
  readonly announcement: string;
  readonly title: string;
  readonly window: Interval;
  readonly releases: readonly PublicRelease[];
}
export interface ReleasedGroup {
  /** The last deployment in it. */
  readonly at: Instant;
  /** Null: on that day, in no window. */
  readonly window: (Interval & { readonly announcement: string; readonly title: string }) | null;
  readonly releases: readonly PublicRelease[];
}
export interface ReleasesPageView {
  readonly asOf: Instant;
  readonly zone: string;
  /** Of the reserve. */
  readonly reserveZone: string;
  /** Windows that are not over, the next first. */
  readonly coming: readonly ComingWindow[];
  /** Public, in no window that could take them, the newest first. */
  readonly unplanned: readonly PublicRelease[];
  /** The newest first. */
  readonly released: readonly ReleasedGroup[];
  readonly omitted: number;
}
interface Facts {
  readonly releases: readonly ReleaseFact[];
  readonly announcements: readonly AnnouncementFact[];
}
interface Settings {
  readonly terms: ReleaseTerms;
  readonly zone: string;
}

const titleOf = (announcements: readonly AnnouncementFact[], id: string): string => {
  const found = announcements.find((one) => one.id === id);
  return found ? currentRevision(found).title : '';
};

const comingOf = (all: readonly PublicRelease[], announcements: readonly AnnouncementFact[]): ComingWindow[] => {
  const planned = all.filter(({ state, plan }) => state === 'coming' && plan?.unscheduled === null);
  return [...Map.groupBy(planned, ({ plan }) => plan?.announcement ?? '')]
    .flatMap(([announcement, releases]): ComingWindow[] => {
      const window = releases[0]?.plan?.window;
      return window ? [{ announcement, title: titleOf(announcements, announcement), window, releases }] : [];
    })
    .sort((a, b) => a.window.start - b.window.start);
};

const releasedOf = (all: readonly PublicRelease[], announcements: readonly AnnouncementFact[], zone: string): ReleasedGroup[] => {
  const newest = all
    .flatMap((release) => {
      const last = lastOf(release);
      return last ? [{ release, last }] : [];
    })
    .sort((a, b) => b.last.at - a.last.at);
  const keyOf = ({ last }: (typeof newest)[number]): string =>
    last.place === 'inside' && last.announcement !== null ? last.announcement : `day ${startOfDay(zone, last.at)}`;
  return [...Map.groupBy(newest, keyOf).values()].flatMap((group): ReleasedGroup[] => {
    const [first] = group;
    if (!first) return [];
    const { place, announcement } = first.last;
    const fact = place === 'inside' ? announcements.find(({ id }) => id === announcement) : undefined;
    const revision = fact && currentRevision(fact);
    return [
      {
        at: first.last.at,
        window: fact && revision ? { announcement: fact.id, title: revision.title, start: revision.start, end: revision.end } : null,
        releases: group.map(({ release }) => release),
      },
    ];
  });
};

export const buildReleasesPage = ({ releases, announcements }: Facts, { terms, zone }: Settings, asOf: Instant): ReleasesPageView => {
  const all = publicReleases(releases, announcements, terms, asOf);
  const coming = comingOf(all, announcements);
  const shown = new Set(coming.flatMap((window) => window.releases));
  const done = all.filter(({ state }) => state !== 'coming').sort((a, b) => (lastOf(b)?.at ?? 0) - (lastOf(a)?.at ?? 0));
  return {
    asOf,
    zone,
    reserveZone: terms.reserve.zone,
    coming,
    unplanned: all.filter((one) => one.state === 'coming' && !shown.has(one)).reverse(),
    released: releasedOf(done.slice(0, RELEASED_TOLD), announcements, zone),
    omitted: Math.max(0, done.length - RELEASED_TOLD),
  };
};

export interface ReleasePageView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly reserveZone: string;
  readonly release: PublicRelease;
  /** The announcement it is planned into, or was deployed in; null: none. */
  readonly announcement: { readonly id: string; readonly title: string } | null;
  /** Empty while its notes are not public. */
  readonly groups: readonly NotesGroup[];
  /** Every revision that is or was public, in order. */
  readonly revisions: readonly { readonly publicAt: Instant; readonly amended: boolean }[];
}

/** Null: there is no such version, as far as anybody may know. */
export const buildReleasePage = (
  version: string,
  { releases, announcements }: Facts,
  { terms, zone }: Settings,
  asOf: Instant,
): ReleasePageView | null => {
  const fact = releases.find((one) => one.version === version);
  const standing = fact ? releaseStanding(fact, announcements, terms, asOf) : null;
  const release = fact && standing && publicOf(standing, fact, asOf);
  if (!standing || !release) return null;
  const last = lastOf(release);
  const id = last ? last.announcement : (release.plan?.announcement ?? null);
  return {
    asOf,
    zone,
    reserveZone: terms.reserve.zone,
    release,
    announcement: id === null ? null : { id, title: titleOf(announcements, id) },
    groups: standing.notes ? notesGroups(standing.notes.notes) : [],
    revisions: standing.revisions.map(({ publicAt, amended }) => ({ publicAt, amended })),
  };
};

const settingsOf = ({ config }: Pick<Context, 'config'>): Settings => {
  const { reserve, minNoticeMs, notesLeadMs, zone } = config.policy;
  return { terms: { reserve, minNoticeMs, notesLeadMs }, zone };
};

/** The view of `/releases`, as of now. */
export const releasesPage = async (context: Context): Promise<ReleasesPageView> => {
  const asOf = context.clock.now();
  const [announcements, releases] = await Promise.all([readAnnouncements(context.store), readReleases(context.store)]);
  return buildReleasesPage({ announcements, releases }, settingsOf(context), asOf);
};

/** The view of `/releases/:version`, as of now; null: 404. */
export const releasePage = async (context: Context, version: string): Promise<ReleasePageView | null> => {
  const asOf = context.clock.now();
  const fact = await readRelease(context.store, version);
  if (!fact) return null;
  const announcements = await readAnnouncements(context.store);
  return buildReleasePage(version, { announcements, releases: [fact] }, settingsOf(context), asOf);
};
