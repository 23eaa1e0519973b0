/**
 * What readers of feeds are told, one entry per update: of incidents, of announced maintenance, of releases. Newest first, the newest
 * fifty. An entry says what was known when it was told, so it does not change later; its `key` is the same for ever. Drafts, names of
 * people and evidence are not in here. Instants in ms. `buildFeedEntries` is pure. Source: interfaces.md (feeds), semantics B2, F.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { factsOf } from '#db/queries/facts.ts';
import type { ComponentFact, IncidentFact } from '#db/queries/facts-types.ts';
import { readReleases } from '#db/queries/releases.ts';
import { readToldLately } from '#db/queries/told-lately.ts';
import { concernedIds } from '#domain/incident/incident-fact.ts';
import { describe, type NotCounted } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, type Components, knownBy } from '#domain/maintenance/announcement-fact.ts';
import type { DeploymentFact, ReleaseFact, ReleaseKind } from '#domain/release/release-fact.ts';
import { releaseStanding } from '#domain/release/release-standing.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import { type Instant, later, type Millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Context } from '#monitor/context.ts';
import { publicOf } from './public-release.ts';

/** Readers ask once an hour at least; on the worst of days an hour has fewer. */
export const MOST_ENTRIES = 50;

interface Told {
  /** What is told, for ever: `incident/…`, `maintenance/…`, `release/…`. */
  readonly key: string;
  /** When it was told. */
  readonly at: Instant;
  /** Of the page that tells all of it. */
  readonly path: string;
  readonly title: string;
  /** What it concerns, by name; null: everything. */
  readonly components: readonly string[] | null;
}
export interface IncidentEntry extends Told {
  readonly about: 'incident';
  readonly status: IncidentFact['updates'][number]['status'];
  readonly body: string;
}
export interface MaintenanceEntry extends Told {
  readonly about: 'maintenance';
  readonly step: 'announced' | 'revised' | 'cancelled' | 'completed';
  readonly body: string;
  readonly window: Interval;
  readonly announcedMs: Millis;
  /** As it stood when this was told. */
  readonly excludedMs: Millis;
  readonly notCounted: readonly NotCounted[];
}
export interface ReleaseEntry extends Omit<Told, 'title'> {
  /** Null: its notes were never public. */
  readonly title: string | null;
  readonly about: 'release';
  readonly version: string;
  readonly kind: ReleaseKind;
  readonly step: 'published' | 'revised' | 'deployed' | 'rolled_back';
  /** Markdown; empty where it tells of a deployment. */
  readonly notes: string;
  /** Null: it tells of notes. */
  readonly deployedAt: Instant | null;
}
export type FeedEntry = IncidentEntry | MaintenanceEntry | ReleaseEntry;
export type FeedTopic = FeedEntry['about'];

export interface FeedView {
  readonly instanceId: string;
  /** Of the reserve; windows are said in it and in UTC. */
  readonly zone: string;
  /** Null: of all components. */
  readonly component: { readonly slug: string; readonly name: string } | null;
  /** When Avow began: the age of a feed in which nothing was told yet. */
  readonly since: Instant;
  readonly entries: readonly FeedEntry[];
}

export interface FeedFacts {
  readonly components: readonly ComponentFact[];
  readonly incidents: readonly IncidentFact[];
  readonly announcements: readonly AnnouncementFact[];
  /** Drafts too; what is public is decided here. */
  readonly releases: readonly ReleaseFact[];
}
type Terms = ReleaseTerms;
type Names = ReadonlyMap<string, string>;

/** An entry names whom the incident concerned when it was told; a component that an update brings in is named from there on. */
const incidentEntries = (incident: IncidentFact, components: readonly ComponentFact[]): IncidentEntry[] =>
  incident.updates.map((update) => {
    const before = incident.updates.filter(({ recordedAt }) => recordedAt <= update.recordedAt);
    const concerned = concernedIds({ componentIds: incident.componentIds, updates: before });
    return {
      about: 'incident',
      key: `incident/${incident.id}/${update.id}`,
      at: later(update.recordedAt, update.displayAt),
      path: `/incidents/${encodeURIComponent(incident.id)}`,
      title: incident.title,
      components: components.filter(({ id }) => concerned.includes(id)).map(({ name }) => name),
      status: update.status,
      body: update.body,
    };
  });

const named = (components: Components, names: Names): readonly string[] | null =>
  components === '*' ? null : components.map((slug) => names.get(slug) ?? slug);

/** The announcement as one of its rows left it, told at `at`. */
const maintenanceEntry = (
  fact: AnnouncementFact,
  step: MaintenanceEntry['step'],
  row: { readonly key: string; readonly recordedAt: Instant; readonly at: Instant },
  terms: Terms,
  names: Names,
): MaintenanceEntry => {
  const { title, body, start, end, announcedMs, excludedMs, notCounted } = describe(
    knownBy(fact, row.recordedAt) ?? fact,
    terms,
    row.recordedAt,
  );
  return {
    about: 'maintenance',
    key: `maintenance/${fact.id}/${row.key}`,
    at: row.at,
    path: `/maintenance/${encodeURIComponent(fact.id)}`,
    title,
    components: named(fact.components, names),
    step,
    body,
    window: { start, end },
    announcedMs,
    excludedMs,
    notCounted,
  };
};

