/**
 * What sentences of notices are made of: a line of foreign text, an instant in the zone of the policy and in UTC, a length to the second.
 * What is no instant is told as it is, so that a message never fails for one fact. Pure.
 */
import { excerpt } from '../check/excerpt.ts';
import { instantWords, windowWords } from '../maintenance/words.ts';
import { dateText } from '../time/civil.ts';
import { type Instant, instant } from '../time/instant.ts';
import { instantOfIso } from '../time/iso.ts';
import { lengthText } from '../time/length-text.ts';
import { wallParts } from '../time/zone.ts';

export type Payload = Readonly<Record<string, unknown>>;

export interface NoticeWords {
  /** One line. */
  readonly title: string;
  /** When it began, where that is not over: for the subject of a mail. */
  readonly since?: Instant | null;
  readonly paragraphs: readonly string[];
  /** Where to look: a path on the status page, and one in the console. */
  readonly path: string;
  readonly console: string;
}
export type Say = (payload: Payload, zone: string, recordedAt: Instant) => NoticeWords;

export const MOST_TITLE = 200;

export const line = (value: unknown, limit = MOST_TITLE): string => excerpt(String(value ?? ''), limit);
export const instantOr = (value: unknown): Instant | null => (Number.isSafeInteger(value) ? instant(value as number) : null);

const dayOf = (zone: string, one: Instant): string => dateText(wallParts(zone, one));
/** Of "Tue 2026-11-24 ", before the hour. */
const DAY_WORDS = 15;
/** "Tue 2026-11-24 07:00 America/New_York (UTC-5), 12:00 UTC"; the day again where UTC is in another one. */
const moment = (zone: string, at: Instant): string => {
  const words = instantWords(zone, at);
  if (wallParts(zone, at).offsetMinutes === 0) return words;
  const utc = instantWords('UTC', at);
  return `${words}, ${dayOf(zone, at) === dayOf('UTC', at) ? utc.slice(DAY_WORDS) : utc}`;
};
export const at = (value: unknown, zone: string): string => {
  const told = instantOr(value);
  return told === null ? line(value, 40) : moment(zone, told);
};
/** To the second. */
export const length = (ms: number): string => {
  // A word rather than no message: whoever reads it has the facts beside it.
  if (!Number.isSafeInteger(ms)) return 'some time';
  const whole = Math.max(0, Math.floor(ms / 1_000) * 1_000);
  return whole === 0 ? 'less than a second' : lengthText(whole);
};
export const lasted = (from: unknown, to: unknown): string => length(Number(to) - Number(from));
/** "from Tue 2026-11-24 07:00 to 07:18 America/New_York (UTC-5), which is 12:00 to 12:18 UTC"; the days again where UTC has others. */
export const fromTo = (from: unknown, to: unknown, zone: string): string => {
  const [start, end] = [instantOr(from), instantOr(to)];
  if (start === null || end === null) return `from ${at(from, zone)} to ${at(to, zone)}`;
  const window = { start, end };
  const words = `from ${windowWords(zone, window)}`;
  if (wallParts(zone, start).offsetMinutes === 0) return words;
  const oneDay = [start, end].every((one) => dayOf(zone, one) === dayOf('UTC', start));
  const utc = windowWords('UTC', window);
  return `${words}, which is ${oneDay ? utc.slice(DAY_WORDS) : utc}`;
};
export const ofIso = (value: unknown): unknown => (typeof value === 'string' ? (instantOfIso(value) ?? value) : value);

/** Where there is no page of its own. */
export const HOME = { path: '/', console: '/admin' } as const;
/** What becomes of time that nobody measures. */
export const UNKNOWN = 'that time becomes unknown in every figure, neither up nor down';
