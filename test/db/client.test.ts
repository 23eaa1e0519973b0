import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { eq, sql } from '#db/drizzle.ts';
import { checkPacks, checks, components } from '#db/schema/index.ts';
import { StoreFault } from '#db/store.ts';
import { faultKind, toStoreFault } from '#db/store-fault.ts';
import { instant } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { openTempStore, silentLog, tempFolder } from '../support/temp-store.ts';

const addComponent = (id: number, slug: string) => ({
  sql: 'INSERT INTO components (id, slug, created_at_ms) VALUES (?, ?, ?)',
  args: [id, slug, 1_800_000_000_000],
});
const slugs = { sql: 'SELECT slug FROM components ORDER BY id' };
const faultOf = (work: Promise<unknown>): Promise<StoreFault> =>
  work.then(
    () => {
      throw new Error('expected a fault');
    },
    (error: unknown) => error as StoreFault,
  );

test('a store is held alone, in WAL mode, syncs every commit, and has an identity that the next start finds again', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  const open = () => openStore({ path, clock: systemClock, log: silentLog });
  const store = await open();
  expect(store.info).toMatchObject({ path, journalMode: 'wal', lockingMode: 'exclusive' });
  expect((await store.read({ sql: 'PRAGMA synchronous' })).rows).toEqual([[2]]);
  expect((await store.read({ sql: 'PRAGMA foreign_keys' })).rows).toEqual([[1]]);
  expect(existsSync(`${path}-shm`)).toBe(false);
  expect(readFileSync(join(folder.path, 'avow.pid'), 'utf8')).toBe(`${process.pid}\n`);
  await store.write([addComponent(1, 'api')]);
  await store.close();
  expect(existsSync(join(folder.path, 'avow.pid'))).toBe(false);
  const again = await open();
  expect(again.info.instanceId).toBe(store.info.instanceId);
  expect((await again.read(slugs)).rows).toEqual([['api']]);
  await again.close();
});

test('whole numbers are stored and compared as integers, others as reals, blobs byte for byte', async () => {
  await using store = await openTempStore();
  const blob = Buffer.from('a slice of a pool');
  const { rows } = await store.read({
    sql: 'SELECT typeof(?1), ?1 / 2, typeof(?2), typeof(?3), ?4, ?5, ?6',
    args: [5, 2.5, 2 ** 53, blob, null, 9_007_199_254_740_991n],
  });
  expect(rows).toEqual([['integer', 2, 'real', 'real', new Uint8Array(blob), null, 9_007_199_254_740_991]]);
  expect(blob.toString()).toBe('a slice of a pool');
});

test('a write is one transaction: when its second statement fails, the first leaves nothing', async () => {
  await using store = await openTempStore();
  await store.write([addComponent(1, 'api')]);
  const fault = await faultOf(store.write([addComponent(2, 'web'), addComponent(1, 'api')]));
  expect(fault).toBeInstanceOf(StoreFault);
  expect(fault.kind).toBe('constraint');
  expect(fault.message).toMatch(
    /^The store \/.*avow\.db refused a statement that breaks its rules \(SQLITE_CONSTRAINT: UNIQUE constraint failed: components\.id\)\.$/,
  );
  expect((await store.read(slugs)).rows).toEqual([['api']]);
  expect(store.condition).toEqual({ state: 'open' });
  await store.write([addComponent(2, 'web')]);
  expect((await store.read(slugs)).rows).toEqual([['api'], ['web']]);
});

