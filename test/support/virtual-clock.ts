/** A clock whose wall and monotonic hands a test moves separately (fixture F1). Timers run on the monotonic hand. */
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Clock, Timer } from '#monitor/clock.ts';

interface Pending {
  readonly dueUs: number;
  readonly order: number;
  readonly work: () => void;
}

export class VirtualClock implements Clock {
  #wallMs: number;
  #monoUs = 0;
  #order = 0;
  #pending = new Set<Pending>();

  constructor(startMs = Date.UTC(2026, 6, 1)) {
    this.#wallMs = startMs;
  }
  now(): Instant {
    return instant(Math.floor(this.#wallMs));
  }
  monotonicUs(): number {
    return this.#monoUs;
  }
  after(ms: number, work: () => void): Timer {
    const entry: Pending = { dueUs: this.#monoUs + ms * 1_000, order: this.#order++, work };
    this.#pending.add(entry);
    return { cancel: () => void this.#pending.delete(entry) };
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = this.after(ms, resolve);
      signal?.addEventListener(
        'abort',
        () => {
          timer.cancel();
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }
  /** How many timers wait; a test of leaks asks. */
  get waiting(): number {
    return this.#pending.size;
  }
  /** Moves the wall hand only: a clock jump. */
  jumpWall(ms: number): void {
    this.#wallMs += ms;
  }
  /** Both hands forward, timers in order, promise turns in between. */
  async advance(ms: number): Promise<void> {
    const endUs = this.#monoUs + ms * 1_000;
    for (;;) {
      await settle();
      let next: Pending | undefined;
      for (const entry of this.#pending) {
        if (entry.dueUs <= endUs && (!next || entry.dueUs < next.dueUs || (entry.dueUs === next.dueUs && entry.order < next.order)))
          next = entry;
      }
      if (!next) break;
      this.#pending.delete(next);
      this.#move(Math.max(this.#monoUs, next.dueUs));
      next.work();
    }
    this.#move(endUs);
    await settle();
  }
  /** Both hands forward without running anything: the loop was blocked, or the machine asleep (`monotonic: false`). */
  stall(ms: number, options: { readonly monotonic: boolean } = { monotonic: true }): void {
    this.#wallMs += ms;
    if (options.monotonic) this.#monoUs += ms * 1_000;
  }
  #move(toUs: number): void {
    this.#wallMs += (toUs - this.#monoUs) / 1_000;
    this.#monoUs = toUs;
  }
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  await new Promise<void>((resolve) => setImmediate(resolve));
};
