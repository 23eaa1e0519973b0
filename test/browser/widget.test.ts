/** The widget in a real Chromium, in an application on another origin that allows nothing but it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { instant, MINUTE } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import type { WidgetView } from '#monitor/views/widget.ts';
import { widgetDocuments } from '#site/server/widget-documents.ts';
import { launchBrowser } from '../support/browser.ts';
import { conditionOnly, config, contextWith, type Rig, startRig } from '../support/front-rig.ts';
import { HOSTILE, widgetScenes } from '../support/widget-scenes.ts';

let browser: Browser;
let rig: Rig;
let app: Server;
let shown: () => WidgetView;
/** Held still while a test looks, as a front that is away. */
let isAway = false;

const healthy = (): WidgetView => widgetScenes.healthy(systemClock.now());
const down = (): WidgetView => widgetScenes.down(systemClock.now());

beforeAll(async () => {
  const status = (): string => `http://127.0.0.1:${rig.port}`;
  app = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://app.example');
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src ${status()}; connect-src ${status()}; base-uri 'none'; require-trusted-types-for 'script'`,
    });
    response.end(
      `<!doctype html><html lang="${searchParams.get('lang') ?? 'en'}"><title>App</title><h1>Our application</h1><script src="${status()}/widget.js" async></script><avow-status ${searchParams.get('with') ?? ''}></avow-status></html>`,
    );
  });
  const support = [
    { kind: 'telephone' as const, label: '+1 555 0100', link: 'tel:+15550100' },
    { kind: 'chat' as const, label: 'Chat', link: 'javascript:globalThis.ran=1' },
  ];
  [rig, browser] = await Promise.all([
    startRig({
      context: (clock) => ({
        ...contextWith(
          conditionOnly(() => ({ state: 'open' })),
          clock,
        ),
        config: { ...config, support },
      }),
      documents: widgetDocuments.map((route) => (route.pattern === '/api/v1/widget' ? { ...route, view: async () => shown() } : route)),
    }),
    launchBrowser(),
    new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve)),
  ]);
});
afterAll(async () => {
  await browser?.close();
  app?.close();
  await rig?.[Symbol.asyncDispose]();
});
beforeEach(() => {
  isAway = false;
});

const inApp = async (
  view: () => WidgetView,
  query: string,
  look: (page: Page, complaints: readonly string[]) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> => {
  shown = view;
  rig.front.changed();
  const context = await browser.newContext({ timezoneId: 'Asia/Kathmandu', ...options });
  try {
    const page = await context.newPage();
    await page.route('**/api/v1/widget*', (route) => (isAway ? route.abort('connectionrefused') : route.continue()));
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (fault) => complaints.push(String(fault)));
    await page.goto(`http://127.0.0.1:${(app.address() as AddressInfo).port}/?${query}`);
    await page.locator('avow-status .head').waitFor({ state: 'attached' });
    await page.waitForFunction('document.querySelector("avow-status").shadowRoot.firstChild.hidden === false');
    await look(page, complaints);
  } finally {
    await context.close();
  }
};
const textIn = async (page: Page): Promise<string> => (await page.locator('avow-status .panel').innerText()).replaceAll(/\s+/g, ' ');
const again = (page: Page): Promise<unknown> => page.evaluate('dispatchEvent(new Event("online"))');

test('is not led elsewhere by an element of the application that is named like its script', () =>
  inApp(healthy, `with=${encodeURIComponent('><img name="currentScript" src="https://evil.example/a.png"><b')}`, async (page) => {
    expect(await page.evaluate('document.currentScript instanceof HTMLImageElement')).toBe(true);
    expect(await textIn(page)).not.toContain('unavailable');
  }));

