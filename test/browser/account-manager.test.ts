/**
 * An account manager and a sceptical customer, on the served demo: the month is opened, the percentage is clicked, the outage, its
 * checks and the announcement that excused the rest are found, the JSON is sent, and verified by somebody who has nothing else.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SealedReport } from '#domain/report/report-document.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, type ProductFolder, productFolder, startProduct } from '../support/product.ts';
import { type FirstAdmin, makeFirstAdmin } from '../support/signed-in-product.ts';
import { DESK, plain } from '../support/visiting.ts';

const main = fileURLToPath(new URL('../../monitor/cli/main.ts', import.meta.url));
/** The October of the demo: an outage on the 13th, and an announced hour on the 10th. */
const NOW = '2026-11-21T12:00:00Z';
const REPORT = '/admin/reports/2026-10/lake-orrin-main';

let folder: ProductFolder;
let product: Product;
let browser: Browser;
let admin: FirstAdmin;
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

const avow = (...words: readonly string[]): { readonly status: number | null; readonly said: string } => {
  // Somewhere without a store, as the customer would.
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { cwd: folder.path, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const opened = async (path: string, look: (page: Page) => Promise<void>): Promise<void> => {
  const context = await browser.newContext({ viewport: DESK });
  await context.addCookies([admin.cookie]);
  try {
    const page = await context.newPage();
    await page.goto(product.origin + path);
    await look(page);
  } finally {
    await context.close();
  }
};
/** Follows a link and answers the text of where it leads inside the page. */
const follow = async (page: Page, selector: string): Promise<string> => {
  await page.locator(selector).first().click();
  const { hash } = new URL(page.url());
  return plain(await page.locator(hash === '' ? 'main' : `[id="${hash.slice(1)}"]`).innerText());
};

test('an account manager opens October, reads the verdict, and finds the outage, its checks and the announcement behind the percentage', async () => {
  await opened('/admin/reports', async (page) => {
    await page.getByRole('link', { name: 'October 2026' }).first().click();
    await page
      .getByRole('link', { name: /Lake Orrin/ })
      .first()
      .click();
    expect(new URL(page.url()).pathname).toBe(REPORT);
    expect(plain(await page.locator('h1').innerText())).toMatch(
      /^October 2026: 99\.8866 % of 743 h 0 min measured; promised 99\.5 %\. Kept\. No credit\.$/,
    );
    expect(await follow(page, 'section:has(#figures) a[href="#sum"]')).toMatch(/step by step/);
    expect(await follow(page, 'section:has(#sum) a[href="#D1"]')).toContain('Payments');
    expect(await follow(page, '[id="D1"] a[href="#evidence-D1"]')).toContain('D1');
    const checks = page.locator('section:has(#downtime) table').nth(1);
    expect(await checks.innerText()).toMatch(/11:09:\d\d[\s\S]*11:10:\d\d[\s\S]*connection/);
    const link = page.locator('[id="X1"] a[href^="#announcement-"]').first();
    const announcement = (await link.getAttribute('href')) ?? '';
    expect(await follow(page, `[id="X1"] a[href="${announcement}"]`)).toContain(announcement.slice('#announcement-'.length));
  });
});

test('what is sent holds for a customer who has the file and the public key, and one digit more does not', async () => {
  const file = join(folder.path, 'october.json');
  const [json, key] = [await product.get(`${REPORT}.json`, admin.headers), await product.get('/.well-known/avow-report-key.pem')];
  writeFileSync(file, json.text);
  writeFileSync(join(folder.path, 'key.pem'), key.text);
  const good = avow('verify', 'october.json', '--key', 'key.pem', '--alone');
  expect(good.said).toMatch(/october\.json: holds\./);
  expect(good.said).toContain('99.8866 %, met');
  expect(good.status).toBe(0);
  expect(avow('verify', 'october.json', '--data', folder.data).said).toMatch(/ok +evidence +The checks recorded by/);

  const sealed = JSON.parse(readFileSync(file, 'utf8')) as SealedReport;
  const figures = { ...sealed.report.figures, downtime_ms: sealed.report.figures.downtime_ms + 1 };
  writeFileSync(file, JSON.stringify({ ...sealed, report: { ...sealed.report, figures } }));
  const bad = avow('verify', 'october.json', '--key', 'key.pem', '--alone');
  expect(bad.said).toMatch(/WRONG +hash/);
  expect(bad.said).toMatch(/WRONG +signature/);
  expect(bad.said).toMatch(/WRONG +figures +figures\.downtime_ms says/);
  expect(bad.status).toBe(1);
});

test('the public figure of the same month leads to the same slices, and says nothing of contracts', async () => {
  await opened('/sla', async (page) => {
    await page
      .getByRole('link', { name: /^99\.8866/ })
      .first()
      .click();
    expect(new URL(page.url()).pathname).toBe('/sla/2026-10');
    const text = await page.locator('main').innerText();
    expect(text).toContain('Payments');
    for (const secret of ['Lake Orrin', '4800', 'USD', 'lake-orrin']) expect(text).not.toContain(secret);
  });
});

test('whoever has not signed in is led to the door, and cannot tell a report from what there is not', async () => {
  const asked = await Promise.all(['/admin/reports/2026-10/nobody', REPORT, `${REPORT}.json`].map((path) => product.get(path)));
  expect(asked.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(asked.map(({ headers }) => headers['location'])).toEqual(
    ['/admin/reports/2026-10/nobody', REPORT, `${REPORT}.json`].map((path) => `/admin/sign-in?next=${encodeURIComponent(path)}`),
  );
});

test('a customer reads the one report by a link, and nothing once the link is shut', async () => {
  let link = '';
  await opened(`${REPORT}/decisions`, async (page) => {
    await page.getByRole('button', { name: 'Make a link to this report' }).click();
    link = (await page.getByRole('status').locator('code').innerText()).trim();
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/shared\/[A-Za-z0-9_-]{43}$/);
    await page.goto(`${product.origin}${REPORT}/decisions`);
    expect(await page.locator('main').innerText()).not.toContain('/shared/');
  });
  const customer = await browser.newContext();
  const page = await customer.newPage();
  const answer = await page.goto(link);
  expect([answer?.status(), answer?.headers()['referrer-policy'], answer?.headers()['cache-control']]).toEqual([
    200,
    'no-referrer',
    'no-store',
  ]);
  expect(plain(await page.locator('h1').innerText())).toMatch(/^October 2026: 99\.8866 %/);
  const hrefs = await page.locator('a[href]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  expect(hrefs.filter((href) => href.startsWith('/admin'))).toEqual([]);
  const path = new URL(link).pathname;
  expect(JSON.parse((await product.get(`${path}.json`)).text).report.contract.id).toBe('lake-orrin-main');
  await opened(`${REPORT}/decisions`, async (console_) => {
    await console_.getByRole('button', { name: 'Shut this link now' }).click();
    expect(await console_.getByRole('status').innerText()).toBe('The link is shut.');
  });
  expect((await page.reload())?.status()).toBe(404);
  expect((await product.get(`${path}.json`)).status).toBe(404);
  await customer.close();
});
