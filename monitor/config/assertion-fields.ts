/** What an answer must satisfy, as keys of the file: text, header and JSON assertions, statuses, certificates. */
import { z } from 'zod';
import { flag, jsonPath, pattern, text, wholeNumber } from './fields.ts';
import { documented, leaf, nameOf, quoted, wrong } from './leaf.ts';

/** A list may be written as its only entry. */
const oneOrMore = (value: unknown): unknown => (value === undefined || Array.isArray(value) ? value : [value]);
/** An entry may be written as the text of its main key. */
const entries = (key: string) => (value: unknown) => {
  const list = oneOrMore(value);
  return Array.isArray(list) ? list.map((entry: unknown) => (typeof entry === 'string' ? { [key]: entry } : entry)) : list;
};

const status = () =>
  leaf('a status such as 200 or "200-299"', (value): readonly [number, number] | ReturnType<typeof wrong> | null => {
    if (typeof value !== 'number' && typeof value !== 'string') return null;
    const parts = /^(\d{3})(?:\s*-\s*(\d{3}))?$/.exec(String(value).trim());
    const [low, high] = [Number(parts?.[1]), Number(parts?.[2] ?? parts?.[1])];
    if (!parts || low < 100 || high > 599 || low > high)
      return wrong(`must be a status from 100 to 599 or a range such as "200-299", not ${quoted(value)}`);
    return [low, high];
  });
export const statuses = () => z.preprocess(oneOrMore, z.array(status()).min(1).max(20)).prefault(['200-299']);

const long = () => text(10_000, { lines: true });
export const textAssertionSchema = z.strictObject({
  contains: documented(long().optional(), 'Text that must occur.', 'not asked'),
  lacks: documented(long().optional(), 'Text that must not occur.', 'not asked'),
  matches: documented(pattern().optional(), 'Regular expression (RE2) that must match somewhere.', 'not asked'),
});
export const headerAssertionSchema = z.strictObject({
  name: documented(text(200), 'Header, in any case.'),
  equals: documented(text(10_000).optional(), 'The whole value.', 'not asked'),
  contains: documented(text(10_000).optional(), 'Text that must occur in it.', 'not asked'),
  matches: documented(pattern().optional(), 'Regular expression (RE2) that must match somewhere in it.', 'not asked'),
});
const jsonScalar = () =>
  z.unknown().transform((value, context): string | number | boolean | null => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    context.issues.push({ code: 'custom', message: `must be text, a number, true, false or null, not ${nameOf(value)}`, input: value });
    return z.NEVER;
  });
export const jsonAssertionSchema = z.strictObject({
  path: documented(jsonPath(), 'JSON path (RFC 9535). Alone: at least one value must be there.'),
  equals: documented(jsonScalar().optional(), 'What the first value must be; quotes make the difference between 5 and "5".', 'not asked'),
  matches: documented(pattern().optional(), 'Regular expression (RE2) that the first value as text must match.', 'not asked'),
});
export const textAssertions = () => z.preprocess(entries('contains'), z.array(textAssertionSchema).max(20)).prefault([]);
export const headerAssertions = () => z.preprocess(entries('name'), z.array(headerAssertionSchema).max(20)).prefault([]);
export const jsonAssertions = () => z.preprocess(entries('path'), z.array(jsonAssertionSchema).max(20)).prefault([]);

export const tlsFields = {
  verify: documented(flag().prefault(true), 'Whether chain, name and dates of the certificate are judged. Off is shown to operators.'),
  expires_in_days: documented(
    wholeNumber(0, 3_650).prefault(0),
    'Fail when the certificate is valid for fewer days than this; 0 waits until it has expired. A failure is downtime, so use it on a component that is not critical.',
  ),
};
