/** The public pages in a real Chromium, served by the real front: whole without scripts, at home in light and dark, on a phone and on a desk. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiDocuments } from '#site/api/documents.ts';
import { launchBrowser } from '../support/browser.ts';
import { SATURDAY } from '../support/maintenance-scenes.ts';
import { type SceneFront, startSceneFront } from '../support/scene-front.ts';
import { SCENE_TIME } from '../support/scenes.ts';
import { complaintsOf, DESK, PHONE, whole } from '../support/visiting.ts';

let browser: Browser;
let front: SceneFront;
beforeAll(async () => {
  [front, browser] = await Promise.all([startSceneFront(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await front?.[Symbol.asyncDispose]();
});

interface Visit {
  readonly page: Page;
  /** Whatever the browser complained about: policy violations, script faults, failed loads. */
  readonly complaints: readonly string[];
  /** Path and bytes on the wire of every answer, head and body. */
  readonly wire: () => Promise<readonly { readonly path: string; readonly bytes: number }[]>;
}
const visit = async (path: string, options: BrowserContextOptions, look: (visit: Visit) => Promise<void>): Promise<void> => {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    const finished: Promise<{ path: string; bytes: number }>[] = [];
    page.on('requestfinished', (request) => {
      finished.push(
        request.sizes().then(({ responseBodySize, responseHeadersSize }) => ({
          path: new URL(request.url()).pathname,
          bytes: responseBodySize + responseHeadersSize,
        })),
      );
    });
    await page.goto(front.origin + path);
    await look({ page, complaints, wire: () => Promise.all(finished) });
  } finally {
    await context.close();
  }
};

describe('without scripts', () => {
  test('the page about the API says of every address what it answers, what may be asked, and how', () =>
    visit('/api', { javaScriptEnabled: false, viewport: DESK }, async ({ page, complaints }) => {
      for (const { path, summary, id } of apiDocuments) {
        const text = (await page.locator(`[id="${id}"]`).innerText()).replaceAll(/\s+/g, ' ');
        expect(text).toContain(`${summary} GET ${path}`);
        expect(text).toContain(`curl '${front.origin}${path.split('{')[0]}`);
      }
      expect(await page.locator('#getAvailability').innerText()).toContain('/api/v1/components/website/availability?month=2026-10');
      expect(await page.locator('#listReleases').innerText()).toMatch(/whole number, 1 to 100, 20 when it is left out/);
      const shapes = await page.locator('a[href^="#shape-"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      for (const shape of new Set(shapes)) expect([shape, await page.locator(shape).count()]).toEqual([shape, 1]);
      expect(complaints).toEqual([]);
    }));

  test('the front page says how it is, since when and why, component by component', () =>
    visit('/scene/outage', { javaScriptEnabled: false, viewport: DESK }, async ({ page, complaints }) => {
      expect(await page.locator('h1').innerText()).toBe('Checkout API is down.');
      const text = await whole(page);
      expect(text).toContain('Last checked 23 Nov 2026, 14:20');
      expect(text).toContain('Checkout API connection refused Outage since 14:02, 18 min');
      expect(text).toContain('Search answered, but slowly Degraded since 13:39, 41 min');
      expect(text).toContain('We have not measured Nightly export since 13:33.');
      expect(text).toContain('Since 14:02, 18 min.');
      expect(text).toContain('One incident is still open; it is told above.');
      expect(await page.locator('section[aria-labelledby=past] .story').innerText()).not.toMatch(/Since 14:02|Today\s+Checkout/);
      expect(await page.locator('footer').innerText()).toContain('Times are in Eastern Time (America/New_York).');
      expect(complaints).toEqual([]);
    }));

  test('a row of bars opens to its days in words', () =>
    visit('/scene/healthy', { javaScriptEnabled: false, viewport: PHONE }, async ({ page }) => {
      const days = page.locator('.line', { hasText: 'Search' }).locator('details');
      expect(await days.locator('table').isVisible()).toBe(false);
      await days.locator('summary').click();
      expect(await days.locator('table').isVisible()).toBe(true);
      expect(await days.innerText()).toMatch(/\d+ min/);
    }));

  test('the component page shows phases, the latency of all four ranges as plots and tables, and every change of state', () =>
    visit('/components/down', { javaScriptEnabled: false, viewport: DESK }, async ({ page, complaints }) => {
      const text = await whole(page);
      expect(text).toContain('Outage since 14:02, 18 min: connection refused.');
      expect(text).toContain('Resolve the name 1.8 ms Connect 10.2 ms The whole check 12 ms');
      expect(text).toContain('No sentinel is configured');
      expect(await page.locator('.plot-24h').isVisible()).toBe(true);
      await page.locator('label[for=range-7d]').click();
      expect(await page.locator('.plot-24h').isVisible()).toBe(false);
      expect(await page.locator('.plot-7d path.plot-line').getAttribute('d')).toMatch(/^M[\d.]+,[\d.]+L/);
      await page.getByText('90 days as a table').click();
      expect(await page.locator('.tables details[open] tbody tr').count()).toBe(90);
      expect(complaints).toEqual([]);
    }));

  test('on paper every range stands under its name, in black and white', () =>
    visit('/components/down', { javaScriptEnabled: false, viewport: DESK }, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.plot-name:visible').allInnerTexts()).toEqual(['24 hours', '7 days', '30 days', '90 days']);
      expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
    }));

  test('the first minute says how to add one’s own service', () =>
    visit('/scene/first-minute', { javaScriptEnabled: false, viewport: PHONE }, async ({ page }) => {
      expect(await whole(page)).toContain('To watch your own service, describe it in avow.yaml');
    }));
});

