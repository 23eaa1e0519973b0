/**
 * How long the main thread was away from its loop in one piece. Two readings of the same gaps between turns of a timer of 1 ms: by the
 * clock, which on a busy machine also counts what others took, and by the thread's own processor time, which does not. Both count up
 * to a turn of the timer too much.
 */
import { threadCpuUsage } from 'node:process';

export interface LoopWatch {
  /** The longest gaps since it was last asked, ms. */
  take(): { readonly wallMs: number; readonly cpuMs: number };
  stop(): void;
}

export const watchLoopGaps = (): LoopWatch => {
  const cpuNow = (): number => {
    const { user, system } = threadCpuUsage();
    return (user + system) / 1_000;
  };
  let [wall, cpu] = [performance.now(), cpuNow()];
  let longest = { wallMs: 0, cpuMs: 0 };
  const look = (): void => {
    const [wallNow, cpuHere] = [performance.now(), cpuNow()];
    longest = { wallMs: Math.max(longest.wallMs, wallNow - wall), cpuMs: Math.max(longest.cpuMs, cpuHere - cpu) };
    [wall, cpu] = [wallNow, cpuHere];
  };
  const timer = setInterval(look, 1);
  return {
    take() {
      look();
      const found = longest;
      longest = { wallMs: 0, cpuMs: 0 };
      return found;
    },
    stop: () => clearInterval(timer),
  };
};
