import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type OpenStoreOptions, openStore } from '#db/client.ts';
import { getTableConfig } from '#db/drizzle.ts';
import { type Migration, type MigrationProgress, type MigrationTarget, migrate, parseMigration, readMigrations } from '#db/migrate.ts';
import type { Rows, Store } from '#db/store.ts';
import { ThreadLink } from '#db/thread-link.ts';
import type { Request } from '#db/thread-messages.ts';
import { systemClock } from '#monitor/clock.ts';
import { hooksFor } from '../support/store-hooks.ts';
import { openTempStore, silentLog, tempFolder } from '../support/temp-store.ts';

const open = (path: string, options: Partial<OpenStoreOptions> = {}): Promise<Store> =>
  openStore({ path, clock: systemClock, log: silentLog, ...options });
const schemaOf = async (store: Store): Promise<unknown> =>
  (await store.read({ sql: `SELECT json_group_array(sql) FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)` }))
    .rows[0]?.[0];
const newer: readonly Migration[] = [
  ...readMigrations(),
  parseMigration('0099_later', 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT'),
];

test('a new store gets every migration, reported one by one, and a second start applies none', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  const seen: MigrationProgress[] = [];
  const store = await open(path, { progress: (progress) => seen.push(progress), migrations: newer });
  expect(seen.map(({ name, number, total }) => [name, number, total])).toEqual(newer.map(({ name }, i) => [name, i + 1, newer.length]));
  await store.close();
  seen.length = 0;
  await (await open(path, { progress: (progress) => seen.push(progress), migrations: newer })).close();
  expect(seen).toEqual([]);
});

test('an older Avow refuses a store that a newer one has migrated, and leaves it as it is', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  await (await open(path, { migrations: newer })).close();
  await expect(open(path)).rejects.toThrow(
    `The store ${path} was last used by a newer Avow (its schema is at 0099_later, this Avow knows ${readMigrations().at(-1)?.name}). ` +
      'Start that version or a later one, or restore a backup from before the upgrade.',
  );
  await (await open(path, { migrations: newer })).close();
});

test('a store of another build, and a SQLite file of another program, are refused with a sentence', async () => {
  await using folder = await tempFolder();
  const other = join(folder.path, 'other.db');
  await (
    await open(other, { migrations: [parseMigration('0000_other', 'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT')] })
  ).close();
  await expect(open(other)).rejects.toThrow(
    /was made by another build of Avow: its schema step 0000_other is not this Avow's 0000_first\. Start the build/,
  );
  const foreign = join(folder.path, 'foreign.db');
  const { DatabaseSync } = await import('node:sqlite');
  const sqlite = new DatabaseSync(foreign);
  sqlite.exec('CREATE TABLE music (title TEXT)');
  sqlite.close();
  await expect(open(foreign)).rejects.toThrow(
    `${foreign} is a SQLite file of another program (it has a table music). Use --data for another folder.`,
  );
});

test('a migration that breaks a reference is rolled back whole', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  await (await open(path)).close();
  const breaking = [
    ...readMigrations(),
    parseMigration(
      '0001_breaking',
      `INSERT INTO component_versions SELECT 7, 1, '', '', NULL, 0, 0, 1, '{}', 1, 1, 1, 1, 1, 0, 'file', NULL, NULL, NULL, NULL`,
    ),
  ];
  await expect(open(path, { migrations: breaking })).rejects.toThrow(/CHECK constraint failed: broken_references = 0/);
  const store = await open(path);
  expect((await store.read({ sql: 'SELECT count(*) FROM component_versions' })).rows).toEqual([[0]]);
  await store.close();
});

/** A file as it is: a store that has not taken its first step is not opened otherwise. */
const connected = async (path: string, hooks: URL): Promise<MigrationTarget & { close(): Promise<void> }> => {
  const link = new ThreadLink({ target: { kind: 'file', path }, hooks: hooks.href }, path, () => undefined);
  await link.ask({ op: 'open' });
  const ask = async (request: Request): Promise<Rows> => {
    const answer = await link.ask(request);
    return answer.type === 'rows' ? (answer.results[0] as Rows) : { columns: [], rows: [], rowsAffected: 0 };
  };
  return {
    read: (statement) => ask({ op: 'execute', statements: [statement] }),
    steps: (statements) => ask({ op: 'steps', statements }),
    close: () => link.close(),
  };
};

test('a migration that fails at any of its statements, or at its commit, leaves nothing behind and is completed by a later start (P30)', async () => {
  await using untouched = await openTempStore();
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  const all = readMigrations();
  // One file for all: a failure that left a table behind would make the next try fail otherwise than as injected.
  for (const [step, { statements }] of all.entries()) {
    // The journal's table before, its row and the commit after.
    const moments = statements.length + 3;
    const full = { op: 'steps', point: 'before', fault: 'SQLITE_FULL' } as const;
    const failsAt = async (nth: number, attempt: Promise<unknown>) =>
      await expect(attempt, `step ${step} failing at statement ${nth}`).rejects.toMatchObject({
        kind: 'full',
        message: expect.stringContaining('injected'),
      });
    const migrations = all.slice(0, step + 1);
    const connection = await connected(path, hooksFor({ ...full, nth: 1, laterEachTime: true }));
    for (let nth = 1; nth <= moments; nth++) await failsAt(nth, migrate(connection, { store: path, now: systemClock.now(), migrations }));
    await connection.close();
    await failsAt(moments, open(path, { migrations, hooks: hooksFor({ ...full, nth: moments }) }));
    const whole = await open(path, { migrations });
    if (migrations.length === all.length) expect(await schemaOf(whole)).toBe(await schemaOf(untouched));
    await whole.close();
  }
});

test('the generator finds nothing that the schema says and the migrations do not', async () => {
  await using folder = await tempFolder();
  const root = fileURLToPath(new URL('../../', import.meta.url));
  cpSync(join(root, 'db/migrations'), folder.path, { recursive: true });
  const generator = join(root, 'node_modules/drizzle-kit/bin.cjs');
  const args = [generator, 'generate', '--dialect', 'turso', '--schema', './db/schema/index.ts', '--out', relative(root, folder.path)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } });
  expect(stdout).toContain('No schema changes, nothing to migrate');
});

test('tidying a migration file is no change, another statement is', () => {
  const tidy = parseMigration('x', '-- why\nCREATE TABLE a (id INTEGER);\n--> statement-breakpoint\nCREATE TABLE b (id INTEGER);');
  expect(parseMigration('x', 'CREATE   TABLE a (id INTEGER);--> statement-breakpoint\nCREATE TABLE b\n(id INTEGER);').sha256).toBe(
    tidy.sha256,
  );
  expect(parseMigration('x', 'CREATE TABLE a (id INTEGER);').sha256).not.toBe(tidy.sha256);
  expect(tidy.statements.length).toBe(2);
});

test('the migrations make exactly the tables and columns that the Drizzle schema names', async () => {
  await using store = await openTempStore();
  const schema = await import('#db/schema/index.ts');
  for (const table of Object.values(schema)) {
    const { name, columns } = getTableConfig(table);
    const { rows } = await store.read({ sql: 'SELECT name, "notnull" FROM pragma_table_info(?) ORDER BY cid', args: [name] });
    expect({ name, columns: rows.map(([column]) => column) }).toEqual({ name, columns: columns.map((column) => column.name) });
  }
});
