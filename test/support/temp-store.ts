/** A real store in a folder of its own, gone when the test is: `await using store = await openTempStore()`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenStoreOptions, openStore } from '#db/client.ts';
import type { Store } from '#db/store.ts';
import { systemClock } from '#monitor/clock.ts';

export const silentLog = { info: (): void => undefined, warn: (): void => undefined, error: (): void => undefined };

/** A folder that removes itself. */
export const tempFolder = async (): Promise<{ readonly path: string } & AsyncDisposable> => {
  const path = await mkdtemp(join(tmpdir(), 'avow-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
};

export const openTempStore = async (options: Partial<OpenStoreOptions> = {}): Promise<Store & AsyncDisposable> => {
  const folder = await tempFolder();
  const store = await openStore({ path: join(folder.path, 'avow.db'), clock: systemClock, log: silentLog, ...options });
  const dispose = async (): Promise<void> => {
    await store.close();
    await folder[Symbol.asyncDispose]();
  };
  return Object.assign(store, { [Symbol.asyncDispose]: dispose });
};
