/** What stands around a page or document of which nothing is known, not even whose it is. */
import { NO_BRAND } from '#monitor/config/page.ts';
import { DEFAULT_LANG } from '../i18n/languages.ts';
import { aroundBrand } from './brand-documents.ts';
import type { Around, PageLocals } from './prepared.ts';

export const NOBODY: Around = {
  pageName: 'Status',
  pageUrl: null,
  zone: 'UTC',
  support: [],
  brand: aroundBrand(NO_BRAND),
  frame: null,
};

/** The last resort of a presenter. */
export const nobodysChrome = (asOf: number): PageLocals['chrome'] => ({
  ...NOBODY,
  lang: DEFAULT_LANG,
  asked: false,
  path: '/',
  origin: '',
  generatedAtMs: asOf,
  staleSinceMs: null,
});
