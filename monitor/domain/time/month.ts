/** Calendar months as text `YYYY-MM`: order is the order of the text, and a month has no zone until it is asked for one. */
import type { Instant } from './instant.ts';
import { wallParts } from './zone.ts';

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

export const isMonth = (text: string): boolean => MONTH.test(text);

/** So many months later, or earlier when negative; RangeError for what is no month. */
export const monthAfter = (month: string, count = 1): string => {
  const parts = MONTH.exec(month);
  if (!parts) throw new RangeError(`"${month}" is not a month written YYYY-MM`);
  const months = Number(parts[1]) * 12 + Number(parts[2]) - 1 + count;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
};

/** The month that the wall of a zone shows. */
export const monthAt = (zone: string, at: Instant): string => {
  const { year, month } = wallParts(zone, at);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
};

/** From `first` to `last`, both included, ascending. */
export const monthsFrom = (first: string, last: string): string[] => {
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
};
