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

const main = fileURLToPath(new URL('../../monitor/cli/main.ts', import.meta.url));
/** The October of the demo: an outage on the 13th, and an announced hour on the 10th. */
const NOW = '2026-11-21T12:00:00Z';
const REPORT = '/admin/reports/2026-10/lake-orrin-main';

let folder: ProductFolder;
let product: Product;
let browser: Browser;
beforeAll(async () => {
  folder = productFolder();
  [product, browser] = await Promise.all([
    startProduct(folder, { verb: 'demo', useConfig: false, args: ['--now', NOW, '--seed', '1'] }),
    launchBrowser(),
  ]);
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
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(product.origin + path);
    await look(page);
  } finally {
    await context.close();
  }
};
/** Spaces that do not break read as spaces. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
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
  const [json, key] = [await product.get(`${REPORT}.json`), await product.get('/.well-known/avow-report-key.pem')];
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

test('whoever is not at this machine finds no reports', async () => {
  expect((await product.get(REPORT)).status).toBe(200);
  const unknown = await product.get('/nowhere');
  const forwarded = await product.get(REPORT, { 'X-Forwarded-For': '203.0.113.7' });
  expect([forwarded.status, forwarded.text]).toEqual([unknown.status, unknown.text]);
});
