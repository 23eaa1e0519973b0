/**
 * How what runs ends: when, and in which order; within ten seconds (reliability P28). Nothing new comes in, what is on its way becomes
 * durable, then the store is given back.
 */
import { insertEvent } from '#db/queries/events.ts';
import type { Store } from '#db/store.ts';
import { exit, type Io } from '#monitor/cli/command.ts';
import type { Log } from '#monitor/context.ts';
import type { Identity } from '#monitor/identity/identity.ts';
import type { keepAnchors } from './anchor-keeper.ts';
import type { Backups } from './backups.ts';
import type { ConfigurationKeeper } from './configuration-keeper.ts';
import type { Telling } from './keep-telling.ts';
import type { Machinery } from './machinery.ts';
import type { keepReports } from './report-keeper.ts';
import type { TurningPoints } from './turning-points.ts';
import { EXIT_SOFTWARE } from './watchdog.ts';

/** A supervised process without a store ends after this, for its supervisor to start a new one (reliability D2). */
export const LOST_FOR_MS = 60_000;

export const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

export interface Running {
  readonly log: Log;
  readonly io: Io;
  readonly store: Store;
  readonly machinery: Machinery;
  readonly front: { close(): Promise<unknown> };
  readonly socket: { close(): Promise<unknown> };
  readonly keeper: Pick<ReturnType<typeof keepReports>, 'stop'>;
  readonly backups: Backups;
  readonly anchoring: ReturnType<typeof keepAnchors> | null;
  readonly turning: TurningPoints;
  readonly telling: Telling;
  readonly configuration: ConfigurationKeeper;
  readonly identity: Identity;
  /** Written into the history of the process. */
  readonly reason: string;
}

/** `asked`: somebody told it to stop. Answers the exit code. */
export const end = async (
  { log, io, store, machinery, front, socket, keeper, backups, anchoring, turning, telling, configuration, identity, reason }: Running,
  asked: boolean,
): Promise<number> => {
  turning.stop();
  configuration.stop();
  // A backup is given up first: whoever asked for it is told.
  const [left] = await Promise.all([
    machinery.stop(),
    front.close(),
    keeper.stop(),
    telling.stop(),
    backups.stop().then(() => socket.close()),
  ]);
  if (left > 0) log.error('Some results could not be stored before the end; their time is unknown.', { results: left });
  // The link that makes the first admin holds for this process alone.
  identity.setUp.end();
  identity.refusals.flush();
  // What that writes waits for nobody; whoever writes next waits for it.
  await store.exclusive(async () => undefined);
  await anchoring?.stop();
  await store.write([insertEvent('stopped', io.clock.now(), { reason, lost: left })]).catch(() => undefined);
  await store.close();
  if (asked) io.err('Avow has stopped.');
  return asked ? exit.done : EXIT_SOFTWARE;
};
