/** Views as pages for one request: the same renderer and the same policy as public pages have, and nobody keeps them. */
import type { Plain } from './answer.ts';
import { PLAIN_ALLOWED, plainPage } from './plain-page.ts';
import type { ConsoleLocals, PageLocals, Renderer } from './prepared.ts';
import { pagePolicy } from './security-headers.ts';

const HTML = 'text/html; charset=utf-8';
const NOT_BUILT =
  'The pages of this installation have not been built; npm run build does it. Reports can be had as files meanwhile: add .json or .csv to the address.';

export interface LivePages {
  /** `path` is our own spelling of the route, `query` what was typed into its form. Null: the renderer has no such page. */
  show(path: string, query: string, view: object, signedIn?: ConsoleLocals): Promise<Plain | null>;
}

export const livePages = (renderer: Renderer | null, chromeOf: (path: string) => PageLocals['chrome']): LivePages => ({
  async show(path, query, view, signedIn) {
    const chrome = chromeOf(path);
    if (!renderer) {
      const body = plainPage({ title: chrome.pageName, sentences: [NOT_BUILT] });
      return { status: 200, body, type: HTML, policy: pagePolicy(PLAIN_ALLOWED) };
    }
    const answer = await renderer.render(new Request(`${chrome.origin}${path}${query === '' ? '' : `?${query}`}`), {
      view,
      chrome,
      console: signedIn,
    });
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw new Error(`the renderer answered ${answer.status} for ${path}`);
    return { status: 200, body: await answer.text(), type: HTML, policy: pagePolicy(renderer.allowed) };
  },
});
