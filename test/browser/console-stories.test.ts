/**
 * Ops at work in a real browser, with and without scripts: an incident is opened, posted on and resolved; a time is recorded as down and
 * another is taken away by two people in two browsers; a release goes from its draft to an open gate. And the pages are fit to be used.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#domain/access/permission.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { faultsInLooks } from '../support/barriers.ts';
import { launchBrowser } from '../support/browser.ts';
import { builtRenderer, CLIENT_DIR } from '../support/built-pages.ts';
import { recordMorning } from '../support/ledger-desk.ts';
import { asking } from '../support/maintenance-desk.ts';
import { type StoryRig, startStoryRig } from '../support/story-rig.ts';
import { complaintsOf, DESK, whole } from '../support/visiting.ts';

let browser: Browser;
let rig: StoryRig;
beforeAll(async () => {
  const renderer = await builtRenderer();
  [rig, browser] = await Promise.all([
    startStoryRig('2026-11-27T12:00Z', { renderer, clientDir: CLIENT_DIR, prepare: recordMorning }),
    launchBrowser(),
  ]);
  await announceMaintenance(rig.verbs.maintenance(SOCKET_OWNER), asking('10:00', '12:00'));
});
afterAll(async () => {
  await browser?.close();
  await rig?.[Symbol.asyncDispose]();
});

interface Desk extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly context: BrowserContext;
}
/** A browser of somebody of that role. */
const sit = async (role: Role, options: BrowserContextOptions = {}): Promise<Desk> => {
  const context = await browser.newContext({ viewport: DESK, ...options });
  await context.addCookies([{ name: 'sid', value: rig.people.as[role].secret, url: rig.origin }]);
  const page = await context.newPage();
  return { page, complaints: complaintsOf(page), context, [Symbol.asyncDispose]: () => context.close() };
};

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('%s', (how, javaScriptEnabled) => {
  test('an incident is opened, posted on and resolved, and its words are seen before they are public', async () => {
    await using desk = await sit('ops', { javaScriptEnabled });
    const { page } = desk;
    await page.goto(`${rig.origin}/admin/incidents`);
    await page.getByRole('link', { name: 'Open an incident' }).click();
    await page.getByLabel('Title').fill(`Orders fail ${how}`);
    await page.getByRole('button', { name: 'Identified' }).click();
    expect(await page.getByLabel('Title').inputValue()).toBe(`Orders fail ${how}`);
    expect(await page.getByRole('textbox', { name: 'What to say' }).inputValue()).toContain('We know why');
    await page.getByRole('textbox', { name: 'What to say' }).fill('Cards are **refused**.');
    await page.getByLabel('The checkout').selectOption('major_outage');
    if (javaScriptEnabled) await page.locator('.text-preview strong').waitFor();
    else await page.getByRole('button', { name: 'Preview' }).click();
    expect(await page.locator('.text-preview strong').innerText()).toBe('refused');
    await page.getByRole('button', { name: /^Open it publicly/ }).click();
    expect(await whole(page)).toContain('The incident is open and public.');
    await page.getByLabel('Status').selectOption('monitoring');
    await page.getByRole('textbox', { name: 'What to say' }).fill('Cards are taken again.');
    await page.getByRole('button', { name: 'Post this publicly' }).click();
    expect(await whole(page)).toContain('Your post is public.');
    await page.getByLabel('Status').selectOption('resolved');
    await page.getByRole('textbox', { name: 'What to say' }).fill('It is over.');
    await page.locator('button[value="post"]').click();
    const over = await whole(page);
    expect(over).toContain('The incident is resolved.');
    expect(over).toContain('Ona Berg signed in');
    expect(await page.getByRole('button', { name: 'Publish the post-mortem' }).count()).toBe(1);
    expect(desk.complaints).toEqual([]);
  });

  test('downtime is recorded after its milliseconds were shown, and what takes some away waits for another person', async () => {
    await using ops = await sit('ops', { javaScriptEnabled });
    const { page } = ops;
    const minute = javaScriptEnabled ? 10 : 30;
    const record = async (state: string, start: string, end: string): Promise<string> => {
      await page.goto(`${rig.origin}/admin/overrides/new`);
      await page.getByLabel('Component').selectOption('checkout');
      await page.getByLabel('What is true').selectOption(state);
      await page.getByLabel('From').fill(start);
      await page.getByLabel('Until').fill(end);
      await page.getByLabel('Why you know').fill('The log of the load balancer.');
      await page.getByLabel('Evidence').fill('lb.log');
      await page.locator('button[value="preview"]:visible').click();
      const shown = await whole(page);
      await page.locator('button[value="record"]').click();
      return shown;
    };
    const down = await record('down', `2026-11-27T03:${minute}:00`, `2026-11-27T03:${minute + 10}:00`);
    expect(down).toContain('10 min (600,000 ms)');
    expect(await whole(page)).toContain('It is recorded, and counts.');
    const up = await record('up', `2026-11-27T04:${minute}:00`, `2026-11-27T04:${minute + 5}:00`);
    expect(up).toContain('Ask to take 5 min of downtime away from The checkout');
    expect(await whole(page)).toContain('waits for a second person: no effect yet');
    expect(await page.getByRole('button', { name: /^Approve/ }).count()).toBe(0);
    await using admin = await sit('admin', { javaScriptEnabled });
    await admin.page.goto(`${rig.origin}/admin/overrides`);
    await admin.page.getByRole('button', { name: 'Approve: take 5 min of downtime away' }).click();
    expect(await whole(admin.page)).toContain('It is approved, and counts as if it had from the start.');
    expect(await whole(admin.page)).toContain('Adele Kruse (signed in)');
    expect([...ops.complaints, ...admin.complaints]).toEqual([]);
  });

  test('a release goes from its draft over notes and window to an open gate', async () => {
    await using desk = await sit('ops', { javaScriptEnabled });
    const { page } = desk;
    const version = javaScriptEnabled ? '3.0' : '3.1';
    await page.goto(`${rig.origin}/admin/releases/new`);
    await page.getByLabel('Version').fill(version);
    await page.getByLabel('Title').fill('Search');
    await page.getByRole('textbox', { name: 'Notes' }).fill('### Added\n- Search by order number');
    await page.getByRole('button', { name: 'Draft it' }).click();
    expect(await whole(page)).toContain('for everybody outside there is no such release');
    await page.getByRole('button', { name: 'Publish revision 1' }).click();
    await page.getByRole('combobox', { name: 'Window' }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Plan it into this window' }).click();
    expect(await whole(page)).toContain('The next instant at which it would be allowed: 28 Nov 2026, 10:00:00.');
    await page.getByRole('button', { name: 'Record that it is tested completely' }).click();
    expect(await whole(page)).toContain('It is recorded as tested completely.');
    expect(desk.complaints).toEqual([]);
  });
});

test('at the window’s start the gate opens', async () => {
  await using later = await startStoryRig('2026-11-28T14:50Z', { renderer: await builtRenderer(), clientDir: CLIENT_DIR });
  await announceMaintenance(later.verbs.maintenance(SOCKET_OWNER), asking('10:00', '12:00'));
  await later.form('ops', '/admin/releases/new', {
    do: 'draft',
    version: '4.0',
    title: 'Four',
    kind: 'standard',
    tickets: '',
    notes: '- x',
  });
  await later.form('ops', '/admin/releases/4.0/publish', { at: '' });
  await later.form('ops', '/admin/releases/4.0/schedule', { window: 'next', time: '' });
  expect((await later.get('ops', '/admin/releases/4.0')).body.toString()).toContain('outside of a window, for ever');
  later.set('2026-11-28T15:00Z');
  expect((await later.get('ops', '/admin/releases/4.0')).body.toString()).toContain('Yes, now.');
});

describe('every page', () => {
  const PAGES = [
    '/admin/incidents',
    '/admin/incidents/new',
    '/admin/overrides',
    '/admin/overrides/new',
    '/admin/releases',
    '/admin/releases/new',
    '/admin/releases/9.0',
  ];
  test('is accessible on a phone and at a desk, in light and dark, does not run sideways and keeps to its policy', async () => {
    await rig.form('ops', '/admin/releases/new', {
      do: 'draft',
      version: '9.0',
      title: 'Nine',
      kind: 'standard',
      tickets: '',
      notes: '- x',
    });
    const opened = await rig.form('ops', '/admin/incidents/new', {
      do: 'open',
      title: 'Slow',
      status: 'identified',
      body: 'Since a while.',
      'impact.search': 'degraded',
    });
    await using desk = await sit('admin');
    for (const path of [...PAGES, String(opened.headers['location'])]) {
      await desk.page.goto(rig.origin + path);
      expect([path, await faultsInLooks(desk.page)]).toEqual([path, []]);
      expect([path, desk.complaints]).toEqual([path, []]);
    }
  });
});
