/** The page of an incident in a real Chromium: what was posted beside what the checks saw, and hostile words are only words. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type SceneFront, startSceneFront } from '../support/scene-front.ts';
import { DESK, type Look, PHONE, visitIn, whole } from '../support/visiting.ts';

let browser: Browser;
let front: SceneFront;
beforeAll(async () => {
  [front, browser] = await Promise.all([startSceneFront(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await front?.[Symbol.asyncDispose]();
});

const visit = (path: string, options: BrowserContextOptions, look: Look): Promise<void> =>
  visitIn(browser, front.origin + path, options, look);
const bytesOf = async (page: Page): Promise<string> => page.content();

describe('the page of an incident, without scripts', () => {
  const bare = { javaScriptEnabled: false, viewport: DESK };

  test('an open one says how it stands, whom it hits and what was posted, newest first', () =>
    visit('/incidents/posted', bare, async (page, complaints) => {
      expect(await page.locator('h1').innerText()).toBe('Card payments fail for some buyers');
      const text = await whole(page);
      expect(text).toContain('Monitoring. Open since 13:35, 45 min.');
      expect(text).toContain('Major impact. It was opened by hand.');
      expect(text).toContain('Web shop Partial outage');
      expect(text).toContain('Search Not affected; at its worst: Degraded');
      expect((await page.locator('.posts strong').allInnerTexts()).join()).toBe('Monitoring,Identified,Investigating');
      // Paragraphs stay paragraphs.
      expect(await page.locator('.posts .prose').nth(1).innerText()).toContain('one in three buyers.\n\nWhat works:');
      const strip = await page.locator('svg.strip').first().getAttribute('aria-label');
      expect(strip).toMatch(/^Web shop, 13:25 to 14:20: /);
      expect(await page.locator('#counted ~ ul a').first().getAttribute('href')).toBe('/components/web-shop/2026-11');
      expect(await bytesOf(page)).not.toContain('szenenautor');
      expect(complaints).toEqual([]);
    }));

  test('a resolved one says how long it lasted, and the postmortem stands first', () =>
    visit('/incidents/resolved', bare, async (page) => {
      const text = await whole(page);
      expect(text).toContain('Postmortem. It lasted from 15 Nov, 14:20 to 15:20, 1 hour.');
      expect(text).toContain('Web shop At its worst: Partial outage');
      expect(await page.locator('.posts strong').first().innerText()).toBe('Postmortem');
    }));

  test('one that the checks found leads to its component and month, and / leads to it', () =>
    visit('/incidents/detected', bare, async (page) => {
      expect(await whole(page)).toContain('Investigating. Open since 14:02, 18 min. Major impact. The checks found it by themselves.');
      await visit('/scene/outage', bare, async (home) => {
        expect(await home.locator('.incident h3 a').first().getAttribute('href')).toMatch(/^\/incidents\/checkout-api-\d+$/);
      });
    }));

  test('facts that are too old claim no present', () =>
    visit('/incidents/expired', bare, async (page) => {
      expect(await whole(page)).toContain('It began at 13:35 and was not over at 14:20.');
      expect(await page.locator('.headline > .mark').count()).toBe(0);
    }));
});

test('hostile words in title and post are shown as words, and run nothing', () =>
  visit('/incidents/hostile', { viewport: PHONE }, async (page, complaints) => {
    const words = '<script>alert(1)</script> & "quotes" \'and\' <img src=x onerror=alert(2)>';
    expect(await page.locator('h1').innerText()).toBe(words);
    expect(await page.title()).toContain(words);
    expect(await page.locator('.posts .prose').nth(1).innerText()).toBe(words);
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  }));
