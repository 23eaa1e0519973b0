/**
 * What runs where the store cannot be opened: the front alone, with the last good pages, and whoever tells ops of it. Source: reliability D2.
 */
import type { StoreFault } from '#db/store.ts';
import { exit } from '#monitor/cli/command.ts';
import type { Config } from '#monitor/config/config.ts';
import { LOST_FOR_MS, stopped } from './ending.ts';
import { announce, listen, type Setting } from './listen.ts';
import { tellStoreAway } from './tell-store-away.ts';
import { spareFolder } from './told-note.ts';
import { EXIT_SOFTWARE } from './watchdog.ts';

/** The store cannot be opened: the last good pages are served from the snapshot, nothing is checked, nothing is written. */
export const runWithoutStore = async (setting: Setting, config: Config, fault: StoreFault): Promise<number> => {
  const { environment, log, io } = setting;
  log.error(`${fault.message} Avow serves the last pages it had and checks nothing until it is started again with a good store.`);
  const away = {
    context: () => null,
    facts: () => null,
    recorderStatus: () => null,
    proberStatus: () => null,
    onBeat: () => false,
    console: [],
    verbs: null,
    reportKeyPem: null,
  };
  const front = await listen(setting, config, away);
  const telling = await tellStoreAway({
    clock: io.clock,
    log,
    config,
    fault,
    origin: front.origin,
    consoleOrigin: environment.adminOrigin,
    smtpUrl: environment.smtpUrl,
    dataDir: environment.dataDir,
    spare: spareFolder(io.env),
    ownPorts: () => [front.port, front.metricsPort].filter((port) => port !== null),
  });
  announce(setting, config, front);
  const ended = new AbortController();
  if (environment.supervised) io.clock.after(LOST_FOR_MS, () => ended.abort());
  const { stop } = io.lifetime();
  await stopped(AbortSignal.any([stop, ended.signal]));
  await Promise.all([front.close(1_000), telling.stop()]);
  return stop.aborted ? exit.done : EXIT_SOFTWARE;
};
