/** What is not here: for people a page in their language, for everybody else a sentence. */
import type { Lang } from '../i18n/languages.ts';
import { sendReady } from './answer.ts';
import { type Ask, spokenIn } from './ask.ts';
import { prepareNotFound } from './page-presenter.ts';
import type { PageStore } from './page-store.ts';
import { type Ready, ready } from './prepare.ts';
import type { Renderer } from './prepared.ts';
import type { HeaderPairs } from './security-headers.ts';
import type { Voice } from './voice.ts';

export interface NotHere {
  plain(ask: Ask): void;
  answer(ask: Ask): Promise<void>;
}

export const notHereOf = (pages: PageStore, renderer: Renderer | null, always: HeaderPairs, { refuse }: Voice): NotHere => {
  const drawn = notFoundPage(pages, renderer, always);
  const plain = (ask: Ask): void => refuse(ask, 404, 'Nothing has this address. The current status is at /.');
  return {
    plain,
    async answer(ask) {
      const page = ask.head.accept?.includes('text/html') ? await drawn(spokenIn(ask)) : null;
      if (page) sendReady(ask.response, page, ask.head, ask.bodyless);
      else plain(ask);
    },
  };
};

/** The renderer's page for what does not exist, drawn again when the page's name or zone changes. */
const notFoundPage = (pages: PageStore, renderer: Renderer | null, always: HeaderPairs): ((lang: Lang) => Promise<Ready | null>) => {
  const drawn = new Map<Lang, { readonly key: string; readonly page: Promise<Ready | null> }>();
  return (lang) => {
    // No page of the navigation is here.
    const chrome = pages.chrome({ lang, asked: false, path: '/404' });
    const key = JSON.stringify([chrome.pageName, chrome.pageUrl, chrome.zone, chrome.support, chrome.brand, chrome.frame]);
    const before = drawn.get(lang);
    if (before?.key === key) return before.page;
    const page = prepareNotFound(renderer, chrome).then((prepared) => prepared && ready(prepared, always));
    drawn.set(lang, { key, page });
    return page;
  };
};