describe('with scripts', () => {
  test('the time of the last check becomes relative and every time tells the reader’s own clock', () =>
    visit('/scene/healthy', { viewport: DESK, timezoneId: 'Asia/Kathmandu' }, async ({ page, complaints }) => {
      expect(await page.locator('h1 + .facts time').innerText()).toMatch(/ago$/);
      expect(await page.locator('h1 + .facts time').getAttribute('title')).toContain('24 November 2026');
      expect(complaints).toEqual([]);
    }));

  test('the page is brought up to date once a minute, but never under a reader who has opened something', () =>
    visit('/scene/healthy', { viewport: DESK }, async ({ page, complaints }) => {
      await page.clock.install();
      await page.reload();
      const mark = 'document.querySelector("h1").dataset.old = "yes"';
      await page.evaluate(mark);
      await page.locator('details.days summary').first().click();
      await page.clock.runFor(61_000);
      expect(await page.locator('h1[data-old]').count()).toBe(1);
      await page.evaluate('document.activeElement.blur(); document.querySelector("details[open]").open = false');
      await page.clock.runFor(61_000);
      await page.locator('h1[data-old]').waitFor({ state: 'detached' });
      expect(await page.locator('h1').innerText()).toBe('All systems operational.');
      expect(await page.locator('h1 + .facts time').innerText()).toMatch(/ago$/);
      expect(complaints).toEqual([]);
    }));

  test('how long something has lasted is counted on while the page is looked at', () =>
    visit('/scene/outage', { viewport: DESK }, async ({ page, complaints }) => {
      await page.clock.install({ time: SCENE_TIME });
      await page.reload();
      const line = page.locator('.line', { hasText: 'Checkout API' }).locator('.state');
      expect(await line.innerText()).toContain('since 14:02, 18 min');
      await page.clock.runFor(56_000);
      expect(await line.innerText()).toContain('since 14:02, 19 min');
      expect(await page.locator('.incident').first().innerText()).toContain('Since 14:02, 19 min.');
      await page.clock.setSystemTime(SCENE_TIME + 7_200_000);
      await page.clock.runFor(1_000);
      expect(await line.innerText()).toContain('since 14:02, 2 h 18 min');
      // A clock that is wrong changes nothing; one that is right again counts on.
      await page.clock.setSystemTime(SCENE_TIME - 7_200_000);
      await page.clock.runFor(1_000);
      expect(await line.innerText()).toContain('since 14:02, 2 h 18 min');
      await page.clock.setSystemTime(SCENE_TIME - 16 * 60_000);
      await page.clock.runFor(1_000);
      expect(await line.innerText()).toMatch(/since 14:02, 2 min \d+ s/);
      expect(complaints).toEqual([]);
    }));

  test('the page of a component is brought up to date as well, and its plot keeps the range the reader chose', () =>
    visit('/components/down', { viewport: DESK }, async ({ page, complaints }) => {
      await page.locator('.chart svg path.recharts-line-curve').waitFor();
      await page.clock.install({ time: SCENE_TIME });
      await page.reload();
      await page.locator('.chart svg path.recharts-line-curve').waitFor();
      await page.evaluate('document.querySelector("h1").dataset.old = "yes"');
      await page.locator('.choice').getByText('30 days', { exact: true }).click();
      await page.clock.runFor(61_000);
      expect(await page.locator('h1[data-old]').count()).toBe(1);
      await page.evaluate('document.activeElement.blur()');
      await page.clock.runFor(61_000);
      await page.locator('h1[data-old]').waitFor({ state: 'detached' });
      await page.clock.runFor(2_000);
      await page.locator('.chart svg path.recharts-line-curve').waitFor();
      expect(await page.locator('#chart-30d').isChecked()).toBe(true);
      expect(await page.locator('.lead').innerText()).toMatch(/Outage since 14:02, 20 min: connection refused\./);
      expect(complaints).toEqual([]);
    }));

  test('the plot is redrawn with a cursor, keeps its ranges, and breaks no policy', () =>
    visit('/components/well', { viewport: DESK }, async ({ page, complaints }) => {
      await page.locator('.chart svg path.recharts-line-curve').waitFor();
      await page
        .locator('.chart svg')
        .first()
        .hover({ position: { x: 400, y: 100 } });
      await page.locator('.reading').waitFor();
      expect(await page.locator('.reading').innerText()).toMatch(/Median: [\d.]+ ms/);
      // What the drawing without scripts says, too (latency-plot.ts): the axes are handed over with the data.
      const marks = ['14:30', '22:30', '0', '600 ms'];
      for (const mark of marks) expect(await page.locator('.chart').innerText(), mark).toContain(mark);
      await page.locator('.choice').getByText('30 days', { exact: true }).click();
      expect(await page.locator('#chart-30d').isChecked()).toBe(true);
      expect(complaints).toEqual([]);
    }));
});

