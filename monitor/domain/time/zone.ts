/**
 * Wall-clock time of IANA zones: the only file that knows luxon, and luxon only tells the offset of an instant. What a
 * wall time means when clocks change is decided here (semantics B1, B3): skipped → shifted forward by the gap, repeated →
 * the first of the two, a day without midnight starts at its first instant. Units: `Instant` ms, offsets in minutes.
 * Unknown zones are a RangeError: the configuration refuses them long before.
 */
import { IANAZone } from 'luxon';
import { type CivilDate, dateOf, dayNumber, daysInMonth, isoWeekday } from './civil.ts';
import { DAY, HOUR, type Instant, instant, MINUTE, SECOND } from './instant.ts';
import type { Interval } from './interval.ts';

/** The first tzdata that knows the zone laws of 2026 (semantics B3); names of releases are ordered as text. */
export const TZDATA_FLOOR = '2026c';

/** What a clock on the wall of a zone shows. */
export interface WallParts extends CivilDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Monday 1 … Sunday 7. */
  readonly weekday: number;
  readonly offsetMinutes: number;
}

/**
 * Whether `zone` names one zone beyond doubt: an IANA id with a "/" in its own spelling, or "UTC". Not "EST" (a link to
 * Panama today), not "EST5EDT", not "+05:00", not the SystemV names that only ICU knows.
 */
export const isKnownZone = (zone: string): boolean => {
  if (zone === 'UTC') return true;
  if (!zone.includes('/') || zone.startsWith('SystemV/') || !IANAZone.isValidZone(zone)) return false;
  const resolved = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  return resolved === zone || resolved.toLowerCase() !== zone.toLowerCase();
};

/** Offsets that were asked for before: the same few midnights and windows come again with every page, and luxon formats a date for each. */
const known = new Map<string, number>();
const MOST_KNOWN = 5_000;

const offsetMs = (zone: string, at: number): number => {
  if (zone === 'UTC') return 0;
  const key = `${at} ${zone}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const minutes = IANAZone.create(zone).offset(at);
  if (Number.isNaN(minutes)) throw new RangeError(`"${zone}" is not a time zone of the IANA database`);
  const offset = Math.round(minutes * MINUTE);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, offset);
  return offset;
};

/** Minutes east of UTC in force at an instant; fractional only for local mean times before the 1970s. */
export const offsetMinutes = (zone: string, at: Instant): number => offsetMs(zone, at) / MINUTE;

/** The instants at which the wall shows `local` (ms since the epoch as if the wall were UTC), earliest first. */
const occurrences = (zone: string, local: number): number[] => {
  const candidates = new Set([local - offsetMs(zone, local - DAY), local - offsetMs(zone, local + DAY)]);
  return [...candidates].filter((at) => at + offsetMs(zone, at) === local).sort((a, b) => a - b);
};

const localMs = (year: number, month: number, day: number, hour: number, minute: number): number =>
  dayNumber(year, month, day) * DAY + hour * HOUR + minute * MINUTE;

/** The instant of a wall time; skipped times move forward by the gap, of repeated ones the first is taken. */
export const wallToInstant = (zone: string, year: number, month: number, day: number, hour: number, minute: number): Instant => {
  if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60)) throw new RangeError(`${hour}:${minute} is not a time of day`);
  const local = localMs(year, month, day, hour, minute);
  return instant(occurrences(zone, local)[0] ?? local - offsetMs(zone, local - DAY));
};

/** The first instant at which the wall of the zone shows this date (or, when the date was skipped, a later one). */
export const firstInstantOf = (zone: string, { year, month, day }: CivilDate): Instant => {
  const midnight = localMs(year, month, day, 0, 0);
  const found = occurrences(zone, midnight)[0];
  if (found !== undefined) return instant(found);
  let before = midnight - offsetMs(zone, midnight - DAY) - DAY;
  let after = before + 2 * DAY;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetMs(zone, middle) >= midnight) after = middle;
    else before = middle;
  }
  return instant(after);
};

/** What the wall of the zone shows at an instant; milliseconds are dropped. */
export const wallParts = (zone: string, at: Instant): WallParts => {
  const offset = offsetMs(zone, at);
  const local = at + offset;
  const dayNo = Math.floor(local / DAY);
  const rest = local - dayNo * DAY;
  return {
    ...dateOf(dayNo),
    hour: Math.floor(rest / HOUR),
    minute: Math.floor(rest / MINUTE) % 60,
    second: Math.floor(rest / SECOND) % 60,
    weekday: isoWeekday(dayNo),
    offsetMinutes: offset / MINUTE,
  };
};

/** The first instant of the local day that contains `at`. */
export const startOfDay = (zone: string, at: Instant): Instant => firstInstantOf(zone, wallParts(zone, at));

/** The calendar month `YYYY-MM` of a zone as instants: first local 00:00 to the next month's. */
export const monthBounds = (zone: string, month: string): Interval => {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!match) throw new RangeError(`"${month}" is not a month written YYYY-MM`);
  const first = { year: Number(match[1]), month: Number(match[2]), day: 1 };
  const next = dateOf(dayNumber(first.year, first.month, 1) + daysInMonth(first.year, first.month));
  return { start: firstInstantOf(zone, first), end: firstInstantOf(zone, next) };
};

/** Number of the UTC day of an instant: days since 1970-01-01. */
export const dayOf = (at: Instant): number => Math.floor(at / DAY);
