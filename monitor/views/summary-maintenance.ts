/**
 * Announced maintenance as machines are told it: the window as last announced, its state, and what was said and done of it as posts
 * with stable ids: every revision, the start, the end, a cancellation. Nobody's name is in here. Instants ms. Pure. Source:
 * interfaces.md (/api/v2).
 */
import { type MaintenanceState, stateOf } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, type Components, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';

export type MaintenancePostKind = 'announced' | 'started' | 'ended' | 'completed' | 'cancelled';
export interface MaintenancePost {
  readonly id: string;
  readonly kind: MaintenancePostKind;
  /** When it was written … */
  readonly recordedAt: Instant;
  /** … and since when it is true. */
  readonly displayAt: Instant;
  /** As announced; empty where nobody wrote anything. */
  readonly body: string;
}
export interface SummaryMaintenance extends Interval {
  readonly id: string;
  readonly state: MaintenanceState;
  readonly title: string;
  readonly components: Components;
  readonly announcedAt: Instant;
  /** When it was over; null: it is not. */
  readonly endedAt: Instant | null;
  /** Newest first. */
  readonly posts: readonly MaintenancePost[];
}

const KINDS: readonly MaintenancePostKind[] = ['announced', 'started', 'ended', 'completed', 'cancelled'];

/** As of `now`. */
export const summaryMaintenance = (fact: AnnouncementFact, now: Instant): SummaryMaintenance => {
  const { id, components, revisions, ending } = fact;
  const { start, end, title } = currentRevision(fact);
  const hasStarted = start <= now && (ending === null || start < ending.recordedAt);
  const over = ending?.recordedAt ?? (end <= now ? end : null);
  const derived = (kind: MaintenancePostKind, at: Instant): MaintenancePost => ({
    id: `${id}-${kind === 'ended' ? 'completed' : kind}`,
    kind,
    recordedAt: at,
    displayAt: at,
    body: '',
  });
  const posts: MaintenancePost[] = [
    ...revisions.map(
      ({ rev, recordedAt, publicAt, body }): MaintenancePost => ({
        id: `${id}-r${rev}`,
        kind: 'announced',
        recordedAt,
        displayAt: publicAt,
        body,
      }),
    ),
    ...(hasStarted ? [derived('started', start)] : []),
    ...(over === null ? [] : [derived(ending?.kind ?? 'ended', over)]),
  ];
  posts.sort((a, b) => b.displayAt - a.displayAt || KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind) || (a.id < b.id ? 1 : -1));
  return { id, state: stateOf(fact, now), title, components, start, end, announcedAt: revisions[0].publicAt, endedAt: over, posts };
};
