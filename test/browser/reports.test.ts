/** Reports in a real Chromium, served by the real front: whole without scripts, on a phone and on paper, in light and dark, under the content policy. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsInLooks } from '../support/barriers.ts';
import { launchBrowser } from '../support/browser.ts';
import { pdfDrawings, pdfPages } from '../support/pdf-text.ts';
import { LONG_NAME, reportScenes, sceneDocument, sceneFile } from '../support/report-scenes.ts';
import { type SceneFront, startSceneFront } from '../support/scene-front.ts';
import { DESK, type Look, PHONE, plain, tooWide, visitIn, whole } from '../support/visiting.ts';

const pathOf = (id: string): string => `/admin/reports/${reportScenes[id]?.given.month}/${id}`;
const reports = Object.keys(reportScenes).map(pathOf);
const EVENTFUL = pathOf('eventful');
const ASKED = `${EVENTFUL}?drop=m-oct-03&down=app&down-from=2026-10-15T10:00&down-to=2026-10-15T12:00&target=99.9`;
const pages = ['/admin/reports', '/admin/reports/2026-10', ...reports, ASKED];

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
  visitIn(browser, front.origin + path, { ...options, cookies: [front.cookie] }, look);

describe('without scripts', () => {
  test('the verdict is one sentence, and everything behind it is on the page', () =>
    visit(EVENTFUL, { javaScriptEnabled: false, viewport: DESK }, async (page, complaints) => {
      expect(plain(await page.locator('h1').innerText())).toBe(
        'October 2026: 99.7378 % of 737 h 10 min measured; promised 99.5 %. Kept. No credit.',
      );
      const text = await whole(page);
      for (const said of [
        'Final, revision 2',
        '1 October 2026 at 00:00 to 1 November 2026 at 00:00, Eastern Time (America/New_York)',
        'D1 Application 8 Oct, 14:02:11 8 Oct, 15:01:42 59 min 31 s checks',
        'unexpected HTTP status 503: Service Unavailable',
        'connection refused',
        'The true start may lie up to 1 min earlier, the true end up to 1 min earlier. Incident inc-101.',
        'm-oct-10, revision 1',
        'It was announced after the deadline.',
        'A location sent no results.',
        '= availability, cut off after four decimals 99.7378 %',
        'No tier of the schedule applies.',
        'The hotfix 4.2.1 was deployed',
        'Override o-log was added',
        sceneDocument('eventful')?.prev_sha256 ?? 'no hash',
      ])
        expect(text).toContain(said);
      expect(complaints).toEqual([]);
    }));

  test('the percentage leads to the sum, the sum to its lines, a line to its evidence or its announcement', () =>
    visit(EVENTFUL, { javaScriptEnabled: false, viewport: DESK }, async (page) => {
      const broken = await page.evaluate(
        '[...document.querySelectorAll("main a[href^=\'#\']")].map((a) => a.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id))',
      );
      expect(broken).toEqual([]);
      const steps = [
        ['a[href="#sum"]', '#sum'],
        ['.sum a[href="#D1"]', '#D1'],
        ['#D1 a[href="#evidence-D1"]', '#evidence-D1'],
        ['#X1 a[href="#announcement-m-oct-03"]', '#announcement-m-oct-03'],
        ['#D3 a[href="#adjustment-o-desk"]', '#adjustment-o-desk'],
      ] as const;
      for (const [link, target] of steps) {
        await page.locator(link).first().click();
        expect(new URL(page.url()).hash).toBe(target);
      }
    }));

  test('every day of the month has its row, as long as the day was, and what is drawn is said in a table', () =>
    visit(pathOf('open'), { javaScriptEnabled: false, viewport: DESK }, async (page) => {
      expect(await page.locator('.month-days li').count()).toBe(30);
      // Drawing and axis begin and end at the same place, beside the days.
      const [drawn, axis] = [await page.locator('.month-plot').boundingBox(), await page.locator('.month-hours').boundingBox()];
      expect([drawn?.x, Math.round((drawn?.width ?? 0) * 0.96)]).toEqual([axis?.x, Math.round(axis?.width ?? 0)]);
      expect(drawn?.width ?? 0).toBeGreaterThan(900);
      expect(await page.locator('.month-row').first().getAttribute('d')).toMatch(/^M0 2\.5h750v13H0zM0 20\.5h720/);
      expect(await whole(page)).toContain('Sunday 1 November had 25 hours: the clocks were set back.');
      expect(await whole(page)).toContain('1 Nov, 01:30:00 GMT-4 1 Nov, 02:30:00 GMT-5 2 h 0 min');
    }));

  test('the form asks, what was typed stays, and the answer says that it is imagined', () =>
    visit(EVENTFUL, { javaScriptEnabled: false, viewport: DESK }, async (page) => {
      await page.locator('input[name=drop][value=m-oct-03]').check();
      await page.locator('input[name=target]').fill('99.9');
      await page.getByRole('button', { name: 'Show the imagined month' }).click();
      await page.waitForURL(/target=99\.9/);
      const text = await whole(page);
      expect(text).toContain('Imagined, not stored.');
      expect(text).toContain('Announcement m-oct-03 had not been made.');
      expect(text).toContain('99.9 % had been promised.');
      expect(await page.locator('input[name=drop][value=m-oct-03]').isChecked()).toBe(true);
      expect(await page.locator('input[name=target]').inputValue()).toBe('99.9');
    }));

  test('what people wrote stays text', () =>
    visit(pathOf('hostile'), { viewport: PHONE }, async (page, complaints) => {
      const text = await whole(page);
      expect(text).toContain('<script>alert(1)</script>');
      expect(text).toContain(LONG_NAME);
      expect(complaints).toEqual([]);
    }));

  test('the list leads to a month, the month to a contract', () =>
    visit('/admin/reports', { javaScriptEnabled: false, viewport: PHONE }, async (page) => {
      await page.getByText('October 2026').click();
      expect(await whole(page)).toContain('Contoso missed 98.6559 % Not kept 99.5 % 6 h 16 min 48 s over 1250.00 USD Final');
      await page.getByText('Contoso').click();
      expect(plain(await page.locator('h1').innerText())).toContain('Not kept. Credit 1250.00 USD.');
      expect(await page.locator('footer').innerText()).toContain('Only people who have signed in and may read reports');
    }));
});

describe('with scripts', () => {
  test('the chart of the budget takes the place of the drawing, its cursor names the line, and the policy has nothing to refuse', () =>
    visit(EVENTFUL, { viewport: DESK }, async (page, complaints) => {
      await page.locator('.recharts-surface').first().waitFor();
      expect(await page.locator('.budget-plot').isVisible()).toBe(false);
      await page.locator('.chart svg[role=application]').focus();
      for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
      await expect.poll(() => page.locator('.reading').innerText()).toContain('D1');
      expect(await page.locator('.month-plot').count()).toBe(1);
      expect(complaints).toEqual([]);
    }));
});

describe('every page', () => {
  test('fits windows of 360 and 1280 pixels without scrolling sideways', () =>
    visit('/admin/reports', { javaScriptEnabled: false }, async (page) => {
      const wide: string[] = [];
      for (const path of pages) {
        await page.goto(front.origin + path);
        wide.push(...(await tooWide(page, [PHONE, DESK])));
      }
      expect(wide).toEqual([]);
    }));

  test('axe finds nothing in light on a desk and in dark on a phone, and the policy has nothing to refuse', () =>
    visit('/admin/reports', { viewport: DESK }, async (page, complaints) => {
      for (const path of [
        '/admin/reports',
        '/admin/reports/2026-10',
        EVENTFUL,
        ASKED,
        pathOf('open'),
        pathOf('indeterminate'),
        pathOf('missed'),
      ]) {
        await page.goto(front.origin + path, { waitUntil: 'networkidle' });
        const looks = [
          { viewport: DESK, colorScheme: 'light' },
          { viewport: PHONE, colorScheme: 'dark' },
        ] as const;
        expect(await faultsInLooks(page, looks), path).toEqual([]);
      }
      expect(complaints).toEqual([]);
    }));
});

describe('on paper', () => {
  const prints = new Map<string, Uint8Array>();
  /** The eventful report as it prints without scripts. */
  const printedPlainly = async (format: 'A4' | 'Letter'): Promise<Uint8Array> => {
    if (!prints.has(format))
      await visit(EVENTFUL, { javaScriptEnabled: false, viewport: DESK }, async (page) => {
        prints.set(format, await page.pdf({ format }));
      });
    return prints.get(format) ?? new Uint8Array();
  };

  test.each(['A4', 'Letter'] as const)(
    'every %s page carries the hash of the report and its number, and no fact stays behind',
    async (format) => {
      const printed = pdfPages(await printedPlainly(format));
      const report = sceneDocument('eventful');
      const sealed = JSON.parse(report ? sceneFile(report) : '{}') as { sha256: string };
      expect(printed.length).toBeGreaterThan(3);
      printed.forEach((text, i) => {
        expect(text).toContain(`Reporteventful/2026-10/2·SHA-256${sealed.sha256}`);
        expect(text).toContain(`${i + 1}/${printed.length}`);
      });
      const all = printed.join('');
      const lines = report ? [...report.downtime, ...report.exclusions, ...report.refused, ...report.unknown] : [];
      expect(lines.length).toBeGreaterThan(8);
      for (const { id } of lines) expect(all).toContain(id);
      for (const said of ['unexpectedHTTPstatus503', 'Itwasannouncedafterthedeadline.', 'Theloadbalancerlogsaysso.', 'Kept.Nocredit.'])
        expect(all).toContain(said);
      for (const left of ['Whatif', 'ReportsOctober', 'ThisreportasJSON', 'thismachineonly']) expect(all).not.toContain(left);
    },
  );

  test.each([
    ['desk', DESK],
    ['phone', PHONE],
  ] as const)('downtime against the budget is drawn where scripts run too, from a %s', (_, viewport) =>
    visit(EVENTFUL, { viewport }, async (page, complaints) => {
      await page.locator('.recharts-surface').first().waitFor();
      // Nothing in the page hears how wide the paper is: what is printed has to be, stroke for stroke, what prints without scripts.
      const printed = pdfDrawings(await page.pdf({ format: 'A4' }));
      expect(printed).toEqual(pdfDrawings(await printedPlainly('A4')));
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.chart').isVisible()).toBe(false);
      const plot = await page.locator('.budget-plot').boundingBox();
      expect(plot?.width ?? 0).toBeGreaterThan(viewport.width * 0.8);
      for (const mark of ['.lost-area', '.lost-line', '.budget-line']) {
        const box = await page.locator(`.budget-plot ${mark}`).boundingBox();
        expect(box?.width ?? 0, mark).toBeGreaterThan((plot?.width ?? 0) * 0.7);
        if (mark !== '.budget-line') expect(box?.height ?? 0, mark).toBeGreaterThan(20);
      }
      // Back on the screen the chart is there again, as wide as it was.
      await page.emulateMedia({ media: 'screen' });
      expect(await page.locator('.budget-plot').isVisible()).toBe(false);
      await expect
        .poll(async () => (await page.locator('.chart svg[role=application]').boundingBox())?.width ?? 0)
        .toBeGreaterThan(viewport.width * 0.7);
      expect(complaints).toEqual([]);
    }),
  );

  test('one that is not final says so on every page', () =>
    visit(pathOf('provisional'), { javaScriptEnabled: false, viewport: DESK }, async (page) => {
      for (const text of pdfPages(await page.pdf({ format: 'A4' }))) expect(text).toContain('provisional,notfinal:nohash');
    }));

  test('sixty lines of downtime go over as many pages as they need, with the head of the table on each', () =>
    visit(pathOf('sixty'), { javaScriptEnabled: false, viewport: DESK }, async (page) => {
      const printed = pdfPages(await page.pdf({ format: 'A4' }));
      const with60 = printed.filter((text) => /D\d+Application1Oct/.test(text));
      expect(with60.length).toBeGreaterThan(1);
      for (const text of with60) expect(text).toContain('LineComponentFromToLengthEvidence');
    }));

  test('it is black and white', () =>
    visit(EVENTFUL, { javaScriptEnabled: false, viewport: DESK }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const coloured = await page.evaluate(`[...document.querySelectorAll('main *')].flatMap((e) => {
        const style = getComputedStyle(e);
        return ['color', 'fill', 'stroke', 'backgroundColor', 'borderBottomColor'].flatMap((name) => {
          const m = /^rgba?\\((\\d+), (\\d+), (\\d+)/.exec(style[name]);
          return m && !(m[1] === m[2] && m[2] === m[3]) ? [e.tagName + '.' + e.getAttribute('class') + ' ' + name + ' ' + style[name]] : [];
        });
      })`);
      expect(coloured).toEqual([]);
    }));
});
