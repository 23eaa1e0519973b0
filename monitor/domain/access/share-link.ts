/**
 * A link to one report for somebody who does not sign in: how long it may live, and whether it still opens. 1 to 90 days, in ms. It opens
 * as long as whoever made it might make it now: nobody hands on what they do not reach themselves. Source: reliability section 4 (codes are
 * hashed, expire and can be revoked; Roles).
 */
import { type Refusal, refuse } from '../refusal.ts';
import { DAY, type Instant, type Millis, millis } from '../time/instant.ts';
import { permissionsOf, type Role } from './permission.ts';
import { reaches, reachOf } from './reach.ts';

export const SHARE_DAYS = { least: 1, usual: 14, most: 90 } as const;

/** Whoever made a link, as they stand now. */
export interface LinkMaker {
  readonly role: Role;
  readonly disabled: boolean;
  /** Given to them by an admin. */
  readonly customers: readonly string[];
}
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

/** Why a link opens or does not; the first that holds. `maker_…`: it opens again when its maker stands as before. */
export type LinkStanding = 'shut' | 'ended' | 'maker_unknown' | 'maker_disabled' | 'maker_role' | 'maker_customer' | 'open';
/** `maker` null: nobody of that name signs in. `customer`: whose contract it is now; null: there is no such contract. */
export interface LinkFacts extends Pick<ShareLink, 'expiresAt' | 'revokedAt'> {
  readonly maker: LinkMaker | null;
  readonly customer: string | null;
}
export const linkStanding = ({ expiresAt, revokedAt, maker, customer }: LinkFacts, now: Instant): LinkStanding => {
  if (revokedAt !== null) return 'shut';
  if (now >= expiresAt) return 'ended';
  if (maker === null) return 'maker_unknown';
  if (maker.disabled) return 'maker_disabled';
  if (!permissionsOf(maker.role).has('reports:approve')) return 'maker_role';
  return customer !== null && reaches(reachOf(maker.role, maker.customers), customer) ? 'open' : 'maker_customer';
};
/** Whether it may yet open: then it can be shut. */
export const isOver = (standing: LinkStanding): boolean => standing === 'shut' || standing === 'ended';
