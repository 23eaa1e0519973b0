/**
 * Points and lengths of time. An `Instant` is integer milliseconds since 1970-01-01T00:00Z, a `Millis` an integer
 * length of time. Leap seconds do not exist. Both are plain numbers at run time; the brands keep them apart in types.
 */
declare const instantBrand: unique symbol;
declare const millisBrand: unique symbol;
export type Instant = number & { readonly [instantBrand]: true };
export type Millis = number & { readonly [millisBrand]: true };

const whole = (value: number, what: string): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be whole milliseconds, not ${value}`);
  return value;
};

/** Brands integer ms since the epoch; throws RangeError for anything that is not a safe integer. */
export const instant = (ms: number): Instant => whole(ms, 'an instant') as Instant;
/** Brands an integer length in ms; throws RangeError for anything that is not a safe integer. */
export const millis = (ms: number): Millis => whole(ms, 'a duration') as Millis;

export const SECOND = millis(1_000);
export const MINUTE = millis(60_000);
export const HOUR = millis(3_600_000);
export const DAY = millis(86_400_000);

/** The instant `length` after `start` (before it when negative). */
export const after = (start: Instant, length: Millis): Instant => (start + length) as Instant;
/** The signed length from `start` to `end`. */
export const between = (start: Instant, end: Instant): Millis => (end - start) as Millis;
export const earlier = (a: Instant, b: Instant): Instant => (a <= b ? a : b);
export const later = (a: Instant, b: Instant): Instant => (a >= b ? a : b);
