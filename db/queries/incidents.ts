/**
 * Incidents as statements and rows. What the checks found is written idempotently, with ids derived from what happened; what people
 * post is written once, with ids from the verb.
 */
import type { ComponentImpact, IncidentUpdateFact } from '#domain/incident/incident-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import type { IncidentFact } from './facts-types.ts';

/** What the incident `i` is called now. */
export const TITLE_NOW = `coalesce((SELECT title FROM incident_updates WHERE incident_id = i.id AND title IS NOT NULL
  ORDER BY display_at_ms DESC, recorded_at_ms DESC, rowid DESC LIMIT 1), i.title)`;

export interface NewIncident {
  readonly id: string;
  readonly componentId: number;
  readonly title: string;
  readonly startedAt: Instant;
  readonly confirmedAt: Instant;
  /** Set when it was over before anybody knew. */
  readonly resolvedAt: Instant | null;
}

const INSERT_INCIDENT = `INSERT INTO incidents (id, component_id, title, started_at_ms, confirmed_at_ms, resolved_at_ms, recorded_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
/** At most one open incident per component: a second one is not written. */
export const insertIncident = (incident: NewIncident, recordedAt: Instant): Statement[] => [
  {
    sql: INSERT_INCIDENT,
    args: [incident.id, incident.componentId, incident.title, incident.startedAt, incident.confirmedAt, incident.resolvedAt, recordedAt],
  },
  {
    sql: `INSERT INTO incident_components (incident_id, component_id, impact) SELECT id, component_id, 'major_outage' FROM incidents WHERE id = ?
      ON CONFLICT DO NOTHING`,
    args: [incident.id],
  },
];

export interface NewUpdate {
  readonly id: string;
  readonly incidentId: string;
  readonly displayAt: Instant;
  readonly status: 'investigating' | 'resolved';
  readonly body: string;
}
/** Ids of Avow's own updates are the incident's with a dash and a word. */
const BY_PEOPLE = "instr(id, '-') = 0";

const INSERT_UPDATE = `INSERT INTO incident_updates (id, incident_id, recorded_at_ms, display_at_ms, status, body, author)
  SELECT ?, i.id, ?, max(?, coalesce((SELECT max(display_at_ms) FROM incident_updates WHERE incident_id = i.id AND ${BY_PEOPLE}), 0)), ?, ?, NULL
  FROM incidents AS i WHERE i.id = ? ON CONFLICT DO NOTHING`;
/** Of Avow itself. It is shown after everything that people posted before it, also when it tells of an earlier instant. */
export const insertUpdate = (update: NewUpdate, recordedAt: Instant): Statement => ({
  sql: INSERT_UPDATE,
  args: [update.id, recordedAt, update.displayAt, update.status, update.body, update.incidentId],
});

/** Those among the statements that `insertUpdate` made, for whoever tells the audit of them. */
export const updatesIn = (statements: readonly Statement[]): { readonly update: NewUpdate; readonly recordedAt: number }[] =>
  statements
    .filter(({ sql }) => sql === INSERT_UPDATE)
    .map(({ args = [] }) => {
      const [id, recordedAt, displayAt, status, body, incidentId] = args;
      const update = { id: String(id), incidentId: String(incidentId), displayAt: Number(displayAt) as Instant, body: String(body) };
      return { update: { ...update, status: status as NewUpdate['status'] }, recordedAt: Number(recordedAt) };
    });
/** What the incidents are called that `insertIncident` writes among them, by id. */
export const titlesIn = (statements: readonly Statement[]): (readonly [id: string, title: string])[] =>
  statements.filter(({ sql }) => sql === INSERT_INCIDENT).map(({ args = [] }) => [String(args[0]), String(args[2])] as const);

/** One that people open: it begins when it is recorded. `impacts`: what it says of components then. */
export const insertPostedIncident = (id: string, title: string, impacts: readonly ComponentImpact[], at: Instant): Statement[] => [
  {
    sql: `INSERT INTO incidents (id, component_id, title, started_at_ms, confirmed_at_ms, resolved_at_ms, recorded_at_ms)
      VALUES (?, NULL, ?, ?, ?, NULL, ?)`,
    args: [id, title, at, at, at],
  },
  ...impacts.map(
    ({ componentId, impact }): Statement => ({
      sql: 'INSERT INTO incident_components (incident_id, component_id, impact) VALUES (?, ?, ?)',
      args: [id, componentId, impact],
    }),
  ),
];

/** What people post, with what it says of components. */
export const insertPostedUpdate = (incidentId: string, update: IncidentUpdateFact): Statement[] => [
  {
    sql: `INSERT INTO incident_updates (id, incident_id, recorded_at_ms, display_at_ms, status, body, author, title, authenticated)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      update.id,
      incidentId,
      update.recordedAt,
      update.displayAt,
      update.status,
      update.body,
      update.author,
      update.title,
      update.authenticated ? 1 : 0,
    ],
  },
  ...update.impacts.map(
    ({ componentId, impact }): Statement => ({
      sql: 'INSERT INTO incident_update_impacts (update_id, component_id, impact) VALUES (?, ?, ?)',
      args: [update.id, componentId, impact],
    }),
  ),
];

