/**
 * The Statuspage v2 shape: schemas of every document and the translation from Avow's view. Times ISO 8601 UTC, ids
 * strings. The shape has no word for "unknown": such a component is `degraded_performance` (never operational) and
 * named in `status.description`. Source: interfaces.md (Public HTTP).
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ComponentState } from '#domain/sla/overall.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { SummaryComponent, SummaryIncident, SummaryView } from '#monitor/views/summary.ts';

const time = z.iso.datetime();
const COMPONENT_STATUSES = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'] as const;
const componentStatus = z.enum(COMPONENT_STATUSES);
type ComponentStatus = z.infer<typeof componentStatus>;

export const pageSchema = z.strictObject({ id: z.string(), name: z.string(), url: z.string(), time_zone: z.string(), updated_at: time });
export const statusSchema = z.strictObject({ indicator: z.enum(['none', 'minor', 'major', 'critical']), description: z.string() });
export const componentSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: componentStatus,
  created_at: time,
  updated_at: time,
  position: z.number().int(),
  description: z.string().nullable(),
  showcase: z.boolean(),
  start_date: z.iso.date().nullable(),
  group_id: z.string().nullable(),
  page_id: z.string(),
  group: z.boolean(),
  only_show_if_degraded: z.boolean(),
  /** On groups: ids of the members. */
  components: z.array(z.string()).optional(),
});
const incidentStatus = z.enum(['investigating', 'identified', 'monitoring', 'resolved', 'postmortem']);
export const incidentUpdateSchema = z.strictObject({
  id: z.string(),
  status: incidentStatus,
  body: z.string(),
  incident_id: z.string(),
  created_at: time,
  updated_at: time,
  display_at: time,
  affected_components: z.array(
    z.strictObject({ code: z.string(), name: z.string(), old_status: componentStatus, new_status: componentStatus }),
  ),
  deliver_notifications: z.boolean(),
  custom_tweet: z.string().nullable(),
  tweet_id: z.string().nullable(),
});
export const incidentSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: incidentStatus,
  created_at: time,
  updated_at: time,
  monitoring_at: time.nullable(),
  resolved_at: time.nullable(),
  impact: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
  shortlink: z.string(),
  started_at: time,
  page_id: z.string(),
  incident_updates: z.array(incidentUpdateSchema),
  components: z.array(componentSchema),
  reminder_intervals: z.string().nullable(),
});
/** Present only while the store is away: these are the last known facts. */
const staleness = { stale: z.literal(true).optional(), as_of: time.nullable().optional() };
export const statusDocument = z.strictObject({ page: pageSchema, status: statusSchema, ...staleness });
export const summaryDocument = z.strictObject({
  page: pageSchema,
  components: z.array(componentSchema),
  incidents: z.array(incidentSchema),
  scheduled_maintenances: z.array(z.never()),
  status: statusSchema,
  ...staleness,
});

/** What of the surroundings goes into a document. */
export interface Surroundings {
  readonly pageName: string;
  readonly origin: string;
  readonly zone: string;
  readonly staleSince: Instant | null;
}

const STATUS: Readonly<Record<ComponentState, ComponentStatus>> = {
  operational: 'operational',
  degraded: 'degraded_performance',
  partial_outage: 'partial_outage',
  major_outage: 'major_outage',
  maintenance: 'under_maintenance',
  unknown: 'degraded_performance',
};
/** From worst to best, for the status of a group. */
const SEVERITY = ['major_outage', 'partial_outage', 'degraded_performance', 'under_maintenance', 'operational'] as const;

