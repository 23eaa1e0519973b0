/** The `Date` of a message as RFC 5322 writes it, in UTC: `Tue, 24 Nov 2026 12:00:00 +0000`. Instant in, text out. */
import { dateOf, isoWeekday } from '#domain/time/civil.ts';
import { DAY, type Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const mailDate = (at: Instant): string => {
  const day = Math.floor(at / DAY);
  const { year, month, day: date } = dateOf(day);
  return `${DAYS[isoWeekday(day) - 1]}, ${date} ${MONTHS[month - 1]} ${year} ${isoOf(at).slice(11, 19)} +0000`;
};
