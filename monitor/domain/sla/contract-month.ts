/**
 * What of a calendar month a contract covers, as instants and as calendar days. Both in the contract's own zone: the month
 * from its first local midnight to the next month's, contract dates inclusive. Nothing after `asOf` belongs to the period.
 * RangeError for a month or a date that is none. Source: semantics B3, D3.
 */
import { dateOf, daysInMonth } from '../time/civil.ts';
import { earlier, type Instant, later } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { dayOfText } from '../time/iso.ts';
import { firstInstantOf, monthBounds } from '../time/zone.ts';

export interface ContractDates {
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly reportZone: string;
}

export interface ContractMonth {
  /** The whole calendar month. */
  readonly month: Interval;
  /** What the contract covers of it; empty (start = end) when it covers nothing. */
  readonly covered: Interval;
  /** `covered` as far as it has passed. */
  readonly period: Interval;
  readonly coveredDays: number;
  readonly daysInMonth: number;
}

const dayNo = (date: string): number => {
  const day = dayOfText(date);
  if (day === null) throw new RangeError(`"${date}" is not a date written YYYY-MM-DD`);
  return day;
};

/** Clips an interval to the inclusive local dates; start = end when nothing is left. */
export const withinDates = (interval: Interval, dates: ContractDates): Interval => {
  const first = dates.startDate === null ? interval.start : firstInstantOf(dates.reportZone, dateOf(dayNo(dates.startDate)));
  const end = dates.endDate === null ? interval.end : firstInstantOf(dates.reportZone, dateOf(dayNo(dates.endDate) + 1));
  const start = later(interval.start, first);
  return { start, end: later(start, earlier(interval.end, end)) };
};

/** `month` is `YYYY-MM`; `asOf` null: as if all of it had passed. */
export const contractMonth = (month: string, dates: ContractDates, asOf: Instant | null): ContractMonth => {
  const whole = monthBounds(dates.reportZone, month);
  const first = dayNo(`${month}-01`);
  const days = daysInMonth(dateOf(first).year, dateOf(first).month);
  const from = Math.max(first, dates.startDate === null ? first : dayNo(dates.startDate));
  const to = Math.min(first + days, dates.endDate === null ? first + days : dayNo(dates.endDate) + 1);
  const covered = withinDates(whole, dates);
  const period = { start: covered.start, end: asOf === null ? covered.end : later(covered.start, earlier(covered.end, asOf)) };
  return { month: whole, covered, period, coveredDays: Math.max(0, to - from), daysInMonth: days };
};
