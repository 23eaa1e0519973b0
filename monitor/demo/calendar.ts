/**
 * The words by which a scenario names instants, so that its Saturdays are Saturdays whatever `now` is. All wall times are those of
 * one zone, and resolved where every wall time is (domain/time/zone.ts). Words:
 *   -3 d12 14:20    the 12th of the third month before the present one, 14:20
 *   -3 sat2 10:00   its second Saturday (mon, tue … likewise); `last` instead of d12: its last day
 *   spring 01:50    the night on which the clocks of the zone went forward last; `autumn`: back
 *   coming1 10:00   the first Saturday that is still to come; `coming2`: the one after it; `coming0`: the one before, over or on
 *   now-26h         so long before now
 * Lengths: 47m, 3h, 3h10m, 90s, 2d. Refuses any other word with a RangeError: a scenario is code.
 */
import { WEEKDAYS } from '#domain/sla/reserve.ts';
import { dateOf, dayNumber, daysInMonth, isoWeekday } from '#domain/time/civil.ts';
import { after, DAY, HOUR, type Instant, MINUTE, type Millis, millis, SECOND } from '#domain/time/instant.ts';
import { dayOf, offsetMinutes, wallParts, wallToInstant } from '#domain/time/zone.ts';

export interface Calendar {
  readonly now: Instant;
  /** The instant that the words name. */
  at(when: string): Instant;
  /** `YYYY-MM` of a month counted from the present one. */
  month(offset: number): string;
  /** The first instant of that month. */
  monthStart(offset: number): Instant;
}

const UNIT: Readonly<Record<string, number>> = { d: DAY, h: HOUR, m: MINUTE, s: SECOND };
const SATURDAY = WEEKDAYS.indexOf('SAT') + 1;
/** A Saturday is still to come when its 10:00 is at least so far away: what is announced for it is then in time. */
const COMING_AFTER = 3 * HOUR;

export const lengthOf = (text: string): Millis => {
  const parts = [...text.matchAll(/(\d+)([dhms])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) throw new RangeError(`"${text}" is no length; write 3h10m`);
  return millis(parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT[unit ?? ''] ?? 0), 0));
};

const stranger = (when: string): RangeError => new RangeError(`"${when}" names no instant of a scenario`);

export const calendarOf = (zone: string, now: Instant): Calendar => {
  const today = wallParts(zone, now);
  const monthOf = (offset: number): { readonly year: number; readonly month: number } => {
    const count = today.year * 12 + today.month - 1 + offset;
    return { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  };
  const wall = (dayNo: number, hour: number, minute: number): Instant => {
    const { year, month, day } = dateOf(dayNo);
    return wallToInstant(zone, year, month, day, hour, minute);
  };
  /** The day number within a month of `d12`, `sat2` or `last`. */
  const dayIn = (offset: number, word: string, when: string): number => {
    const { year, month } = monthOf(offset);
    const first = dayNumber(year, month, 1);
    if (word === 'last') return first + daysInMonth(year, month) - 1;
    const [, kind = '', count] = /^([a-z]+)(\d+)$/.exec(word) ?? [];
    if (kind === 'd') return dayNumber(year, month, Number(count));
    const weekday = WEEKDAYS.findIndex((name) => name.toLowerCase() === kind) + 1;
    if (weekday === 0) throw stranger(when);
    return first + ((weekday - isoWeekday(first) + 7) % 7) + 7 * (Number(count) - 1);
  };
  /** The last day before this one on which the offset went up (spring) or down (autumn). */
  const changeDay = (direction: 1 | -1): number => {
    for (let day = dayNumber(today.year, today.month, 1) - 1; ; day--)
      if (Math.sign(offsetMinutes(zone, wall(day + 1, 0, 0)) - offsetMinutes(zone, wall(day, 0, 0))) === direction) return day;
  };
  const coming = (count: number, hour: number, minute: number): Instant => {
    const day = dayOf(now) - 1;
    for (let next = day + ((SATURDAY - isoWeekday(day) + 7) % 7); ; next += 7)
      if (wall(next, 10, 0) - now >= COMING_AFTER) return wall(next + 7 * (count - 1), hour, minute);
  };

  return {
    now,
    month: (offset) => {
      const { year, month } = monthOf(offset);
      return `${year}-${String(month).padStart(2, '0')}`;
    },
    monthStart: (offset) => {
      const { year, month } = monthOf(offset);
      return wallToInstant(zone, year, month, 1, 0, 0);
    },
    at: (when) => {
      const ago = /^now-(\w+)$/.exec(when);
      if (ago) return after(now, millis(-lengthOf(ago[1] ?? '')));
      const words = /^(?:(-?\d+) (\w+)|(spring|autumn)|coming(\d\d?)) (\d\d):(\d\d)$/.exec(when);
      if (!words) throw stranger(when);
      const [, offset, day, change, ahead, hours, minutes] = words;
      const [hour, minute] = [Number(hours), Number(minutes)];
      if (ahead !== undefined) return coming(Number(ahead), hour, minute);
      if (change !== undefined) return wall(changeDay(change === 'spring' ? 1 : -1), hour, minute);
      return wall(dayIn(Number(offset), day ?? '', when), hour, minute);
    },
  };
};
