/**
 * Whether a JSON text names something twice in one place: parsers take the one or the other silently, so that two readers would see
 * two documents under one signature. Linear in the text.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** How many members the text writes. It is known to be JSON: a string before a colon is a name. */
const namesIn = (text: string): number => {
  let names = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== QUOTE) continue;
    for (at++; text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at++;
    let after = at + 1;
    // Of the characters up to the space, JSON has nothing but space between its tokens.
    while (text.charCodeAt(after) <= 0x20) after++;
    if (text.charCodeAt(after) === COLON) names++;
  }
  return names;
};

const membersOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const entries: readonly unknown[] = Object.values(value);
  return entries.reduce<number>((sum, one) => sum + membersOf(one), Array.isArray(value) ? 0 : entries.length);
};

/** `value`: what JSON.parse made of `text`; not nested more deeply than a report. */
export const repeatsName = (text: string, value: unknown): boolean => namesIn(text) !== membersOf(value);
