/**
 * Whether a release kept to its window: deployed inside the effective one, and with notes that were public in time. Effective is what
 * the announcement really excludes, so a window cut short by a late edit, a cancellation or "done" is short here too. Units: integer ms
 * UTC, half-open windows. Source: semantics F1 to F3.
 */
import { after, type Instant, type Millis, millis } from '../time/instant.ts';
import { contains, type Interval, isEmpty } from '../time/interval.ts';

export type Place = 'inside' | 'outside_window';

/** F1: a release can only be planned into an announcement of which something is excluded. */
export const canBePlanned = (effective: readonly Interval[]): boolean => effective.some((window) => !isEmpty(window));

/** F3: the instant at which a window ends is outside of it. */
export const placeOf = (deployedAt: Instant, effective: readonly Interval[]): Place =>
  effective.some((window) => contains(window, deployedAt)) ? 'inside' : 'outside_window';

/** F2: public `leadMs` before the effective start at the latest; null: never. */
export const notesInTime = (publishedAt: Instant | null, effectiveStart: Instant, leadMs: Millis): boolean =>
  publishedAt !== null && publishedAt <= after(effectiveStart, millis(-leadMs));
