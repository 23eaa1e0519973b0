/**
 * The weekly reserve: when its slots lie on the line of time. A slot is its local wall start plus an elapsed length, so it
 * is as long on the day the clocks change as on any other (semantics B1). Wall starts that do not exist or exist twice are
 * resolved by time/zone.ts: forward by the gap, the first of the two.
 */
import { dateOf, isoWeekday } from '../time/civil.ts';
import { after, DAY, type Instant, MINUTE, millis } from '../time/instant.ts';
import { type Interval, overlaps } from '../time/interval.ts';
import { wallToInstant } from '../time/zone.ts';

export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

export interface ReserveRule {
  readonly weekday: (typeof WEEKDAYS)[number];
  /** Local wall time HH:MM in `zone`. */
  readonly start: string;
  readonly durationMin: number;
  readonly zone: string;
}

/** The slots that overlap `[from, to)`, in order, whole (not clipped). RangeError for a start that is not HH:MM. */
export const slotsBetween = (rule: ReserveRule, from: Instant, to: Instant): Interval[] => {
  const time = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(rule.start);
  if (!time) throw new RangeError(`"${rule.start}" is not a time of day written HH:MM`);
  const [hour, minute] = [Number(time[1]), Number(time[2])];
  const length = millis(rule.durationMin * MINUTE);
  const asked = { start: from, end: to };
  const slots: Interval[] = [];
  // Two days of slack on both sides: no zone is further from UTC, skipped days included.
  let day = Math.floor((from - length) / DAY) - 2;
  day += (WEEKDAYS.indexOf(rule.weekday) + 1 - isoWeekday(day) + 7) % 7;
  for (; day * DAY < to + 2 * DAY; day += 7) {
    const date = dateOf(day);
    const start = wallToInstant(rule.zone, date.year, date.month, date.day, hour, minute);
    const slot = { start, end: after(start, length) };
    if (overlaps(slot, asked)) slots.push(slot);
  }
  return slots;
};
