/** The vendor's picture, accent, links and words around the pages in a real Chromium, under the policy that the front writes. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandDocuments } from '#site/server/brand-documents.ts';
import { crawlerDocuments } from '#site/server/crawler-documents.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { barriers } from '../support/barriers.ts';
import { launchBrowser } from '../support/browser.ts';
import { builtRenderer, CLIENT_DIR } from '../support/built-pages.ts';
import { conditionOnly, config, contextWith, type Rig, startRig } from '../support/front-rig.ts';
import { ask } from '../support/raw-http.ts';
import { statusScenes } from '../support/scenes.ts';

const NAME = 'Harbour </script><b>Lane';
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><script>globalThis.ran=1</script><rect width="60" height="20"/></svg>';
const LOGO = {
  kind: 'svg',
  base64: Buffer.from(SVG).toString('base64'),
  version: '0123456789abcdef',
  width: 60,
  height: 20,
  alt: '',
  file: 'logo.svg',
} as const;

let browser: Browser;
let rig: Rig;
beforeAll(async () => {
  const page = {
    ...config.page,
    name: NAME,
    brand: {
      logo: LOGO,
      accent: '#c2185b',
      links: [{ label: 'Imprint', link: 'https://www.example.com/imprint' }],
      footer: 'Harbour & Lane Ltd.\n12 Quay Street',
    },
  };
  const names = async (): Promise<object> => ({ components: [{ slug: 'web', name: 'Web' }] });
  const views: Readonly<Record<string, () => Promise<object | null>>> = {
    '/': async () => statusScenes['healthy']?.() ?? null,
    '/subscribe': names,
    '/embed': names,
  };
  [rig, browser] = await Promise.all([
    builtRenderer().then((renderer) =>
      startRig({
        renderer,
        clientDir: CLIENT_DIR,
        routes: pageRoutes.flatMap((route) => (views[route.pattern] ? [{ ...route, view: views[route.pattern] as never }] : [])),
        documents: [...brandDocuments, ...crawlerDocuments],
        context: (clock) => ({
          ...contextWith(
            conditionOnly(() => ({ state: 'open' })),
            clock,
          ),
          config: { ...config, page },
        }),
      }),
    ),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await rig?.[Symbol.asyncDispose]();
});

test.each(['light', 'dark'] as const)(
  'picture, accent, links and words stand around the page in %s, and the policy allows them',
  async (colorScheme) => {
    const page = await browser.newPage({ colorScheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`http://127.0.0.1:${rig.port}/`);
    const logo = page.locator('.masthead img');
    expect(await logo.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    expect([await logo.getAttribute('width'), await logo.getAttribute('height')]).toEqual(['96', '32']);
    const [border, expected] = (await page.evaluate(`(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    // The browser's own arithmetic: the hue of the configured colour, in our lightness and chroma.
    probe.style.color = 'oklch(from #c2185b ${colorScheme === 'light' ? '0.42' : '0.8'} 0.13 h)';
    return [getComputedStyle(document.documentElement).borderBlockStartColor, getComputedStyle(probe).color];
  })()`)) as [string, string];
    const numbers = (colour: string): readonly number[] => colour.match(/[\d.]+/g)?.map(Number) ?? [];
    for (const [place, value] of numbers(border).entries()) expect(value).toBeCloseTo(numbers(expected)[place] ?? Number.NaN, 1);
    expect(numbers(border)).toHaveLength(3);
    expect(await page.locator('footer').innerText()).toContain('Harbour & Lane Ltd.\n12 Quay Street');
    expect(await page.locator('footer a', { hasText: 'Imprint' }).getAttribute('href')).toBe('https://www.example.com/imprint');
    expect(complaints).toEqual([]);
    await page.close();
  },
);

test('what a page says of itself to others is complete, in absolute addresses, and its data cannot leave its element', async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${rig.port}/?lang=en`);
  const origin = `http://127.0.0.1:${rig.port}`;
  const attribute = (selector: string, name: string): Promise<string | null> => page.locator(selector).first().getAttribute(name);
  expect(await attribute('link[rel=canonical]', 'href')).toBe(`${origin}/`);
  expect(await attribute('link[hreflang=en]', 'href')).toBe(`${origin}/?lang=en`);
  expect(await attribute('link[hreflang=x-default]', 'href')).toBe(`${origin}/`);
  expect(await attribute('meta[property="og:image"]', 'content')).toBe(`${origin}/og.png`);
  expect(await attribute('meta[name=description]', 'content')).toContain(`How ${NAME} is right now`);
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '') as Record<string, unknown>;
  expect(data).toMatchObject({ '@type': 'WebSite', publisher: { '@type': 'Organization', name: NAME } });
  expect(await page.locator('head b, body > b').count()).toBe(0);
  await page.close();
});

test('an address without a page is not indexed, and looks like the others', async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${rig.port}/no-such-page`);
  expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
  expect(await page.locator('link[rel=canonical]').count()).toBe(0);
  expect(await page.locator('.masthead img').count()).toBe(1);
  await page.close();
});

test('the picture opened by itself runs nothing, and is kept by its version', async () => {
  const { status, headers } = await ask(rig.port, '/brand/logo.svg?v=0123456789abcdef');
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'image/svg+xml',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
    etag: expect.stringMatching(/^"/),
  });
  expect((await ask(rig.port, '/brand/logo.png')).status).toBe(404);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${rig.port}/brand/logo.svg`);
  expect(await page.evaluate('globalThis.ran')).toBeUndefined();
  await page.close();
});

test.each(['/subscribe', '/embed'])('%s fits a phone, reads whole without scripts and names the real address', async (path) => {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  await page.goto(`http://127.0.0.1:${rig.port}${path}`);
  expect(await page.locator('main').innerText()).toContain(`http://127.0.0.1:${rig.port}/`);
  const box = await page.locator('main').boundingBox();
  expect(box && box.x + box.width <= 360).toBe(true);
  await page.close();
});

test('robots.txt names the sitemap', async () => {
  const { body } = await ask(rig.port, '/robots.txt');
  expect(String(body)).toContain(`Sitemap: http://127.0.0.1:${rig.port}/sitemap.xml`);
});

test.each(['/subscribe', '/embed'])('nothing on %s is in the way of anybody, says axe', async (path) => {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  await page.goto(`http://127.0.0.1:${rig.port}${path}`);
  expect(await barriers(page)).toEqual([]);
  await page.close();
});
