/**
 * The leaves of a report that somebody hands in: each reads one value strictly and says in words what is wrong with it. Whatever a
 * leaf lets pass can be counted with: whole numbers that a double holds, instants of the years 0 to 9999, texts of a bounded length.
 */
import { z } from 'zod';
import { dayOfText, instantOfIso, isoOf } from '#domain/time/iso.ts';
import { nameOf } from '#monitor/config/leaf.ts';

/** Nothing a report says is longer: reasons and evidence of people end at 2 000 characters. */
const LONGEST_TEXT = 20_000;
/** A month in which one component fails every other minute has 22 000 blips. */
const LONGEST_LIST = 200_000;

/** The sentence of a leaf: "is missing", or what it must be. */
export const must = (what: string) => ({
  error: (issue: z.core.$ZodRawIssue): string =>
    issue.input === undefined
      ? 'is missing'
      : `must be ${what}${issue.code === 'invalid_type' && typeof issue.input !== 'number' ? `, not ${nameOf(issue.input)}` : ''}`,
});
const shaped = (what: string, holds: (text: string) => boolean) => z.string(must(what)).refine(holds, must(what));

export const text = () => z.string(must('text')).max(LONGEST_TEXT, must(`text of at most ${LONGEST_TEXT} characters`));
export const flag = () => z.boolean(must('true or false'));
export const whole = (least = 0, most = Number.MAX_SAFE_INTEGER) => {
  const what = least === 0 ? 'a whole number from 0 on' : 'a whole number';
  const range = most === Number.MAX_SAFE_INTEGER ? what : `a whole number from ${least} to ${most}`;
  return z.int(must(range)).min(least, must(range)).max(most, must(range));
};
export const signed = () => whole(-Number.MAX_SAFE_INTEGER);
export const iso = () =>
  shaped('an instant such as 2026-10-01T04:00:00.000Z', (value) => {
    const at = instantOfIso(value);
    return at !== null && /^\d{4}-/.test(value) && at >= -62_167_219_200_000 && at < 253_402_300_800_000 && isoOf(at) === value;
  });
export const local = () =>
  shaped('a local time such as 2026-10-01T00:00:00.000-04:00', (value) => value.length === 29 && instantOfIso(value) !== null);
export const date = () => shaped('a date such as 2026-10-01', (value) => dayOfText(value) !== null);
export const month = () => shaped('a month such as 2026-10', (value) => /^\d{4}-\d{2}$/.test(value) && dayOfText(`${value}-01`) !== null);
export const percent = () => shaped('a percentage with four decimals such as 99.4999', (value) => /^\d{1,3}\.\d{4}$/.test(value));
export const sha256 = () => shaped('a SHA-256 in hexadecimal', (value) => /^[0-9a-f]{64}$/.test(value));
export const currency = () => shaped('a currency such as USD', (value) => /^[A-Z]{3}$/.test(value));
export const clock = () => shaped('a time of day such as 10:00', (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value));
export const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) => z.enum(words, must(`one of ${words.join(', ')}`));
export const list = <S extends z.ZodType>(entry: S) =>
  z.array(entry, must('a list')).max(LONGEST_LIST, must(`a list of at most ${LONGEST_LIST} entries`));
export const mapping = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has keys that no report has: ${issue.keys.join(', ')}`
        : must('a group of named values').error(issue),
  });
