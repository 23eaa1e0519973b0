/**
 * Whether this thread's own loop stood still. Every look proves that the loop ran; two looks further apart than the
 * limit, with a tick of 100 ms in between, mean that it did not. A probe that lived through a stall has seen our fault,
 * not the target's (reliability P27). Times in microseconds of the monotonic hand, lengths in ms.
 */
import type { Clock, Timer } from '#monitor/clock.ts';

const TICK_MS = 100;
/** Reliability P27. */
const STALL_MS = 500;

export interface LoopLag {
  /** Any turn of the loop may look; the tick does so by itself. */
  look(): void;
  /** True when the loop stalled at some time since `startUs`. */
  stalledSince(startUs: number): boolean;
  /** The largest lag in ms since it was last asked. */
  takeMax(): number;
  stop(): void;
}

export const watchLoop = (clock: Clock, onStall: (ms: number) => void): LoopLag => {
  let lastLookUs = clock.monotonicUs();
  let lastStallEndUs = Number.NEGATIVE_INFINITY;
  let maxLagMs = 0;
  let timer: Timer | null = null;

  const look = (): void => {
    const nowUs = clock.monotonicUs();
    const gapMs = (nowUs - lastLookUs) / 1_000;
    lastLookUs = nowUs;
    if (gapMs - TICK_MS > maxLagMs) maxLagMs = gapMs - TICK_MS;
    if (gapMs < STALL_MS) return;
    lastStallEndUs = nowUs;
    onStall(Math.round(gapMs));
  };
  const tick = (): void => {
    look();
    timer = clock.after(TICK_MS, tick, { background: true });
  };
  timer = clock.after(TICK_MS, tick, { background: true });

  return {
    look,
    stalledSince: (startUs) => {
      look();
      return lastStallEndUs > startUs;
    },
    takeMax: () => {
      const max = Math.round(maxLagMs);
      maxLagMs = 0;
      return max;
    },
    stop: () => timer?.cancel(),
  };
};
