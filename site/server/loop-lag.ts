/** How late this thread's loop runs: a background timer asks twice a second. Seconds; the worst of the last ten answers. */
import type { Clock, Timer } from '#monitor/clock.ts';

const EVERY_MS = 500;

export interface LoopLag {
  readonly worstSeconds: number;
  stop(): void;
}

export const watchLoop = (clock: Clock): LoopLag => {
  const late: number[] = [];
  let timer: Timer;
  const arm = (): void => {
    const dueUs = clock.monotonicUs() + EVERY_MS * 1_000;
    timer = clock.after(
      EVERY_MS,
      () => {
        late.push(Math.max(0, clock.monotonicUs() - dueUs) / 1_000_000);
        if (late.length > 10) late.shift();
        arm();
      },
      { background: true },
    );
  };
  arm();
  return {
    get worstSeconds() {
      return Math.max(0, ...late);
    },
    stop: () => timer.cancel(),
  };
};
