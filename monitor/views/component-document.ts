/** Views and answers of components and configuration as documents for programs: keys in snake_case, instants as ISO 8601. Forms stay as the file has them. */
import type { Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';

/** Keys whose numbers are instants. */
const INSTANTS: ReadonlySet<string> = new Set([
  'asOf',
  'since',
  'until',
  'recordedAt',
  'start',
  'end',
  'at',
  'speaksUntil',
  'appliedAt',
  'startedAt',
  'lastCheckAt',
  'certExpiresAt',
]);
/** In the words of the file, whose keys are anybody's. */
const AS_IT_IS: ReadonlySet<string> = new Set(['form']);

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const documentValue = (key: string, value: unknown): unknown => {
  if (AS_IT_IS.has(key)) return value;
  if (typeof value === 'number') return INSTANTS.has(key) ? isoOf(value as Instant) : value;
  if (Array.isArray(value)) return value.map((entry) => documentValue(key, entry));
  return typeof value === 'object' && value !== null ? plainDocument(value) : value;
};

export const plainDocument = (view: object): object =>
  Object.fromEntries(Object.entries(view).map(([key, value]) => [snake(key), documentValue(key, value)]));
