/**
 * When ops are told that a certificate runs out: 21, 7, 3 and 1 days before, each once per certificate (who tells keeps the keys). A
 * certificate first seen late is told at the nearest threshold only; one that has run out is an outage, which is told as such. Instants ms.
 */
import { DAY, type Instant } from '../time/instant.ts';

const WARN_DAYS = [1, 3, 7, 21] as const;

/** The threshold that is due: the smallest that is not smaller than what is left. Null: none yet, or it is over. */
export const certificateWarning = (expiresAt: Instant, now: Instant): (typeof WARN_DAYS)[number] | null => {
  const left = expiresAt - now;
  return left <= 0 ? null : (WARN_DAYS.find((days) => left <= days * DAY) ?? null);
};
