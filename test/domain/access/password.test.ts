/** Which passwords are taken, and what is said of the others. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMON_PASSWORDS } from '#domain/access/common-passwords.ts';
import { readEmail } from '#domain/access/email.ts';
import { judgePassword } from '#domain/access/password.ts';
import { isRefusal } from '#domain/refusal.ts';

const owner = { email: 'ada.holm@harbour.example.com', name: 'Ada Holm' };
const says = (password: string): string => judgePassword(password, owner)?.message ?? 'taken';

describe('a password', () => {
  it.each([
    'seven otters in the rain',
    'korrekt pferd batterie',
    '长长的密码也可以用的呀对吗',
    '            x',
    'twelve chars',
    `${'a'.repeat(100)}correct horse`,
  ])('"%s" is taken: no rule asks for capitals or digits', (password) => {
    expect(says(password)).toBe('taken');
  });
  it.each([
    ['eleven char', /11 characters. Take at least 12/],
    ['', /0 characters/],
    ['x'.repeat(257), /257 characters, and 256 is the most/],
    ['1qaz2wsx3edc', /first that a guesser tries/],
    ['Unbelievable', /first that a guesser tries/],
    ['aaaaaaaaaaaa', /first that a guesser tries/],
    ['abababababab', /first that a guesser tries/],
    ['123456789012', /first that a guesser tries/],
    ['lkjihgfedcba', /first that a guesser tries/],
    ['my avow console', /name of Avow/],
    ['i am HOLM the great', /own name or address/],
    ['for Example so long', /own name or address/],
    ['ada.holm@harbour.example.com', /own name or address/],
  ])('"%s" is not taken, in a sentence that says what would be right', (password, sentence) => {
    expect(says(password)).toMatch(sentence);
  });
  it('counts characters, not bytes', () => {
    expect(says('🦊🐢🦉🐙🦀🐳🦔🐝🦋🐌🐞')).toMatch(/11 characters/);
    expect(says('🦊🐢🦉🐙🦀🐳🦔🐝🦋🐌🐞🦜')).toBe('taken');
  });
  it('is never repeated in what is said of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 300, unit: 'binary' }), (password) => {
        expect(says(password)).not.toContain(password);
      }),
    );
  });
  it('is held against the long ones of the list that many use, whole', () => {
    const entry = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common');
    const all = JSON.parse(readFileSync(join(dirname(entry), '../src/passwords.json'), 'utf8')) as readonly string[];
    const long = new Set(all.map((word) => word.toLowerCase()).filter((word) => [...word].length >= 12));
    expect(COMMON_PASSWORDS).toEqual(long);
  });
});

describe('an address to sign in with', () => {
  it.each([
    [' Ada@Example.COM ', 'ada@example.com'],
    ["o'brien+x@mail.example.co.uk", "o'brien+x@mail.example.co.uk"],
  ])('"%s" is read as %s', (given, read) => {
    expect(readEmail(given)).toBe(read);
  });
  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@localhost',
    'a b@example.com',
    'ada@exam\nple.com',
    'ada@-x.com',
    'ada@x..com',
    '.a@x.com',
    'a..b@x.com',
    '"a"@x.com',
    'ådå@example.com',
    `${'a'.repeat(65)}@x.com`,
    `a@${'x.'.repeat(130)}com`,
  ])('%j is none', (given) => {
    expect(isRefusal(readEmail(given))).toBe(true);
  });
  it('is judged quickly, whatever comes', () => {
    fc.assert(fc.property(fc.string({ maxLength: 5_000, unit: 'binary' }), (given) => void readEmail(given)));
    expect(isRefusal(readEmail(`${'a.'.repeat(50_000)}@x.com`))).toBe(true);
  });
});
