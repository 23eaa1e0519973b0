/** The pages and files of reports through the real front, to somebody who may read them. Who may: console-matrix.test.ts. */
import { gunzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { SYSTEM } from '#monitor/context.ts';
import type { ReportSource } from '#monitor/views/report-source.ts';
import { reportRoutes } from '#site/server/console/report-routes.ts';
import { type ConsoleRig, startConsoleRig } from '../../../support/console-rig.ts';
import { ask as askAnybody } from '../../../support/raw-http.ts';
import { reportScenes, sceneReports } from '../../../support/report-scenes.ts';

let rig: ConsoleRig;
beforeAll(async () => {
  // Whoever takes more than ten files an hour waits, which customers.test.ts tells: here an hour passes whenever somebody looks.
  let us = 0;
  rig = await startConsoleRig(reportRoutes(sceneReports), { clock: { ...systemClock, monotonicUs: () => (us += 3_600_000_000) } });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
});

const ADDRESSES = [
  '/admin',
  '/admin/reports',
  '/admin/reports/',
  '/admin/reports/2026-10',
  '/admin/reports/2026-10.json',
  '/admin/reports/2026-10.csv',
  '/admin/reports/2026-10.zip',
  '/admin/reports/2026-10/missed',
  '/admin/reports/2026-10/missed?revision=1',
  '/admin/reports/2026-10/missed.json',
  '/admin/reports/2026-10/missed.csv',
] as const;
const BROWSER = { Accept: 'text/html' };
const ask = (asked: ConsoleRig, ...rest: Parameters<ConsoleRig['askAs']> extends [unknown, ...infer R] ? R : never) =>
  asked.askAs('account_manager', ...rest);
describe('to whoever may read reports', () => {
  test('the pages are made for this request, under the policy of public pages, and kept by nobody', async () => {
    const before = rig.front.pages.stats.entries;
    const home = await askAnybody(rig.port, '/', { headers: BROWSER });
    for (const address of ['/admin/reports', '/admin/reports/2026-10', '/admin/reports/2026-10/missed']) {
      const answer = await ask(rig, address, { headers: BROWSER });
      expect([address, answer.status, answer.headers['content-type'], answer.headers['cache-control'], answer.headers['etag']]).toEqual([
        address,
        200,
        'text/html; charset=utf-8',
        'no-store',
        undefined,
      ]);
      expect(answer.headers['content-security-policy']).toBe(home.headers['content-security-policy']);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
    expect(rig.front.pages.stats.entries).toBe(Math.max(before, 1));
  });

  test('compressed for who asks for it, with the same content, and what is compressed already is sent as it is', async () => {
    const [plain, small] = await Promise.all(
      [{}, { 'Accept-Encoding': 'gzip' }].map((headers) =>
        ask(rig, '/admin/reports/2026-10/missed', { headers: { ...BROWSER, ...headers } }),
      ),
    );
    expect([plain?.headers['content-encoding'], plain?.headers['vary']]).toEqual([undefined, 'Accept-Encoding']);
    expect([small?.headers['content-encoding'], small?.headers['content-length']]).toEqual(['gzip', String(small?.body.length)]);
    expect(gunzipSync(small?.body ?? '').toString()).toBe(plain?.body.toString());
    expect(small?.body.length).toBeLessThan(Number(plain?.body.length) / 2);
    const archive = await ask(rig, '/admin/reports/2026-10.zip', { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(Object.keys(unzipSync(new Uint8Array(archive.body))).length).toBeGreaterThan(1);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is answered as on any page', async (method) => {
    const answer = await ask(rig, '/admin/reports/2026-10/missed', { method });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  test.each([
    '/admin/reports/2026-13',
    '/admin/reports/2025-01',
    '/admin/reports/2025-01.zip',
    '/admin/reports/2026-10.xml',
    '/admin/reports/2026-10/nobody',
    '/admin/reports/2026-10/nobody.json',
    '/admin/reports/2026-10/missed.zip',
    '/admin/reports/2026-10/missed?revision=2',
    '/admin/reports/2026-10/missed?revision=0',
    '/admin/reports/2026-10/missed.json?revision=-1',
    '/admin/reports/2026-10/provisional?revision=1',
    '/admin/reports/2026-10/MISSED',
    '/admin/reports/2026-10/a/b',
  ])('%s does not exist', async (address) => {
    expect((await ask(rig, address)).status).toBe(404);
  });

  test('without a renderer the page says how to build it and that files can be had', async () => {
    await using unbuilt = await startConsoleRig(reportRoutes(sceneReports), { renderer: null });
    expect((await ask(unbuilt, '/admin/reports', { headers: BROWSER })).body.toString()).toContain('npm run build');
    expect((await ask(unbuilt, '/admin/reports/2026-10/missed.json')).status).toBe(200);
  });

  test('while the store is away the answer is 503, in a sentence, to be asked again', async () => {
    const fault = Object.assign(new Error('gone'), { name: 'StoreFault' });
    const away: ReportSource = {
      list: () => Promise.reject(fault),
      month: () => Promise.reject(new Error('a reader failed', { cause: fault })),
      report: () => Promise.reject(fault),
      files: () => Promise.reject(fault),
    };
    await using ailing = await startConsoleRig(reportRoutes(away));
    for (const address of ADDRESSES.filter((one) => one.includes('reports') && !one.endsWith('/'))) {
      const answer = await ask(ailing, address);
      expect([address, answer.status, answer.headers['retry-after']]).toEqual([address, 503, '30']);
      expect(answer.body.toString()).toContain('Avow cannot reach its store');
    }
  });
});

describe('a name', () => {
  test('is a contract, or a customer with one contract', async () => {
    const [contract, customer] = [
      await ask(rig, '/admin/reports/2026-10/missed.json'),
      await ask(rig, '/admin/reports/2026-10/contoso.json'),
    ];
    expect(customer.body.equals(contract.body)).toBe(true);
  });
  test('of a customer with several contracts stands for all of them', async () => {
    const month = JSON.parse((await ask(rig, '/admin/reports/2026-10/northwind.json')).body.toString());
    expect(month.reports.map((file: { report: { contract: { id: string } } }) => file.report.contract.id)).toEqual(['eventful', 'quiet']);
    const page = (await ask(rig, '/admin/reports/2026-10/northwind')).body.toString();
    expect([page.includes('eventful'), page.includes('quiet'), page.includes('missed')]).toEqual([true, true, false]);
  });
});

describe('what if', () => {
  const asked = async (query: string): Promise<string> => (await ask(rig, `/admin/reports/2026-10/missed?${query}`)).body.toString();
  test('changes are handed to the calculator, and the answer stands beside the report', async () => {
    const page = await asked('down=app&down-from=2026-10-15T10:00&down-to=2026-10-15T12:00&target=99.9');
    expect(page).toContain('app had been down Thu 2026-10-15 10:00 to 12:00 America/New_York (UTC-4).');
    expect(page).toContain('"real":"10 h 0 min","imagined":"12 h 0 min"');
  });
  test('what cannot be imagined is said, and the report stays whole', async () => {
    expect(await asked('drop=nothing')).toContain('No announcement has the id nothing');
    expect(await asked('target=high')).toContain('is no promise');
    expect(await asked('target=high')).toContain('"state":"final"');
  });
  test('an empty form and keys of strangers imagine nothing', async () => {
    expect(await asked('move=&target=&utm=1')).toContain('"whatIf":null');
  });
  test('files are never imagined', async () => {
    const file = await ask(rig, '/admin/reports/2026-10/missed.json?target=99.9');
    expect(file.body.toString()).toBe((await sceneReports.files('2026-10', ['missed'], 1, SYSTEM))?.[0]?.json);
  });
});

describe('files', () => {
  test('of a final report: as it was issued, to the byte', async () => {
    const answer = await ask(rig, '/admin/reports/2026-10/eventful.json');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="eventful-2026-10-r2.json"');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body.toString()).toBe((await sceneReports.files('2026-10', ['eventful'], 2, SYSTEM))?.[0]?.json);
  });
  test('of an earlier revision: likewise', async () => {
    const answer = await ask(rig, '/admin/reports/2026-10/eventful.json?revision=1');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="eventful-2026-10-r1.json"');
    expect(answer.body.toString()).toBe((await sceneReports.files('2026-10', ['eventful'], 1, SYSTEM))?.[0]?.json);
  });
  test('of one that is not final: the same shape, and it says that nothing proves it', async () => {
    const file = JSON.parse((await ask(rig, '/admin/reports/2026-10/provisional.json')).body.toString());
    expect(Object.keys(file)).toEqual(['report', 'sha256', 'signature']);
    expect([file.report.state, file.sha256, file.signature]).toEqual(['provisional', null, null]);
  });
  test('of a month: one document that holds them all', async () => {
    const month = JSON.parse((await ask(rig, '/admin/reports/2026-10.json')).body.toString());
    expect([month.format, month.month]).toEqual(['avow-month/1', '2026-10']);
    expect(month.reports).toHaveLength(Object.values(reportScenes).filter(({ given }) => given.month === '2026-10').length);
  });
  test('of a month as a zip: JSON and CSV of each contract, the same bytes each time', async () => {
    const [first, second] = [await ask(rig, '/admin/reports/2026-10.zip'), await ask(rig, '/admin/reports/2026-10.zip')];
    expect(first.headers['content-disposition']).toBe('attachment; filename="reports-2026-10.zip"');
    expect(first.headers['content-type']).toBe('application/zip');
    expect(second.body.equals(first.body)).toBe(true);
    const entries = unzipSync(new Uint8Array(first.body));
    expect(strFromU8(entries['eventful.json'] ?? new Uint8Array())).toBe(
      (await sceneReports.files('2026-10', ['eventful'], 2, SYSTEM))?.[0]?.json,
    );
    const contracts = Object.entries(reportScenes).flatMap(([id, { given }]) => (given.month === '2026-10' ? [id] : []));
    expect(Object.keys(entries).sort()).toEqual(contracts.flatMap((id) => [`${id}.csv`, `${id}.json`]).sort());
    const csv = await ask(rig, '/admin/reports/2026-10/hostile.csv');
    expect(strFromU8(entries['hostile.csv'] ?? new Uint8Array())).toBe(csv.body.toString());
  });
  test('as CSV: lines of one contract, or a row for each contract of a month; a cell cannot be a formula', async () => {
    const lines = await ask(rig, '/admin/reports/2026-10/hostile.csv');
    expect(lines.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(lines.headers['content-disposition']).toBe('attachment; filename="hostile-2026-10-r1.csv"');
    expect(lines.body.toString()).not.toMatch(/(^|,)"?=HYPERLINK/m);
    const month = await ask(rig, '/admin/reports/2026-10.csv');
    expect(month.headers['content-disposition']).toBe('attachment; filename="reports-2026-10.csv"');
    expect(month.body.toString()).toMatch(/^contract,customer,/);
  });
  test('HEAD says how long a file is and sends nothing', async () => {
    const [head, get] = [await ask(rig, '/admin/reports/2026-10.zip', { method: 'HEAD' }), await ask(rig, '/admin/reports/2026-10.zip')];
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(get.body.length)]);
  });
});
