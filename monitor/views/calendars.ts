/**
 * What stands in people's calendars: announced windows as they are now, with how often they were changed; and the slots that are
 * reserved and for which nothing is announced. An event is known by its `uid` for ever, and every change raises its `sequence`, so
 * that a calendar takes the newer one (RFC 5545 3.8.7.4). Instants in ms, plain JSON. The builders are pure. Source: semantics B1, B2.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { factsOf } from '#db/queries/facts.ts';
import { readReleases } from '#db/queries/releases.ts';
import { describe, type NotCounted } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, currentRevision, knownBy } from '#domain/maintenance/announcement-fact.ts';
import { dateIn } from '#domain/maintenance/window.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import { slotsBetween } from '#domain/sla/reserve.ts';
import { after, type Instant, type Millis, millis, SECOND } from '#domain/time/instant.ts';
import { contains, type Interval, overlaps } from '#domain/time/interval.ts';
import type { Context } from '#monitor/context.ts';
import { HORIZON } from './maintenance.ts';
import { type PublicRelease, publicReleases, releasesIn } from './public-release.ts';

interface Event extends Interval {
  /** Unique in this installation, for ever. */
  readonly uid: string;
  /** 0, 1, 2 … */
  readonly sequence: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}
export interface MaintenanceEvent extends Event {
  readonly cancelled: boolean;
  readonly path: string;
  readonly title: string;
  readonly body: string;
  /** Names; null: all components. */
  readonly components: readonly string[] | null;
  readonly announcedMs: Millis;
  readonly excludedMs: Millis;
  readonly notCounted: readonly NotCounted[];
  /** What is planned into it, as far as it is public. */
  readonly releases: readonly { readonly version: string; readonly title: string | null }[];
}
export interface ReservedEvent extends Event {
  /** Something is announced in it, which stands in the other calendar; this one is taken back. */
  readonly announced: boolean;
}
export interface CalendarView<E> {
  readonly instanceId: string;
  /** Of the reserve. */
  readonly zone: string;
  readonly events: readonly E[];
}

type Terms = ReleaseTerms;

/** When the window ended before its time, and how; null: it did not. Ending what is over changes nothing. */
const endedEarly = (fact: AnnouncementFact): { readonly at: Instant; readonly cancelled: boolean } | null => {
  const { ending } = fact;
  const window = currentRevision(fact);
  if (!ending || ending.recordedAt >= window.end) return null;
  return { at: ending.recordedAt, cancelled: ending.kind === 'cancelled' || !contains(window, ending.recordedAt) };
};

const changesIn = (id: string, releases: readonly PublicRelease[]): MaintenanceEvent['releases'] =>
  releasesIn(id, releases).map(({ version, title }) => ({ version, title }));

/** Announcements whose window lies at most three months back, in the order of their windows. */
export const buildMaintenanceCalendar = (
  announcements: readonly AnnouncementFact[],
  releases: readonly ReleaseFact[],
  names: ReadonlyMap<string, string>,
  terms: Terms,
  asOf: Instant,
): MaintenanceEvent[] => {
  const told = publicReleases(releases, announcements, terms, asOf);
  return announcements
    .filter((fact) => currentRevision(fact).end > after(asOf, millis(-HORIZON)))
    .map((fact): MaintenanceEvent => {
      const { start, end, title, body, rev, announcedMs, excludedMs, notCounted } = describe(fact, terms, asOf);
      const early = endedEarly(fact);
      // A calendar knows no shorter event than a second.
      const over = early && !early.cancelled ? (Math.max(early.at, start + SECOND) as Instant) : end;
      return {
        uid: fact.id,
        start,
        end: over,
        sequence: rev - 1 + (early ? 1 : 0),
        createdAt: fact.recordedAt,
        changedAt: early?.at ?? currentRevision(fact).recordedAt,
        cancelled: early?.cancelled ?? false,
        path: `/maintenance/${encodeURIComponent(fact.id)}`,
        title,
        body,
        components: fact.components === '*' ? null : fact.components.map((slug) => names.get(slug) ?? slug),
        announcedMs,
        excludedMs,
        notCounted,
        releases: changesIn(fact.id, told),
      };
    })
    .sort((a, b) => a.start - b.start || (a.uid < b.uid ? -1 : 1));
};

const isAnnounced = (slot: Interval, announcements: readonly AnnouncementFact[], at: Instant): boolean =>
  announcements.some((fact) => {
    const known = knownBy(fact, at);
    return known !== null && known.ending?.kind !== 'cancelled' && overlaps(currentRevision(known), slot);
  });

const reservedEvent = (slot: Interval, announcements: readonly AnnouncementFact[], zone: string): ReservedEvent => {
  const touching = announcements.filter(({ revisions }) => revisions.some((revision) => overlaps(revision, slot)));
  const moments = touching.flatMap(({ revisions, ending }) => [...revisions, ...(ending ? [ending] : [])].map((row) => row.recordedAt));
  const createdAt = after(slot.start, millis(-HORIZON));
  let event: ReservedEvent = {
    ...{ start: slot.start, end: slot.end },
    uid: `reserved-${dateIn(zone, slot.start)}`,
    sequence: 0,
    createdAt,
    changedAt: createdAt,
    announced: false,
  };
  for (const at of moments.toSorted((a, b) => a - b)) {
    const announced = isAnnounced(slot, touching, at);
    if (announced !== event.announced) event = { ...event, announced, sequence: event.sequence + 1, changedAt: at };
  }
  return event;
};

/** The slots that are not over, three months ahead. */
export const buildReservedCalendar = (announcements: readonly AnnouncementFact[], { reserve }: Terms, asOf: Instant): ReservedEvent[] =>
  slotsBetween(reserve, asOf, after(asOf, HORIZON)).map((slot) => reservedEvent(slot, announcements, reserve.zone));

/** As of now. Rejects when the store does not answer. */
export const maintenanceCalendar = async ({ store, clock, config }: Context): Promise<CalendarView<MaintenanceEvent>> => {
  const [announcements, releases, components] = await Promise.all([
    readAnnouncements(store),
    readReleases(store),
    factsOf(store).components(),
  ]);
  const names = new Map(components.map(({ slug, name }) => [slug, name]));
  const events = buildMaintenanceCalendar(announcements, releases, names, config.policy, clock.now());
  return { instanceId: store.info.instanceId, zone: config.policy.reserve.zone, events };
};

/** As of now. Rejects when the store does not answer. */
export const reservedCalendar = async ({ store, clock, config }: Context): Promise<CalendarView<ReservedEvent>> => ({
  instanceId: store.info.instanceId,
  zone: config.policy.reserve.zone,
  events: buildReservedCalendar(await readAnnouncements(store), config.policy, clock.now()),
});
