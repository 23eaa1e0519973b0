/**
 * The built-in component that speaks for the record itself: one sample per interval, `ok` when the sample before it was
 * durably committed and the store is open, `fail` when commits do not come through. A sample that cannot be stored
 * waits in the recorder's queue like any other and is stored late, with its true `at`. Latency: how long the last
 * commit took, from the sample to durable, in µs.
 */

import type { StoreCondition } from '#db/store.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import { isStoreCheck } from '#monitor/worker/check-kinds.ts';
import type { Assignment } from '#monitor/worker/messages.ts';
import { sample } from './heartbeats.ts';
import type { Recorder } from './recorder-types.ts';

/** A new process looks at its store soon, so that the first page can speak of it. */
const FIRST_AFTER_MS = 1_000;

export interface StoreCheckDeps {
  readonly recorder: Pick<Recorder, 'record'>;
  readonly clock: Clock;
  readonly condition: () => StoreCondition;
  /** A backup is being copied, which commits wait for. */
  readonly copying: () => boolean;
}

export interface StoreCheck {
  /** Replaces what is watched; everything that is not a store check is left out. */
  assign(locationId: string, assignments: readonly Assignment[]): void;
  stop(): void;
}

export const createStoreCheck = ({ recorder, clock, condition, copying }: StoreCheckDeps): StoreCheck => {
  let running: { readonly key: string; readonly stop: () => void }[] = [];

  const watch = (locationId: string, { componentId, check }: Assignment): (() => void) => {
    const originUs = clock.monotonicUs() + FIRST_AFTER_MS * 1_000;
    let timer: Timer | null = null;
    let turn = 0;
    let waitingSinceUs: number | null = null;
    let lastCommitUs: number | null = null;

    const told = (): Pick<CheckResult, 'outcome' | 'reason' | 'detail' | 'latencyUs'> => {
      const { state } = condition();
      if (state !== 'open') return unhealthy(`The store cannot record: ${(condition() as { message?: string }).message ?? state}`);
      if (waitingSinceUs !== null && copying())
        return slowly('A backup is being copied; results wait in memory.', clock.monotonicUs() - waitingSinceUs);
      if (waitingSinceUs !== null)
        return unhealthy(
          `The store has not committed for ${Math.round((clock.monotonicUs() - waitingSinceUs) / 1_000_000)} s; results wait in memory.`,
        );
      if (lastCommitUs !== null && lastCommitUs > check.degradedMs * 1_000)
        return slowly(`The last commit took ${Math.round(lastCommitUs / 1_000)} ms.`, lastCommitUs);
      return { outcome: 'ok', reason: 'ok', detail: '', latencyUs: lastCommitUs };
    };
    const tick = (): void => {
      const startUs = clock.monotonicUs();
      const result = sample(componentId, locationId, clock.now(), told());
      waitingSinceUs ??= startUs;
      recorder.record([result]).then(
        (stored) => {
          if (!stored.stored) return;
          waitingSinceUs = null;
          lastCommitUs = clock.monotonicUs() - startUs;
        },
        () => undefined,
      );
      turn = Math.max(turn + 1, Math.floor((startUs - originUs) / 1_000 / check.intervalMs) + 1);
      const dueUs = originUs + turn * check.intervalMs * 1_000;
      timer = clock.after(Math.max(1, Math.ceil((dueUs - clock.monotonicUs()) / 1_000)), tick, { background: true });
    };
    timer = clock.after(FIRST_AFTER_MS, tick, { background: true });
    return () => timer?.cancel();
  };

  return {
    assign: (locationId, assignments) => {
      const before = new Map(running.map((one) => [one.key, one]));
      running = assignments.flatMap((assignment) => {
        if (!isStoreCheck(assignment.check.definition)) return [];
        const key = JSON.stringify([locationId, assignment]);
        const known = before.get(key);
        before.delete(key);
        return [known ?? { key, stop: watch(locationId, assignment) }];
      });
      for (const one of before.values()) one.stop();
    },
    stop: () => {
      for (const one of running) one.stop();
      running = [];
    },
  };
};

const slowly = (detail: string, latencyUs: number): Pick<CheckResult, 'outcome' | 'reason' | 'detail' | 'latencyUs'> => ({
  outcome: 'slow',
  reason: 'over_latency_limit',
  detail,
  latencyUs,
});
const unhealthy = (detail: string): Pick<CheckResult, 'outcome' | 'reason' | 'detail' | 'latencyUs'> => ({
  outcome: 'fail',
  reason: 'store_unhealthy',
  detail,
  latencyUs: null,
});
