/**
 * Results that wait for the store, in the order in which they came, each with the call of `record` that brought it. The queue is bounded:
 * a call that does not fit is dropped as a whole and counted, never silent. What was taken is in flight until it rests or is put back.
 * Source: reliability P21.
 */
import type { CheckResult } from '#domain/check/check-result.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acknowledgement, RecorderStatus } from './recorder-types.ts';

/** One call of `record`: what has become of its results so far. */
interface Call {
  left: number;
  fresh: number;
  duplicates: number;
  refused: number;
  readonly settle: (acknowledgement: Acknowledgement) => void;
}
export interface Waiting {
  readonly result: CheckResult;
  readonly call: Call;
}
export type Fate = 'fresh' | 'duplicates' | 'refused';

/** Results that were dropped and that no event of the store tells of yet. */
export interface Unreported {
  readonly dropped: number;
  readonly since: Instant | null;
}

export class ResultQueue {
  readonly #clock: Clock;
  readonly #limit: number;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #unreported: Unreported = { dropped: 0, since: null };
  readonly #idle: (() => void)[] = [];
  readonly #totals = { dropped: 0, fresh: 0, duplicates: 0, refused: 0 };

  /** `limit`: how many may wait and be in flight together. */
  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Waiting and in flight. */
  get length(): number {
    return this.#waiting.length + this.#inFlight;
  }
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }
  get status(): Omit<RecorderStatus, 'lastCommitAt'> {
    const { dropped, fresh, duplicates, refused } = this.#totals;
    return { queued: this.length, droppedTotal: dropped, storedTotal: fresh, duplicateTotal: duplicates, refusedTotal: refused };
  }
  get unreported(): Unreported {
    return this.#unreported;
  }

  /** Null: the call does not fit, and its results are lost. */
  add(results: readonly CheckResult[]): Promise<Acknowledgement> | null {
    if (this.length + results.length > this.#limit) {
      this.#drop(results.length);
      return null;
    }
    const { promise, resolve } = Promise.withResolvers<Acknowledgement>();
    const call: Call = { left: results.length, fresh: 0, duplicates: 0, refused: 0, settle: resolve };
    for (const result of results) this.#waiting.push({ result, call });
    return promise;
  }

  /** The first ones; in flight from now on. */
  take(most: number): readonly Waiting[] {
    const taken = this.#waiting.splice(0, most);
    this.#inFlight = taken.length;
    return taken;
  }
  /** Nothing is in flight any more; `open` waits again, before all others. */
  rest(open: Iterable<Waiting> = []): void {
    this.#inFlight = 0;
    this.#waiting.unshift(...open);
  }
  /** Takes the first one out for good; it is to be settled. */
  withdrawFirst(): void {
    this.#waiting.shift();
  }

  /** The last result of a call answers the call. */
  settle({ call }: Waiting, fate: Fate): void {
    call[fate]++;
    this.#totals[fate]++;
    if (--call.left === 0) call.settle({ stored: true, fresh: call.fresh, duplicates: call.duplicates, refused: call.refused });
  }

  /** An event of the store tells of so many dropped ones; what was dropped meanwhile is told next. */
  reported(dropped: number): void {
    if (dropped > 0) this.#unreported = { dropped: this.#unreported.dropped - dropped, since: this.#clock.now() };
  }

  /** Once nothing waits, or after `deadlineMs`: how many are left. */
  whenEmpty(deadlineMs: number): Promise<number> {
    return new Promise((resolve) => {
      const timer = this.#clock.after(deadlineMs, () => resolve(this.length), { background: true });
      this.#idle.push(() => {
        timer.cancel();
        resolve(0);
      });
    });
  }
  /** To be called when nothing is in flight. */
  tellWhoWaits(): void {
    if (this.isEmpty) for (const done of this.#idle.splice(0)) done();
  }

  #drop(count: number): void {
    this.#totals.dropped += count;
    const { dropped, since } = this.#unreported;
    this.#unreported = { dropped: dropped + count, since: dropped > 0 ? since : this.#clock.now() };
  }
}
