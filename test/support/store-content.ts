/**
 * What a store holds, as one hash: every row of every table, but for counters that reading may move. Two hashes that are equal mean that
 * nothing was changed in between.
 */
import { createHash } from 'node:crypto';
import type { Store } from '#db/store.ts';

/** `table.column`: written when somebody is seen, at most once a minute. */
export const COUNTERS = ['sessions.last_seen_at_ms', 'api_tokens.last_used_at_ms'] as const;

/** `but`: tables that are left out. */
export const storeContent = async (store: Store, but: readonly string[] = []): Promise<string> => {
  const hash = createHash('sha256');
  const { rows: columns } = await store.read({
    sql: `SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
          WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid`,
  });
  for (const [table, own] of Map.groupBy(columns, ([name]) => String(name))) {
    if (but.includes(table)) continue;
    const kept = own
      .map(([, column]) => String(column))
      .filter((column) => !(COUNTERS as readonly string[]).includes(`${table}.${column}`));
    const { rows } = await store.read({ sql: `SELECT ${kept.map((column) => `quote("${column}")`).join(" || ',' || ")} FROM "${table}"` });
    const lines = rows.map(([line]) => String(line)).sort();
    hash.update(`${table}\n${lines.join('\n')}\n`);
  }
  return hash.digest('hex');
};
