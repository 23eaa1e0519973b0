/**
 * Instants as ISO 8601 text, for machines: written in UTC as `2026-07-04T14:02:10.250Z`, read with any offset. Years 0 to
 * 9999; refuses anything outside, text without an offset, and fractions finer than a millisecond.
 */
import { dateOf, dateText, dayNumber, daysInMonth } from './civil.ts';
import { DAY, HOUR, type Instant, instant, MINUTE, SECOND } from './instant.ts';

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

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const CLOCK = /^(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})0*)?)?$/;
const OFFSET = /^([+-])(\d{2}):?(\d{2})?$/;

/** Day number of `YYYY-MM-DD`; null when the text is no date of the calendar. */
export const dayOfText = (text: string): number | null => {
  const date = DATE.exec(text);
  const [year, month, day] = [Number(date?.[1]), Number(date?.[2]), Number(date?.[3])];
  if (!date || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return dayNumber(year, month, day);
};

const msOfDay = (text: string): number | null => {
  const clock = CLOCK.exec(text);
  const [hour, minute, second] = [Number(clock?.[1]), Number(clock?.[2]), Number(clock?.[3] ?? 0)];
  if (!clock || hour > 23 || minute > 59 || second > 59) return null;
  return hour * HOUR + minute * MINUTE + second * SECOND + Number((clock[4] ?? '').padEnd(3, '0'));
};

const offsetOf = (text: string): number | null => {
  if (text === 'Z' || text === 'z') return 0;
  const offset = OFFSET.exec(text);
  const [hours, minutes] = [Number(offset?.[2]), Number(offset?.[3] ?? 0)];
  if (!offset || hours > 23 || minutes > 59) return null;
  return (offset[1] === '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
};

/** The instant of `2026-07-04T10:02:10.250-04:00` (seconds may be absent); null for anything that is not exactly one instant in whole ms. */
export const instantOfIso = (text: string): Instant | null => {
  const parts = /^([\d-]{10})[Tt ]([\d:.,]+)([Zz]|[+-][\d:]+)$/.exec(text);
  if (!parts) return null;
  const [day, clock, offset] = [dayOfText(parts[1] ?? ''), msOfDay(parts[2] ?? ''), offsetOf(parts[3] ?? '')];
  return day === null || clock === null || offset === null ? null : instant(day * DAY + clock - offset);
};