const groupId = (name: string): string => `group-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
const last = (instants: readonly Instant[], fallback: Instant): Instant => instants.reduce((a, b) => (b > a ? b : a), fallback);

const componentDocument = (component: SummaryComponent, pageId: string): z.infer<typeof componentSchema> => ({
  id: component.slug,
  name: component.name,
  status: STATUS[component.state],
  created_at: isoOf(component.createdAt),
  updated_at: isoOf(component.updatedAt),
  position: component.position,
  description: component.description === '' ? null : component.description,
  showcase: true,
  start_date: isoOf(component.createdAt).slice(0, 10),
  group_id: component.group === null ? null : groupId(component.group),
  page_id: pageId,
  group: false,
  only_show_if_degraded: false,
});

const groupDocument = (name: string, position: number, view: SummaryView): z.infer<typeof componentSchema> => {
  const members = view.components.filter((component) => component.group === name);
  const first = members[0]?.createdAt ?? view.updatedAt;
  const created = members.reduce((a, b) => (b.createdAt < a ? b.createdAt : a), first);
  const statuses = members.map((member) => STATUS[member.state]);
  return {
    id: groupId(name),
    name,
    status: SEVERITY.find((status) => statuses.includes(status)) ?? 'operational',
    created_at: isoOf(created),
    updated_at: isoOf(
      last(
        members.map((member) => member.updatedAt),
        first,
      ),
    ),
    position,
    description: null,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: view.instanceId,
    group: true,
    only_show_if_degraded: false,
    components: members.map((member) => member.slug),
  };
};

const incidentDocument = (incident: SummaryIncident, view: SummaryView, origin: string): z.infer<typeof incidentSchema> => {
  const concerned = view.components.filter((component) => incident.components.includes(component.slug));
  const updates = [...incident.updates].sort((a, b) => b.displayAt - a.displayAt || b.recordedAt - a.recordedAt);
  const watching = incident.updates.find((update) => update.status === 'monitoring');
  const oldest = updates.at(-1);
  const changed = (update: (typeof updates)[number]): { old_status: ComponentStatus; new_status: ComponentStatus } => ({
    old_status: update === oldest ? 'operational' : 'major_outage',
    new_status: update.status === 'resolved' || update.status === 'postmortem' ? 'operational' : 'major_outage',
  });
  return {
    id: incident.id,
    name: incident.title,
    status: updates[0]?.status ?? (incident.resolvedAt === null ? 'investigating' : 'resolved'),
    created_at: isoOf(incident.confirmedAt),
    updated_at: isoOf(
      last(
        incident.updates.map((update) => update.recordedAt),
        incident.resolvedAt ?? incident.confirmedAt,
      ),
    ),
    monitoring_at: watching ? isoOf(watching.displayAt) : null,
    resolved_at: incident.resolvedAt === null ? null : isoOf(incident.resolvedAt),
    impact: concerned.some((component) => component.critical) ? 'major' : 'minor',
    shortlink: `${origin}/`,
    started_at: isoOf(incident.startedAt),
    page_id: view.instanceId,
    incident_updates: updates.map((update) => ({
      id: update.id,
      status: update.status,
      body: update.body,
      incident_id: incident.id,
      created_at: isoOf(update.recordedAt),
      updated_at: isoOf(update.recordedAt),
      display_at: isoOf(update.displayAt),
      affected_components: concerned.map(({ slug, name }) => ({ code: slug, name, ...changed(update) })),
      deliver_notifications: true,
      custom_tweet: null,
      tweet_id: null,
    })),
    components: concerned.map((component) => componentDocument(component, view.instanceId)),
    reminder_intervals: null,
  };
};

const staleMembers = (staleSince: Instant | null): { stale?: true; as_of?: string } =>
  staleSince === null ? {} : { stale: true, as_of: isoOf(staleSince) };

/** `/api/v2/status.json` */
export const statusOf = (view: SummaryView, around: Surroundings): z.infer<typeof statusDocument> => ({
  page: { id: view.instanceId, name: around.pageName, url: around.origin, time_zone: around.zone, updated_at: isoOf(view.updatedAt) },
  status: { indicator: view.overall.indicator, description: view.description },
  ...staleMembers(around.staleSince),
});

/** `/api/v2/summary.json` */
export const summaryOf = (view: SummaryView, around: Surroundings): z.infer<typeof summaryDocument> => {
  const { page, status, ...rest } = statusOf(view, around);
  const groups = view.groups.map((name, index) => groupDocument(name, index + 1, view));
  return {
    page,
    components: [...groups, ...view.components.map((component) => componentDocument(component, view.instanceId))],
    incidents: view.incidents.map((incident) => incidentDocument(incident, view, around.origin)),
    scheduled_maintenances: [],
    status,
    ...rest,
  };
};
