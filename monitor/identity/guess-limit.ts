/**
 * How often may be guessed: a bucket of so many guesses per key, refilled evenly over a window, so that in no window more than twice as
 * many are taken. A guess is taken before it is judged, and given back when it was right. At most `keys` keys are remembered: of a key
 * that has all its guesses nothing needs to be, so those are forgotten; while none has, nobody new may guess. So a flood of keys makes us
 * forget no guess. Time is the monotonic hand of the clock. Source: reliability P13, section 4 (Rate limits: fail closed for login).
 */
import type { Clock } from '#monitor/clock.ts';

export interface GuessLimit {
  /** 0: go on; otherwise seconds to wait, at least 1. */
  take(key: string): number;
  /** The guess was right, or was none. */
  giveBack(key: string): void;
}

interface Bucket {
  readonly left: number;
  readonly atUs: number;
}

/** How long forgetting what says nothing takes, which reads all keys: 5 ms for 50 000, so not more often than this. */
const SWEEP_EVERY_US = 1_000_000;

export const guessLimit = (clock: Clock, most: number, windowMs: number, keys = 50_000): GuessLimit => {
  const buckets = new Map<string, Bucket>();
  const perUs = most / (windowMs * 1_000);
  let sweptAtUs = Number.NEGATIVE_INFINITY;
  const leftIn = ({ left, atUs }: Bucket, nowUs: number): number => Math.min(most, left + (nowUs - atUs) * perUs);
  const hasRoom = (nowUs: number): boolean => {
    if (buckets.size < keys) return true;
    if (nowUs - sweptAtUs < SWEEP_EVERY_US) return false;
    sweptAtUs = nowUs;
    for (const [key, bucket] of buckets) if (leftIn(bucket, nowUs) >= most) buckets.delete(key);
    return buckets.size < keys;
  };
  return {
    take(key) {
      const nowUs = clock.monotonicUs();
      const known = buckets.get(key);
      if (!known && !hasRoom(nowUs)) return Math.ceil(1 / perUs / 1_000_000);
      const left = known ? leftIn(known, nowUs) : most;
      const isFree = left >= 1;
      buckets.set(key, { left: isFree ? left - 1 : left, atUs: nowUs });
      return isFree ? 0 : Math.max(1, Math.ceil((1 - left) / perUs / 1_000_000));
    },
    giveBack(key) {
      const nowUs = clock.monotonicUs();
      const bucket = buckets.get(key);
      if (!bucket) return;
      const left = leftIn(bucket, nowUs) + 1;
      if (left >= most) buckets.delete(key);
      else buckets.set(key, { left, atUs: nowUs });
    },
  };
};
