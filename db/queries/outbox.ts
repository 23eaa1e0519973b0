/** What somebody must be told, written with the fact it tells of. The key makes a repeated write one row. */
import type { Instant } from '#domain/time/instant.ts';
import type { Statement } from '../store.ts';

export interface OutboxMessage {
  readonly key: string;
  readonly type:
    | 'incident.opened'
    | 'incident.resolved'
    | 'maintenance.announced'
    | 'maintenance.revised'
    | 'maintenance.completed'
    | 'maintenance.cancelled'
    | 'report.final'
    | 'report.revised';
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Only when the incident it tells of is in the store. */
export const enqueueForIncident = (message: OutboxMessage, incidentId: string, at: Instant): Statement => ({
  sql: `INSERT INTO outbox (key, type, payload_json, recorded_at_ms) SELECT ?, ?, ?, ?
    WHERE EXISTS (SELECT 1 FROM incidents WHERE id = ?) ON CONFLICT DO NOTHING`,
  args: [message.key, message.type, JSON.stringify(message.payload), at, incidentId],
});

/** With the fact it tells of, in one transaction: a key that is there already fails it. */
export const enqueue = (message: OutboxMessage, at: Instant): Statement => ({
  sql: 'INSERT INTO outbox (key, type, payload_json, recorded_at_ms) VALUES (?, ?, ?, ?)',
  args: [message.key, message.type, JSON.stringify(message.payload), at],
});
