/**
 * Until when a credit may be claimed, and how a claim stands. Units: instants ms UTC, minor units. Source: semantics D4.
 */
import { dateOf, daysInMonth } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import { dayOfText } from '../time/iso.ts';
import { firstInstantOf } from '../time/zone.ts';

/**
 * A claim must have been received before this: the local midnight of the first day after the month, `days` days later. RangeError for
 * a month that is not written YYYY-MM, and for a zone that does not exist.
 */
export const claimDeadline = (month: string, zone: string, days: number): Instant => {
  const first = dayOfText(`${month}-01`);
  if (first === null) throw new RangeError(`"${month}" is not a month written YYYY-MM`);
  const { year, month: monthOfYear } = dateOf(first);
  return firstInstantOf(zone, dateOf(first + daysInMonth(year, monthOfYear) + days));
};

/** `none_due`: there is no credit to claim. `open`: nothing received, and there is still time. `expired`: nothing received, and there was time. */
export type ClaimState = 'not_required' | 'none_due' | 'open' | 'in_time' | 'too_late' | 'expired';

export interface ClaimStanding {
  readonly state: ClaimState;
  /** What is owed: the credit, unless a claim is required and none came in time. Null: nobody can say before the month is adjudicated. */
  readonly due: number | null;
}

/** `credit` null: still open. `received`: when the first claim was; one that comes at the deadline is too late. */
export const claimStanding = (
  required: boolean,
  credit: number | null,
  deadline: Instant,
  received: Instant | null,
  asOf: Instant,
): ClaimStanding => {
  if (!required) return { state: 'not_required', due: credit };
  if (credit === 0) return { state: 'none_due', due: 0 };
  if (received !== null && received < deadline) return { state: 'in_time', due: credit };
  const state = received !== null ? 'too_late' : asOf < deadline ? 'open' : 'expired';
  return { state, due: credit === null ? null : 0 };
};