describe('the figure of a month', () => {
  const textOf = async (page: Page, path: string): Promise<string> => {
    await page.goto(front.origin + path);
    return whole(page);
  };

  test('stands on the front page with its budget in words, and in every line beside its component', () =>
    visit('/scene/healthy', { javaScriptEnabled: false, viewport: DESK }, async ({ page, complaints }) => {
      const text = await whole(page);
      expect(text).toMatch(/November 2026 so far 99\.\d{4} % in November of 22 days measured\. The promise of 99\.5 % is /);
      expect(text).toContain('Explain this number');
      expect(await page.locator('.line .month-figure a').count()).toBe(12);
      expect(await page.locator('.line', { hasText: 'Card payments' }).locator('.month-figure').innerText()).toMatch(
        /^100\.0000\s%\s+this month$/,
      );
      expect(complaints).toEqual([]);
    }));

  test('leads to what is behind it wherever it stands', () =>
    visit('/scene/healthy', { javaScriptEnabled: false, viewport: DESK }, async ({ page }) => {
      const loose: string[] = [];
      const kinds = {
        '/scene/healthy': /^\/(sla|components\/[^/]+)\/2026-11$/,
        '/components/well': /^\/components\/[^/]+\/\d{4}-\d\d$/,
        '/promise/usual': /^\/sla\/\d{4}-\d\d$/,
      };
      for (const [path, leads] of Object.entries(kinds)) {
        await page.goto(front.origin + path);
        const found = (await page.evaluate(`(() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) if (/\\d\\.\\d{4}/.test(walker.currentNode.data)) texts.push([walker.currentNode.data, walker.currentNode.parentElement.closest('a')?.getAttribute('href') ?? '']);
          return texts;
        })()`)) as [string, string][];
        expect(found.length, path).toBeGreaterThan(2);
        loose.push(...found.filter(([, href]) => !leads.test(href)).map(([text, href]) => `${path}: ${text} ${href}`));
      }
      expect(loose).toEqual([]);
    }));

  test('is explained to the millisecond: the sum, what was down, what was left out and who announced it when, what counts all the same', () =>
    visit('/months/over', { javaScriptEnabled: false, viewport: DESK }, async ({ page, complaints }) => {
      const text = await whole(page);
      expect(await page.locator('h1').innerText()).toMatch(/^October 2026: 99\.\d{4}\s%\.$/);
      expect(text).toContain('From 1 Oct 2026, 00:00:00 to 1 Nov 2026, 00:00:00 744 h 0 min 2,678,400,000');
      const [, part, of, figure] = /([\d,]+) \/ ([\d,]+) = ([\d.]+) %, cut off after the fourth decimal/.exec(text) ?? [];
      const [good, all] = [part, of].map((ms) => BigInt((ms ?? '').replaceAll(',', '')));
      const ppm = ((good ?? 0n) * 1_000_000n) / (all ?? 1n);
      expect(figure).toBe(`${ppm / 10_000n}.${String(ppm % 10_000n).padStart(4, '0')}`);
      expect(text).toMatch(/What was down .* is not answering: connection refused\./);
      expect(text).toMatch(/Database upgrade revision 1, announced 7 Oct 2026, 10:00:00/);
      expect(text).toContain('It was changed after the deadline, and such a change can only take time away.');
      expect(text).toContain('A location sent no results.');
      expect(complaints).toEqual([]);
    }));

  test('trap 2: one millisecond too much reads 99.4999 on every page, and 99.50 on none', () =>
    visit('/scene/hair-short', { javaScriptEnabled: false, viewport: DESK }, async ({ page }) => {
      for (const path of ['/scene/hair-short', '/components/hair-short', '/promise/hair-short', '/months/hair-short']) {
        const text = await textOf(page, path);
        expect(text, path).toContain('99.4999');
        expect(`${await page.content()}${text}`, path).not.toContain('99.50');
      }
    }));

  test('traps 36 and 40: a month that was down throughout is 0.0000, one without a result has no figure', () =>
    visit('/scene/all-down', { javaScriptEnabled: false, viewport: DESK }, async ({ page }) => {
      for (const path of ['/scene', '/components', '/promise', '/months']) {
        const down = await textOf(page, `${path}/all-down`);
        expect(down, path).toContain('0.0000 %');
        const silent = await textOf(page, `${path}/silent`);
        expect(silent, path).toMatch(/no figure/);
        expect(silent.replaceAll(/all of it up 100\.0000 %|0\.0000 to 100\.0000/g, ''), path).not.toMatch(/Kept|100\.0000/);
      }
    }));

  test('the terms are those of the policy, with the reserve on both clocks, and support has its targets', () =>
    visit('/promise/usual', { javaScriptEnabled: false, viewport: PHONE }, async ({ page, complaints }) => {
      const text = await whole(page);
      expect(await page.locator('h1').innerText()).toMatch(/99\.5\s%/);
      expect(text).toContain('Every Saturday 5 hours from 10:00 (Eastern Time) are reserved.');
      expect(text).toContain('Next: Sat 28 Nov, 10:00–15:00 Eastern Time (EST, UTC−5) = 15:00–20:00 UTC.');
      expect(text).toContain('One full unannounced Saturday of downtime alone breaks the promise of its month.');
      expect(text).toContain('Level 1 1 hour 4 hours 1 business day telephone only');
      expect(text).toContain('Level 4 – 2 business days 10 business days any channel');
      expect(text).toContain('Requests for new features have no level and no clock.');
      expect(text).toContain('targets and goals, not guarantees');
      expect(await page.locator('a[href="tel:+15550100"]').count()).toBe(1);
      expect(complaints).toEqual([]);
    }));

  test('of facts that are too old is told as of then, without a shape', () =>
    visit('/months/expired', { javaScriptEnabled: false, viewport: DESK }, async ({ page }) => {
      expect(await whole(page)).toContain('As of 23 Nov 2026, 14:20:10 Eastern Time; nothing newer is known.');
      expect(await page.locator('h1').innerText()).not.toContain('so far');
      expect(await page.locator('.headline > .mark').count()).toBe(0);
      expect(await textOf(page, '/promise/expired')).not.toContain('so far');
    }));
});

