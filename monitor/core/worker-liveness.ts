/**
 * Writes down when the prober was alive, so that a gap in the evidence can say why (semantics A5: `worker_silent`). A
 * run begins with the first beat; it ends when beats are missing or the clock jumped, as after a suspension, and the
 * next beat begins another. Stored each minute and at the stop: after a crash the last minute of a run is unknown.
 */
import type { Instant } from '#domain/time/instant.ts';
import type { Log } from '#monitor/context.ts';

const SAVE_EVERY_MS = 60_000;
/** Beats come once a second; a gap of more is silence. */
const SILENT_AFTER_MS = 10_000;

export interface LivenessDeps {
  readonly log: Log;
  /** `saveWorkerRun` of db/queries/worker-runs.ts with store and location bound. */
  readonly save: (startedAt: Instant, lastBeatAt: Instant) => Promise<unknown>;
}

export interface Liveness {
  beat(at: Instant): void;
  /** Saves the end of the run. */
  stop(): Promise<void>;
}

export const createLiveness = ({ log, save }: LivenessDeps): Liveness => {
  let run: { readonly startedAt: Instant; lastBeatAt: Instant; savedAt: Instant } | null = null;
  let saving: Promise<void> = Promise.resolve();

  const write = (startedAt: Instant, lastBeatAt: Instant): void => {
    saving = saving
      .then(() => save(startedAt, lastBeatAt))
      .then(
        () => undefined,
        (error: unknown) =>
          log.warn('The time of the last beat could not be stored; it is tried again in a minute.', { error: String(error) }),
      );
  };
  return {
    beat: (at) => {
      if (run && (at < run.lastBeatAt || at - run.lastBeatAt > SILENT_AFTER_MS)) {
        if (run.savedAt < run.lastBeatAt) write(run.startedAt, run.lastBeatAt);
        run = null;
      }
      run ??= { startedAt: at, lastBeatAt: at, savedAt: (at - SAVE_EVERY_MS) as Instant };
      run.lastBeatAt = at;
      if (at - run.savedAt < SAVE_EVERY_MS) return;
      run.savedAt = at;
      write(run.startedAt, at);
    },
    stop: async () => {
      if (run) write(run.startedAt, run.lastBeatAt);
      run = null;
      await saving;
    },
  };
};
