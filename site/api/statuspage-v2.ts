/**
 * The documents of the Statuspage v2 shape, all made from one view. Source: interfaces.md (Public HTTP), as Atlassian describes the shape.
 */
import type { z } from '@hono/zod-openapi';
import { isoOf } from '#domain/time/iso.ts';
import { expireSummary, noSummary, PAST_TOLD, readSummary, type SummaryView } from '#monitor/views/summary.ts';
import type { SummaryIncident } from '#monitor/views/summary-incident.ts';
import type { SummaryMaintenance } from '#monitor/views/summary-maintenance.ts';
import { type ApiDocument, type Asked, document, type Surroundings } from './document.ts';
import { componentDocuments } from './statuspage-components.ts';
import { incidentDocument } from './statuspage-incidents.ts';
import { maintenanceDocument } from './statuspage-maintenances.ts';
import {
  componentsDocument,
  incidentsDocument,
  maintenancesDocument,
  type pageSchema,
  statusDocument,
  summaryDocument,
} from './statuspage-schema.ts';

type Writer<T extends z.ZodType> = (view: SummaryView, around: Surroundings) => z.infer<T>;

const pageOf = (view: SummaryView, { pageName, origin, zone }: Surroundings): z.infer<typeof pageSchema> => ({
  id: view.instanceId,
  name: pageName,
  url: origin,
  time_zone: zone,
  updated_at: isoOf(view.updatedAt),
});
const staleness = ({ stale }: Surroundings): { stale?: true; as_of?: string | null } =>
  stale === null ? {} : { stale: true, as_of: stale.asOf === null ? null : isoOf(stale.asOf) };

const isOpen = ({ resolvedAt }: SummaryIncident): boolean => resolvedAt === null;
const isUpcoming = ({ state }: SummaryMaintenance): boolean => state === 'upcoming';
const isActive = ({ state }: SummaryMaintenance): boolean => state === 'running';

const incidents = (view: SummaryView, { origin }: Surroundings, told: readonly SummaryIncident[]) =>
  told.map((incident) => incidentDocument(incident, view, origin));
const maintenances = (view: SummaryView, { origin }: Surroundings, is: (one: SummaryMaintenance) => boolean) =>
  view.maintenances.filter(is).map((one) => maintenanceDocument(one, view, origin));

/** `/api/v2/status.json` */
export const statusOf: Writer<typeof statusDocument> = (view, around) => ({
  page: pageOf(view, around),
  status: { indicator: view.overall.indicator, description: view.description },
  ...staleness(around),
});

/** `/api/v2/summary.json` */
export const summaryOf: Writer<typeof summaryDocument> = (view, around) => ({
  page: pageOf(view, around),
  components: componentDocuments(view),
  incidents: incidents(view, around, view.incidents.filter(isOpen)),
  scheduled_maintenances: maintenances(view, around, (one) => isUpcoming(one) || isActive(one)),
  status: { indicator: view.overall.indicator, description: view.description },
  ...staleness(around),
});

const componentsOf: Writer<typeof componentsDocument> = (view, around) => ({
  page: pageOf(view, around),
  components: componentDocuments(view),
  ...staleness(around),
});
const incidentsOf =
  (choose: (all: readonly SummaryIncident[]) => readonly SummaryIncident[]): Writer<typeof incidentsDocument> =>
  (view, around) => ({ page: pageOf(view, around), incidents: incidents(view, around, choose(view.incidents)), ...staleness(around) });
const maintenancesOf =
  (is: (one: SummaryMaintenance) => boolean): Writer<typeof maintenancesDocument> =>
  (view, around) => ({ page: pageOf(view, around), scheduled_maintenances: maintenances(view, around, is), ...staleness(around) });

/** How every document about the present reads its facts. */
export const summaryView = {
  view: ({ facts, config, store, clock }: Asked): Promise<SummaryView> =>
    readSummary(facts, config.groups, store.info.instanceId, clock.now()),
  expire: expireSummary,
  nothing: noSummary,
};

export const statuspageDocuments: readonly ApiDocument[] = [
  document({
    path: '/api/v2/summary.json',
    id: 'getSummary',
    summary: 'Everything at once',
    description: 'The overall status, every component, unresolved incidents, and maintenance that is announced or running.',
    schema: summaryDocument,
    write: summaryOf,
    ...summaryView,
  }),
  document({
    path: '/api/v2/status.json',
    id: 'getStatus',
    summary: 'The overall status',
    description: 'One indicator for the whole page and a sentence that names what is behind it, what is unknown included.',
    schema: statusDocument,
    write: statusOf,
    ...summaryView,
  }),
  document({
    path: '/api/v2/components.json',
    id: 'getComponents',
    summary: 'Every component',
    description:
      'Groups first, then components. The format has no word for unknown: such a component is degraded_performance, never operational.',
    schema: componentsDocument,
    write: componentsOf,
    ...summaryView,
  }),
  document({
    path: '/api/v2/incidents.json',
    id: 'getIncidents',
    summary: 'The newest incidents',
    description: 'The 50 that began last, newest first, resolved or not.',
    schema: incidentsDocument,
    write: incidentsOf((all) => all.slice(0, PAST_TOLD)),
    ...summaryView,
  }),
  document({
    path: '/api/v2/incidents/unresolved.json',
    id: 'getUnresolvedIncidents',
    summary: 'Unresolved incidents',
    description: 'Every incident that is not resolved, newest first.',
    schema: incidentsDocument,
    write: incidentsOf((all) => all.filter(isOpen)),
    ...summaryView,
  }),
  document({
    path: '/api/v2/scheduled-maintenances.json',
    id: 'getMaintenances',
    summary: 'The newest maintenance windows',
    description: 'Announced, running, and the 50 that were last, the latest first. What was cancelled is completed and says so.',
    schema: maintenancesDocument,
    write: maintenancesOf(() => true),
    ...summaryView,
  }),
  document({
    path: '/api/v2/scheduled-maintenances/upcoming.json',
    id: 'getUpcomingMaintenances',
    summary: 'Announced maintenance',
    description: 'Windows that have not begun.',
    schema: maintenancesDocument,
    write: maintenancesOf(isUpcoming),
    ...summaryView,
  }),
  document({
    path: '/api/v2/scheduled-maintenances/active.json',
    id: 'getActiveMaintenances',
    summary: 'Running maintenance',
    description: 'Windows that have begun and are not over.',
    schema: maintenancesDocument,
    write: maintenancesOf(isActive),
    ...summaryView,
  }),
];
