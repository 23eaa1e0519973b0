/**
 * The languages that pages speak, and which of them a reader gets: the one in the address (`?lang=`), else the first of the reader's
 * own (RFC 9110 12.5.4) that Avow has, else English. Pure. words.ts has the words of each.
 */

/** Tag → what its speakers call it. The first is spoken to whoever asked for none of them. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  ar: 'العربية',
} as const satisfies Record<string, string>;
export type Lang = keyof typeof LANGUAGES;
export const DEFAULT_LANG: Lang = 'en';

/**
 * Of languages whose times and numbers are not formatted as Intl does for the bare tag: 24-hour clock and day before month, as the rest of
 * the page writes them; Arabic with the digits that stand in the figures, which are cut off and never written by a formatter. Scripts for
 * the browser get this table too.
 */
export const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', ar: 'ar-u-nu-latn' };
export const localeOf = (lang: string): string => LOCALES[lang] ?? lang;

export const isLang = (tag: string): tag is Lang => Object.hasOwn(LANGUAGES, tag);

/** "de-AT" is answered in "de". */
const spoken = (range: string): Lang | null => {
  const [primary = ''] = range.trim().toLowerCase().split('-');
  return isLang(primary) ? primary : null;
};

const preferred = (header: string): Lang => {
  const wishes = header.split(',').map((part, order) => {
    const [range = '', ...parameters] = part.split(';');
    const q = parameters.map((one) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/i.exec(one)?.[1]).find((value) => value !== undefined);
    return { lang: spoken(range), weight: q === undefined ? 1 : Number(q), order };
  });
  const best = wishes.filter(({ lang, weight }) => lang !== null && weight > 0).sort((a, b) => b.weight - a.weight || a.order - b.order)[0];
  return best?.lang ?? DEFAULT_LANG;
};

/** Readers send the same few headers; what they mean is worked out once. */
const known = new Map<string, Lang>();
const MOST_KNOWN = 512;
const LONGEST = 256;

/** The language for an Accept-Language field; null: there was none. */
export const negotiate = (header: string | null): Lang => {
  if (header === null) return DEFAULT_LANG;
  const before = known.get(header);
  if (before) return before;
  const lang = preferred(header.slice(0, LONGEST));
  if (known.size < MOST_KNOWN && header.length <= LONGEST) known.set(header, lang);
  return lang;
};