describe('maintenance', () => {
  test('says what runs and how far, what is announced and reserved by date, and of every Saturday what was announced and used', () =>
    visit('/windows/usual', { javaScriptEnabled: false, viewport: PHONE }, async ({ page, complaints }) => {
      const text = await whole(page);
      expect(await page.locator('h1').innerText()).toBe('Maintenance is running: New database servers, and new disks.');
      expect(text).toContain('42 minutes of 2 h 30 min have passed; 1 h 48 min to go.');
      expect(await page.getByRole('progressbar').getAttribute('value')).toBe(String(42 * 60_000));
      expect(text).toContain('Announced on Tuesday 24 November at 09:00: excluded from availability, 2 h 30 min.');
      expect(text).toContain('Saturday 19 December Reserved from 10:00 to 15:00. Nothing is announced; the service stays up.');
      expect(text).toContain(
        'Announced on Saturday 14 November at 10:20: unscheduled, counts as any other time. Not excluded: 1 h 30 min.',
      );
      expect(text).toContain('Sat 31 Oct 4 h 1 h 30 min');
      expect(await page.getByRole('columnheader').allInnerTexts()).toContain('Used');
      expect(complaints).toEqual([]);
    }));

  test('moves on while it is looked at, never backwards by a wrong clock, and the reader has its own times beside those of the reserve', () =>
    visit('/windows/usual', { viewport: DESK, timezoneId: 'Europe/Berlin' }, async ({ page, complaints }) => {
      const of = (what: 'value' | 'position') => page.evaluate(`document.querySelector('progress').${what}`);
      await page.clock.install({ time: SATURDAY });
      await page.reload();
      await page.clock.runFor(10_000);
      expect(await of('value')).toBeGreaterThanOrEqual(42 * 60_000 + 10_000);
      await page.clock.setSystemTime(SATURDAY + 86_400_000);
      await page.clock.runFor(1_000);
      expect(await of('position')).toBe(1);
      await page.clock.setSystemTime(SATURDAY - 86_400_000);
      await page.clock.runFor(1_000);
      expect(await of('position')).toBe(1);
      expect(await page.locator('.window').first().innerText()).toContain('On your clock: Sat 28 Nov, 16:00–18:30');
      expect(complaints).toEqual([]);
    }));

  test('of one announcement everything is said, hostile text as text, and nobody who wrote it', () =>
    visit('/maintenance/running', { viewport: DESK, timezoneId: 'America/New_York' }, async ({ page, complaints }) => {
      await page.locator('summary', { hasText: 'Another text.' }).click();
      const text = await whole(page);
      expect(text).toContain('<script>alert("x")</script>');
      expect(text).toContain('Ends 28 Nov 2026, 12:30:00 instead of 28 Nov 2026, 12:00:00.');
      expect(text).toContain('Called “New database servers, and new disks” instead of “New database servers”.');
      expect(text).toContain('3.9.0: Faster search, and seats by the window Notes published Wednesday 18 November at 07:00.');
      expect(text).toContain('28 Nov, 10:00:00 – 12:30:00 2 h 30 min Excluded.');
      expect(await page.content()).not.toMatch(/kanarien|4\.0\.0/);
      expect(complaints).toEqual([]);
    }));

  test('stands on the front page: what runs, the next window, what changed and what is to come', () =>
    visit('/scene/maintenance', { javaScriptEnabled: false, viewport: DESK }, async ({ page }) => {
      const text = await whole(page);
      expect(text).toMatch(/What is going on New database servers, and new disks Running .* 1 h 48 min to go\./);
      expect(text).toContain('Next: Saturday 5 December Nothing is announced; the service stays up.');
      expect(text).toContain(
        'Announced after that: Move to the second data centre Announced Sat 12 Dec, 10:00–15:00 Eastern Time (EST, UTC−5) = 15:00–20:00 UTC. What changes: 4.1.0: Group bookings',
      );
      expect(text).toContain('Released last 3.8.1 released Thursday 12 November');
      expect(await page.content()).not.toMatch(/kanarien|4\.[02]\.0/);
    }));
});

