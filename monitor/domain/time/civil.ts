/**
 * Days of the proleptic Gregorian calendar as integers: day 0 is 1970-01-01, a Thursday. No zone and no clock in here;
 * wall-clock time lives in zone.ts. Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
export interface CivilDate {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  /** 1–31 */
  readonly day: number;
}

/** Days since 1970-01-01; months and days out of range are a RangeError, never a silent roll-over. */
export const dayNumber = (year: number, month: number, day: number): number => {
  if (
    !Number.isInteger(year) ||
    !Number.isInteger(month) ||
    month < 1 ||
    month > 12 ||
    !Number.isInteger(day) ||
    day < 1 ||
    day > daysInMonth(year, month)
  )
    throw new RangeError(`${year}-${month}-${day} is not a date of the calendar`);
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** The date of a day number. */
export const dateOf = (dayNo: number): CivilDate => {
  const z = dayNo + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
};

/** ISO weekday of a day number: Monday 1 … Sunday 7. */
export const isoWeekday = (dayNo: number): number => ((((dayNo + 3) % 7) + 7) % 7) + 1;

export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

const padded = (value: number, width: number): string => String(value).padStart(width, '0');
/** `YYYY-MM-DD`, for years 0–9999. */
export const dateText = ({ year, month, day }: CivilDate): string => `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
