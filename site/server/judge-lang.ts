/** The language of a document that is asked for one by its address alone. */
import { isLang, LANGUAGES } from '../i18n/languages.ts';
import type { BadParameter } from './prepared.ts';

/** What is wrong with `?lang=`; null: nothing, or it is not given. */
export const judgeLang = ({ lang }: Readonly<Record<string, string>>): BadParameter | null =>
  lang === undefined || isLang(lang)
    ? null
    : { parameter: 'lang', message: `"lang" must be one of ${Object.keys(LANGUAGES).join(', ')}; without it the words are English.` };
