/**
 * A week of the reserve, and the day in it that matters, drawn to scale: what is reserved, what is chosen and how much of it counts, what
 * others announced, where now and the deadline are. Days and hours are those of the wall of the reserve, so that a day on which clocks
 * change is 23 or 25 hours long. Instants ms. Pure.
 */
import { type Slot, slotOf, type WindowTerms } from '#domain/maintenance/account.ts';
import { slotsBetween } from '#domain/sla/reserve.ts';
import { dateOf, dayNumber, isoWeekday } from '#domain/time/civil.ts';
import { after, DAY, type Instant, instant, later, millis } from '#domain/time/instant.ts';
import { type Interval, overlaps } from '#domain/time/interval.ts';
import { firstInstantOf, wallParts, wallToInstant } from '#domain/time/zone.ts';

export interface StripMark extends Interval {
  readonly title: string;
}
export interface StripView {
  readonly zone: string;
  readonly week: Interval;
  /** The first instant of each day of the week. */
  readonly days: readonly Instant[];
  readonly day: Interval;
  /** Every third hour of the wall in the day, and what it is called there. */
  readonly hours: readonly { readonly at: Instant; readonly hour: number }[];
  readonly slots: readonly Slot[];
  /** Null: no time is chosen, or none that exists. */
  readonly chosen: Interval | null;
  readonly excluded: readonly Interval[];
  readonly others: readonly StripMark[];
  readonly now: Instant;
}

/** A window that lies days apart from its slot is drawn as far as this. */
const MOST_DAYS = 3;

const dayStart = (zone: string, day: number): Instant => firstInstantOf(zone, dateOf(day));
const dayIn = (zone: string, at: Instant): number => {
  const { year, month, day } = wallParts(zone, at);
  return dayNumber(year, month, day);
};

const hoursOf = (zone: string, first: number, last: number): StripView['hours'] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap((day) =>
    [0, 3, 6, 9, 12, 15, 18, 21].map((hour) => {
      const { year, month, day: date } = dateOf(day);
      return { at: hour === 0 ? dayStart(zone, day) : wallToInstant(zone, year, month, date, hour, 0), hour };
    }),
  );

export interface StripAsk {
  readonly terms: WindowTerms;
  readonly now: Instant;
  /** The slot that is asked for, as far as it is one; and what was chosen. At least one of them. */
  readonly about: Interval;
  readonly chosen: Interval | null;
  readonly excluded: readonly Interval[];
  readonly others: readonly StripMark[];
}

export const weekStrip = ({ terms, now, about, chosen, excluded, others }: StripAsk): StripView => {
  const { zone } = terms.reserve;
  const home = slotOf(chosen ?? about, terms) ?? slotOf(about, terms);
  const start = chosen && chosen.start < chosen.end ? instant(Math.min(chosen.start, home?.start ?? chosen.start)) : about.start;
  const first = dayIn(zone, start);
  const end = later(home?.end ?? start, chosen && chosen.start < chosen.end ? chosen.end : start);
  const last = Math.min(first + MOST_DAYS - 1, Math.max(first, dayIn(zone, instant(end - 1))));
  const monday = first - isoWeekday(first) + 1;
  const week = { start: dayStart(zone, monday), end: dayStart(zone, monday + 7) };
  const seen = { start: week.start, end: later(week.end, dayStart(zone, last + 1)) };
  return {
    zone,
    week,
    days: Array.from({ length: 7 }, (_, i) => dayStart(zone, monday + i)),
    day: { start: dayStart(zone, first), end: dayStart(zone, last + 1) },
    hours: hoursOf(zone, first, last),
    slots: slotsBetween(terms.reserve, seen.start, seen.end).map((slot) => ({
      ...slot,
      deadline: after(slot.start, millis(-terms.minNoticeMs)),
    })),
    chosen,
    excluded,
    others: others.filter((one) => overlaps(one, seen)),
    now,
  };
};

/** A day from an instant on, when nothing better is known. */
export const dayFrom = (at: Instant): Interval => ({ start: at, end: after(at, DAY) });
