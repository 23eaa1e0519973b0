/** Addresses of our own pages: whoever reads in a language that the address names goes on reading in it. */
import type { Lang } from './i18n/languages.ts';

/** The address of the same page in a language, by name. */
export const langHref = (path: string, lang: Lang): string => {
  const [address = '', fragment] = path.split('#');
  return `${address}${address.includes('?') ? '&' : '?'}lang=${lang}${fragment === undefined ? '' : `#${fragment}`}`;
};

/**
 * A page whose address names its language, with the links to our other pages naming it too. Looks at attributes only: text in a page
 * never holds a quotation mark of its own, it is escaped.
 */
export const linksIn = (html: string, lang: Lang): string =>
  html.replaceAll(
    / href="(\/(?!\/|_astro\/|api\/|admin)[^"?#.]*)((?:#[^"]*)?)"/g,
    (_, path: string, fragment: string) => ` href="${langHref(path, lang)}${fragment}"`,
  );

/** `path` as a page links to it. `chrome`: what the page was asked with. */
export const hrefFrom = ({ lang, asked }: { readonly lang: Lang; readonly asked: boolean }, path: string): string =>
  asked ? langHref(path, lang) : path;

/** Forms in which feeds are offered, the usual one first: `/feed.EXT`, `/incidents.EXT`, `/maintenance.EXT`, `/releases.EXT`. */
export const FEEDS = [
  { name: 'Atom', ext: 'atom', type: 'application/atom+xml' },
  { name: 'RSS', ext: 'rss', type: 'application/rss+xml' },
  { name: 'JSON Feed', ext: 'json', type: 'application/feed+json' },
] as const;

/** The picture that stands for a page where a link to it is shown as a card. */
export const OG_IMAGE = '/og.png';
