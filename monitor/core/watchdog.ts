/**
 * Avow notices its own death (reliability P7b): a prober that has been silent for 30 s of this thread's own ticks ends
 * the process with code 70 and a sentence, for the supervisor to start it again. The other direction, a main thread
 * that stands still, is the prober's to notice (worker/prober-thread.ts).
 */
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import { listenFor, SILENT_AFTER_TICKS } from '#monitor/worker/silence.ts';

/** sysexits.h EX_SOFTWARE: an internal fault. */
export const EXIT_SOFTWARE = 70;
const TICK_MS = 1_000;

export interface WatchdogDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Counts the prober's beats (`ProberLink.status.beats`). */
  readonly beats: () => number;
  /** Ends the process: `process.exit` in the composition root. */
  readonly exit: (code: number) => void;
}

/** Watches until `stop`; stop it before the prober is stopped on purpose. */
export const startWatchdog = ({ clock, log, beats, exit }: WatchdogDeps): { stop(): void } => {
  const prober = listenFor();
  let timer: Timer | null = null;
  const tick = (): void => {
    if (prober.tick(beats())) {
      log.error(
        `The prober has been silent for ${SILENT_AFTER_TICKS} s, so nothing is being checked. Ending with code ${EXIT_SOFTWARE} so that Avow can be started again.`,
      );
      return exit(EXIT_SOFTWARE);
    }
    timer = clock.after(TICK_MS, tick, { background: true });
  };
  tick();
  return { stop: () => timer?.cancel() };
};
