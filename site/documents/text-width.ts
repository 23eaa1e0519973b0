/**
 * How wide a line of text is at most, before anybody has chosen a font: in thousandths of the size of the letters. Wide enough for Verdana,
 * the widest of those that badges are drawn with; the drawing then fits the text to it, so that it is never cut off.
 */

const NARROW = /[ijl.,:;'|!I()[\]]/;
const MIDDLE = /[ftr\-\s/\\"*]/;
const WIDE = /[mwMW@%]/;

const widthOf = (character: string): number => {
  if (/\p{M}|\p{Cf}/u.test(character)) return 0;
  if (/[\u0020-\u007e]/.test(character)) {
    if (NARROW.test(character)) return 400;
    if (MIDDLE.test(character)) return 480;
    if (WIDE.test(character)) return 1_080;
    return /[A-Z]/.test(character) ? 720 : 620;
  }
  return /\p{L}/u.test(character) && (character.codePointAt(0) as number) < 0x1100 ? 720 : 1_100;
};

/** In px for letters of `size` px. */
export const textWidth = (text: string, size: number): number =>
  Math.ceil(([...text].reduce((sum, character) => sum + widthOf(character), 0) * size) / 1_000);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text, or as much of its beginning as fits with an ellipsis; no character of a reader's is cut in two. */
export const fitted = (text: string, size: number, most: number): string => {
  if (textWidth(text, size) <= most) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (textWidth(`${kept}${segment}…`, size) > most) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
};
