/**
 * Once for a whole run of the tests: a store file that every migration has been through and that has no identity yet. Each store of a test is a
 * copy of it, so that the migrations run once and not two thousand times; test/db/migrate.test.ts and its like run them themselves.
 */
import { join } from 'node:path';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { systemClock } from '#monitor/clock.ts';
import { MIGRATED_FILE, silentLog, tempFolder } from './temp-store.ts';

/** What vitest asks for before and after all files of a project; the first project makes the file for all. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[MIGRATED_FILE] !== undefined) return async () => undefined;
  const folder = await tempFolder();
  const path = join(folder.path, 'migrated.db');
  const store = await openStore({ path: join(folder.path, 'avow.db'), clock: systemClock, log: silentLog });
  await store.write([{ sql: "DELETE FROM meta WHERE key = 'instance_id'" }]);
  await store.compactTo(path);
  await store.close();
  process.env[MIGRATED_FILE] = path;
  return async () => void (await folder[Symbol.asyncDispose]());
}
