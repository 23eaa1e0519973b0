/**
 * The first day of somebody new in ops, on the served demo, on the Saturday on which a window runs: in by the link, a check added, the next
 * free Saturday announced and known to count, with and without scripts; then a pipeline asks whether it may deploy.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Product, type ProductFolder, productFolder, startProduct } from '../support/product.ts';
import { type FirstAdmin, makeFirstAdmin } from '../support/signed-in-product.ts';
import { whole } from '../support/visiting.ts';

/** Forty minutes into the announced window of the demo. */
const NOW = '2026-11-28T10:40-05:00';

let folder: ProductFolder;
let product: Product;
let browser: Browser;
let admin: FirstAdmin;
let invitation = '';

beforeAll(async () => {
  folder = productFolder();
  [product, browser] = await Promise.all([
    startProduct(folder, { verb: 'demo', useConfig: false, args: ['--now', NOW, '--seed', '1'] }),
    launchBrowser(),
  ]);
  admin = await makeFirstAdmin(product, folder);
});
afterAll(async () => {
  await browser?.close();
  await product?.ends('SIGTERM');
  folder?.remove();
});

const visiting = async (options: BrowserContextOptions, cookie: FirstAdmin['cookie'] | null, look: (page: Page) => Promise<void>) => {
  const context = await browser.newContext(options);
  try {
    if (cookie) await context.addCookies([cookie]);
    await look(await context.newPage());
  } finally {
    await context.close();
  }
};

test('an admin invites somebody by a link that is shown once', async () => {
  await visiting({}, admin.cookie, async (page) => {
    await page.goto(`${product.origin}/admin/people`);
    await page.getByRole('link', { name: 'Invite somebody' }).click();
    await page.locator('[name=email]').fill('mara@example.com');
    await page.locator('[name=role][value=ops]').check();
    await page.locator('main form button[type=submit]').first().click();
    invitation = /https?:\/\/\S+\/admin\/invitations\/[A-Za-z0-9_-]{43}/.exec(await whole(page))?.[0] ?? '';
    expect(invitation).not.toBe('');
  });
});

describe.each([
  { scripts: true, slug: 'timetable-feed', email: 'mara@example.com' },
  { scripts: false, slug: 'feed-of-departures', email: null },
])('with scripts: $scripts', ({ scripts, slug, email }) => {
  test('somebody adds a check and announces the next free Saturday, and reads that it counts', async () => {
    await visiting({ javaScriptEnabled: scripts }, email ? null : admin.cookie, async (page) => {
      if (email) {
        await page.goto(invitation);
        await page.locator('[name=name]').fill('Mara Lindqvist');
        await page.locator('[name=password]').fill('nine lighthouses in fog');
        await page.locator('main form button[type=submit]').first().click();
        await page.waitForURL('**/admin');
      }
      await page.goto(`${product.origin}/admin/components/new`);
      await page.locator('[name=name]').fill('Feed of departures');
      expect(await page.locator('[name=slug]').inputValue(), 'proposed from the name').toBe(scripts ? 'feed-of-departures' : '');
      if (scripts) {
        await page.locator('[name=slug]').fill(slug);
        await page.locator('[name=name]').fill('Feed of departures, all piers');
        expect(await page.locator('[name=slug]').inputValue(), 'what somebody wrote stays').toBe(slug);
        await page.locator('[name=name]').fill('Feed of departures');
      }
      await page.locator('[name=check]').fill('http: http://127.0.0.1:1/health');
      await page.getByRole('button', { name: 'Add it: probed from now on' }).click();
      expect(await page.locator('#f-check-fault').innerText()).toMatch(/loopback|this machine|private|public address/i);
      expect(await page.locator('[name=name]').inputValue()).toBe('Feed of departures');
      await page.locator('[name=check]').fill('http: https://feed.skerry.example/health\ninterval: 60s');
      await page.getByRole('button', { name: 'Add it: probed from now on' }).click();
      await page.waitForURL(`**/admin/components/${slug}?said=added`);
      expect(await whole(page)).toContain('It is watched from now on.');

      await page.goto(`${product.origin}/admin/maintenance/new`);
      await page.locator('[name=title]').fill(`Works for ${slug}`);
      await page.locator('[name=body]').fill('The feed of departures stands still.');
      expect(await whole(page)).toMatch(/All of it will count as excluded: 5 h 0 min \(18,000,000 ms\)/);
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      await page.waitForURL(/\/admin\/maintenance\/[a-z2-9]+(\?|$)/);
      expect(await whole(page)).toContain(`Works for ${slug}`);
    });
    const publicly = await product.get('/maintenance');
    expect(publicly.text).toContain(`Works for ${slug}`);
    expect(publicly.text).not.toContain('Mara Lindqvist');
  });
});

test('a pipeline with a token is refused, with the reason and the next instant, until the notes are public and the window is open', async () => {
  let token = '';
  await visiting({}, admin.cookie, async (page) => {
    await page.goto(`${product.origin}/admin/account/token`);
    await page.locator('[name=name]').fill('Pipeline');
    await page.locator('[name=scopes][value="releases:deploy"]').check();
    await page.locator('main form button[type=submit]').first().click();
    token = /sp_[a-z2-9]{12}_[A-Za-z0-9_-]{43}/.exec(await whole(page))?.[0] ?? '';
    expect(token).not.toBe('');
    await page.goto(`${product.origin}/admin/releases/new`);
    await page.locator('[name=version]').fill('9.9.9');
    await page.locator('[name=title]').fill('A change that nobody has told yet');
    await page.locator('[name=notes]').fill('Not told yet.');
    await page.locator('button[name=do][value=draft]').click();
    await page.waitForURL('**/admin/releases/9.9.9*');
  });
  const asked = async (version: string) => {
    const answer = await product.get(`/api/v1/releases/${version}/may-deploy`, { authorization: `Bearer ${token}` });
    return {
      status: answer.status,
      ...(JSON.parse(answer.text) as { allowed?: boolean; reason?: string; next_allowed_at?: string | null }),
    };
  };
  const planned = await asked('4.8.0');
  expect(planned).toMatchObject({ status: 200, allowed: false });
  expect([planned.next_allowed_at, planned.reason]).toEqual([expect.stringMatching(/Z$/), expect.stringContaining('window')]);
  expect(await asked('9.9.9')).toMatchObject({ status: 200, allowed: false });
  expect((await product.get('/api/v1/releases/4.8.0/may-deploy')).status).toBe(401);
});
