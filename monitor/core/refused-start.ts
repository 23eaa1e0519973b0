/**
 * A start that cannot have the store and ends: held by another process (75), or there is nothing to show without it (1). Where ops are to be
 * told, a store that is held is looked at once more after ten seconds, since a service that is started again may meet the last moments of
 * the one before; then they are told, and the process ends. It gives the channels 20 seconds; one that did not take it is tried again by
 * the next start.
 */
import { type Store, StoreFault } from '#db/store.ts';
import { PATIENCE } from '#domain/notice/store-trouble.ts';
import { askServer } from '#monitor/cli/door.ts';
import type { Config } from '#monitor/config/config.ts';
import type { Setting } from './listen.ts';
import { type AwayKind, tellStoreAway } from './tell-store-away.ts';
import { spareFolder } from './told-note.ts';

/** Time for a first attempt and a second one. */
const TELL_FOR_MS = 20_000;
const ANSWER_WITHIN_MS = 2_000;

const anybodyToTell = ({ environment }: Setting, { ops }: Config): boolean =>
  ops.webhook !== null || (ops.mail !== null && environment.smtpUrl !== null);

/** For the `catch` of opening a store: waits for one that is held, and opens it by `again`. Rejects with why there is none. */
export const waitForHolder = async (setting: Setting, config: Config, fault: unknown, again: () => Promise<Store>): Promise<Store> => {
  if (!(fault instanceof StoreFault && fault.kind === 'held') || !anybodyToTell(setting, config)) throw fault;
  const { io, log } = setting;
  io.err(`${fault.message} Avow looks again in ${PATIENCE / 1_000} seconds; if it is held then, ops are told and this start ends.`);
  await io.clock.sleep(PATIENCE, io.lifetime().stop).catch(() => {
    throw fault;
  });
  const store = await again();
  log.warn('The store was held by another process at first, and is free now: Avow starts.', { before: fault.message });
  return store;
};

const holderAnswers = async ({ environment, io }: Setting): Promise<boolean> => {
  const late = new AbortController();
  const asked = askServer(environment.dataDir, { method: 'GET', path: '/healthz' }).then(
    (answer) => {
      answer?.resume();
      return answer?.statusCode === 200;
    },
    () => false,
  );
  const nobody = io.clock.sleep(ANSWER_WITHIN_MS, late.signal).then(
    () => false,
    () => false,
  );
  return Promise.race([asked, nobody]).finally(() => late.abort());
};

/** Resolves once everybody was told, or the time for it is over; whoever stopped the start knows of it, and nobody is told. */
export const tellStartRefused = async (setting: Setting, config: Config, fault: StoreFault): Promise<void> => {
  const { environment, io, log } = setting;
  if (!anybodyToTell(setting, config) || io.lifetime().stop.aborted) return;
  const { stop } = io.lifetime();
  const away: AwayKind = fault.kind === 'held' ? { kind: 'held', holderAnswers: await holderAnswers(setting) } : { kind: 'ended' };
  const { publicOrigin, adminOrigin, port, metricsPort, smtpUrl, dataDir } = environment;
  const telling = await tellStoreAway({
    clock: io.clock,
    log,
    config,
    fault,
    away,
    origin: publicOrigin ?? config.page.origin ?? `http://127.0.0.1:${port}`,
    consoleOrigin: adminOrigin,
    smtpUrl,
    dataDir,
    spare: spareFolder(io.env),
    ownPorts: () => [port, metricsPort].filter((one) => one !== null),
  });
  const enough = new AbortController();
  const slept = io.clock.sleep(TELL_FOR_MS, AbortSignal.any([stop, enough.signal])).catch(() => undefined);
  await Promise.race([telling.sending, slept]);
  enough.abort();
  await telling.stop();
};
