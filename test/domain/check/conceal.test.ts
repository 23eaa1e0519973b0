import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conceal } from '#domain/check/conceal.ts';
import { excerpt } from '#domain/check/excerpt.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20_261_123);

describe('a sentence about an answer', () => {
  test('does not repeat a secret that the target sent back', () => {
    expect(conceal('The answer begins "Bearer s3cr3t-token".', ['s3cr3t-token'])).toBe('The answer begins "Bearer •••".');
  });
  test('nor its beginning where the quotation was cut off', () => {
    expect(conceal('The answer begins "key=s3cr3t-to…".', ['s3cr3t-token'])).toBe('The answer begins "key=•••…".');
  });
  test('nor the way in which a URL or JSON spells it', () => {
    expect(conceal('The redirect to "/?k=a%2Fb%3Dc" …', ['a/b=c'])).toBe('The redirect to "/?k=•••" …');
    expect(conceal('It begins "{"k":"say \\"hi\\""}".', ['say "hi"'])).toBe('It begins "{"k":"•••"}".');
  });
  test('the longer of two secrets goes first, so that no end of it remains', () => {
    expect(conceal('abcd-efgh', ['abcd', 'abcd-efgh'])).toBe('•••');
  });
  test('says everything else as it was, and three characters are no secret', () => {
    expect(conceal('The server answered with status 503; 200 was expected.', ['503', 'unrelated'])).toBe(
      'The server answered with status 503; 200 was expected.',
    );
  });
  test('law: whatever surrounds a secret and wherever it is cut, five of its first characters are never read', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_-]{8,60}$/);
    fc.assert(
      fc.property(secret, fc.string({ maxLength: 50 }), fc.string({ maxLength: 80 }), (hidden, before, after) => {
        const known = before.includes(hidden.slice(0, 5)) || after.includes(hidden.slice(0, 5));
        const told = conceal(`It begins "${excerpt(before + hidden + after, 60)}".`, [hidden]);
        return known || !told.includes(hidden.slice(0, 5));
      }),
      { seed, numRuns: 3_000 },
    );
  });
});
