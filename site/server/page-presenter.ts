/** Views as HTML pages through the renderer; plain sentences where there is none. The policy of each page is made from its bytes. */
import { plainPage, SETTING_UP, staleSentence, withBanner } from './plain-page.ts';
import { prepare } from './prepare.ts';
import type { Prepared, Renderer } from './prepared.ts';
import { type Presenter, PUBLIC_CACHE } from './public-route.ts';
import { pagePolicy } from './security-headers.ts';

const HTML = 'text/html; charset=utf-8';

/** HTML as a prepared public page. */
export const preparePage = (html: string, asOf: number): Promise<Prepared> =>
  prepare({
    status: 200,
    headers: { 'Content-Type': HTML, 'Cache-Control': PUBLIC_CACHE, Vary: 'Accept-Encoding', 'Content-Security-Policy': pagePolicy(html) },
    body: Buffer.from(html, 'utf8'),
    asOf,
  });

/** `renderer` null: the pages were not built; the view's own words cannot be shown, and the page says so. */
export const pagePresenter = (renderer: Renderer | null): Presenter => ({
  async present(request, locals, asOf) {
    if (!renderer) {
      const { pageName, staleSinceMs, generatedAtMs } = locals.chrome;
      const banner = staleSinceMs === null ? [] : [staleSentence(staleSinceMs, generatedAtMs)];
      return preparePage(plainPage({ title: pageName, sentences: [...banner, NOT_BUILT] }), asOf);
    }
    const response = await renderer.render(request, locals);
    if (response.status === 404) return null;
    if (response.status !== 200) throw new Error(`the renderer answered ${response.status} for ${new URL(request.url).pathname}`);
    return preparePage(await response.text(), asOf);
  },
  settingUp: (now) => preparePage(plainPage(SETTING_UP), now),
  withoutRenderer(old, asOf, now) {
    const sentence = asOf === null ? 'Avow cannot reach its store.' : staleSentence(asOf, now);
    if (old) return preparePage(withBanner(Buffer.from(old).toString('utf8'), sentence), asOf ?? now);
    return preparePage(plainPage({ title: 'The current state is unknown', sentences: [sentence, 'Reload in a minute.'] }), asOf ?? now);
  },
});

const NOT_BUILT =
  'The pages of this installation have not been built. The person who runs it can build them with npm run build; the state is in /api/v2/summary.json meanwhile.';
