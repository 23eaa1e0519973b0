/**
 * Rows that are of no more use once they have grown old, by table: of which condition, held against the instant that is named. What
 * happened stands in the audit, what was told in the outbox; neither is ever deleted, nor is anything that a report or the chain needs.
 */
import { ABSOLUTE_MS, IDLE_MS } from '#domain/access/session.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

/** `over`: whether a row `r` is over, where `?3` is the instant and `?4` a second one. */
export interface Purgeable {
  readonly table: 'sessions' | 'invitations' | 'share_links' | 'api_tokens' | 'notice_deliveries';
  readonly over: string;
}

const ENDED = `coalesce(r.ended_at_ms, min(r.last_seen_at_ms + ${IDLE_MS}, r.created_at_ms + ${ABSOLUTE_MS}))`;
/** Ended or expired. The last one of each person stays: it says when they were here. */
export const OVER_SESSIONS: Purgeable = {
  table: 'sessions',
  over: `${ENDED} < ?3 AND EXISTS (SELECT 1 FROM sessions AS n WHERE n.person_id = r.person_id
    AND (n.last_seen_at_ms > r.last_seen_at_ms OR (n.last_seen_at_ms = r.last_seen_at_ms AND n.rowid > r.rowid)))`,
};
/** Used, taken back or expired. */
export const OVER_INVITATIONS: Purgeable = {
  table: 'invitations',
  over: 'min(r.expires_at_ms, coalesce(r.used_at_ms, r.expires_at_ms), coalesce(r.revoked_at_ms, r.expires_at_ms)) < ?3',
};
/** Shut or expired. */
export const OVER_SHARE_LINKS: Purgeable = {
  table: 'share_links',
  over: 'min(r.expires_at_ms, coalesce(r.revoked_at_ms, r.expires_at_ms)) < ?3',
};
/** Revoked or expired. Who made it, for what and when it ended stands in the audit. */
export const OVER_API_TOKENS: Purgeable = {
  table: 'api_tokens',
  over: 'min(r.expires_at_ms, coalesce(r.revoked_at_ms, r.expires_at_ms)) < ?3',
};
/**
 * Told or left out before `?3`, when nothing that comes asks for it. Dead letters, which can be sent again, and beginning and end of a
 * story, by which the queue knows whether what comes makes sense (domain/notice/order.ts), only before `?4`, and of a story not before all of it is over.
 */
export const OVER_DELIVERIES: Purgeable = {
  table: 'notice_deliveries',
  over: `r.ended_at_ms < ?3 AND ((r.part IN ('tells', 'updates') AND r.state <> 'dead') OR (r.ended_at_ms < ?4 AND (r.part = 'tells' OR (
    EXISTS (SELECT 1 FROM notice_deliveries AS c WHERE c.channel = r.channel AND c.subject = r.subject AND c.part = 'closes' AND c.ended_at_ms < ?4)
    AND NOT EXISTS (SELECT 1 FROM notice_deliveries AS o WHERE o.channel = r.channel AND o.subject = r.subject
      AND (o.ended_at_ms IS NULL OR o.ended_at_ms >= ?4))))))`,
};

export interface PurgeSlice {
  /** Where the next slice begins. */
  readonly last: number;
  /** Row numbers in it that are over. */
  readonly due: readonly number[];
}
/** Of the `size` rows behind row number `from`; null: there are no more. */
export const readOver = async (
  store: Store,
  { table, over }: Purgeable,
  from: number,
  size: number,
  [before, longBefore]: readonly [Instant, Instant],
): Promise<PurgeSlice | null> => {
  // The last condition is always true: it names both instants where `over` does not.
  const { rows } = await store.read({
    sql: `SELECT max(r.rowid), json_group_array(r.rowid) FILTER (WHERE ${over}) FROM ${table} AS r
      WHERE r.rowid IN (SELECT rowid FROM ${table} WHERE rowid > ?1 ORDER BY rowid LIMIT ?2) AND ?3 >= ?4`,
    args: [from, size, before, longBefore],
  });
  const [last, due] = rows[0] ?? [];
  return last === null || last === undefined ? null : { last: Number(last), due: JSON.parse(String(due ?? '[]')) as number[] };
};
export const deleteOver = ({ table }: Purgeable, due: readonly number[]): Statement => ({
  sql: `DELETE FROM ${table} WHERE rowid IN (SELECT value FROM json_each(?))`,
  args: [JSON.stringify(due)],
});
