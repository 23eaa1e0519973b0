/** Instants as ISO 8601 text in UTC, for machines: `2026-07-04T14:02:10.250Z`. Years 0 to 9999; refuses anything outside. */
import { dateOf, dateText } from './civil.ts';
import { DAY, type Instant } from './instant.ts';

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `2026-07-04T14:02:10.250Z`; throws RangeError outside the years 0 to 9999. */
export const isoOf = (at: Instant): string => {
  const day = Math.floor(at / DAY);
  const ms = at - day * DAY;
  const date = dateOf(day);
  if (date.year < 0 || date.year > 9_999) throw new RangeError(`the instant ${at} lies outside the years 0 to 9999`);
  const time = `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}:${pad(Math.floor(ms / 1_000) % 60)}.${pad(ms % 1_000, 3)}`;
  return `${dateText(date)}T${time}Z`;
};
