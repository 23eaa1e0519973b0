/** The one way to the sentences of a page. A language without words of its own speaks English. */

import { ar } from './ar/words.ts';
import { de } from './de/words.ts';
import { en, type Words } from './en/words.ts';
import { es } from './es/words.ts';
import { fr } from './fr/words.ts';
import { ja } from './ja/words.ts';

const languages: ReadonlyMap<string, Words> = new Map([
  ['en', en],
  ['de', de],
  ['es', es],
  ['fr', fr],
  ['ja', ja],
  ['ar', ar],
]);

/** `lang` as in the `lang` attribute, e.g. `en` or `de-AT`. */
export const wordsOf = (lang: string): Words => languages.get(lang) ?? languages.get(lang.split('-')[0] ?? '') ?? en;
