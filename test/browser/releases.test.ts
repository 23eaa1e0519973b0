/** The pages of releases in a real Chromium: whole without scripts, without barriers, on a phone and a desk; hostile notes do nothing. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildReleasePage, buildReleasesPage } from '#monitor/views/releases.ts';
import { barriers } from '../support/barriers.ts';
import { launchBrowser } from '../support/browser.ts';
import { builtRenderer, CLIENT_DIR } from '../support/built-pages.ts';
import { type Rig, startRig } from '../support/front-rig.ts';
import { releaseFact, SCENE_NOW, SCENE_TERMS, sceneReleases, sceneWindows } from '../support/release-scenes.ts';
import { DESK, type Look, PHONE, visitIn, whole } from '../support/visiting.ts';

const HOSTILE = [
  '</title><script>window.ran = 1</script>',
  '### Added\n- <img src=x onerror="window.ran = 2">\n- [x](javascript:window.ran=3)\n- [y](https://ok.example/"onclick="window.ran=4)',
  '### Fixed\n```\n</code></pre><script>window.ran = 5</script>\n```\n<iframe srcdoc="<script>parent.ran = 6</script>"></iframe>',
  '# Heading {#main}\n![pic](https://ok.example/p.png)\n<style>main { display: none }</style>',
].join('\n\n');
const releases = [
  ...sceneReleases,
  releaseFact('6.6.6', { title: '</h1><script>window.ran = 7</script>', notes: [[HOSTILE, '2026-11-25T09:00-05:00']], window: 'm-28' }),
  releaseFact('7.7.7', { title: 'W'.repeat(200), notes: [['x'.repeat(500), '2026-11-25T09:00-05:00']], window: 'm-28' }),
];
const facts = { releases, announcements: sceneWindows };
const settings = { terms: SCENE_TERMS, zone: 'America/New_York' };

let browser: Browser;
let rig: Rig;
beforeAll(async () => {
  const renderer = await builtRenderer();
  [rig, browser] = await Promise.all([
    startRig({
      renderer,
      clientDir: CLIENT_DIR,
      routes: [
        { pattern: '/releases', view: async () => buildReleasesPage(facts, settings, SCENE_NOW) },
        {
          pattern: '/releases/:version',
          view: async (_context, { version = '' }) => buildReleasePage(version, facts, settings, SCENE_NOW),
        },
      ],
    }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await rig?.[Symbol.asyncDispose]();
});

const visit = (path: string, viewport: typeof PHONE, look: Look, scripts = true): Promise<void> =>
  visitIn(browser, `http://127.0.0.1:${rig.port}${path}`, { viewport, javaScriptEnabled: scripts }, look);

describe('without scripts', () => {
  test('the list says what changes on Saturday and what went to production outside a window', () =>
    visit(
      '/releases',
      DESK,
      async (page, complaints) => {
        const told = await whole(page);
        expect(await page.locator('h1').innerText()).toBe('Four releases are planned for Saturday 28 November.');
        expect(told).toContain('What changes on Saturday 28 November');
        expect(told).toContain('10:00–12:30 Eastern Time (EST, UTC−5) = 15:00–17:30 UTC');
        expect(told).toContain('Version 4.1.2 Released 19 Nov, 03:00. Outside a maintenance window.');
        expect(told).not.toMatch(/Secret/);
        expect(complaints).toEqual([]);
      },
      false,
    ));
  test('a release says what changed, when, and that its notes were amended', () =>
    visit(
      '/releases/4.1.0',
      PHONE,
      async (page) => {
        const told = await whole(page);
        for (const words of [
          'What changed on Saturday 14 November',
          'Removed The old importer',
          'Inside the window',
          'Amended: 14 Nov 2026, 10:40:00',
        ])
          expect(told).toContain(words);
      },
      false,
    ));
  test('groups of notes are headings below the heading of the changes', () =>
    visit('/releases/4.2.0', DESK, async (page) => {
      expect(await page.locator('main :is(h1, h2, h3)').allInnerTexts()).toEqual([
        '4.2.0: Search by order number',
        'What changes on Saturday 28 November',
        'Notes',
        'Added',
        'Changed',
        'Fixed',
        'Security',
        'When',
      ]);
    }));
});

test('hostile notes and titles do nothing, and are read as they were written', async () => {
  for (const path of ['/releases/6.6.6', '/releases'])
    await visit(path, DESK, async (page, complaints) => {
      expect(await page.evaluate('window.ran')).toBeUndefined();
      expect(await page.locator('main :is(script, iframe, img, style, form, [onerror], [onclick], [style])').count()).toBe(0);
      expect(await page.locator('main a:not([href^="/"]):not([href^="https://"])').count()).toBe(0);
      expect(await whole(page)).toContain('<img src=x onerror="window.ran = 2">');
      expect(complaints).toEqual([]);
    });
});

describe.each(['/releases', '/releases/4.2.0', '/releases/4.1.0', '/releases/4.1.1', '/releases/4.1.2', '/releases/7.7.7'])(
  '%s',
  (path) => {
    test.each([
      ['phone', PHONE],
      ['desk', DESK],
    ] as const)('has no barrier that axe finds and fits a %s', (_name, viewport) =>
      visit(path, viewport, async (page) => {
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
        expect(await barriers(page)).toEqual([]);
      }),
    );
  },
);
