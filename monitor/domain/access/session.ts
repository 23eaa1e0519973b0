/**
 * How long a session lives: 12 hours without use, 7 days in all, and no longer than until it is ended. What is grave (people, tokens,
 * adjustments of the ledger) asks for the password anew when it was last given more than ten minutes ago. Instants in ms. Source:
 * reliability P16 and section 4 (Session cookie, Passwords).
 */
import { DAY, HOUR, type Instant, MINUTE } from '../time/instant.ts';

export const IDLE_MS = 12 * HOUR;
export const ABSOLUTE_MS = 7 * DAY;
/** How long a browser keeps the cookie: beyond the session's end, for it alone opens the form that was typed into it. It lets nobody in. */
export const COOKIE_MS = ABSOLUTE_MS + 7 * DAY;
export const PROOF_MS = 10 * MINUTE;
/** `last_seen_at` is written when it is this far behind. */
export const SEEN_STEP_MS = MINUTE;

export interface SessionTimes {
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly provedAt: Instant;
  readonly endedAt: Instant | null;
}

/** A clock that was set back ends nothing by itself, and gives no session more than its seven days. */
export const isLive = ({ createdAt, lastSeenAt, endedAt }: SessionTimes, now: Instant): boolean =>
  endedAt === null && now - lastSeenAt < IDLE_MS && now - createdAt < ABSOLUTE_MS;

/** Whether the person has proved who they are recently enough for what is grave. */
export const isProved = ({ provedAt }: SessionTimes, now: Instant): boolean => now - provedAt < PROOF_MS && provedAt <= now;
