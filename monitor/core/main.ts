/**
 * The composition root: words, files and the data folder are judged before anything is touched, then the store is opened, and
 * `run.ts` joins what runs with it or without it. Exit codes: docs/cli.md.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { openStore } from '#db/client.ts';
import { type Store, StoreFault } from '#db/store.ts';
import { TZDATA_FLOOR } from '#domain/time/zone.ts';
import { exit, type Io, UsageFault } from '#monitor/cli/command.ts';
import type { StartAvow } from '#monitor/cli/commands/start.ts';
import type { Config } from '#monitor/config/config.ts';
import { type Environment, isEnvironment, readEnvironment } from '#monitor/config/environment.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { loadConfiguration } from '#monitor/config/load.ts';
import { isConfig } from '#monitor/config/parse.ts';
import type { Log } from '#monitor/context.ts';
import { isLoopbackPeer } from '#site/server/host-rules.ts';
import { CannotListen } from '#site/server/listener.ts';
import { loadRenderer } from '#site/server/renderer.ts';
import { SNAPSHOT_FILE } from '#site/server/snapshot.ts';
import type { Setting } from './listen.ts';
import { createLog } from './log.ts';
import { tellStartRefused, waitForHolder } from './refused-start.ts';
import { runWithStore } from './run.ts';
import { runWithoutStore } from './run-without-store.ts';

/** Runs until told to stop and answers the exit code. What is wrong before the start goes to standard error, a line each. */
export const startAvow: StartAvow = async (options, io, play = {}) => {
  const environment = readEnvironment(io.env, options.flags, io.cwd, (path) => readFileSync(path));
  if (!isEnvironment(environment)) throw new UsageFault(environment.map(({ message }) => message).join('\n'));
  const config = loadConfiguration(environment, io.env, io.cwd);
  if (!isConfig(config)) {
    for (const fault of config) io.err(renderFault(fault));
    return exit.usage;
  }
  const { host, publicOrigin } = environment;
  if ((publicOrigin ?? config.page.origin) === null && !isLoopbackPeer(host) && host !== 'localhost')
    throw new UsageFault(
      `On ${host} others can reach Avow, and it does not know its own address; set AVOW_PUBLIC_ORIGIN, such as https://status.example.com.`,
    );
  const log = createLog(environment.logLevel);
  const setting: Setting = { environment, log, io, json: options.json, renderer: await loadRenderer(log), play };
  process.umask(0o077);
  try {
    makeFolder(environment.dataDir);
  } catch (cause) {
    io.err(`The data folder ${environment.dataDir} cannot be made (${(cause as { code?: string }).code}); choose another with --data.`);
    return exit.no;
  }
  warnOfOldZones(log);
  warnOfOpenFolder(log, environment.dataDir);
  let store: Store;
  try {
    store = await open(setting).catch((fault: unknown) => waitForHolder(setting, config, fault, () => open(setting)));
  } catch (fault) {
    if (!(fault instanceof StoreFault)) throw fault;
    if (fault.kind === 'other') throw fault;
    if (fault.kind !== 'held' && hasHistory(environment, fault)) return saidPlainly(io, runWithoutStore(setting, config, fault));
    io.err(fault.message);
    await tellStartRefused(setting, config, fault);
    return fault.kind === 'held' ? exit.held : exit.no;
  }
  return saidPlainly(io, runAndGiveBack(setting, config, store));
};

/** Whatever ends it, nothing names this process as the holder afterwards: nobody shall signal a process number that is over. */
const runAndGiveBack = async (setting: Setting, config: Config, store: Store): Promise<number> => {
  try {
    return await runWithStore(setting, config, store);
  } finally {
    await store.close().catch(() => {});
  }
};

/** An address that cannot be had is a sentence and exit code 1, not a fault of ours with its stack. */
const saidPlainly = (io: Io, running: Promise<number>): Promise<number> =>
  running.catch((fault: unknown) => {
    if (!(fault instanceof CannotListen)) throw fault;
    io.err(fault.message);
    return exit.no;
  });

/** The store, its socket and its snapshot are only as safe as the folder that they lie in. */
const warnOfOpenFolder = (log: Log, folder: string): void => {
  const mode = statSync(folder).mode & 0o777;
  if ((mode & 0o022) !== 0)
    log.warn(`Others may write into the data folder and so change what Avow has recorded. Close it: chmod 700 ${folder}`, {
      mode: mode.toString(8),
    });
};

/** Whether there is anything to serve without a store: pages of an earlier run, or a store that is only out of order. */
const hasHistory = ({ dataDir, databaseUrl }: Environment, { kind }: StoreFault): boolean =>
  !databaseUrl.startsWith('file:') ||
  existsSync(join(dataDir, SNAPSHOT_FILE)) ||
  (kind !== 'foreign' && existsSync(filePathOf(databaseUrl)));

/** A recursive mkdir never returns where a parent is there and yet takes no folders, as /proc does: so one step first. */
const makeFolder = (path: string): void => {
  if (existsSync(path)) return;
  const parentIsThere = existsSync(dirname(path));
  mkdirSync(path, { recursive: !parentIsThere, mode: 0o700 });
};

const warnOfOldZones = (log: Log): void => {
  const { tz } = process.versions;
  if (tz !== undefined && tz < TZDATA_FLOOR)
    log.warn(`This Node carries tzdata ${tz}; zones that changed their law in 2026 need ${TZDATA_FLOOR} or newer.`);
};

const open = ({ environment, log, io }: Setting): Promise<Store> => {
  const { databaseUrl, databaseToken, dataDir } = environment;
  const file = databaseUrl.startsWith('file:');
  return openStore({
    path: file ? filePathOf(databaseUrl) : join(dataDir, 'avow.db'),
    ...(file ? {} : { url: databaseUrl, authToken: databaseToken ?? undefined }),
    clock: io.clock,
    log,
    progress: ({ name, number, total }) => io.err(`Bringing the store up to date: ${name} (${number} of ${total}).`),
  });
};
/** `file:/a/b.db`, `file:b.db` and `file:///a/b.db` all name a file. */
const filePathOf = (url: string): string => (url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length));