const maintenanceEntries = (fact: AnnouncementFact, terms: Terms, names: Names): MaintenanceEntry[] => [
  // What was imported was told when it says so; it is no news.
  ...fact.revisions.map(({ rev, recordedAt, publicAt }) =>
    maintenanceEntry(fact, rev === 1 ? 'announced' : 'revised', { key: `rev/${rev}`, recordedAt, at: publicAt }, terms, names),
  ),
  ...(fact.ending
    ? [
        maintenanceEntry(
          fact,
          fact.ending.kind,
          { key: fact.ending.kind, recordedAt: fact.ending.recordedAt, at: fact.ending.recordedAt },
          terms,
          names,
        ),
      ]
    : []),
];

/** A release concerns what its window does; without one, everything. */
const concernedBy = (release: ReleaseFact, announcements: readonly AnnouncementFact[]): Components => {
  const id = release.deployments.at(-1)?.announcement ?? release.plans.at(-1)?.announcement ?? null;
  return announcements.find((one) => one.id === id)?.components ?? '*';
};

const releaseEntries = (
  release: ReleaseFact,
  facts: FeedFacts,
  terms: Terms,
  components: readonly string[] | null,
  asOf: Instant,
): ReleaseEntry[] => {
  const standing = releaseStanding(release, facts.announcements, terms, asOf);
  const known = standing && publicOf(standing, release, asOf);
  if (!standing || !known) return [];
  const { version, kind, title } = known;
  const common = { about: 'release', path: `/releases/${encodeURIComponent(version)}`, version, kind, title, components } as const;
  const deployed = (deployment: DeploymentFact, i: number): ReleaseEntry => ({
    ...common,
    key: `release/${version}/deployment/${i + 1}`,
    at: deployment.recordedAt,
    step: deployment.kind === 'deploy' ? 'deployed' : 'rolled_back',
    notes: '',
    deployedAt: deployment.deployedAt,
  });
  return [
    ...standing.revisions.map(
      ({ rev, publicAt }, i): ReleaseEntry => ({
        ...common,
        key: `release/${version}/notes/${rev}`,
        at: publicAt,
        step: i === 0 ? 'published' : 'revised',
        notes: release.notes.find((one) => one.rev === rev)?.notes ?? '',
        deployedAt: null,
      }),
    ),
    ...release.deployments.filter(({ recordedAt }) => recordedAt <= asOf).map(deployed),
  ];
};

const concerns = (components: Components, slug: string | null): boolean => slug === null || components === '*' || components.includes(slug);

/** Everything told by `asOf`, of all topics or of one, of all components or of one. */
export const buildFeedEntries = (
  facts: FeedFacts,
  terms: Terms,
  { topic, slug }: { readonly topic: FeedTopic | null; readonly slug: string | null },
  asOf: Instant,
): FeedEntry[] => {
  const names: Names = new Map(facts.components.map((component) => [component.slug, component.name]));
  const asked = facts.components.find((component) => component.slug === slug);
  const of: { readonly [K in FeedTopic]: () => FeedEntry[] } = {
    incident: () =>
      facts.incidents
        .filter((incident) => slug === null || (asked !== undefined && concernedIds(incident).includes(asked.id)))
        .flatMap((incident) => incidentEntries(incident, facts.components)),
    maintenance: () =>
      facts.announcements.filter((fact) => concerns(fact.components, slug)).flatMap((fact) => maintenanceEntries(fact, terms, names)),
    release: () =>
      facts.releases
        .map((release) => ({ release, components: concernedBy(release, facts.announcements) }))
        .filter(({ components }) => concerns(components, slug))
        .flatMap(({ release, components }) => releaseEntries(release, facts, terms, named(components, names), asOf)),
  };
  const topics = topic === null ? (Object.keys(of) as FeedTopic[]) : [topic];
  return topics
    .flatMap((one) => of[one]())
    .filter(({ at }) => at <= asOf)
    .sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1))
    .slice(0, MOST_ENTRIES);
};

/** As of now; null: no such component is watched. Rejects when the store does not answer. */
export const feedView = async (
  { store, clock, config }: Context,
  asked: { readonly topic: FeedTopic | null; readonly slug: string | null },
): Promise<FeedView | null> => {
  const asOf = clock.now();
  const components = await factsOf(store).components();
  const component = asked.slug === null ? null : components.find(({ slug }) => slug === asked.slug);
  if (component === undefined) return null;
  const [incidents, announcements, releases] = await Promise.all([
    readToldLately(store, MOST_ENTRIES, component?.id ?? null),
    readAnnouncements(store),
    readReleases(store),
  ]);
  return {
    instanceId: store.info.instanceId,
    zone: config.policy.reserve.zone,
    component: component && { slug: component.slug, name: component.name },
    since: components.reduce((first, { createdAt }) => (createdAt < first ? createdAt : first), asOf),
    entries: buildFeedEntries({ components, incidents, announcements, releases }, config.policy, asked, asOf),
  };
};
