/** What somebody must be told, written with the fact it tells of. The key makes a repeated write one row. */
import type { Instant } from '#domain/time/instant.ts';
import type { Statement } from '../store.ts';
import { TITLE_NOW } from './incidents.ts';

export interface OutboxMessage {
  readonly key: string;
  readonly type:
    | 'incident.opened'
    | 'incident.updated'
    | 'incident.resolved'
    | 'maintenance.announced'
    | 'maintenance.revised'
    | 'maintenance.completed'
    | 'maintenance.cancelled'
    | 'release.published'
    | 'release.deployed'
    | 'report.final'
    | 'report.revised';
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Only when the incident it tells of is in the store. Its title is the one that people may have given it meanwhile. */
export const enqueueForIncident = (message: OutboxMessage, incidentId: string, at: Instant): Statement => ({
  sql: `INSERT INTO outbox (key, type, payload_json, recorded_at_ms) SELECT ?, ?, json_set(?, '$.title', ${TITLE_NOW}), ?
    FROM incidents AS i WHERE i.id = ? ON CONFLICT DO NOTHING`,
  args: [message.key, message.type, JSON.stringify(message.payload), at, incidentId],
});

/** With the fact it tells of, in one transaction: a key that is there already fails it. */
export const enqueue = (message: OutboxMessage, at: Instant): Statement => ({
  sql: 'INSERT INTO outbox (key, type, payload_json, recorded_at_ms) VALUES (?, ?, ?, ?)',
  args: [message.key, message.type, JSON.stringify(message.payload), at],
});
