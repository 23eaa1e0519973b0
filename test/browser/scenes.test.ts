/** Every scene of the public pages in a real Chromium: it fits every window, in both directions of writing, and axe finds no barrier. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriers } from '../support/barriers.ts';
import { launchBrowser } from '../support/browser.ts';
import { type SceneFront, startSceneFront } from '../support/scene-front.ts';
import {
  announcementScenes,
  componentScenes,
  historyScenes,
  incidentScenes,
  maintenanceScenes,
  monthScenes,
  slaScenes,
  statusScenes,
} from '../support/scenes.ts';
import { DESK, PHONE, tooWide, visitIn } from '../support/visiting.ts';

let browser: Browser;
let front: SceneFront;
beforeAll(async () => {
  [front, browser] = await Promise.all([startSceneFront(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await front?.[Symbol.asyncDispose]();
});

const visit = (path: string, options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> =>
  visitIn(browser, front.origin + path, options, look);

const scenes = [
  '/api',
  ...Object.keys(statusScenes).map((name) => `/scene/${name}`),
  ...Object.keys(componentScenes).map((name) => `/components/${name}`),
  ...Object.keys(incidentScenes).map((name) => `/incidents/${name}`),
  ...Object.keys(slaScenes).map((name) => `/promise/${name}`),
  ...Object.keys(monthScenes).map((name) => `/months/${name}`),
  ...Object.keys(maintenanceScenes).map((name) => `/windows/${name}`),
  ...Object.keys(announcementScenes).map((name) => `/maintenance/${name}`),
  ...Object.keys(historyScenes).map((name) => `/past/${name}`),
];

test('fits windows of 360, 768 and 1280 pixels without scrolling sideways', () =>
  visit(scenes[0] ?? '', { javaScriptEnabled: false }, async (page) => {
    const wide: string[] = [];
    for (const scene of scenes) {
      await page.goto(front.origin + scene);
      wide.push(...(await tooWide(page)));
    }
    expect(wide).toEqual([]);
  }));

// `fifty` is `forty` with more of the same.
const looked = scenes.filter((name) => name !== '/scene/fifty');
test.each([...Map.groupBy(looked, (scene) => scene.split('/')[1] ?? '')])('axe finds nothing on those of /%s', (_, group) =>
  visit(group[0] ?? '', { viewport: DESK }, async (page) => {
    for (const scene of group) {
      await page.goto(front.origin + scene);
      expect(await barriers(page), scene).toEqual([]);
    }
  }),
);

test('from right to left fits these windows as well, and drawings of time keep their direction', () =>
  visit('/scene/outage?lang=ar', { javaScriptEnabled: false }, async (page) => {
    const wide: string[] = [];
    for (const scene of scenes) {
      await page.goto(`${front.origin}${scene}?lang=ar`);
      const directions = await page.evaluate(
        '[document.documentElement.lang, ...[document.body, ...document.querySelectorAll(".bars, .strip, .phases, .plot")].map((one) => getComputedStyle(one).direction)]',
      );
      expect(directions, scene).toEqual(['ar', 'rtl', ...Array.from((directions as string[]).slice(2), () => 'ltr')]);
      wide.push(...(await tooWide(page)));
    }
    expect(wide).toEqual([]);
  }));

test('from right to left axe finds nothing on one page of each kind', () =>
  visit('/scene/outage?lang=ar', { viewport: DESK }, async (page) => {
    const kinds = new Map(scenes.map((scene) => [scene.split('/')[1], scene]));
    for (const scene of ['/scene/outage', ...kinds.values()].filter((name) => !/fifty|forty/.test(name))) {
      await page.goto(`${front.origin}${scene}?lang=ar`);
      expect(await barriers(page), scene).toEqual([]);
    }
  }));

test('text can be read in light and dark, with everything opened, on a phone', () =>
  visit('/scene/outage', { viewport: PHONE }, async (page) => {
    for (const scene of [
      '/scene/outage',
      '/scene/unknown',
      '/components/young',
      '/promise/usual',
      '/months/running',
      '/scene/maintenance',
      '/windows/usual',
      '/maintenance/running',
      '/past/usual',
      '/past/month-running',
      '/no-such-page',
    ]) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(front.origin + scene);
      await page.evaluate('document.querySelectorAll("details").forEach((details) => { details.open = true; })');
      expect(await barriers(page, ['color-contrast', 'nested-interactive', 'target-size']), scene).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await barriers(page, ['color-contrast']), `${scene} in the dark`).toEqual([]);
    }
  }));
