/**
 * The composition root: everything that runs is made, joined and ended here, and nowhere else. Order of the start: words
 * and files are judged before anything is touched, then store, configuration, recorder, front, and the probes last. The
 * end goes the other way, within ten seconds (reliability P28). Exit codes: docs/cli.md.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { openStore } from '#db/client.ts';
import { insertEvent } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { saveWorkerRun } from '#db/queries/worker-runs.ts';
import { type Store, StoreFault } from '#db/store.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { exit, type Io } from '#monitor/cli/command.ts';
import type { StartOptions } from '#monitor/cli/commands/start.ts';
import type { Config } from '#monitor/config/config.ts';
import { type Environment, isEnvironment, readEnvironment } from '#monitor/config/environment.ts';
import type { Context, Log } from '#monitor/context.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import { type Front, startFront } from '#site/server/front.ts';
import type { Renderer } from '#site/server/prepared.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { SOCKET_FILE, serveSocket } from '#site/server/socket.ts';
import { startCompaction } from './compaction.ts';
import { type ConfigurationSource, configurationSource } from './configuration-file.ts';
import { createHeartbeats } from './heartbeats.ts';
import { createLog } from './log.ts';
import { startProber } from './prober-link.ts';
import { createRecorder } from './recorder.ts';
import { createStoreCheck } from './store-check.ts';
import { startWatchdog } from './watchdog.ts';
import { createLiveness } from './worker-liveness.ts';

/** Asked to end, a supervised process without a store waits this long for nobody: its supervisor starts a new one (D2). */
const LOST_FOR_MS = 60_000;
const DRAIN_MS = 2_000;
/** First tzdata with the law of 2026 in it: permanent Pacific time in Vancouver, Alberta (semantics B3). */
const TZDATA_KNOWN = '2026c';

const built = (path: string): string => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));

/** The Astro application, or null when the site was not built. */
const loadRenderer = async (log: Log): Promise<Renderer | null> => {
  const entry = new URL('../../dist/server/entry.mjs', import.meta.url);
  if (!existsSync(entry)) {
    log.warn('The pages are not built, so only JSON is served. `npm start` builds them.');
    return null;
  }
  return (await import(entry.href)) as Renderer;
};

/** Runs until told to stop and answers the exit code. What is wrong before the start goes to standard error, a line each. */
export const startAvow = async (options: StartOptions, io: Io): Promise<number> => {
  process.umask(0o077);
  const environment = readEnvironment(io.env, options.flags, io.cwd, (path) => readFileSync(path));
  if (!isEnvironment(environment)) return refused(io, environment.map(({ message }) => message));
  const source = configurationSource(environment, io.env, io.cwd);
  const config = source.read();
  if (!isConfig(config)) return refused(io, config);
  const log = createLog(environment.logLevel);
  try {
    mkdirSync(environment.dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    io.err(`The data folder ${environment.dataDir} cannot be made (${(cause as { code?: string }).code}); choose another with --data.`);
    return exit.no;
  }
  if ((process.versions.tz ?? '') < TZDATA_KNOWN)
    log.warn(`This Node carries tzdata ${process.versions.tz}; months in zones that changed their law in 2026 need ${TZDATA_KNOWN} or newer.`);
  try {
    const store = await openStore({
      path: storePath(environment),
      ...(environment.databaseUrl.startsWith('file:') ? {} : { url: environment.databaseUrl, authToken: environment.databaseToken ?? undefined }),
      clock: io.clock,
      log,
      progress: ({ message }) => io.err(message),
    });
    return await new Avow(environment, source, store, log, io).run(config, options.json);
  } catch (fault) {
    if (!(fault instanceof StoreFault)) throw fault;
    if (fault.kind === 'held') {
      io.err(fault.message);
      return exit.held;
    }
    return await withoutStore(environment, config, fault, log, io, options.json);
  }
};
