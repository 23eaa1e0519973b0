/**
 * Token buckets per key (an address, a token), at most `keys` of them: the least recently seen is forgotten. Time is
 * the clock's monotonic hand. Source: reliability section 4 (Rate limits).
 */
import type { Clock } from '#monitor/clock.ts';

export interface RateLimit {
  /** 0: go on; otherwise seconds to wait, at least 1. */
  take(key: string): number;
}

/** `burst` at once, refilled evenly over `windowMs`. */
export const rateLimit = (clock: Clock, burst: number, windowMs: number, keys = 50_000): RateLimit => {
  const buckets = new Map<string, { tokens: number; atUs: number }>();
  const perUs = burst / (windowMs * 1_000);
  return {
    take(key) {
      const nowUs = clock.monotonicUs();
      const before = buckets.get(key) ?? { tokens: burst, atUs: nowUs };
      const tokens = Math.min(burst, before.tokens + (nowUs - before.atUs) * perUs);
      buckets.delete(key);
      const allowed = tokens >= 1;
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, atUs: nowUs });
      if (buckets.size > keys) buckets.delete(buckets.keys().next().value as string);
      return allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perUs / 1_000_000));
    },
  };
};
