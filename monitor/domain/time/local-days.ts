/** The calendar days of a zone within a stretch of time, as half-open intervals in order; they last 23 to 25 hours where clocks change. */
import { instant } from './instant.ts';
import { type Interval, isEmpty } from './interval.ts';
import { offsetMinutes, startOfDay } from './zone.ts';

/** Whole days: the first and the last reach beyond a stretch that begins or ends within one. Empty for an empty stretch. */
export const localDays = (zone: string, stretch: Interval): Interval[] => {
  const days: Interval[] = [];
  if (isEmpty(stretch)) return days;
  let start = startOfDay(zone, stretch.start);
  while (start < stretch.end) {
    // A day and a half after its start lies in the next day, however long this one is.
    const end = startOfDay(zone, instant(start + 36 * 3_600_000));
    days.push({ start, end });
    start = end;
  }
  return days;
};

/** By how many minutes the clocks of a day are set forward (or, below nothing, back). */
export const clockChange = (zone: string, { start, end }: Interval): number => offsetMinutes(zone, end) - offsetMinutes(zone, start);
