/**
 * A link to one report for somebody who does not sign in: how long it may live, and whether it still opens. 1 to 90 days, in ms. Source:
 * reliability section 4 (codes are hashed, expire and can be revoked).
 */
import { type Refusal, refuse } from '../refusal.ts';
import { DAY, type Instant, type Millis, millis } from '../time/instant.ts';

export const SHARE_DAYS = { least: 1, usual: 14, most: 90 } as const;

export interface ShareLink {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly expiresAt: Instant;
  readonly contract: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly author: string;
  readonly revokedAt: Instant | null;
  /** At most a minute behind; null: nobody has opened it. */
  readonly lastUsedAt: Instant | null;
}

/** Whole days in, or why not. */
export const readShareDays = (text: string): Millis | Refusal => {
  const days = /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return days >= SHARE_DAYS.least && days <= SHARE_DAYS.most
    ? millis(days * DAY)
    : refuse(
        'bad_days',
        `A link lives ${SHARE_DAYS.least} to ${SHARE_DAYS.most} days; write a whole number, such as ${SHARE_DAYS.usual}.`,
        {
          field: 'days',
        },
      );
};

export const opens = ({ expiresAt, revokedAt }: ShareLink, now: Instant): boolean => revokedAt === null && now < expiresAt;