test('statements run in the order in which they were asked, reads and writes alike', async () => {
  await using store = await openTempStore();
  const counts: Promise<unknown>[] = [];
  for (let id = 1; id <= 50; id++) {
    void store.write([addComponent(id, `c${id}`)]);
    counts.push(store.read({ sql: 'SELECT count(*) FROM components' }).then(({ rows }) => rows[0]?.[0]));
  }
  expect(await Promise.all(counts)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
});

test('exclusive work sees no other exclusive work between its read and its write, and goes on after one that throws', async () => {
  await using store = await openTempStore();
  await store.write([{ sql: `INSERT INTO meta (key, value) VALUES ('count', '0')` }]);
  const increment = () =>
    store.exclusive(async () => {
      const { rows } = await store.read({ sql: `SELECT value FROM meta WHERE key = 'count'` });
      await store.write([{ sql: `UPDATE meta SET value = ? WHERE key = 'count'`, args: [String(Number(rows[0]?.[0]) + 1)] }]);
    });
  const broken = store.exclusive(() => Promise.reject(new Error('the work itself failed')));
  await Promise.all([expect(broken).rejects.toThrow('the work itself failed'), ...Array.from({ length: 20 }, increment)]);
  expect((await store.read({ sql: `SELECT value FROM meta WHERE key = 'count'` })).rows).toEqual([['20']]);
});

test('drizzle reads and writes through the same connection, and is refused an interactive transaction', async () => {
  await using store = await openTempStore();
  const created = instant(1_800_000_000_000);
  const [api] = await store.db.insert(components).values({ slug: 'api', createdAt: created }).returning();
  expect(api).toEqual({ id: 1, slug: 'api', createdAt: created });
  await store.db
    .insert(checkPacks)
    .values({ componentId: 1, locationId: 1, day: 20_000, count: 2, core: Buffer.from([1, 2]), phases: null });
  const [pack] = await store.db.select().from(checkPacks).where(eq(checkPacks.day, 20_000));
  expect(pack?.core).toEqual(Buffer.from([1, 2]));
  expect(await store.db.all(sql`SELECT 1 AS one, 'two' AS two`)).toEqual([{ one: 1, two: 'two' }]);
  expect(await store.db.batch([store.db.select({ n: sql<number>`count(*)` }).from(checks), store.db.select().from(components)])).toEqual([
    [{ n: 0 }],
    [api],
  ]);
  await expect(store.db.transaction(async () => undefined)).rejects.toThrow(
    /^transaction\(\) is not available on Avow's store: .* Use store\.write/,
  );
});

test('a page of ten thousand rows and a megabyte blob come back whole', async () => {
  await using store = await openTempStore();
  const big = new Uint8Array(1_000_000).fill(7);
  await store.write([{ sql: 'INSERT INTO check_packs (component_id, location_id, day, count, core) VALUES (1, 1, 1, 1, ?)', args: [big] }]);
  expect(big.length).toBe(1_000_000);
  const [row] = (await store.read({ sql: 'SELECT core FROM check_packs' })).rows;
  expect(Buffer.compare(row?.[0] as Uint8Array, big)).toBe(0);
  const series = await store.read({
    sql: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i FROM n',
  });
  expect(series.rows.length).toBe(10_000);
});

test('a closed store answers what was asked before and refuses what is asked after', async () => {
  await using store = await openTempStore();
  const last = store.write([addComponent(1, 'api')]);
  const closing = store.close();
  const late = faultOf(store.read(slugs));
  expect((await last)[0]?.rowsAffected).toBe(1);
  await closing;
  expect((await late).kind).toBe('closed');
  expect((await late).message).toMatch(/^The store \/.* is closed\.$/);
});

test('the schema refuses a second open incident of a component, a second open span, and edits of what is append-only', async () => {
  await using store = await openTempStore();
  const incident = (id: string, component: number | null) => ({
    sql: `INSERT INTO incidents (id, component_id, title, started_at_ms, confirmed_at_ms, recorded_at_ms) VALUES (?, ?, 'down', 1, 2, 3)`,
    args: [id, component],
  });
  const span = (start: number) => ({
    sql: `INSERT INTO spans (component_id, location_id, start_ms, lenient, strict, slow) VALUES (1, 1, ?, 'up', 'up', 0)`,
    args: [start],
  });
  const update = {
    sql: `INSERT INTO incident_updates (id, incident_id, recorded_at_ms, display_at_ms, status, body) VALUES ('u', 'a', 1, 1, 'investigating', 'Looking')`,
  };
  await store.write([addComponent(1, 'api'), incident('a', 1), incident('p', null), incident('q', null), span(0), update]);
  const refused = async (statement: string) => (await faultOf(store.write([{ sql: statement }]))).message;
  expect((await faultOf(store.write([incident('b', 1)]))).kind).toBe('constraint');
  expect((await faultOf(store.write([span(5)]))).kind).toBe('constraint');
  expect((await faultOf(store.write([incident('c', 99)]))).kind).toBe('constraint');
  expect(await refused(`UPDATE incident_updates SET body = 'Nothing happened'`)).toContain(
    'updates of an incident are never edited: write a new one',
  );
  expect(await refused('DELETE FROM components')).toContain('components are never deleted');
  expect(await refused(`INSERT INTO components (id, slug, created_at_ms) VALUES (2, 'x', 'yesterday')`)).toContain(
    'cannot store TEXT value in INTEGER column',
  );
  await store.write([
    { sql: `UPDATE incidents SET resolved_at_ms = 9 WHERE id = 'a'` },
    incident('d', 1),
    { sql: 'UPDATE spans SET end_ms = 5' },
    span(5),
  ]);
});

test.each([
  ['SQLITE_FULL', 'database or disk is full', 'full'],
  ['SQLITE_IOERR', 'disk I/O error', 'io'],
  ['SQLITE_READONLY', 'attempt to write a readonly database', 'readonly'],
  ['SQLITE_BUSY', 'database is locked', 'busy'],
  ['SQLITE_ERROR', 'cannot commit transaction - SQL statements in progress', 'busy'],
  ['SQLITE_CORRUPT', 'database disk image is malformed', 'corrupt'],
  ['SQLITE_NOTADB', 'file is not a database', 'corrupt'],
  ['SQLITE_ERROR', 'no such table: nothing', 'other'],
])('%s "%s" is a fault of kind %s', (code, message, kind) => {
  const error = { name: 'LibsqlError', message: `${code}: ${message}`, code, extendedCode: code };
  expect(faultKind(error)).toBe(kind);
  expect(toStoreFault(error, '/data/avow.db').message).toMatch(/^The store \/data\/avow\.db .*\.$/);
});

test('drizzle is loaded in one place, as CommonJS: its ES modules would cost every start 150 MB', () => {
  const folder = new URL('../../db/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(5);
  const values = files.filter((file) =>
    /^(?:import|export) (?!type)[^;]*from 'drizzle-orm/m.test(readFileSync(new URL(file, folder), 'utf8')),
  );
  expect(values).toEqual([]);
});
