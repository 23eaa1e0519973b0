import { describe, expect, test } from 'vitest';
import { matchers } from '#monitor/probe/matchers.ts';

const READ = 229_376;

describe('a pattern', () => {
  test('of ordinary size is searched through everything that is read of an answer', () => {
    const test = matchers.pattern('"status":\\s*"(ok|up)"');
    expect(test(`${' '.repeat(READ - 20)}"status": "up"`)).toBe(true);
    expect(test(' '.repeat(READ))).toBe(false);
  });
  test('with large counts is searched as far as one check may take, and what was not found there is not known', () => {
    const test = matchers.pattern('(?i)[a-z]{1,200}!');
    expect(test(`${'a'.repeat(100)}!${' '.repeat(READ)}`)).toBe(true);
    expect(test(`${'a'.repeat(READ)}!`)).toBeNull();
    expect(test('a'.repeat(1_000))).toBe(false);
  });
  test('that ends where the search was cut off has not been found: the end of the piece is not the end of the answer', () => {
    const test = matchers.pattern('^[a-z ]*(x{1,400})?$');
    expect(test('a '.repeat(READ / 2))).toBeNull();
  });
});

describe('a JSON path', () => {
  test.each([
    ['$.a..b..c', 'a JSON path may descend (..) only once'],
    ['$[?count($[*]) > 1]', 'a JSON path may name the root ($) only at its beginning'],
    ["$[?match(@.a, 'x')]", 'the functions match() and search() are not available in a JSON path; use "matches" beside it'],
  ])('%s is refused: its cost would be the square of what a target sends', (path, sentence) => {
    expect(() => matchers.path(path)).toThrow(sentence);
  });
  test('with a dollar sign in a name is none of these', () => {
    expect(matchers.path("$['$ref']")({ $ref: 1 })).toEqual([1]);
  });
});
