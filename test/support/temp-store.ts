/** A real store in a folder of its own, gone when the test is: `await using store = await openTempStore()`. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type OpenStoreOptions, openStore } from '#db/client.ts';
import type { Store } from '#db/store.ts';
import { systemClock } from '#monitor/clock.ts';

export const silentLog = { info: (): void => undefined, warn: (): void => undefined, error: (): void => undefined };

/** Names the file that migrated-file.ts makes once for a whole run. */
export const MIGRATED_FILE = 'STORE_OF_TESTS';

/** A folder that removes itself. */
export const tempFolder = async (): Promise<{ readonly path: string } & AsyncDisposable> => {
  const path = await mkdtemp(join(tmpdir(), 'avow-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
};

export const openTempStore = async (options: Partial<OpenStoreOptions> = {}): Promise<Store & AsyncDisposable> => {
  const folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  const migrated = process.env[MIGRATED_FILE];
  if (migrated !== undefined && options.migrations === undefined) await copyFile(migrated, path);
  const store = await openStore({ path, clock: systemClock, log: silentLog, ...options });
  const dispose = async (): Promise<void> => {
    await store.close();
    await folder[Symbol.asyncDispose]();
  };
  return Object.assign(store, { [Symbol.asyncDispose]: dispose });
};
