/** What befell Avow itself. */
import type { Instant } from '#domain/time/instant.ts';
import type { Statement } from '../store.ts';

export const insertEvent = (kind: string, at: Instant, detail: Readonly<Record<string, unknown>>): Statement => ({
  sql: 'INSERT INTO events (recorded_at_ms, kind, detail_json) VALUES (?, ?, ?)',
  args: [at, kind, JSON.stringify(detail)],
});
