/** Incidents in the Statuspage v2 shape. */
import type { z } from '@hono/zod-openapi';
import type { Impact } from '#db/queries/facts-types.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { SummaryView } from '#monitor/views/summary.ts';
import type { SummaryIncident } from '#monitor/views/summary-incident.ts';
import { componentDocument } from './statuspage-components.ts';
import type { ComponentStatus, incidentSchema } from './statuspage-schema.ts';

const STATUS: Readonly<Record<Impact, ComponentStatus>> = {
  none: 'operational',
  degraded: 'degraded_performance',
  partial_outage: 'partial_outage',
  major_outage: 'major_outage',
};

export const incidentDocument = (incident: SummaryIncident, view: SummaryView, origin: string): z.infer<typeof incidentSchema> => {
  const { id, title, updates, confirmedAt, startedAt, resolvedAt } = incident;
  const nameOf = new Map(view.components.map(({ slug, name }) => [slug, name]));
  const watching = updates.find((update) => update.status === 'monitoring');
  const changed = updates.reduce<Instant>((last, { recordedAt }) => later(last, recordedAt), resolvedAt ?? confirmedAt);
  return {
    id,
    name: title,
    status: incident.status,
    created_at: isoOf(confirmedAt),
    updated_at: isoOf(changed),
    monitoring_at: watching ? isoOf(watching.displayAt) : null,
    resolved_at: resolvedAt === null ? null : isoOf(resolvedAt),
    impact: incident.grade,
    shortlink: `${origin}/incidents/${encodeURIComponent(id)}`,
    started_at: isoOf(startedAt),
    page_id: view.instanceId,
    incident_updates: updates.map((update) => ({
      id: update.id,
      status: update.status,
      body: update.body,
      incident_id: id,
      created_at: isoOf(update.recordedAt),
      updated_at: isoOf(update.recordedAt),
      display_at: isoOf(update.displayAt),
      affected_components: update.affected.map(({ slug, before, after }) => ({
        code: slug,
        name: nameOf.get(slug) ?? slug,
        old_status: STATUS[before],
        new_status: STATUS[after],
      })),
      deliver_notifications: true,
      custom_tweet: null,
      tweet_id: null,
    })),
    components: view.components
      .filter(({ slug }) => incident.components.includes(slug))
      .map((component) => componentDocument(component, view.instanceId)),
    reminder_intervals: null,
  };
};
