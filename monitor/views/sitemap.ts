/**
 * Every public address, for search engines: pages, components with their months, incidents, windows and public releases, and when what they
 * say last changed. Plain JSON, instants as ms. `buildSitemap` is pure; nothing that is hidden has an address here.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { factsOf } from '#db/queries/facts.ts';
import type { ComponentFact, IncidentFact } from '#db/queries/facts-types.ts';
import { readReleases } from '#db/queries/releases.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { type Instant, instant, later } from '#domain/time/instant.ts';
import { monthAfter, monthAt } from '#domain/time/month.ts';
import type { Context } from '#monitor/context.ts';
import { MONTHS_TOLD } from './month-figure.ts';
import { type PublicRelease, publicReleases } from './public-release.ts';

export interface SitemapEntry {
  readonly path: string;
  /** Null: it changes with every check, or nobody knows. */
  readonly changedAt: Instant | null;
}
export interface SitemapFacts {
  readonly components: readonly Pick<ComponentFact, 'slug' | 'createdAt'>[];
  readonly incidents: readonly IncidentFact[];
  readonly announcements: readonly AnnouncementFact[];
  readonly releases: readonly Pick<PublicRelease, 'version' | 'changedAt'>[];
}
export interface SitemapView {
  readonly entries: readonly SitemapEntry[];
}

/** As many as one sitemap may have (sitemaps.org); the newest things come first, so that the oldest are left out. */
export const MOST_ENTRIES = 50_000;
const PAGES = ['/', '/maintenance', '/releases', '/history', '/sla', '/subscribe', '/embed', '/api'];
const seg = (path: string, name: string): string => `${path}/${encodeURIComponent(name)}`;
const last = (instants: readonly Instant[]): Instant => instants.reduce(later, instant(0));

/** Months from the one of `since` to the running one, the latest first; as far back as pages tell. */
const monthsFrom = (zone: string, since: Instant, now: Instant): string[] => {
  const [first, running] = [monthAt(zone, since), monthAt(zone, now)];
  return Array.from({ length: MONTHS_TOLD + 1 }, (_, back) => monthAfter(running, -back)).filter((month) => month >= first);
};

export const buildSitemap = (facts: SitemapFacts, zone: string, now: Instant): SitemapView => {
  const bare = (path: string): SitemapEntry => ({ path, changedAt: null });
  const began = facts.components.map(({ createdAt }) => createdAt).reduce((a, b) => (b < a ? b : a), now);
  const incidents = facts.incidents.map(({ id, confirmedAt, resolvedAt, updates }) => ({
    path: seg('/incidents', id),
    changedAt: last([confirmedAt, ...(resolvedAt === null ? [] : [resolvedAt]), ...updates.map(({ recordedAt }) => recordedAt)]),
  }));
  const windows = facts.announcements.flatMap(({ id, revisions, ending }) => {
    const shown = revisions.filter(({ publicAt }) => publicAt <= now);
    const times = [...shown.map(({ recordedAt }) => recordedAt), ...(ending ? [ending.recordedAt] : [])];
    return shown.length > 0 ? [{ path: seg('/maintenance', id), changedAt: last(times) }] : [];
  });
  const releases = facts.releases.map(({ version, changedAt }) => ({ path: seg('/releases', version), changedAt }));
  const months = facts.components.length > 0 ? monthsFrom(zone, began, now).map((month) => bare(`/sla/${month}`)) : [];
  const components = facts.components.map(({ slug }) => bare(seg('/components', slug)));
  const componentMonths = facts.components.flatMap(({ slug, createdAt }) =>
    monthsFrom(zone, createdAt, now).map((month) => bare(`${seg('/components', slug)}/${month}`)),
  );
  const entries = [
    ...PAGES.map(bare),
    ...components,
    ...months,
    ...windows.toReversed(),
    ...releases.toReversed(),
    ...incidents,
    ...componentMonths,
  ];
  return { entries: entries.slice(0, MOST_ENTRIES) };
};

/** As of now. Rejects when the store does not answer. */
export const sitemapView = async ({ store, clock, config }: Context): Promise<SitemapView> => {
  const facts = factsOf(store);
  const [components, incidents, announcements, releases] = await Promise.all([
    facts.components(),
    facts.incidents(instant(0)),
    readAnnouncements(store),
    readReleases(store),
  ]);
  const now = clock.now();
  const known = publicReleases(releases, announcements, config.policy, now);
  return buildSitemap({ components, incidents, announcements, releases: known }, config.policy.zone, now);
};
