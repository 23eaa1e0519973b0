/**
 * From what a person asks ("next Saturday, 10:00 to 12:00") to instants, in the zone of the reserve. Refuses dates and times that
 * are none. When the reserve itself runs past midnight, times after midnight belong to the day on which its slot starts.
 */

import { type Refusal, refuse } from '../refusal.ts';
import { type ReserveRule, slotsBetween } from '../sla/reserve.ts';
import { dateOf, dateText, dayNumber } from '../time/civil.ts';
import { after, DAY, type Instant, MINUTE, millis } from '../time/instant.ts';
import { contains, type Interval } from '../time/interval.ts';
import { dayOfText } from '../time/iso.ts';
import { wallParts, wallToInstant } from '../time/zone.ts';

/** `slot`: "next" or the local date `YYYY-MM-DD`; `from` and `to`: `HH:MM` on the wall of the reserve. */
export interface WallWindow {
  readonly slot: string;
  readonly from: string;
  readonly to: string;
}
export type AskedWindow = WallWindow | Interval;

/** The first `count` slots that start at `now` or later. */
export const nextSlots = (reserve: ReserveRule, now: Instant, count: number): Interval[] =>
  slotsBetween(reserve, now, after(now, millis((count + 2) * 7 * DAY)))
    .filter(({ start }) => start >= now)
    .slice(0, count);

/** Slots that the window touches; more than a fortnight of it is not looked at: two are too many already. */
export const slotsOf = (reserve: ReserveRule, window: Interval): Interval[] => {
  const fortnight = after(window.start, millis(15 * DAY));
  return slotsBetween(reserve, window.start, window.end < fortnight ? window.end : fortnight);
};

/** The local date on which an instant lies, `YYYY-MM-DD`. */
export const dateIn = (zone: string, at: Instant): string => dateText(wallParts(zone, at));

/** What the wall shows, `HH:MM`. */
export const clockIn = (zone: string, at: Instant): string => {
  const { hour, minute } = wallParts(zone, at);
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
};

const minutesOf = (text: string): number | null => {
  const time = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return time ? Number(time[1]) * 60 + Number(time[2]) : null;
};

/** Day number of the asked slot's local date. */
const dayAsked = (reserve: ReserveRule, slot: string, now: Instant): number | Refusal => {
  if (slot === 'next') {
    const [next] = nextSlots(reserve, now, 1);
    if (!next) throw new RangeError('the reserve has no next slot');
    const { year, month, day } = wallParts(reserve.zone, next.start);
    return dayNumber(year, month, day);
  }
  return dayOfText(slot) ?? refuse('bad_slot', `"${slot}" is no date. Write --slot next, or a date as 2026-11-28.`, { slot });
};

const wallAt = (zone: string, day: number, minutes: number): Instant => {
  const { year, month, day: dayOfMonth } = dateOf(day);
  return wallToInstant(zone, year, month, dayOfMonth, Math.floor(minutes / 60), minutes % 60);
};

/** The instants of the window asked for, in whatever order they are: whether it makes sense is for the rules to say. */
export const resolveWindow = (reserve: ReserveRule, asked: AskedWindow, now: Instant): Interval | Refusal => {
  if (!('slot' in asked)) return { start: asked.start, end: asked.end };
  const [from, to] = [minutesOf(asked.from), minutesOf(asked.to)];
  if (from === null || to === null) {
    const wrong = from === null ? asked.from : asked.to;
    return refuse('bad_time', `"${wrong}" is no time of day. Write it as 10:00, on the clock of ${reserve.zone}.`, { time: wrong });
  }
  const day = dayAsked(reserve, asked.slot, now);
  if (typeof day !== 'number') return day;
  const at = (dayNo: number, minutes: number): Instant => wallAt(reserve.zone, dayNo, minutes);
  const slot = pastMidnight(reserve, day);
  const tomorrow = slot !== null && !contains(slot, at(day, from)) && contains(slot, at(day + 1, from));
  const start = at(tomorrow ? day + 1 : day, from);
  const end = at(tomorrow ? day + 1 : day, to);
  return { start, end: slot !== null && end <= start && to !== from ? at(day + 1, to) : end };
};

/** The slot that starts on this local day, if it goes on into the next one. */
const pastMidnight = (reserve: ReserveRule, day: number): Interval | null => {
  const start = wallAt(reserve.zone, day, minutesOf(reserve.start) ?? 0);
  const slot = slotsBetween(reserve, start, after(start, MINUTE)).find((one) => one.start === start);
  if (!slot) return null;
  const midnight = wallAt(reserve.zone, day + 1, 0);
  return slot.end > midnight ? slot : null;
};