export const resolveIncident = (id: string, resolvedAt: Instant): Statement => ({
  sql: 'UPDATE incidents SET resolved_at_ms = ? WHERE id = ? AND resolved_at_ms IS NULL',
  args: [resolvedAt, id],
});
export const moveStart = (id: string, startedAt: Instant): Statement => ({
  sql: 'UPDATE incidents SET started_at_ms = ? WHERE id = ? AND started_at_ms > ?',
  args: [startedAt, id, startedAt],
});

export interface StoredIncident {
  readonly id: string;
  readonly componentId: number;
  readonly title: string;
  readonly startedAt: Instant;
  readonly resolvedAt: Instant | null;
}
const readMany = async (store: Store, condition: string, args: readonly number[]): Promise<StoredIncident[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json_object('id', id, 'componentId', component_id, 'title', title, 'startedAt', started_at_ms,
      'resolvedAt', resolved_at_ms)) FROM (SELECT * FROM incidents WHERE component_id IS NOT NULL AND ${condition} ORDER BY started_at_ms)`,
    args,
  });
  return JSON.parse(String(rows[0]?.[0] ?? '[]')) as StoredIncident[];
};
export const readOpenIncidents = (store: Store): Promise<StoredIncident[]> => readMany(store, 'resolved_at_ms IS NULL', []);
/** Detected incidents of one component that were open at some instant of `[from, to]`. */
export const readIncidentsTouching = (store: Store, componentId: number, from: Instant, to: Instant): Promise<StoredIncident[]> =>
  readMany(store, 'component_id = ? AND started_at_ms <= ? AND (resolved_at_ms IS NULL OR resolved_at_ms >= ?)', [componentId, to, from]);

/** Whole incidents with their updates (newest first), newest first. */
export const readIncidentFacts = async (store: Store, condition: string, args: readonly (number | string)[]): Promise<IncidentFact[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json_object('id', i.id, 'detected', i.component_id IS NOT NULL, 'startedAt', i.started_at_ms, 'confirmedAt', i.confirmed_at_ms,
      'resolvedAt', i.resolved_at_ms,
      'title', ${TITLE_NOW},
      'componentIds', (SELECT json_group_array(component_id) FROM (SELECT component_id FROM incident_components WHERE incident_id = i.id ORDER BY 1)),
      'updates', (SELECT json_group_array(json_object('id', id, 'recordedAt', recorded_at_ms, 'displayAt', display_at_ms, 'status', status,
        'body', body, 'author', author, 'authenticated', json(iif(authenticated, 'true', 'false')), 'title', title, 'impacts', json((SELECT json_group_array(json_object('componentId', component_id,
        'impact', impact)) FROM (SELECT * FROM incident_update_impacts WHERE update_id = u.id ORDER BY component_id))))) FROM (SELECT * FROM incident_updates WHERE incident_id = i.id ORDER BY display_at_ms DESC, recorded_at_ms DESC, rowid DESC) AS u)))
      FROM (SELECT * FROM incidents WHERE ${condition} ORDER BY started_at_ms DESC, id) AS i`,
    args,
  });
  const raw = JSON.parse(String(rows[0]?.[0] ?? '[]')) as (Omit<IncidentFact, 'detected'> & { readonly detected: number })[];
  return raw.map((incident) => ({ ...incident, detected: incident.detected === 1 }));
};

/** What lies before an incident in the list of those that are over. */
export interface IncidentPlace {
  readonly startedAt: Instant;
  readonly id: string;
}
/** Those that are over, the one that began last first; `before`: only those that follow it in the list. */
export const readResolvedIncidents = (store: Store, before: IncidentPlace | null, most: number): Promise<IncidentFact[]> =>
  readIncidentFacts(
    store,
    `id IN (SELECT id FROM incidents WHERE resolved_at_ms IS NOT NULL AND (started_at_ms < ?1 OR (started_at_ms = ?1 AND id > ?2))
      ORDER BY started_at_ms DESC, id LIMIT ?3)`,
    [before?.startedAt ?? Number.MAX_SAFE_INTEGER, before?.id ?? '', most],
  );
