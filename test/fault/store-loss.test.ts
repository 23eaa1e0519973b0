import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { type OpenStoreOptions, openStore } from '#db/client.ts';
import type { Store, StoreCondition } from '#db/store.ts';
import { systemClock } from '#monitor/clock.ts';
import { spawnProgram } from '../support/crash-driver.ts';
import { hooksFor, type StoreFaultPlan } from '../support/store-hooks.ts';
import { openTempStore, silentLog, tempFolder } from '../support/temp-store.ts';

const open = (path: string, options: Partial<OpenStoreOptions> = {}): Promise<Store> =>
  openStore({ path, clock: systemClock, log: silentLog, ...options });
const event = (detail: string) => ({ sql: `INSERT INTO events (recorded_at_ms, kind, detail_json) VALUES (1, 'test', ?)`, args: [detail] });
const changes = (store: Store): StoreCondition[] => {
  const seen: StoreCondition[] = [];
  store.onCondition((condition) => seen.push(condition));
  return seen;
};
const changed = (store: Store): Promise<StoreCondition> => new Promise((resolve) => store.onCondition(resolve));
const outputOf = async (file: string, path: string): Promise<string> => {
  const child = spawnProgram(new URL(`../support/${file}`, import.meta.url), [path]);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk));
  await once(child, 'close');
  return output;
};

test('a second Avow on the same store is refused, and told which process holds it', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  const holder = spawnProgram(new URL('../support/store-holder.ts', import.meta.url), [path]);
  const ended = once(holder, 'close');
  for await (const line of createInterface({ input: holder.stdout as NodeJS.ReadableStream })) if (line === 'ready') break;
  const refused = await open(path).catch((error: unknown) => error);
  expect(refused).toMatchObject({ kind: 'held' });
  expect(String(refused)).toMatch(
    new RegExp(
      `The store ${path} is held by process ${holder.pid} \\(started \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\\)\\. Stop it first, or use --data for another folder\\.$`,
    ),
  );
  holder.kill('SIGKILL');
  await ended;
  const store = await open(path);
  expect(store.info.lockingMode).toBe('exclusive');
  await expect(open(path), 'not even the same process may open it twice').rejects.toMatchObject({ kind: 'held' });
  await store.write([event('"still mine"')]);
  await store.close();
});

test('of three that start at one moment on a new store, exactly one gets it', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  const children = [1, 2, 3].map(() => spawnProgram(new URL('../support/store-holder.ts', import.meta.url), [path]));
  const answers = await Promise.all(
    children.map((child) =>
      Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data').then(String), once(child, 'exit').then(([code]) => code)]),
    ),
  );
  expect(answers.sort()).toEqual([75, 75, 'ready\n']);
  await Promise.all(
    children.map(async (child) => {
      const gone = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGKILL');
      await gone;
    }),
  );
});

test('a shell, a backup tool and a checkpointer get "database is locked", and the owner goes on', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  const store = await open(path);
  await store.write([event('"before"')]);
  const output = await outputOf('store-attacker.ts', path);
  expect(
    output
      .trim()
      .split('\n')
      .map((line) => line.replace(/^.*: /, '')),
  ).toEqual(Array(4).fill('database is locked'));
  await store.write([event('"after"')]);
  expect((await store.read({ sql: 'SELECT count(*) FROM events' })).rows).toEqual([[2]]);
  await store.close();
});

test('a full disk is an ailing store that keeps answering and heals with the first commit (P21)', async () => {
  await using store = await openTempStore();
  const seen = changes(store);
  const { rows } = await store.read({ sql: 'PRAGMA page_count' });
  await store.read({ sql: `PRAGMA max_page_count=${Number(rows[0]?.[0]) + 4}` });
  const big = JSON.stringify('x'.repeat(60_000));
  await expect(store.write([event('"first"'), event(big)])).rejects.toMatchObject({ kind: 'full' });
  await expect(store.write([event(big)])).rejects.toMatchObject({ kind: 'full' });
  expect(seen).toEqual([
    {
      state: 'ailing',
      kind: 'full',
      message: expect.stringMatching(/^The store .* cannot grow: the disk is full\. Free some space; .*\.$/),
    },
  ]);
  expect((await store.read({ sql: 'SELECT count(*) FROM events' })).rows).toEqual([[0]]);
  await store.read({ sql: 'PRAGMA max_page_count=1000000' });
  for (let i = 0; i < 10; i++) await store.write([event(big)]);
  expect(seen.at(-1)).toEqual({ state: 'open' });
  expect((await store.read({ sql: 'PRAGMA integrity_check' })).rows).toEqual([['ok']]);
});

test('a store that turns read-only is ailing until it can be written again', async () => {
  await using store = await openTempStore();
  const seen = changes(store);
  await store.read({ sql: 'PRAGMA query_only=1' });
  await expect(store.write([event('1')])).rejects.toMatchObject({ kind: 'readonly' });
  await store.read({ sql: 'PRAGMA query_only=0' });
  await store.write([event('2')]);
  expect(seen.map(({ state }) => state)).toEqual(['ailing', 'open']);
});

const inject = (plan: Partial<StoreFaultPlan>): Partial<OpenStoreOptions> => ({
  // The first batch is the store's own identity.
  hooks: hooksFor({ op: 'batch', point: 'before', nth: 2, fault: 'SQLITE_IOERR', ...plan }),
});

