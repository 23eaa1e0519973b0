/**
 * Incidents as documents for the programs of their keepers: keys in snake_case, instants ISO 8601 in UTC. The same facts as the views,
 * nothing computed here.
 */
import type { AccountedUpdate, IncidentAccount } from '#domain/incident/incident-account.ts';
import type { IncidentAnswer } from '#domain/incident/posting-answer.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { IncidentsView } from './incidents.ts';

type Document = Readonly<Record<string, unknown>>;

const updateDocument = (update: AccountedUpdate): Document => ({
  id: update.id,
  recorded_at: isoOf(update.recordedAt),
  display_at: isoOf(update.displayAt),
  status: update.status,
  title: update.title,
  body: update.body,
  components: update.impacts,
  author: update.author,
  authenticated: update.authenticated ?? false,
});

const incidentDocument = (incident: IncidentAccount): Document => ({
  id: incident.id,
  detected: incident.detected,
  title: incident.title,
  status: incident.status,
  impact: incident.impact,
  started_at: isoOf(incident.startedAt),
  resolved_at: incident.resolvedAt === null ? null : isoOf(incident.resolvedAt),
  components: incident.components,
  updates: incident.updates.map(updateDocument),
});

export const incidentAnswerDocument = ({ incident, update, warnings }: IncidentAnswer): Document => ({
  ...incidentDocument(incident),
  update,
  warnings,
});

export const incidentsDocument = (view: IncidentsView): Document => ({
  as_of: isoOf(view.asOf),
  zone: view.zone,
  all: view.all,
  incidents: view.incidents.map(incidentDocument),
});
