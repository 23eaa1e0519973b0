/**
 * A store as an earlier Avow left it: made by the first steps of the schema, with all the rows that a store of today has and that one
 * could hold. What each of its tables held then can be asked of any later state of it.
 */
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '#db/client.ts';
import { readMigrations } from '#db/migrate.ts';
import { systemClock } from '#monitor/clock.ts';
import { sha256 } from './sha256.ts';
import { silentLog } from './temp-store.ts';

const OWN = `name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'avow_migrations'`;
const tablesOf = (file: DatabaseSync, schema = 'main'): string[] =>
  file
    .prepare(`SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND ${OWN} ORDER BY name`)
    .all()
    .map(({ name }) => String(name));
const columnsOf = (file: DatabaseSync, table: string, schema = 'main'): string[] =>
  file
    .prepare(`SELECT name FROM pragma_table_info(?, ?) ORDER BY cid`)
    .all(table, schema)
    .map(({ name }) => String(name));

/** Columns by table. */
export type Shape = ReadonlyMap<string, readonly string[]>;

/** Makes `path` at the first `steps` steps from the rows of the store `today`; answers what it holds. */
export const makeEarlierStore = async (path: string, steps: number, today: string): Promise<Shape> => {
  const store = await openStore({ path, clock: systemClock, log: silentLog, migrations: readMigrations().slice(0, steps) });
  await store.close();
  const file = new DatabaseSync(path);
  file.exec(`PRAGMA foreign_keys=OFF; ATTACH '${today}' AS today`);
  const guards = file.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all();
  for (const { name } of guards) file.exec(`DROP TRIGGER "${name}"`);
  const shape = new Map<string, readonly string[]>();
  const later = new Set(tablesOf(file, 'today'));
  for (const table of tablesOf(file)) {
    if (!later.has(table)) continue;
    const now = new Set(columnsOf(file, table, 'today'));
    const columns = columnsOf(file, table).filter((column) => now.has(column));
    shape.set(table, columns);
    const list = columns.map((column) => `"${column}"`).join(', ');
    file.exec(`DELETE FROM main."${table}"; INSERT INTO main."${table}" (${list}) SELECT ${list} FROM today."${table}"`);
  }
  // What that Avow did not know yet, it cannot have noted.
  if (!shape.has('ledger_chain')) file.exec(`DELETE FROM main.meta WHERE key LIKE '%chain%'`);
  for (const { sql } of guards) file.exec(String(sql));
  file.exec('DETACH today');
  file.close();
  return shape;
};

/** All tables of a store but these. */
export const shapeWithout = (path: string, ...left: readonly string[]): Shape => {
  const file = new DatabaseSync(path);
  const shape = new Map(tablesOf(file).flatMap((table) => (left.includes(table) ? [] : [[table, columnsOf(file, table)] as const])));
  file.close();
  return shape;
};

/** Rows beyond this many are held as their count and hash. */
const MANY = 2_000;

/** Every row of those columns, in a fixed order. */
export const heldIn = (path: string, shape: Shape): Record<string, readonly string[]> => {
  const file = new DatabaseSync(path, { readOnly: true });
  const held: Record<string, readonly string[]> = {};
  for (const [table, columns] of shape) {
    const list = columns.map((column) => `quote("${column}")`).join(` || '|' || `);
    const rows = file
      .prepare(`SELECT ${list} AS row FROM "${table}" ORDER BY 1`)
      .all()
      .map(({ row }) => String(row));
    held[table] = rows.length > MANY ? [`${rows.length} rows, SHA-256 ${sha256(rows.join('\n'))}`] : rows;
  }
  file.close();
  return held;
};

/** How many steps of the schema a file has taken. */
export const stepsOf = (path: string): number => {
  const file = new DatabaseSync(path);
  const { n } = file.prepare('SELECT count(*) AS n FROM avow_migrations').get() as { readonly n: number };
  file.close();
  return n;
};
