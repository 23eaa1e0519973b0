/**
 * The two small languages of assertions, compiled: RE2 patterns (re2js: linear in the text, no backtracking) and RFC
 * 9535 JSON paths. Both are given by ops and run on what a target chose to send, so both are bounded: a document deeper
 * than 64 or with more than 20,000 values is not searched, a path may descend (`..`) at most once, may not begin again at
 * the root inside a filter (every value times every value) and may not use the regular-expression functions of JSONPath,
 * which run on the backtracking engine; a search takes a bounded number of steps.
 */
import { query } from 'jsonpath-rfc9535';
import { RE2JS } from 're2js';
import type { Matchers } from '#domain/check/assertion.ts';

const MAX_DEPTH = 64;
const MAX_VALUES = 20_000;
const MAX_PATH = 512;
/**
 * Steps of one search: instructions of the pattern × characters of the text. A step took 30 ns at most, so this is a quarter of
 * a second: shorter than the stall at which every check in flight would be thrown away. `(?i)[a-z]{1,200}!` over a whole body
 * of the target's choosing took 2.7 s and so made all other targets unknown.
 */
const MAX_STEPS = 8_000_000;

/** Throws when `document` is deeper or larger than may be searched. Without recursion: depth is what it guards. */
export const assertSearchable = (document: unknown): void => {
  let level: unknown[] = [document];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new Error(`it is nested deeper than ${MAX_DEPTH} levels`);
    values += level.length;
    if (values > MAX_VALUES) throw new Error(`it holds more than ${MAX_VALUES} values`);
    const next: unknown[] = [];
    for (const value of level) if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) next.push(inner);
    level = next;
  }
};

const withoutStrings = (path: string): string => path.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");

export const matchers: Matchers = {
  pattern(source) {
    const compiled = RE2JS.compile(source);
    const most = Math.floor(MAX_STEPS / compiled.programSize());
    return (text) => {
      if (text.length <= most) return compiled.matcher(text).find();
      const matcher = compiled.matcher(text.slice(0, most));
      // What ends at the cut may owe its end to the cut.
      return matcher.find() && matcher.end() < most ? true : null;
    };
  },
  path(source) {
    if (source.length > MAX_PATH) throw new Error(`a JSON path may have ${MAX_PATH} characters at most`);
    const bare = withoutStrings(source);
    if (/\b(?:match|search)\s*\(/.test(bare))
      throw new Error('the functions match() and search() are not available in a JSON path; use "matches" beside it');
    if (bare.split('..').length > 2) throw new Error('a JSON path may descend (..) only once');
    if (bare.split('$').length > 2) throw new Error('a JSON path may name the root ($) only at its beginning');
    query(null, source);
    return (document) => query(document as Parameters<typeof query>[0], source);
  },
};
