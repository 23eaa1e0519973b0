/**
 * Announced maintenance in the Statuspage v2 shape. That shape deletes what is cancelled; here it is `completed`, with a last update that
 * says it was cancelled. Nothing is ever `verifying`.
 */
import type { z } from '@hono/zod-openapi';
import type { MaintenanceState } from '#domain/maintenance/account.ts';
import { concerns } from '#domain/sla/announcement.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { SummaryView } from '#monitor/views/summary.ts';
import type { MaintenancePost, MaintenancePostKind, SummaryMaintenance } from '#monitor/views/summary-maintenance.ts';
import { apiWords } from '../i18n/en/api.ts';
import { componentDocument } from './statuspage-components.ts';
import type { ComponentStatus, maintenanceSchema } from './statuspage-schema.ts';

type Maintenance = z.infer<typeof maintenanceSchema>;

const STATUS: Readonly<Record<MaintenanceState, Maintenance['status']>> = {
  upcoming: 'scheduled',
  running: 'in_progress',
  past: 'completed',
  completed: 'completed',
  cancelled: 'completed',
};
const POST_STATUS: Readonly<Record<MaintenancePostKind, Maintenance['status']>> = {
  announced: 'scheduled',
  started: 'in_progress',
  ended: 'completed',
  completed: 'completed',
  cancelled: 'completed',
};

interface Told {
  readonly post: MaintenancePost;
  readonly status: Maintenance['status'];
  readonly before: ComponentStatus;
  readonly after: ComponentStatus;
}

/** Newest first; a revision that came while it ran leaves it running. */
const told = (posts: readonly MaintenancePost[]): Told[] => {
  let running = false;
  const list: Told[] = [];
  for (const post of posts.toReversed()) {
    const before = running ? 'under_maintenance' : 'operational';
    if (post.kind !== 'announced') running = post.kind === 'started';
    const status = post.kind === 'announced' && running ? 'in_progress' : POST_STATUS[post.kind];
    list.unshift({ post, status, before, after: running ? 'under_maintenance' : 'operational' });
  }
  return list;
};

export const maintenanceDocument = (maintenance: SummaryMaintenance, view: SummaryView, origin: string): Maintenance => {
  const { id, title, start, end, state, announcedAt, endedAt, posts } = maintenance;
  const concerned = view.components.filter(({ slug }) => concerns(maintenance, slug));
  return {
    id,
    name: title,
    status: STATUS[state],
    created_at: isoOf(announcedAt),
    updated_at: isoOf(posts.reduce<Instant>((last, { recordedAt }) => later(last, recordedAt), announcedAt)),
    monitoring_at: null,
    resolved_at: endedAt === null ? null : isoOf(endedAt),
    impact: 'maintenance',
    shortlink: `${origin}/maintenance/${encodeURIComponent(id)}`,
    started_at: isoOf(start),
    page_id: view.instanceId,
    scheduled_for: isoOf(start),
    scheduled_until: isoOf(end),
    incident_updates: told(posts).map(({ post, status, before, after }) => ({
      id: post.id,
      status,
      body: post.kind === 'announced' ? post.body : apiWords.maintenancePosts[post.kind],
      incident_id: id,
      created_at: isoOf(post.recordedAt),
      updated_at: isoOf(post.recordedAt),
      display_at: isoOf(post.displayAt),
      affected_components: concerned.map(({ slug, name }) => ({ code: slug, name, old_status: before, new_status: after })),
      deliver_notifications: true,
      custom_tweet: null,
      tweet_id: null,
    })),
    components: concerned.map((component) => componentDocument(component, view.instanceId)),
    reminder_intervals: null,
  };
};