test('an I/O fault passes; a locked or damaged file after start means no more writes in this process', async () => {
  await using ailing = await openTempStore(inject({ fault: 'SQLITE_IOERR', times: 2 }));
  const seen = changes(ailing);
  await expect(ailing.write([event('1')])).rejects.toMatchObject({ kind: 'io' });
  await expect(ailing.write([event('1')])).rejects.toMatchObject({ kind: 'io' });
  await ailing.write([event('1')]);
  expect(seen.map(({ state }) => state)).toEqual(['ailing', 'open']);

  const deadly: Partial<StoreFaultPlan>[] = [
    { fault: 'SQLITE_BUSY' },
    { fault: 'SQLITE_CORRUPT' },
    { fault: 'SQLITE_NOTADB' },
    { fault: 'SQLITE_ERROR', message: 'cannot commit transaction - SQL statements in progress' },
  ];
  for (const plan of deadly) {
    await using store = await openTempStore(inject(plan));
    await expect(store.write([event('1')])).rejects.toThrow();
    expect(store.condition.state, JSON.stringify(plan)).toBe('lost');
    await expect(store.write([event('2')]), 'the fault was injected once, yet nothing is written any more').rejects.toThrow();
    await expect(store.read(event('3')), 'nor through a single statement').rejects.toThrow();
    expect((await store.read({ sql: 'SELECT count(*) FROM events' })).rows, 'reading goes on').toEqual([[0]]);
  }
});

test('a commit whose answer was lost is durable, and the same rows again are no duplicates', async () => {
  await using store = await openTempStore(inject({ point: 'committed', fault: 'SQLITE_IOERR' }));
  const check = { sql: 'INSERT INTO checks (c, l, at, lag, took, delay, o, r) VALUES (1, 1, 1, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING' };
  await expect(store.write([check])).rejects.toMatchObject({ kind: 'io' });
  const [again] = await store.write([check]);
  expect(again?.rowsAffected).toBe(0);
  expect((await store.read({ sql: 'SELECT count(*) FROM checks' })).rows).toEqual([[1]]);
});

test('when the store thread ends, everything under way and everything after is refused, and the store is lost', async () => {
  await using store = await openTempStore(inject({ fault: 'exit' }));
  const seen = changed(store);
  const asked = await Promise.allSettled([store.write([event('1')]), store.read({ sql: 'SELECT 1' }), store.write([event('2')])]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await seen).toEqual({ state: 'lost', kind: 'other', message: 'The store thread ended with code 3. Restart Avow.' });
  await expect(store.read({ sql: 'SELECT 1' })).rejects.toThrow('The store thread ended with code 3');
});

test('a deleted or replaced store file is noticed while running, and nothing more is written', async () => {
  for (const [what, harm] of [
    ['it was deleted while Avow was running', (path: string) => rmSync(path)],
    [
      'another file was put in its place while Avow was running',
      (path: string) => {
        writeFileSync(`${path}.new`, '');
        renameSync(`${path}.new`, path);
      },
    ],
  ] as const) {
    await using folder = await tempFolder();
    const path = join(folder.path, 'avow.db');
    const store = await open(path);
    const seen = changed(store);
    harm(path);
    expect(await seen).toEqual({
      state: 'lost',
      kind: 'corrupt',
      message: `The store ${path} is gone: ${what}. Nothing more is written: put it back or restore a backup, then restart Avow.`,
    });
    await expect(store.write([event('1')])).rejects.toMatchObject({ kind: 'corrupt' });
    await store.close();
  }
});

test('a garbage file, a truncated one, a missing folder and a store without its log are refused at start with a sentence', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  writeFileSync(path, 'this is no database '.repeat(500));
  await expect(open(path)).rejects.toMatchObject({
    kind: 'corrupt',
    message: expect.stringMatching(/is damaged or no SQLite file\. .*restore a backup/),
  });
  rmSync(path);

  const store = await open(path);
  for (let i = 0; i < 50; i++) await store.write([event(JSON.stringify('x'.repeat(3_000)))]);
  await store.close();
  truncateSync(path, 4_096 * 3);
  await expect(open(path)).rejects.toMatchObject({ kind: 'corrupt' });

  rmSync(path);
  writeFileSync(`${path}-wal`, 'the last changes');
  await expect(open(path)).rejects.toThrow(`The store ${path} is missing, but ${path}-wal with its last changes is there.`);
  await expect(open(join(folder.path, 'nowhere', 'avow.db'))).rejects.toThrow(
    `The folder ${join(folder.path, 'nowhere')} for the store does not exist. Create it, or use --data for another folder.`,
  );
  mkdirSync(join(folder.path, 'folder.db'));
  await expect(open(join(folder.path, 'folder.db'))).rejects.toMatchObject({
    kind: 'io',
    message: expect.stringContaining('is a folder, not a file'),
  });
});

test('a store on a server that nobody serves is refused with its address', async () => {
  await using folder = await tempFolder();
  // A port that was free a moment ago: bound, read, closed.
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  listener.close();
  await once(listener, 'close');
  await expect(open(join(folder.path, 'avow.db'), { url })).rejects.toMatchObject({
    kind: 'io',
    message: expect.stringMatching(new RegExp(`^The store ${url} does not answer\\. Check the server and the way to it;`)),
  });
});

test('a read-only store, or one in a read-only folder, is refused at start with a sentence', async () => {
  await using folder = await tempFolder();
  const data = join(folder.path, 'data');
  mkdirSync(data);
  const path = join(data, 'avow.db');
  await (await open(path)).close();
  chmodSync(folder.path, 0o755);
  if (process.getuid?.() === 0) chownSync(data, 65_534, 65_534);
  chmodSync(path, 0o444);
  expect(await outputOf('readonly-child.ts', path)).toBe(
    `readonly: The store ${path} cannot be used: ${path} is read-only for this user. Make it writable, or use --data for another folder.\n`,
  );
  chmodSync(data, 0o555);
  expect(await outputOf('readonly-child.ts', path)).toContain(
    `readonly: The store ${path} cannot be used: ${data} is read-only for this user.`,
  );
  chmodSync(data, 0o755);
});
