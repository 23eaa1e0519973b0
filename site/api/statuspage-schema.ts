/** The Statuspage v2 shape, field by field. Times ISO 8601 UTC, ids strings. Source: interfaces.md (Public HTTP). */
import { z } from '@hono/zod-openapi';
import { grade, incidentStatus, text, time } from './document.ts';

const COMPONENT_STATUSES = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'] as const;
const componentStatus = z.enum(COMPONENT_STATUSES);
export type ComponentStatus = z.infer<typeof componentStatus>;

export const pageSchema = z
  .strictObject({ id: text, name: text, url: text, time_zone: text, updated_at: time })
  .openapi('StatuspagePage', { description: 'The page; updated_at is the last change of anything on it.' });
const statusSchema = z.strictObject({ indicator: grade, description: text }).openapi('StatuspageStatus');
export const componentSchema = z
  .strictObject({
    id: text,
    name: text,
    status: componentStatus,
    created_at: time,
    updated_at: time,
    position: z.number().int(),
    description: text.nullable(),
    showcase: z.boolean(),
    start_date: z.iso.date().nullable(),
    group_id: text.nullable(),
    page_id: text,
    group: z.boolean(),
    only_show_if_degraded: z.boolean(),
    components: z.array(text).optional().openapi({ description: 'On groups: ids of the members.' }),
  })
  .openapi('StatuspageComponent');

const affectedSchema = z.strictObject({ code: text, name: text, old_status: componentStatus, new_status: componentStatus });
const maintenanceStatus = z.enum(['scheduled', 'in_progress', 'verifying', 'completed']);
const update = {
  id: text,
  body: text,
  incident_id: text,
  created_at: time,
  updated_at: time,
  display_at: time,
  affected_components: z.array(affectedSchema),
  deliver_notifications: z.boolean(),
  custom_tweet: text.nullable(),
  tweet_id: text.nullable(),
};
const incidentUpdateSchema = z.strictObject({ ...update, status: incidentStatus }).openapi('StatuspageIncidentUpdate');
const maintenanceUpdateSchema = z.strictObject({ ...update, status: maintenanceStatus }).openapi('StatuspageMaintenanceUpdate');

const common = {
  id: text,
  name: text,
  created_at: time,
  updated_at: time,
  monitoring_at: time.nullable(),
  resolved_at: time.nullable(),
  shortlink: text,
  started_at: time,
  page_id: text,
  components: z.array(componentSchema),
  reminder_intervals: text.nullable(),
};
export const incidentSchema = z
  .strictObject({
    ...common,
    status: incidentStatus,
    impact: grade,
    incident_updates: z.array(incidentUpdateSchema).openapi({ description: 'Newest first.' }),
  })
  .openapi('StatuspageIncident');
export const maintenanceSchema = z
  .strictObject({
    ...common,
    status: maintenanceStatus,
    impact: z.literal('maintenance'),
    scheduled_for: time,
    scheduled_until: time,
    incident_updates: z.array(maintenanceUpdateSchema).openapi({ description: 'Newest first.' }),
  })
  .openapi('StatuspageMaintenance');

/** Present only while the store is away: these are the last known facts. */
const staleness = {
  stale: z.literal(true).optional().openapi({ description: 'The store cannot be reached; these are the last known facts.' }),
  as_of: time.nullable().optional().openapi({ description: 'Only beside stale: when they were read; null: nothing was ever known.' }),
};
export const statusDocument = z.strictObject({ page: pageSchema, status: statusSchema, ...staleness });
export const componentsDocument = z.strictObject({ page: pageSchema, components: z.array(componentSchema), ...staleness });
export const incidentsDocument = z.strictObject({ page: pageSchema, incidents: z.array(incidentSchema), ...staleness });
export const maintenancesDocument = z.strictObject({
  page: pageSchema,
  scheduled_maintenances: z.array(maintenanceSchema),
  ...staleness,
});
export const summaryDocument = z.strictObject({
  page: pageSchema,
  components: z.array(componentSchema),
  incidents: z.array(incidentSchema),
  scheduled_maintenances: z.array(maintenanceSchema),
  status: statusSchema,
  ...staleness,
});
