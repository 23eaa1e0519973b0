/** A copy of the open store: page for page and whole, given up at once when asked to, and nobody gets the store meanwhile or after. */
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMPILED } from '../support/product.ts';
import { openTempStore, tempFolder } from '../support/temp-store.ts';

const ATTACKER = fileURLToPath(new URL('../support/store-attacker.ts', import.meta.url));
const rowsIn = (path: string): unknown => {
  const file = new DatabaseSync(path, { readOnly: true });
  const found = [
    file.prepare('SELECT count(*) AS n, sum(length(b)) AS bytes FROM bulk').get(),
    file.prepare('PRAGMA integrity_check').get(),
  ];
  const mode = file.prepare('PRAGMA journal_mode').get();
  file.close();
  return [...found, mode];
};
const FILL = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO bulk SELECT randomblob(10000) FROM n`;

test('a copy holds everything of one instant, what was in the log and the free pages too, and needs no log of its own', async () => {
  await using store = await openTempStore();
  await using folder = await tempFolder();
  const [copy, compact] = [join(folder.path, 'copy.db'), join(folder.path, 'compact.db')];
  await store.write([
    { sql: 'CREATE TABLE bulk (b BLOB) STRICT' },
    { sql: FILL, args: [400] },
    { sql: 'DELETE FROM bulk WHERE rowid > 300' },
  ]);
  writeFileSync(copy, '', { mode: 0o600 });
  const copied = store.copyTo(copy);
  expect(store.copying).toBe(true);
  const after = store.write([{ sql: FILL, args: [1] }]);
  await copied;
  await after;
  expect(store.copying).toBe(false);
  await store.compactTo(compact);
  const whole = (n: number) => [{ n, bytes: n * 10_000 }, { integrity_check: 'ok' }, { journal_mode: 'delete' }];
  expect([rowsIn(copy), rowsIn(compact)]).toEqual([whole(300), whole(301)]);
  expect(statSync(copy).size).toBeGreaterThan(statSync(compact).size + 500_000);
  await expect(store.copyTo(copy), 'what is there is not written over').rejects.toThrow(`The copy ${copy} could not be written.`);
  expect(rowsIn(copy)).toEqual(whole(300));
  await expect(store.copyTo(join(folder.path, 'none', 'copy.db'))).rejects.toThrow('could not be written');
  expect(store.condition).toEqual({ state: 'open' });
  // The lock is still ours: a copy closes no descriptor of the store.
  const { stdout, stderr } = spawnSync(process.execPath, [ATTACKER, store.info.path], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  expect(stdout + stderr).toMatch(/locked/);
});

test('a copy that is given up ends before the next piece, and the store goes on', async () => {
  await using store = await openTempStore();
  await using folder = await tempFolder();
  const path = join(folder.path, 'copy.db');
  await store.write([{ sql: 'CREATE TABLE bulk (b BLOB) STRICT' }, { sql: FILL, args: [3_000] }]);
  const given = new AbortController();
  writeFileSync(path, '');
  const copied = store.copyTo(path, given.signal);
  const refused = expect(copied).rejects.toThrow('could not be written');
  while (statSync(path).size === 0) await new Promise(setImmediate);
  given.abort();
  await refused;
  expect(readFileSync(path).length).toBeLessThan(30_000_000);
  expect(store.condition).toEqual({ state: 'open' });
  await store.write([{ sql: FILL, args: [1] }]);
  writeFileSync(path, '');
  await expect(store.copyTo(path, given.signal), 'asked to before it began').rejects.toThrow('could not be written');
  expect(statSync(path).size).toBe(0);
});

test('a copy goes into an empty file of its own: it follows no link in its place, and writes over nothing', async () => {
  await using store = await openTempStore();
  await using folder = await tempFolder();
  const at = (name: string): string => join(folder.path, name);
  symlinkSync(at('elsewhere'), at('link.db'));
  writeFileSync(at('empty'), '');
  symlinkSync(at('empty'), at('link-to-empty.db'));
  writeFileSync(at('full.db'), 'something');
  for (const name of ['link.db', 'link-to-empty.db', 'full.db']) {
    await expect(store.copyTo(at(name)), name).rejects.toThrow('could not be written');
    await expect(store.compactTo(at(name)), name).rejects.toThrow('could not be written');
  }
  // SQLite itself opens what it writes; a second name would be another way to something that is not ours to fill.
  linkSync(at('empty'), at('second-name.db'));
  await expect(store.compactTo(at('second-name.db'))).rejects.toThrow('could not be written');
  expect([existsSync(at('elsewhere')), statSync(at('empty')).size, readFileSync(at('full.db'), 'utf8')]).toEqual([false, 0, 'something']);
  await store.compactTo(at('new.db'));
  expect(statSync(at('new.db')).mode & 0o777).toBe(0o600);
  expect(store.condition).toEqual({ state: 'open' });
});
