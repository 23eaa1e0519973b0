/**
 * Links that let somebody in once: an invitation, or a new password for a person who is known. From one hour to seven days, 72 hours
 * unless said otherwise; the last millisecond before the end still counts, the end does not. Source: reliability section 4, table 1
 * (codes of 128 bits and more, hashed, single use).
 */
import { type Refusal, refuse } from '../refusal.ts';
import { after, HOUR, type Instant, millis } from '../time/instant.ts';

const DEFAULT_HOURS = 72;
const MOST_HOURS = 7 * 24;

export interface InvitationTimes {
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** `hours`: null takes the default. */
export const expiryOf = (now: Instant, hours: number | null): Instant | Refusal => {
  const length = hours ?? DEFAULT_HOURS;
  return Number.isSafeInteger(length) && length >= 1 && length <= MOST_HOURS
    ? after(now, millis(length * HOUR))
    : refuse('bad_hours', `A link is good for 1 to ${MOST_HOURS} whole hours. Without a number it is ${DEFAULT_HOURS}.`, {
        field: 'hours',
      });
};

export const isOpen = ({ expiresAt, usedAt, revokedAt }: InvitationTimes, now: Instant): boolean =>
  usedAt === null && revokedAt === null && now < expiresAt;
