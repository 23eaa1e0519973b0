/** A program whose main loop stands still for ever once its prober has beaten: the prober must end it. */
import { systemClock } from '#monitor/clock.ts';
import { startProber } from '#monitor/core/prober-link.ts';

const quiet = { info: (): void => undefined, warn: (): void => undefined, error: (): void => undefined };
startProber({
  recorder: { record: async () => ({ stored: true, fresh: 0, duplicates: 0, refused: 0 }) },
  clock: systemClock,
  log: quiet,
  mainSilentTicks: 2,
  onBeat: () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
});
