/**
 * Components and groups in the Statuspage v2 shape, which has no word for "unknown": such a component is `degraded_performance`, never
 * operational, and named in `status.description`.
 */
import { createHash } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import type { ComponentState } from '#domain/sla/overall.ts';
import type { Instant } from '#domain/time/instant.ts';
import { later } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { SummaryComponent, SummaryView } from '#monitor/views/summary.ts';
import type { ComponentStatus, componentSchema } from './statuspage-schema.ts';

type Component = z.infer<typeof componentSchema>;

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

export const componentDocument = (component: SummaryComponent, pageId: string): Component => ({
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

const groupDocument = (name: string, position: number, view: SummaryView): Component => {
  const members = view.components.filter((component) => component.group === name);
  const first = members[0]?.createdAt ?? view.updatedAt;
  const created = members.reduce((a, b) => (b.createdAt < a ? b.createdAt : a), first);
  const updated = members.reduce<Instant>((a, b) => later(a, b.updatedAt), first);
  const statuses = members.map((member) => STATUS[member.state]);
  return {
    id: groupId(name),
    name,
    status: SEVERITY.find((status) => statuses.includes(status)) ?? 'operational',
    created_at: isoOf(created),
    updated_at: isoOf(updated),
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

/** Groups first, then what is in them and beside them. */
export const componentDocuments = (view: SummaryView): Component[] => [
  ...view.groups.map((name, index) => groupDocument(name, index + 1, view)),
  ...view.components.map((component) => componentDocument(component, view.instanceId)),
];