test('says the state, the next window on both clocks, what changes in it, whom to call, and breaks no policy', () =>
  inApp(healthy, '', async (page, complaints) => {
    const text = await textIn(page);
    expect(text).toContain('All systems operational. Next maintenance: Database upgrade.');
    expect(text).toMatch(/\d\d:\d\d–\d\d:\d\d Eastern Time \(E[SD]T, UTC−[45]\)\./);
    expect(text).toMatch(/On your clock: .*GMT\+5:45/);
    expect(text).toContain('What changes Faster search');
    const links = await page.locator('avow-status a').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).getAttribute('href')));
    expect(links).toEqual([
      `http://127.0.0.1:${rig.port}/maintenance/M1`,
      `http://127.0.0.1:${rig.port}/releases/4.2.0`,
      `http://127.0.0.1:${rig.port}/releases/4.2.1`,
      'tel:+15550100',
      `http://127.0.0.1:${rig.port}/`,
    ]);
    expect(await page.locator('avow-status .head svg').getAttribute('class')).toBe('operational');
    expect(complaints).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
  }));

test('hostile names and titles are text, and a link of another kind is no link', () =>
  inApp(down, '', async (page, complaints) => {
    const text = await textIn(page);
    expect(text).toContain(`${HOSTILE} is down.`);
    expect(text).toContain(`${HOSTILE} is not answering`);
    expect(await page.locator('avow-status img, avow-status script').count()).toBe(0);
    expect(await page.locator('avow-status a', { hasText: 'Chat' }).count()).toBe(0);
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    expect(complaints).toEqual([]);
  }));

test('a status page that cannot be fetched is “status unavailable”, not the state of before, and recovers', () =>
  inApp(healthy, '', async (page) => {
    isAway = true;
    await again(page);
    await page.locator('avow-status .head', { hasText: 'Status unavailable' }).waitFor();
    expect(await page.locator('avow-status .head svg').getAttribute('class')).toBe('unknown');
    const text = await textIn(page);
    expect(text).not.toContain('operational');
    expect(text).not.toContain('Database upgrade');
    expect(text).toContain('+1 555 0100');
    isAway = false;
    await again(page);
    await page.locator('avow-status .head', { hasText: 'All systems operational.' }).waitFor();
    expect(await page.locator('avow-status [role=status]').innerText()).toBe('All systems operational.');
  }));

test('facts older than 15 minutes are “status unavailable”', () =>
  inApp(
    () => widgetScenes.healthy(instant(systemClock.now() - 15 * MINUTE - 1_000)),
    '',
    async (page) => {
      expect(await page.locator('avow-status .head').innerText()).toBe('Status unavailable');
      expect(await textIn(page)).not.toContain('operational');
    },
  ));

test('in a corner it is a button that opens with the keyboard and closes with Escape', () =>
  inApp(
    down,
    'with=position%3Dbottom-right',
    async (page) => {
      const button = page.locator('avow-status button');
      const panel = page.locator('avow-status .panel');
      expect((await button.innerText()).replaceAll(/\s+/g, ' ')).toContain('Outage');
      expect(await panel.isVisible()).toBe(false);
      expect(await button.getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await panel.isVisible()).toBe(true);
      expect(await button.getAttribute('aria-expanded')).toBe('true');
      const box = await panel.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 360).toBe(true);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      expect(await panel.isVisible()).toBe(false);
      expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.localName')).toBe('button');
    },
    { viewport: { width: 360, height: 740 } },
  ));

test.each([
  ['dark', 'light', 'with=theme%3Ddark', true],
  ['light', 'dark', 'with=theme%3Dlight', false],
  ['the reader’s', 'dark', '', true],
] as const)('the theme %s wins over the scheme %s as it should', (_theme, colorScheme, query, isDark) =>
  inApp(
    healthy,
    query,
    async (page) => {
      const lightness = await page
        .locator('avow-status .panel')
        .evaluate((panel) => Number(/oklch\(([\d.]+)/.exec(getComputedStyle(panel).backgroundColor)?.[1]));
      expect(lightness < 0.5).toBe(isDark);
    },
    { colorScheme },
  ),
);

test('a language that Avow does not speak is answered in English', () =>
  inApp(healthy, 'lang=xx-YY', async (page) => {
    expect(await textIn(page)).toContain('All systems operational.');
  }));
