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

let browser: Browser;
let front: SceneFront;
beforeAll(async () => {
  [front, browser] = await Promise.all([startSceneFront(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await front?.[Symbol.asyncDispose]();
});

const visit = async (path: string, options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> => {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(front.origin + path);
    await look(page);
  } finally {
    await context.close();
  }
};

const PHONE = { width: 360, height: 740 };
const TABLET = { width: 768, height: 1024 };
const DESK = { width: 1280, height: 900 };
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
      for (const viewport of [PHONE, TABLET, DESK]) {
        await page.setViewportSize(viewport);
        const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
        if (width > viewport.width) wide.push(`${scene} is ${width} wide in ${viewport.width}`);
      }
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

test('from right to left fits both windows as well, and drawings of time keep their direction', () =>
  visit('/scene/outage?lang=ar', { javaScriptEnabled: false }, async (page) => {
    const wide: string[] = [];
    for (const scene of scenes) {
      await page.goto(`${front.origin}${scene}?lang=ar`);
      expect(await page.evaluate('[document.documentElement.lang, getComputedStyle(document.body).direction]'), scene).toEqual([
        'ar',
        'rtl',
      ]);
      const turned = await page.evaluate(
        '[...document.querySelectorAll(".bars, .strip, .phases, .plot")].filter((drawing) => getComputedStyle(drawing).direction !== "ltr").length',
      );
      expect(turned, scene).toBe(0);
      for (const viewport of [PHONE, TABLET, DESK]) {
        await page.setViewportSize(viewport);
        const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
        if (width > viewport.width) wide.push(`${scene} is ${width} wide in ${viewport.width}`);
      }
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

test.each(['light', 'dark'] as const)('text can be read in %s, with everything opened, on a phone', (colorScheme) =>
  visit('/scene/outage', { viewport: PHONE, colorScheme }, async (page) => {
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
      await page.goto(front.origin + scene);
      await page.evaluate('document.querySelectorAll("details").forEach((details) => { details.open = true; })');
      expect(await barriers(page, ['color-contrast', 'nested-interactive', 'target-size']), scene).toEqual([]);
    }
  }),
);
