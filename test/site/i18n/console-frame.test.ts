/** What stands above a form of the console that came back. */
import { expect, test } from 'vitest';
import { frame } from '#site/i18n/console/frame.ts';

test.each([
  [{ name: 'a' }, 'One field needs another look.'],
  [{ name: 'a', slug: 'b' }, '2 fields need another look.'],
  [{ check: 'one\nand another' }, 'One field needs another look, for 2 reasons.'],
  [{ name: 'a', check: 'one\nand another' }, '2 fields need another look, for 3 reasons.'],
  [{}, 'This cannot be done as it stands.'],
])('above a form the sentence counts fields, and reasons where they are more: %o', (faults, sentence) => {
  expect(frame.faults(faults)).toBe(sentence);
});
