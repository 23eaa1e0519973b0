/** What befell Avow itself. */
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

export const insertEvent = (kind: string, at: Instant, detail: Readonly<Record<string, unknown>>): Statement => ({
  sql: 'INSERT INTO events (recorded_at_ms, kind, detail_json) VALUES (?, ?, ?)',
  args: [at, kind, JSON.stringify(detail)],
});

/** Where the line of events ends now: what comes later has a higher number. */
export const lastEventId = async (store: Store): Promise<number> => {
  const { rows } = await store.read({ sql: 'SELECT coalesce(max(id), 0) FROM events' });
  return Number(rows[0]?.[0] ?? 0);
};

/** The last event of these kinds above a number. */
export const lastEventAbove = async <K extends string>(
  store: Store,
  id: number,
  kinds: readonly K[],
): Promise<{ readonly kind: K; readonly at: Instant } | null> => {
  const { rows } = await store.read({
    sql: 'SELECT kind, recorded_at_ms FROM events WHERE id > ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1',
    args: [id, JSON.stringify(kinds)],
  });
  const [row] = rows;
  return row ? { kind: String(row[0]) as K, at: Number(row[1]) as Instant } : null;
};
