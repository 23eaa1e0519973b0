/**
 * The one reader of the system clock, and the one source of timers. Everything else is handed a `Clock`; tests hand in
 * a virtual one (test/support/virtual-clock.ts) whose wall and monotonic hands move separately.
 */
import { type Instant, instant } from '#domain/time/instant.ts';

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Wall clock, UTC. May jump. Read once per action, at the edge. */
  now(): Instant;
  /** Monotonic microseconds since an arbitrary start; never jumps, stands still while the machine is suspended. */
  monotonicUs(): number;
  /** Runs `work` once after `ms` of monotonic time. `background` timers do not keep the process alive. */
  after(ms: number, work: () => void, options?: { readonly background?: boolean }): Timer;
  /** Resolves after `ms` of monotonic time, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  monotonicUs: () => Math.round(performance.now() * 1_000),
  after(ms, work, options) {
    const handle = setTimeout(work, ms);
    if (options?.background) handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = (): void => {
        clearTimeout(handle);
        reject(signal?.reason);
      };
      const handle = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** The same clock with its wall hand set to `start` at this moment; it goes on from there. */
export const shiftedClock = (clock: Clock, start: Instant): Clock => {
  const ahead = start - clock.now();
  return { ...clock, now: () => instant(clock.now() + ahead) };
};
