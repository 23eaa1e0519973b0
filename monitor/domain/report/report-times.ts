/**
 * Instants as the report writes them: ISO 8601 UTC text with milliseconds, and once per edge of the period the same as the wall of
 * its zone shows it, with the offset. Source: semantics D5.
 */
import { type Instant, instant, MINUTE } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { instantOfIso, isoOf } from '../time/iso.ts';
import { offsetMinutes } from '../time/zone.ts';
import type { IsoText } from './report-document.ts';

export const isoOrNull = (at: Instant | null): IsoText | null => (at === null ? null : isoOf(at));

/** The instant of a text of the report; RangeError for what is none. */
export const atOf = (text: IsoText): Instant => {
  const found = instantOfIso(text);
  if (found === null) throw new RangeError(`"${text}" is not an instant`);
  return found;
};

/** The stretch between two texts of the report. */
export const stretchOf = ({ start, end }: { readonly start: IsoText; readonly end: IsoText }): Interval => ({
  start: atOf(start),
  end: atOf(end),
});

/** `2026-10-01T00:00:00.000-04:00`; offsets of local mean time, which have seconds, are cut to the minute. */
export const localText = (zone: string, at: Instant): string => {
  const offset = Math.trunc(offsetMinutes(zone, at));
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${isoOf(instant(at + offset * MINUTE)).slice(0, -1)}${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
};
