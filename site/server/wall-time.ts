/** A time as a form sends it (`2026-10-10T14:00`, as browsers write `datetime-local`), read on the wall of a zone. */
import { dateText } from '#domain/time/civil.ts';
import { after, type Instant, millis } from '#domain/time/instant.ts';
import { dayOfText } from '#domain/time/iso.ts';
import { wallParts, wallToInstant } from '#domain/time/zone.ts';

const WALL = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.]\d{1,3})?)?$/;

/** Null: it is no time. A wall time that a change of the clock skips is the first after it; of one that comes twice it is the first. */
export const readWallTime = (text: string, zone: string): Instant | null => {
  const [, date = '', hour, minute, second = '0'] = WALL.exec(text.trim()) ?? [];
  if (dayOfText(date) === null) return null;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return after(wallToInstant(zone, year, month, day, Number(hour), Number(minute)), millis(Number(second) * 1_000));
};

const two = (value: number): string => String(value).padStart(2, '0');
/** The same the other way: what such a field shows for an instant, to the second below. */
export const writeWallTime = (at: Instant, zone: string): string => {
  const parts = wallParts(zone, at);
  return `${dateText(parts)}T${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}`;
};
