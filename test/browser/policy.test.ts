/** The content policy in a real Chromium: what the build put into a page runs, what got into its bytes in any other way does not. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Renderer } from '#site/server/prepared.ts';
import { launchBrowser } from '../support/browser.ts';
import { builtRenderer, CLIENT_DIR } from '../support/built-pages.ts';
import { type Rig, startRig } from '../support/front-rig.ts';
import { componentScenes } from '../support/scenes.ts';

/** Ways in which markup runs code, each leaving its own mark on the window. */
const INJECTED = [
  '<script>window.ran = [...(window.ran ?? []), "inline"]</script>',
  '<script type="module">window.ran = [...(window.ran ?? []), "module"]</script>',
  '<img src="data:," onerror="window.ran = [...(window.ran ?? []), \'handler\']">',
  '<script src="data:text/javascript,window.ran=[1]"></script>',
  '<script src="/api/v2/status.json"></script>',
  '<iframe srcdoc="<script>parent.ran = [2]</script>"></iframe>',
  '<svg><script>window.ran = [3]</script></svg>',
  '<a id="go" href="javascript:window.ran = [4]">x</a>',
  '<base href="https://evil.example/">',
  '<style>main { display: none }</style>',
].join('');

const injecting = (renderer: Renderer): Renderer => ({
  allowed: renderer.allowed,
  async render(request, locals) {
    const answer = await renderer.render(request, locals);
    return new Response((await answer.text()).replace('</main>', `${INJECTED}</main>`), { status: answer.status });
  },
});

let browser: Browser;
let rig: Rig;
beforeAll(async () => {
  const renderer = injecting(await builtRenderer());
  [rig, browser] = await Promise.all([
    startRig({
      renderer,
      clientDir: CLIENT_DIR,
      routes: [{ pattern: '/components/:slug', view: async () => componentScenes['well']?.() ?? null }],
    }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await rig?.[Symbol.asyncDispose]();
});

test('injected scripts, handlers, styles and bases do nothing, while the page’s own script and its island work', async () => {
  const page = await browser.newPage();
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refusals.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${rig.port}/components/well`);
  await page.locator('.recharts-surface').first().waitFor();
  // The page's own script ran: it gives every time a title in the reader's clock.
  expect(await page.locator('time[title]').count()).toBeGreaterThan(0);
  await page.locator('#go').dispatchEvent('click');
  expect(await page.evaluate('window.ran')).toBeUndefined();
  expect(await page.evaluate('document.baseURI')).toBe(`http://127.0.0.1:${rig.port}/components/well`);
  expect(await page.evaluate('getComputedStyle(document.querySelector("main")).display')).not.toBe('none');
  expect(refusals.length).toBeGreaterThanOrEqual(7);
});