describe('history', () => {
  test('has twelve months at a glance, each with its incidents, its maintenance and a figure that leads to what is behind it', () =>
    visit('/past/usual', { javaScriptEnabled: false, viewport: DESK }, async ({ page, complaints }) => {
      expect(await page.locator('section[aria-labelledby=months] tbody tr').count()).toBe(12);
      expect(await page.locator('section[aria-labelledby=months] a[href="/history/2026-10"]').count()).toBe(1);
      expect(await page.locator('section[aria-labelledby=months] a[href="/sla/2026-10"]').innerText()).toMatch(/^\d\d\.\d{4}\s%/);
      expect(await page.locator('section[aria-labelledby=availability] a[href="/components/checkout-api/2026-11"]').count()).toBe(1);
      expect(complaints).toEqual([]);
    }));

  test('of one month tells what began in it, what maintenance there was, and the figures', () =>
    visit('/past/month-running', { javaScriptEnabled: false, viewport: PHONE }, async ({ page }) => {
      const text = await whole(page);
      expect(text).toContain('23 Nov, 14:02 open Checkout API is not answering Checkout API');
      expect(text).toContain('Of the 5 hours reserved, 4 hours were announced, 2 hours excluded and nothing used.');
      expect(await page.locator('nav.months a[rel=prev]').getAttribute('href')).toBe('/history/2026-10');
    }));

  test('a month in which nothing was says so', () =>
    visit('/past/empty', { javaScriptEnabled: false, viewport: PHONE }, async ({ page }) => {
      const text = await whole(page);
      expect(text).toContain('November 2026 so far: no incident and no maintenance.');
      expect(text).toContain('No incident began in this month.');
      expect(text).toContain('No maintenance was announced in this month.');
    }));
});

