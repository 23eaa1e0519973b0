/** Calendar months as `YYYY-MM`, years 0000 to 9999: they compare as text. As instants: `monthBounds` of zone.ts. Source: semantics B3. */
import { dateText } from './civil.ts';
import type { Instant } from './instant.ts';
import { wallParts } from './zone.ts';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export const isMonth = (text: string): boolean => MONTH.test(text);

/** The month that the wall of `zone` shows at an instant. */
export const monthOf = (zone: string, at: Instant): string => dateText(wallParts(zone, at)).slice(0, 7);

/** So many months later (earlier when negative). RangeError for what is no month. */
export const shiftMonth = (month: string, by: number): string => {
  if (!isMonth(month)) throw new RangeError(`"${month}" is not a month written YYYY-MM`);
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return dateText({ year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1, day: 1 }).slice(0, 7);
};
