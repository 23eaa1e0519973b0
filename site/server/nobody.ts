/** What stands around a document of which nothing is known, not even whose it is: the last resort of its presenter. */
import { NO_BRAND } from '#monitor/config/page.ts';
import { DEFAULT_LANG } from '../i18n/languages.ts';
import { aroundBrand } from './brand-documents.ts';
import type { PageLocals } from './prepared.ts';

export const nobodysChrome = (asOf: number): PageLocals['chrome'] => ({
  pageName: 'Status',
  pageUrl: null,
  zone: 'UTC',
  support: [],
  brand: aroundBrand(NO_BRAND),
  frame: null,
  lang: DEFAULT_LANG,
  asked: false,
  path: '/',
  origin: '',
  generatedAtMs: asOf,
  staleSinceMs: null,
});
