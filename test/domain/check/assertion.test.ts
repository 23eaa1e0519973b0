import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerJudge, jsonJudge, judgeStatus, textJudge } from '#domain/check/assertion.ts';
import { excerpt } from '#domain/check/excerpt.ts';
import { REASONS } from '#domain/check/reason.ts';
import { assertSearchable, matchers } from '#monitor/probe/matchers.ts';

const whole = (text: string) => ({ text, truncated: false });
const part = (text: string) => ({ text, truncated: true });

test('text that must be there and is not is missing, and the sentence quotes what came instead', () => {
  const judge = textJudge({ contains: 'all is well' }, matchers);
  expect(judge(whole('today all is well'))).toBeNull();
  expect(judge(whole('maintenance'))).toEqual({
    reason: 'text_missing',
    detail: 'The answer does not contain "all is well"; it begins "maintenance".',
  });
});

test('text that must not be there and is, is forbidden', () => {
  const judge = textJudge({ lacks: 'Fatal error' }, matchers);
  expect(judge(whole('hello'))).toBeNull();
  expect(judge(whole('PHP Fatal error: x'))?.reason).toBe('text_forbidden');
});

test('a pattern is searched anywhere, and is RE2: no look-around, no back reference', () => {
  const judge = textJudge({ matches: '^v\\d+\\.\\d+$|ready in \\d+ ms' }, matchers);
  expect(judge(whole('server ready in 12 ms.'))).toBeNull();
  expect(judge(whole('not ready'))?.reason).toBe('pattern_mismatch');
  expect(() => textJudge({ matches: '(?=x)' }, matchers)).toThrow();
  expect(() => textJudge({ matches: '(a)\\1' }, matchers)).toThrow();
});

test('a pattern that would take a backtracking engine for ever ends', () => {
  const judge = textJudge({ matches: '^(a+)+$' }, matchers);
  expect(judge(whole(`${'a'.repeat(5_000)}!`))?.reason).toBe('pattern_mismatch');
});

test('a pattern too costly to be searched to the end of an answer proves nothing about it, wherever it is asked', () => {
  const matches = '(?i)[a-z]{1,200}!';
  const long = 'a'.repeat(100_000);
  const reasons = [
    textJudge({ matches }, matchers)(whole(long)),
    headerJudge({ name: 'x', matches }, matchers)(() => long),
    jsonJudge({ path: '$.a', matches }, matchers)({ a: long }),
  ].map((mismatch) => mismatch?.reason);
  expect(reasons).toEqual(['too_large', 'too_large', 'too_large']);
});

test('of an answer that was read in part, presence is proof and absence is not', () => {
  expect(textJudge({ contains: 'x' }, matchers)(part('axb'))).toBeNull();
  expect(textJudge({ contains: 'x' }, matchers)(part('ab'))?.reason).toBe('too_large');
  expect(textJudge({ lacks: 'x' }, matchers)(part('axb'))?.reason).toBe('text_forbidden');
  expect(textJudge({ lacks: 'x' }, matchers)(part('ab'))?.reason).toBe('too_large');
  expect(textJudge({ matches: 'x' }, matchers)(part('ab'))?.reason).toBe('too_large');
});

test('a header is compared without case in its name and with case in its value', () => {
  const header = (name: string) => (name === 'x-build' ? 'Blue 42' : null);
  expect(headerJudge({ name: 'X-Build', equals: 'Blue 42' }, matchers)(header)).toBeNull();
  expect(headerJudge({ name: 'x-build', contains: '42', matches: '^Blue' }, matchers)(header)).toBeNull();
  expect(headerJudge({ name: 'x-build', equals: 'blue 42' }, matchers)(header)?.detail).toBe(
    'The header x-build is "Blue 42", not "blue 42".',
  );
  expect(headerJudge({ name: 'Server' }, matchers)(header)).toEqual({
    reason: 'header_mismatch',
    detail: 'The answer has no header Server.',
  });
});

