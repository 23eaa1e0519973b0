/** The last calendar days of a zone, as half-open intervals, oldest first; they last 23 to 25 hours where clocks change. */
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { startOfDay } from '#domain/time/zone.ts';

/** `count` days, the last of which contains `asOf`. */
export const lastDays = (zone: string, asOf: Instant, count: number): Interval[] => {
  const days: Interval[] = [];
  let end = startOfDay(zone, instant(startOfDay(zone, asOf) + 36 * 3_600_000));
  while (days.length < count) {
    const start = startOfDay(zone, instant(end - 1));
    days.unshift({ start, end });
    end = start;
  }
  return days;
};
