/** The triggers that keep rows from being edited: those that the migrations make, and those that the store still has. */
import { readMigrations } from '../migrate.ts';
import type { Store } from '../store.ts';

const plain = (sql: string): string => sql.replace(/\s+/g, ' ').replace(/; ?$/, '').trim();

const wanted = (): ReadonlyMap<string, string> => {
  const made = new Map<string, string>();
  for (const statement of readMigrations().flatMap(({ statements }) => statements)) {
    const [, what, name = ''] = /^(CREATE|DROP) TRIGGER (?:IF (?:NOT )?EXISTS )?[`"]?(\w+)/i.exec(statement) ?? [];
    if (what?.toUpperCase() === 'CREATE') made.set(name, plain(statement));
    else if (what) made.delete(name);
  }
  return made;
};

/** Names of triggers that are gone or say something else, and of those that nobody of ours made. */
export const changedGuards = async (store: Store): Promise<{ readonly lost: readonly string[]; readonly strange: readonly string[] }> => {
  const { rows } = await store.read({ sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name" });
  const held = new Map(rows.map(([name, sql]) => [String(name), plain(String(sql))]));
  const ours = wanted();
  return {
    lost: [...ours].flatMap(([name, sql]) => (held.get(name) === sql ? [] : [name])),
    strange: [...held.keys()].filter((name) => !ours.has(name)),
  };
};
