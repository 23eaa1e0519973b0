/**
 * When a message that was not taken is sent again: 5 seconds after the first failure, then ever more seldom up to 24 hours, over about
 * three days, with jitter so that many do not come at once; then it is a dead letter. Lengths in ms. Source: reliability P32, Standard
 * Webhooks 1.0 ("Retries").
 */
import { DAY, HOUR, type Instant, MINUTE, type Millis, millis, SECOND } from '../time/instant.ts';
import { instantOfIso } from '../time/iso.ts';

/** Waits after the first, second, … failure. Close at first, since ops wait for it; they sum up to 67 h 52 min 35 s. */
export const WAITS: readonly Millis[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  16 * HOUR,
  24 * HOUR,
].map(millis);
export const MOST_ATTEMPTS = WAITS.length + 1;
/** A wait is longer or shorter by up to this share. */
export const JITTER = 0.1;

/**
 * How long to wait after failure number `attempts` (1, 2, …); null: no more. `chance` in [0, 1) decides the jitter. A receiver that
 * names a time (`retryAfterMs`) is not asked before it, up to a day.
 */
export const waitAfter = (attempts: number, retryAfterMs: number | null, chance: number): Millis | null => {
  const wait = WAITS[attempts - 1];
  if (wait === undefined) return null;
  const spread = Math.round(wait * (1 + JITTER * (2 * chance - 1)));
  return millis(Math.max(spread, Math.min(retryAfterMs ?? 0, DAY)));
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HTTP_DATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;

/** `Sun, 06 Nov 1994 08:49:37 GMT`, the one form of RFC 9110 that may be sent; null for anything else. */
const httpDate = (text: string): Instant | null => {
  const [whole, day, month = '', year, time] = HTTP_DATE.exec(text) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  return whole === undefined || number === 0 ? null : instantOfIso(`${year}-${String(number).padStart(2, '0')}-${day}T${time}Z`);
};

/** Length that `Retry-After` asks for, in its two forms, seconds and HTTP date; null when it asks for nothing. */
export const retryAfterOf = (header: string | null, now: Instant): number | null => {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = httpDate(text);
  return at === null ? null : Math.max(0, at - now);
};
