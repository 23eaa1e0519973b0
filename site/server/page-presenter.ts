/** Views as HTML pages through the renderer; plain sentences where there is none. The policy of a page comes from what made it, never from its bytes. */
import { brandStyle } from '../brand-style.ts';
import { linksIn } from '../links.ts';
import { PLAIN_ALLOWED, type PlainPage, plainPage, SETTING_UP, staleSentence, withBanner } from './plain-page.ts';
import { prepare } from './prepare.ts';
import type { InlineAllowance, PageLocals, Prepared, Renderer } from './prepared.ts';
import { type Presenter, PUBLIC_CACHE } from './public-route.ts';
import { inlineHash, pagePolicy } from './security-headers.ts';

const HTML = 'text/html; charset=utf-8';

/** HTML as a prepared public page. */
const preparePage = (html: string, allowed: InlineAllowance, asOf: number): Promise<Prepared> =>
  prepare({
    status: 200,
    headers: {
      'Content-Type': HTML,
      'Cache-Control': PUBLIC_CACHE,
      Vary: 'Accept-Encoding, Accept-Language',
      'Content-Security-Policy': pagePolicy(allowed),
    },
    body: Buffer.from(html, 'utf8'),
    asOf,
  });
const preparePlain = (page: PlainPage, asOf: number): Promise<Prepared> => preparePage(plainPage(page), PLAIN_ALLOWED, asOf);

/** What the build allows, and the accent of the configuration. */
const allowedIn = ({ allowed }: Renderer, { brand }: PageLocals['chrome']): InlineAllowance => {
  const style = brandStyle(brand.accent);
  return style === null ? allowed : { ...allowed, styles: [...allowed.styles, inlineHash(style)] };
};

/** A page that needs no facts; null without a renderer. */
const drawFixed = async (renderer: Renderer | null, path: string, chrome: PageLocals['chrome']): Promise<string | null> => {
  if (!renderer) return null;
  const response = await renderer.render(new Request(chrome.origin + path), { view: {}, chrome });
  return response.text();
};

/** What an address without a page says to a browser; null when the renderer cannot say it. */
export const prepareNotFound = async (renderer: Renderer | null, chrome: PageLocals['chrome']): Promise<Prepared | null> => {
  // The renderer draws its 404 page for any path it does not know.
  const html = await drawFixed(renderer, '/404', chrome).catch(() => null);
  if (html === null || renderer === null) return null;
  const prepared = await preparePage(html, allowedIn(renderer, chrome), chrome.generatedAtMs);
  return { ...prepared, status: 404, headers: { ...prepared.headers, 'Cache-Control': 'no-store' } };
};

/** `renderer` null: the pages were not built; the view's own words cannot be shown, and the page says so. */
export const pagePresenter = (renderer: Renderer | null): Presenter => ({
  async present(request, locals, asOf) {
    if (!renderer) {
      const { pageName, staleSinceMs, generatedAtMs } = locals.chrome;
      const banner = staleSinceMs === null ? [] : [staleSentence(staleSinceMs, generatedAtMs)];
      return preparePlain({ title: pageName, sentences: [...banner, NOT_BUILT] }, asOf);
    }
    const response = await renderer.render(request, locals);
    if (response.status === 404) return null;
    if (response.status !== 200) throw new Error(`the renderer answered ${response.status} for ${new URL(request.url).pathname}`);
    const html = await response.text();
    return preparePage(locals.chrome.asked ? linksIn(html, locals.chrome.lang) : html, allowedIn(renderer, locals.chrome), asOf);
  },
  async settingUp(chrome) {
    const drawn = await drawFixed(renderer, '/setting-up', chrome).catch(() => null);
    if (drawn === null || renderer === null) return preparePlain(SETTING_UP, chrome.generatedAtMs);
    return preparePage(drawn, allowedIn(renderer, chrome), chrome.generatedAtMs);
  },
  withoutRenderer(old, asOf, now) {
    const sentence = asOf === null ? 'Avow cannot reach its store.' : staleSentence(asOf, now);
    if (old) return preparePage(withBanner(Buffer.from(old).toString('utf8'), sentence), renderer?.allowed ?? PLAIN_ALLOWED, asOf ?? now);
    return preparePlain({ title: 'The current state is unknown', sentences: [sentence, 'Reload in a minute.'] }, asOf ?? now);
  },
});

const NOT_BUILT =
  'The pages of this installation have not been built. The person who runs it can build them with npm run build; the state is in /api/v2/summary.json meanwhile.';
