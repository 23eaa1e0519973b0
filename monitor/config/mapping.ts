/**
 * A mapping of the file against its schema: every key on its own, so that one bad key hides no other, and what is good
 * comes out even when something is not. Unknown keys name the nearest known one.
 */
import { z } from 'zod';
import type { Report } from './fault.ts';
import { nameOf, quoted } from './leaf.ts';
import { nearest } from './nearest.ts';
import type { Path } from './yaml-places.ts';

/** Keys that are not known here but deserve a better answer than "unknown". */
export type KeyAdvice = Readonly<Record<string, string>>;

export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownKey = (key: string, known: readonly string[], advice: KeyAdvice = {}): string => {
  const special = Object.hasOwn(advice, key) ? advice[key] : undefined;
  if (special !== undefined) return special;
  const near = nearest(key, known);
  return near ? `is not a key of this mapping; did you mean "${near}"?` : `is not a key of this mapping; known here: ${known.join(', ')}`;
};

/** Known keys that are absent because they are written with a slip: told as unknown keys, and not once more as missing. */
export const misspelt = (raw: Readonly<Record<string, unknown>>, known: readonly string[]): ReadonlySet<string> =>
  new Set(
    Object.keys(raw)
      .map((key) => (known.includes(key) ? null : nearest(key, known)))
      .filter((key) => key !== null && !Object.hasOwn(raw, key)),
  ) as ReadonlySet<string>;

/** Keys that the file meant to write: those that are there, and those that are there with a slip. */
export const writtenKeys = (raw: unknown, known: readonly string[]): ReadonlySet<string> =>
  isMapping(raw) ? new Set([...Object.keys(raw), ...misspelt(raw, known)]) : new Set();

const notA = (form: 'mapping' | 'list', value: unknown): string => {
  const want = form === 'mapping' ? 'a mapping of keys and values' : 'a list ("- …" lines)';
  if (value === undefined) return `is missing; give ${want}`;
  return value === null ? `is empty; give ${want}, or remove it` : `must be ${want}, not ${nameOf(value)}`;
};

/** Sentences for what the library itself finds; our leaves bring their own. Unknown keys: the known ones, to be taken apart below. */
const sentence = (issue: z.core.$ZodRawIssue): string => {
  if (issue.code === 'unrecognized_keys') return issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape).join('\n') : '';
  if (issue.code === 'too_big') return `must have at most ${issue.maximum} entries; remove some`;
  if (issue.code === 'too_small') return `must have at least ${issue.minimum} ${Number(issue.minimum) === 1 ? 'entry' : 'entries'}`;
  if (issue.code === 'invalid_type') return notA(issue.expected === 'array' ? 'list' : 'mapping', issue.input);
  return 'is not understood; compare it with docs/configuration.md';
};

const reportIssues = (issues: readonly z.core.$ZodIssue[], path: Path, report: Report): void => {
  for (const issue of issues) {
    const inner = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) report([...path, ...inner, key], unknownKey(key, issue.message.split('\n')), 'key');
    else report([...path, ...inner], issue.message);
  }
};

/** One value against one schema; undefined when it is not good, faults reported. */
export const readValue = <S extends z.ZodType>(schema: S, raw: unknown, path: Path, report: Report): z.output<S> | undefined => {
  const parsed = schema.safeParse(raw, { error: sentence });
  if (parsed.success) return parsed.data;
  reportIssues(parsed.error.issues, path, report);
  return undefined;
};

/** What is good of a mapping, key by key; null when it is no mapping at all. */
export const readMapping = <S extends z.ZodRawShape>(
  schema: z.ZodObject<S>,
  raw: unknown,
  path: Path,
  report: Report,
  advice?: KeyAdvice,
): Partial<z.output<z.ZodObject<S>>> | null => {
  if (!isMapping(raw)) {
    report(path, notA('mapping', raw));
    return null;
  }
  const known = Object.keys(schema.shape);
  for (const key of Object.keys(raw)) if (!known.includes(key)) report([...path, key], unknownKey(key, known, advice), 'key');
  const slips = misspelt(raw, known);
  const mute: Report = () => {};
  const good: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const value = readValue(
      field as z.ZodType,
      Object.hasOwn(raw, key) ? raw[key] : undefined,
      [...path, key],
      slips.has(key) ? mute : report,
    );
    if (value !== undefined) good[key] = value;
  }
  return good as Partial<z.output<z.ZodObject<S>>>;
};

/** The entries of a list; reports and answers none when it is no list. Absent is an empty list. */
export const readList = (raw: unknown, path: Path, report: Report, most: number): readonly unknown[] => {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) {
    report(path, notA('list', raw));
    return [];
  }
  if (raw.length > most) report(path, `must have at most ${most} entries, not ${raw.length}; remove some`);
  return raw.slice(0, most);
};

/** Reports every later entry that repeats an earlier one. */
export const refuseRepeats = (
  words: readonly (string | undefined)[],
  place: (index: number) => Path,
  what: string,
  report: Report,
): void => {
  const first = new Map<string, number>();
  for (const [index, word] of words.entries()) {
    if (word === undefined) continue;
    const earlier = first.get(word);
    if (earlier === undefined) first.set(word, index);
    else report(place(index), `must be unique, and ${quoted(word)} is ${what} of entry ${earlier + 1} already; choose another`);
  }
};