describe('the first view', () => {
  test('with 50 components of 90 days each takes at most 4 requests and 40 kB', () =>
    visit('/scene/fifty', { viewport: DESK }, async ({ page, wire }) => {
      expect(await page.locator('.line').count()).toBe(50);
      await page.waitForLoadState('networkidle');
      const answers = await wire();
      const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0);
      expect(answers.length).toBeLessThanOrEqual(4);
      expect(bytes, JSON.stringify(answers)).toBeLessThanOrEqual(40_000);
    }));

  test('can be read by keyboard: the first stop leads past the way to other pages, then component by component with its bars and its figure, each stop in sight', () =>
    visit('/scene/healthy', { viewport: DESK }, async ({ page }) => {
      const stops: string[] = [];
      for (let i = 0; i < 5; i++) {
        await page.keyboard.press('Tab');
        if (i === 1) expect(page.url()).toMatch(/#main$/);
        stops.push(
          (await page.evaluate(
            '(() => { const e = document.activeElement; const o = getComputedStyle(e).outlineStyle; return [e.tagName, e.innerText.trim().replaceAll(/\\s+/g, " "), o].join(" "); })()',
          )) as string,
        );
        if (i === 0) await page.keyboard.press('Enter');
      }
      expect(stops).toEqual([
        'A Skip to the content solid',
        'A Web shop solid',
        'SUMMARY  solid',
        'A 100.0000 % this month solid',
        'A Search solid',
      ]);
    }));
});
