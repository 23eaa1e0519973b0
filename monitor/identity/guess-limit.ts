/**
 * How often may be guessed: a bucket of so many guesses per key, refilled evenly over a window, so that in no window more than twice as
 * many are taken. A guess is taken before it is judged, and given back when it was right. At most `keys` keys are remembered: of a key
 * that has all its guesses nothing needs to be, so those are forgotten; while none has, nobody new may guess, or, where no secret is guessed
 * at (`whenFull`), everybody new may. So a flood of keys makes us forget no guess. Time is the monotonic hand of the clock. Source:
 * reliability P13, section 4 (Rate limits: closed for login, open for public reads).
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

/** How many keys are looked at for one that can be forgotten, in turn: to look at 50 000 takes 20 to 60 ms on a busy machine. */
const LOOKED_AT = 200;

export interface Memory {
  readonly keys?: number;
  readonly whenFull?: 'refuse' | 'admit';
}

export const guessLimit = (
  clock: Clock,
  most: number,
  windowMs: number,
  { keys = 50_000, whenFull = 'refuse' }: Memory = {},
): GuessLimit => {
  const buckets = new Map<string, Bucket>();
  const perUs = most / (windowMs * 1_000);
  const leftIn = ({ left, atUs }: Bucket, nowUs: number): number => Math.min(most, left + (nowUs - atUs) * perUs);
  const hasRoom = (nowUs: number): boolean => {
    let looked = 0;
    for (const [key, bucket] of buckets) {
      if (buckets.size < keys || looked++ >= LOOKED_AT) break;
      buckets.delete(key);
      // To the end of the row.
      if (leftIn(bucket, nowUs) < most) buckets.set(key, bucket);
    }
    return buckets.size < keys;
  };
  return {
    take(key) {
      const nowUs = clock.monotonicUs();
      const known = buckets.get(key);
      if (!known && !hasRoom(nowUs)) return whenFull === 'admit' ? 0 : Math.max(1, Math.ceil(1 / perUs / 1_000_000));
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