test('a JSON path compares the first node, and without a wish wants one to exist', () => {
  const document = {
    status: 'green',
    parts: [
      { name: 'db', up: true, lag: 0 },
      { name: 'web', up: false, lag: null },
    ],
  };
  expect(jsonJudge({ path: '$.status', equals: 'green' }, matchers)(document)).toBeNull();
  expect(jsonJudge({ path: '$.parts[?@.name=="web"].up', equals: false }, matchers)(document)).toBeNull();
  expect(jsonJudge({ path: '$.parts[1].lag', equals: null }, matchers)(document)).toBeNull();
  expect(jsonJudge({ path: '$..lag' }, matchers)(document)).toBeNull();
  expect(jsonJudge({ path: '$.parts[0].lag', equals: '0' }, matchers)(document)?.detail).toBe(
    'The JSON has "0" at "$.parts[0].lag", not "0".',
  );
  expect(jsonJudge({ path: '$.nothing' }, matchers)(document)?.reason).toBe('json_mismatch');
  expect(jsonJudge({ path: '$.status', matches: '^gr' }, matchers)(document)).toBeNull();
  expect(jsonJudge({ path: '$.status', matches: '^red' }, matchers)(document)?.reason).toBe('json_mismatch');
});

test('a JSON path that could cost more than it is worth is refused when it is configured', () => {
  for (const path of ['$..a..b', '$[?match(@.a, "x")]', '$[?search(@.a, "x")]', `$${'.a'.repeat(300)}`, 'status', '$['])
    expect(() => jsonJudge({ path }, matchers), path).toThrow();
  expect(() => jsonJudge({ path: "$['match(x)']['..']" }, matchers)).not.toThrow();
});

test('a document deeper than 64 levels or with more than 20,000 values is not searched', () => {
  const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
  expect(() => assertSearchable(deep(64))).not.toThrow();
  expect(() => assertSearchable(deep(66))).toThrow('deeper than 64 levels');
  expect(() => assertSearchable(Array(19_999).fill(0))).not.toThrow();
  expect(() => assertSearchable(Array(20_001).fill(0))).toThrow('more than 20000 values');
});

test('a status is judged by inclusive ranges', () => {
  expect(judgeStatus(200, [[200, 299]])).toBeNull();
  expect(judgeStatus(299, [[200, 299]])).toBeNull();
  expect(
    judgeStatus(300, [
      [200, 299],
      [404, 404],
    ])?.detail,
  ).toBe('The server answered with status 300; 200 to 299 or 404 was expected.');
  expect(judgeStatus(503, [])).toBeNull();
});

test('an excerpt is never longer than its limit, is one line, and hides nothing', () => {
  expect(excerpt('a\u202Eb\u0000c\r\nd\u200Be')).toBe('a b c d e');
  expect(excerpt('x'.repeat(81))).toBe(`${'x'.repeat(79)}…`);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), fc.integer({ min: 2, max: 120 }), (text, limit) => {
      const out = excerpt(text, limit);
      return [...out].length <= limit && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(out);
    }),
    { seed: Number(process.env['AVOW_TEST_SEED'] ?? 20_260_701) },
  );
});

test('no assertion throws or runs on for any text a target may send', () => {
  const judges = [
    textJudge({ contains: 'a', lacks: 'zz', matches: '(x|y)*z' }, matchers),
    textJudge({ matches: '\\p{L}+\\s' }, matchers, 'reply_mismatch'),
  ];
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 4_000 }), fc.boolean(), (text, truncated) => {
      for (const judge of judges) {
        const mismatch = judge({ text, truncated });
        if (mismatch && (!(mismatch.reason in REASONS) || mismatch.detail.length > 250)) return false;
      }
      return true;
    }),
    { seed: Number(process.env['AVOW_TEST_SEED'] ?? 20_260_701) },
  );
});

test('no JSON document makes a path throw', () => {
  const judges = ['$.a', '$..b', '$[?@.a > 1]', '$[0:10:2]', '$.*[0]'].map((path) => jsonJudge({ path, equals: 1 }, matchers));
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (document) =>
      judges.every((judge) => (judge(document)?.reason ?? 'json_mismatch') === 'json_mismatch'),
    ),
    { seed: Number(process.env['AVOW_TEST_SEED'] ?? 20_260_701) },
  );
});
