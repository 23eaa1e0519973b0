/**
 * How often may be guessed: a bucket of so many guesses per key, refilled evenly over a window, so that in no window more than twice as
 * many are taken. A guess is taken before it is judged, and given back when it was right. At most `keys` keys are remembered, the
 * least recently seen is forgotten. Time is the monotonic hand of the clock. Source: reliability P13.
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

export const guessLimit = (clock: Clock, most: number, windowMs: number, keys = 50_000): GuessLimit => {
  const buckets = new Map<string, Bucket>();
  const perUs = most / (windowMs * 1_000);
  const leftIn = ({ left, atUs }: Bucket, nowUs: number): number => Math.min(most, left + (nowUs - atUs) * perUs);
  return {
    take(key) {
      const nowUs = clock.monotonicUs();
      const left = leftIn(buckets.get(key) ?? { left: most, atUs: nowUs }, nowUs);
      const isFree = left >= 1;
      buckets.delete(key);
      buckets.set(key, { left: isFree ? left - 1 : left, atUs: nowUs });
      if (buckets.size > keys) buckets.delete(buckets.keys().next().value as string);
      return isFree ? 0 : Math.max(1, Math.ceil((1 - left) / perUs / 1_000_000));
    },
    giveBack(key) {
      const nowUs = clock.monotonicUs();
      const bucket = buckets.get(key);
      if (bucket) buckets.set(key, { left: Math.min(most, leftIn(bucket, nowUs) + 1), atUs: nowUs });
    },
  };
};
