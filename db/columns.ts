/** Column types of the domain: instants and durations as INTEGER milliseconds, JSON as canonical text. */

import { type Instant, instant, type Millis, millis } from '#domain/time/instant.ts';
import { customType } from './drizzle.ts';

export const instantColumn = customType<{ data: Instant; driverData: number }>({
  dataType: () => 'integer',
  fromDriver: (value) => instant(Number(value)),
  toDriver: (value) => value,
});
export const millisColumn = customType<{ data: Millis; driverData: number }>({
  dataType: () => 'integer',
  fromDriver: (value) => millis(Number(value)),
  toDriver: (value) => value,
});
