/**
 * What an answer must look like, and the first way in which it does not. Pure: patterns and JSON paths come in already
 * compiled (`Matchers`, see monitor/probe/matchers.ts), so that this room depends on no library. Details are sentences
 * and quote at most 80 cleaned characters of what the target said.
 */
import type { HeaderAssertion, JsonAssertion, TextAssertion } from './check-definition.ts';
import { excerpt } from './excerpt.ts';
import type { Reason } from './reason.ts';

/** Compilers of the two small languages. Both throw an Error with a sentence for a source they cannot take. */
export interface Matchers {
  /** RE2: linear in the text. Null: not in the part that could be searched in the time one check may take. */
  pattern(source: string): (text: string) => boolean | null;
  /** RFC 9535: the values of the nodes selected, in order. Throws a `TooCostly` sentence when the document is too deep or too big. */
  path(source: string): (document: unknown) => readonly unknown[];
}

/** One thing that an answer had to be, by its key in the file (`expect.body[0]`): whether it was; null: it was not judged. */
export interface AssertionOutcome {
  readonly key: string;
  readonly held: boolean | null;
  /** A sentence where it was not; else empty. */
  readonly detail: string;
}

export interface Mismatch {
  readonly reason: Reason;
  readonly detail: string;
}

/** A body or reply, as far as it was read. */
export interface Text {
  readonly text: string;
  /** More came than was read: absence proves nothing. */
  readonly truncated: boolean;
}

export type TextJudge = (subject: Text) => Mismatch | null;
export type HeaderJudge = (header: (lowerCaseName: string) => string | null) => Mismatch | null;
export type JsonJudge = (document: unknown) => Mismatch | null;

const quoted = (text: string): string => `"${excerpt(text, 60)}"`;
const tooLarge = (what: string): Mismatch => ({
  reason: 'too_large',
  detail: `The part of the answer that was read does not settle whether ${what}; the rest was not read.`,
});

const tooCostly = (pattern: string): Mismatch => ({
  reason: 'too_large',
  detail: `The answer is too long to be searched for ${quoted(pattern)} to its end; a pattern with smaller repeat counts reaches further.`,
});

/** Judges one text; `missing` is the reason for text that should be there (`text_missing` in a body, `reply_mismatch` in a TCP reply). */
export const textJudge = (assertion: TextAssertion, matchers: Matchers, missing: Reason = 'text_missing'): TextJudge => {
  const { contains, lacks, matches } = assertion;
  const test = matches === undefined ? null : matchers.pattern(matches);
  return ({ text, truncated }) => {
    if (lacks !== undefined && text.includes(lacks))
      return { reason: 'text_forbidden', detail: `The answer contains ${quoted(lacks)}, which it must not.` };
    if (contains !== undefined && !text.includes(contains)) {
      if (truncated) return tooLarge(`it contains ${quoted(contains)}`);
      return { reason: missing, detail: `The answer does not contain ${quoted(contains)}; it begins ${quoted(text)}.` };
    }
    const found = test ? test(text) : true;
    if (found === null) return tooCostly(matches ?? '');
    if (!found) {
      if (truncated) return tooLarge(`it matches ${quoted(matches ?? '')}`);
      const reason = missing === 'text_missing' ? 'pattern_mismatch' : missing;
      return { reason, detail: `The answer does not match ${quoted(matches ?? '')}; it begins ${quoted(text)}.` };
    }
    return lacks !== undefined && truncated ? tooLarge(`it lacks ${quoted(lacks)}`) : null;
  };
};

/** Judges one header by its value as received; several of one name are joined by ", ". */
export const headerJudge = (assertion: HeaderAssertion, matchers: Matchers): HeaderJudge => {
  const { name, equals, contains, matches } = assertion;
  const test = matches === undefined ? null : matchers.pattern(matches);
  const key = name.toLowerCase();
  const no = (detail: string): Mismatch => ({ reason: 'header_mismatch', detail });
  return (header) => {
    const value = header(key);
    if (value === null) return no(`The answer has no header ${excerpt(name)}.`);
    const is = `The header ${excerpt(name)} is ${quoted(value)}`;
    if (equals !== undefined && value !== equals) return no(`${is}, not ${quoted(equals)}.`);
    if (contains !== undefined && !value.includes(contains)) return no(`${is} and does not contain ${quoted(contains)}.`);
    const found = test ? test(value) : true;
    if (found === null) return tooCostly(matches ?? '');
    return found ? null : no(`${is} and does not match ${quoted(matches ?? '')}.`);
  };
};

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));

/** Judges one JSON path by its first node; without `equals` and `matches` a node must exist. */
export const jsonJudge = (assertion: JsonAssertion, matchers: Matchers): JsonJudge => {
  const { path, equals, matches } = assertion;
  const select = matchers.path(path);
  const test = matches === undefined ? null : matchers.pattern(matches);
  const no = (detail: string): Mismatch => ({ reason: 'json_mismatch', detail });
  return (document) => {
    let nodes: readonly unknown[];
    try {
      nodes = select(document);
    } catch (cause) {
      return { reason: 'too_large', detail: `The JSON cannot be searched for ${quoted(path)}: ${excerpt((cause as Error).message)}` };
    }
    if (nodes.length === 0) return no(`The JSON has nothing at ${quoted(path)}.`);
    const first = nodes[0];
    if (equals !== undefined && first !== equals)
      return no(`The JSON has ${quoted(shown(first))} at ${quoted(path)}, not ${quoted(shown(equals))}.`);
    const found = test ? test(shown(first)) : true;
    if (found === null) return tooCostly(matches ?? '');
    return found ? null : no(`The JSON has ${quoted(shown(first))} at ${quoted(path)}, which does not match.`);
  };
};

export type StatusRange = readonly [number, number];

/** Judges a status by inclusive ranges; no range at all takes every status. */
export const judgeStatus = (status: number, expected: readonly StatusRange[]): Mismatch | null => {
  if (expected.length === 0 || expected.some(([low, high]) => low <= status && status <= high)) return null;
  const wanted = expected.map(([low, high]) => (low === high ? `${low}` : `${low} to ${high}`)).join(' or ');
  return { reason: 'status_unexpected', detail: `The server answered with status ${status}; ${wanted} was expected.` };
};
