/**
 * An ops person at the announcement form in a real Chromium: next Saturday is announced with and without scripts, the verdict is there
 * before, the window is moved by pointer and by keys, and no page has a barrier, a sideways scroll or a breach of its policy.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { keepDraft } from '#monitor/actions/keep-draft.ts';
import type { Renderer } from '#site/server/prepared.ts';
import { accepted } from '../support/accepted.ts';
import { type AnnouncingRig, openAnnouncingRig } from '../support/announcing-rig.ts';
import { faultsInLooks } from '../support/barriers.ts';
import { launchBrowser } from '../support/browser.ts';
import { builtRenderer, CLIENT_DIR } from '../support/built-pages.ts';
import { asking, at } from '../support/maintenance-desk.ts';
import { versionStatement } from '../support/recording.ts';
import { DESK, type Look, PHONE, plain, visitIn } from '../support/visiting.ts';

const NEW = '/admin/maintenance/new';

let browser: Browser;
let renderer: Renderer;
beforeAll(async () => {
  [renderer, browser] = await Promise.all([builtRenderer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
});
const openRig = (now?: string): Promise<AnnouncingRig> => openAnnouncingRig(now, { renderer, clientDir: CLIENT_DIR });

interface Visit {
  readonly viewport?: typeof PHONE;
  readonly scripts?: boolean;
  readonly role?: 'ops' | 'admin' | 'viewer';
}
const visit = (
  rig: AnnouncingRig,
  path: string,
  look: Look,
  { viewport = DESK, scripts = true, role = 'ops' }: Visit = {},
): Promise<void> => {
  const cookies = [{ name: 'sid', value: rig.people.as[role].secret, url: rig.origin }];
  return visitIn(browser, rig.origin + path, { cookies, viewport, javaScriptEnabled: scripts, reducedMotion: 'reduce' }, look);
};
const judged = async (page: Page): Promise<string> => plain(await page.locator('.judged').innerText());
const saying = (page: Page, words: string) => page.locator('.judged', { hasText: words }).waitFor();

test('of more components than anybody ticks the names are typed; what was typed stays, and is told apart from what there is', async () => {
  await using rig = await openRig();
  const many = Array.from({ length: 150 }, (_, i) => ({ slug: `node-${i}` }));
  await rig.store.write(
    many.flatMap(({ slug }, i) => [
      { sql: 'INSERT INTO components VALUES (?, ?, ?)', args: [i + 100, slug, 0] },
      versionStatement(i + 100, 0, { slug }, 1),
    ]),
  );
  await visit(
    rig,
    NEW,
    async (page) => {
      expect(await page.locator('[type="checkbox"][name="component"]').count()).toBe(0);
      await page.getByLabel('Some of them').check();
      await page.getByLabel('By their short names').fill('node-7, node-149 nod-3');
      await page.getByRole('button', { name: 'Check' }).click();
      expect(plain(await page.locator('main').innerText())).toMatch(/There is no component nod-3\. .* and \d+ more\./);
      expect(await page.locator('[type="checkbox"][name="component"]:checked').count()).toBe(2);
      await page.getByLabel('By their short names').fill('node-3');
      await page.getByLabel('Title').fill('New disks');
      await page.getByRole('textbox', { name: 'Text' }).fill('Three machines are away.');
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.waitForURL(/said=announced/);
      // The sheet is the console's own file: it is loaded once for all pages.
      expect(await page.locator('link[rel="stylesheet"][href^="/_astro/console."]').count()).toBe(1);
      expect(await page.locator('style').count()).toBe(0);
    },
    { scripts: false },
  );
  const [announced] = await readAnnouncements(rig.store);
  expect(announced?.components).toEqual(['node-149', 'node-3', 'node-7']);
});

describe('next Saturday', () => {
  test.each([true, false])('is announced in a minute and known to count (scripts: %s)', async (scripts) => {
    await using rig = await openRig();
    await visit(
      rig,
      '/admin/maintenance',
      async (page, complaints) => {
        await page.getByRole('link', { name: 'Announce Saturday 28 November' }).first().click();
        await page.locator('h1', { hasText: 'Announce maintenance' }).waitFor();
        expect(await judged(page)).toMatch(/^All of it will count as excluded: 5 h 0 min \(18,000,000 ms\)\. In time/);
        await page.getByLabel('Title').fill('Database upgrade');
        await page.getByLabel('Text').fill('Checkout is **away** for some minutes.');
        await page.getByLabel('To', { exact: true }).fill('17:00');
        if (!scripts) await page.getByRole('button', { name: 'Check' }).click();
        await saying(page, 'Part of it');
        expect(await judged(page)).toContain('5 h 0 min (18,000,000 ms) of 7 h 0 min (25,200,000 ms)');
        expect(plain(await page.locator('#verdict').innerText())).toContain('It lies outside the reserved time.');
        expect(await page.getByLabel('Title').inputValue()).toBe('Database upgrade');
        await page.getByLabel('To', { exact: true }).fill('12:30');
        if (!scripts) await page.getByRole('button', { name: 'Check' }).click();
        await saying(page, 'All of it');
        const told = plain(await page.locator('#verdict').innerText());
        for (const words of [
          '2 h 30 min (9,000,000 ms)',
          'November 2026: 3 h 36 min 18 s becomes 3 h 35 min 33 s',
          'Japan Standard Time',
          'Database upgrade Announced',
        ])
          expect(told).toContain(words);
        expect(await page.locator('#verdict .as-public strong').innerText()).toBe('away');
        await page.getByRole('button', { name: 'Publish' }).click();
        await page.locator('h1', { hasText: 'Database upgrade' }).waitFor();
        const page_ = plain(await page.locator('main').innerText());
        expect(page_).toContain('It is announced.');
        expect(page_).toContain('excluded from availability, 2 h 30 min');
        expect(page_).toContain('Announced by Ona Berg, signed in.');
        expect(complaints).toEqual([]);
      },
      { scripts },
    );
    const [fact] = await readAnnouncements(rig.store);
    expect([fact?.revisions[0].start, fact?.revisions[0].end]).toEqual([at('2026-11-28T10:00-05:00'), at('2026-11-28T12:30-05:00')]);
  });

  test('is moved by pointer and by keys, and the fields follow', async () => {
    await using rig = await openRig();
    await visit(rig, NEW, async (page, complaints) => {
      const end = page.locator('[data-grip="end"]');
      const box = await end.boundingBox();
      const hour = ((await page.locator('[data-day]').boundingBox())?.width ?? 0) / 24;
      if (!box) throw new Error('the end of the window is not drawn');
      await page.mouse.move(box.x + 5, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + 5 - 2 * hour, box.y + 20, { steps: 5 });
      await page.mouse.up();
      expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('13:00');
      await saying(page, '3 h 0 min');
      await page.locator('[data-grip="start"]').focus();
      await page.keyboard.press('PageUp');
      await page.keyboard.press('ArrowLeft');
      expect(await page.getByLabel('From').inputValue()).toBe('10:45');
      await saying(page, '2 h 15 min');
      expect(await page.evaluate('document.activeElement.getAttribute("aria-valuetext")')).toBe('10:45');
      expect(complaints).toEqual([]);
    });
  });

  test.each([true, false])('is judged in sight on a phone, and no field or button is under the verdict (scripts: %s)', async (scripts) => {
    await using rig = await openRig();
    await visit(
      rig,
      NEW,
      async (page, complaints) => {
        const line = page.locator('.verdict-line');
        const inSight = async (): Promise<boolean> => {
          const box = await line.boundingBox();
          return box !== null && box.y >= 0 && box.y + box.height <= (page.viewportSize()?.height ?? 0) + 1;
        };
        expect(plain(await line.innerText())).toMatch(/^All of it will count as excluded: 5 h 0 min \(18,000,000 ms\)\./);
        for (const height of [PHONE.height, 380]) {
          // As with a keyboard on the screen, which takes half of it.
          await page.setViewportSize({ width: 360, height });
          await page.locator('body').focus();
          for (let i = 0; i < 40; i++) {
            await page.keyboard.press('Tab');
            const over = await page.evaluate(`(() => {
              const at = document.activeElement;
              if (!at.closest('.announcing > form') || at.matches('textarea')) return null;
              const [one, line] = [at.getBoundingClientRect(), document.querySelector('.verdict-line').getBoundingClientRect()];
              return one.bottom > line.top && one.top < line.bottom ? at.outerHTML : null;
            })()`);
            expect(over).toBeNull();
          }
          await page.getByLabel('To', { exact: true }).focus();
          expect(await inSight()).toBe(true);
        }
        if (scripts) {
          await page.getByLabel('To', { exact: true }).fill('17:00');
          await page.locator('.verdict-line.is-mixed', { hasText: 'Part of it' }).waitFor();
          expect(plain(await line.innerText())).toContain('5 h 0 min (18,000,000 ms) of 7 h 0 min (25,200,000 ms)');
          await page.getByLabel('To', { exact: true }).fill('09:00');
          await page.locator('.verdict-line.is-bad').waitFor();
        }
        await line.getByRole('link').click();
        expect(await page.evaluate('document.querySelector(".judged").getBoundingClientRect().top < innerHeight')).toBe(true);
        expect(complaints).toEqual([]);
      },
      { scripts, viewport: PHONE },
    );
  });

  test('stays typed when it is refused, with the fault beside its field', async () => {
    await using rig = await openRig();
    accepted(await announceMaintenance(rig.ctx, { ...asking('10:00', '11:00'), author: null }));
    await visit(rig, `${NEW}?slot=2026-11-28`, async (page) => {
      await page.getByLabel('Title').fill('Mine');
      await page.getByLabel('Text').fill('Mine too.');
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.locator('.faults').waitFor();
      expect(plain(await page.locator('#f-slot-fault').innerText())).toContain('That slot already has an announcement');
      expect(await page.locator('#f-slot-fault a').getAttribute('href')).toMatch(/^\/admin\/maintenance\/[a-z2-9]+$/);
      expect([await page.getByLabel('Title').inputValue(), await page.getByLabel('Text').inputValue()]).toEqual(['Mine', 'Mine too.']);
    });
  });
});

describe('an announcement', () => {
  test('that somebody else changed meanwhile shows both differences, and takes mine on top', async () => {
    await using rig = await openRig();
    const { announcement } = accepted(await announceMaintenance(rig.ctx, { ...asking('10:00', '12:00'), author: null }));
    await visit(rig, `/admin/maintenance/${announcement.id}`, async (page) => {
      await page.getByLabel('Title').fill('Mine');
      accepted(await editMaintenance(rig.ctx, announcement.id, { to: '13:00', author: null }));
      await page.getByRole('button', { name: 'Publish version 2' }).click();
      await page.locator('.conflict').waitFor();
      const told = plain(await page.locator('.conflict').innerText());
      expect(told).toContain('Ends 28 Nov 2026, 13:00:00 instead of 28 Nov 2026, 12:00:00.');
      expect(told).toContain('Called “Mine” instead of “Database upgrade”.');
      await page.getByRole('button', { name: 'Write mine on top, as version 3' }).click();
      await page.locator('h1', { hasText: 'Mine' }).waitFor();
    });
    const last = (await readAnnouncements(rig.store))[0]?.revisions.at(-1);
    expect([last?.rev, last?.title, last?.end]).toEqual([3, 'Mine', at('2026-11-28T13:00-05:00')]);
  });

  test.each([true, false])('is done early by a button that says how much is given back (scripts: %s)', async (scripts) => {
    await using rig = await openRig('2026-11-28T09:00-05:00');
    const { announcement } = accepted(await announceMaintenance(rig.ctx, { ...asking('10:00', '12:00'), author: null }));
    rig.set('2026-11-28T10:48-05:00');
    await visit(
      rig,
      '/admin/maintenance',
      async (page) => {
        await page.getByText('Done early …').click();
        await page.getByRole('button', { name: 'End now: 1 h 12 min are given back' }).click();
        await page.locator('h1', { hasText: 'Database upgrade' }).waitFor();
        expect(plain(await page.locator('main').innerText())).toContain('excluded from availability, 48 minutes of 2 hours');
      },
      { scripts },
    );
    expect((await readAnnouncements(rig.store)).find(({ id }) => id === announcement.id)?.ending?.kind).toBe('completed');
  });

  test('has nothing to press for who only reads', async () => {
    await using rig = await openRig();
    const { announcement } = accepted(await announceMaintenance(rig.ctx, { ...asking('10:00', '12:00'), author: null }));
    for (const path of ['/admin/maintenance', `/admin/maintenance/${announcement.id}`])
      await visit(
        rig,
        path,
        async (page) => {
          expect(await page.locator('main :is(button, input, textarea)').count()).toBe(0);
          expect(await page.locator('main a[href*="/new"]').count()).toBe(0);
        },
        { role: 'viewer' },
      );
  });
});

describe('no page', () => {
  let rig: AnnouncingRig;
  let pages: readonly string[];
  beforeAll(async () => {
    rig = await openRig('2026-11-28T09:00-05:00');
    const long = 'An upgrade of the database that has a very long name '.repeat(4).slice(0, 200).trim();
    const made = async (slot: string, more: object): Promise<string> =>
      accepted(await announceMaintenance(rig.ctx, { ...asking('10:00', '16:00', { slot }), author: null, ...more })).announcement.id;
    const running = await made('2026-11-28', {
      title: long,
      body: `# Heading\n\n${'word '.repeat(200)}\n\n<script>window.ran = 1</script>`,
    });
    const id = await made('2026-12-05', { title: 'W'.repeat(200), components: ['search'] });
    for (let week = 0; week < 8; week++)
      await made(`2027-0${1 + Math.floor(week / 4)}-0${1 + (week % 4) * 2}`, { title: `Window ${week}` });
    accepted(await keepDraft(rig.ctx, { kind: 'announcement', subject: null, document: { title: long }, basedOn: null }));
    rig.set('2026-11-28T10:30-05:00');
    pages = [
      '/admin/maintenance',
      NEW,
      `${NEW}?slot=2026-12-12&from=14:00&to=17:00&title=${'W'.repeat(200)}&body=x`,
      ...[running, id].map((one) => `/admin/maintenance/${one}`),
    ];
  });
  afterAll(() => rig?.[Symbol.asyncDispose]());

  test('has a barrier, scrolls sideways, or breaks its policy', { timeout: 120_000 }, async () => {
    for (const path of pages)
      await visit(rig, path, async (page, complaints) => {
        for (const summary of await page.locator('main summary').all()) await summary.click();
        expect([path, await faultsInLooks(page)]).toEqual([path, []]);
        expect(await page.evaluate('window.ran')).toBeUndefined();
        expect([path, complaints]).toEqual([path, []]);
      });
  });
});
