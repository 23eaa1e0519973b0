/** What somebody must be told, written with the fact it tells of. The key makes a repeated write one row. */
import type { NoticeType } from '#domain/notice/notice-kind.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { TITLE_NOW } from './incidents.ts';

export interface OutboxMessage {
  readonly key: string;
  readonly type: NoticeType;
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

/** Where the same may be found again and again, and is told once. */
export const enqueueOnce = (message: OutboxMessage, at: Instant): Statement => {
  const { sql, args = [] } = enqueue(message, at);
  return { sql: `${sql} ON CONFLICT DO NOTHING`, args };
};

/** The payload of the last row of `opens`, unless one of `closes` came after it. */
export const openStory = async (store: Store, opens: NoticeType, closes: NoticeType): Promise<OutboxMessage['payload'] | null> => {
  const { rows } = await store.read({
    sql: 'SELECT type, payload_json FROM outbox WHERE type IN (?, ?) ORDER BY id DESC LIMIT 1',
    args: [opens, closes],
  });
  return rows[0]?.[0] === opens ? (JSON.parse(String(rows[0][1])) as OutboxMessage['payload']) : null;
};
