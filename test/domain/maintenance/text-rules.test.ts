import { describe, expect, test } from 'vitest';
import { readText, sameName } from '#domain/maintenance/text-rules.ts';
import { isAdjudicated } from '#domain/sla/credit.ts';
import { isApproved } from '#domain/sla/override.ts';

/** Written as escapes: nobody could read them otherwise. */
const UNSEEN = [
  ['a zero width space', 'A\u200bnn'],
  ['a zero width joiner at the end', 'Ann\u200d'],
  ['a word joiner', '\u2060Ann'],
  ['a soft hyphen', 'An\u00adn'],
  ['a Hangul filler', 'Ann\u3164'],
  ['a variation selector', 'Ann\ufe0f'],
  ['a tag', 'Ann\u{e0041}'],
  ['a mark of direction', 'Ann\u200f'],
  ['wide letters', '\uff21nn'],
  ['spaces', ' A n\u00a0n '],
  ['nothing', ''],
  ['nothing but unseen letters', '\u200b\u2060'],
  ['an empty Braille cell', '\u2800'],
] as const;

describe('names', () => {
  test.each(UNSEEN)('%s makes nobody a second person', (_what, name) => {
    const signed = { author: 'Ann', approvedBy: name, reason: 'Why.', evidence: 'A log.' };
    expect(sameName('Ann', name)).toBe(true);
    expect([isApproved(signed), isAdjudicated({ ...signed, id: 'a', decision: 'met' })]).toEqual([false, false]);
  });
  test('another letter, or an accent, is another person', () => {
    expect([sameName('Ann', 'Anna'), sameName('P\u00e5l', 'Pal'), sameName('\u674e', '\u674e\u660e')]).toEqual([false, false, false]);
  });
});

describe('texts', () => {
  test('of which nobody sees anything are empty', () => {
    for (const text of ['', ' \n', '\u200b', '\u2800\u3164'])
      for (const kind of ['title', 'author', 'reason', 'body'] as const)
        expect(readText(kind, text)).toMatchObject({ code: 'bad_text', message: expect.stringContaining('is empty') });
    expect(readText('title', '\ud83d\udc68\u200d\ud83d\udcbb')).toBe('\ud83d\udc68\u200d\ud83d\udcbb');
  });
  test('marks that turn the direction of a line are refused, names in scripts that run to the left are not', () => {
    for (const mark of ['\u202e', '\u202a', '\u2066', '\u2069'])
      for (const kind of ['title', 'author', 'reason', 'body'] as const)
        expect(readText(kind, `before ${mark} after`)).toMatchObject({ code: 'bad_text' });
    expect(readText('author', '\u05d3\u05e0\u05d4')).toBe('\u05d3\u05e0\u05d4');
  });
});
