/** The addresses that are answered to this machine alone, through the real front: what they say here, and that nobody else can tell that they exist. */
import { networkInterfaces } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportSource } from '#monitor/views/report-source.ts';
import { type Rig, startRig } from '../../support/front-rig.ts';
import { ask, type RawAnswer, raw, rawBytes } from '../../support/raw-http.ts';
import { reportScenes, sceneReports } from '../../support/report-scenes.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ reports: sceneReports });
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
const UNKNOWN = '/no-such-address';
const BROWSER = { Accept: 'text/html' };
/** Everything of an answer but its date. */
const bare = ({ status, headers: { date: _date, ...headers }, body }: RawAnswer) => ({ status, headers, body: body.toString('latin1') });

/** What is asked for in this way looks exactly like an address that does not exist, to a browser, to a program and to HEAD. */
const looksUnknown = async (port: number, options: Parameters<typeof ask>[2] = {}): Promise<void> => {
  for (const more of [{ headers: BROWSER }, {}, { method: 'HEAD', headers: BROWSER }]) {
    const asked = { ...options, ...more, headers: { ...options.headers, ...more.headers } };
    const unknown = bare(await ask(port, UNKNOWN, asked));
    expect(unknown.status).toBe(404);
    for (const address of ADDRESSES) expect([address, bare(await ask(port, address, asked))]).toEqual([address, unknown]);
  }
};

describe('to everybody else there is no such address', () => {
  test.each([
    'Forwarded',
    'forwarded',
    'X-Forwarded-For',
    'x-forwarded-for',
    'X-FORWARDED-FOR',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Forwarded-Port',
    'X-Forwarded-Server',
    'X-Real-IP',
    'Via',
  ])('behind a proxy that says %s', (name) => looksUnknown(rig.port, { headers: { [name]: '203.0.113.9' } }));

  test('behind a proxy that speaks HTTP/1.0 and says nothing', async () => {
    const over10 = (path: string) => raw(rig.port, `GET ${path} HTTP/1.0\r\nHost: 127.0.0.1:${rig.port}\r\n\r\n`);
    const unknown = await over10(UNKNOWN);
    for (const address of ADDRESSES)
      expect([address, (await over10(address))?.body.toString()]).toEqual([address, unknown?.body.toString()]);
  });

  test('under the name that people type, also from this machine', async () => {
    const origin = { reports: sceneReports, publicOrigin: 'https://status.example.com' };
    await using named = await startRig({ ...origin, trustedProxies: ['127.0.0.1'] });
    await looksUnknown(named.port, { host: 'status.example.com' });
    expect((await ask(named.port, '/admin/reports', { host: `localhost:${named.port}` })).status).toBe(200);
  });

  test('to anybody while the proxy that must be there is not named, since it may add no header', async () => {
    await using unnamed = await startRig({ reports: sceneReports, publicOrigin: 'https://status.example.com' });
    await looksUnknown(unnamed.port, { host: `127.0.0.1:${unnamed.port}` });
  });

  test.each([['127.0.0.1'], ['10.0.0.0/8']])('through a trusted and an untrusted proxy alike (trusted: %s)', async (proxy) => {
    await using behind = await startRig({ reports: sceneReports, publicOrigin: 'https://status.example.com', trustedProxies: [proxy] });
    for (const client of ['203.0.113.9', '127.0.0.1', '::1', 'unknown', ''])
      for (const host of ['status.example.com', `127.0.0.1:${behind.port}`])
        await looksUnknown(behind.port, { host, headers: { 'X-Forwarded-For': client } });
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  test.skipIf(outside === undefined)('from another address than loopback', async () => {
    await using open = await startRig({ reports: sceneReports, host: '0.0.0.0', publicOrigin: 'https://status.example.com' });
    const from = async (path: string): Promise<string> => {
      const request = `GET ${path} HTTP/1.1\r\nHost: status.example.com\r\nConnection: close\r\n\r\n`;
      return (await rawBytes(open.port, request, outside)).toString('latin1').replace(/\r\nDate: [^\r]+/i, '');
    };
    const unknown = await from(UNKNOWN);
    expect(unknown).toMatch(/^HTTP\/1.1 404 /);
    for (const address of ADDRESSES) expect(await from(address)).toBe(unknown);
  });

  test('where no reports are handed in there is nothing here either', async () => {
    await using without = await startRig();
    await looksUnknown(without.port);
  });
});

describe('to this machine', () => {
  test('the pages are made for this request, under the policy of public pages, and kept by nobody', async () => {
    const before = rig.front.pages.stats.entries;
    const home = await ask(rig.port, '/', { headers: BROWSER });
    for (const address of ['/admin/reports', '/admin/reports/2026-10', '/admin/reports/2026-10/missed']) {
      const answer = await ask(rig.port, address, { headers: BROWSER });
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
        ask(rig.port, '/admin/reports/2026-10/missed', { headers: { ...BROWSER, ...headers } }),
      ),
    );
    expect([plain?.headers['content-encoding'], plain?.headers['vary']]).toEqual([undefined, 'Accept-Encoding']);
    expect([small?.headers['content-encoding'], small?.headers['content-length']]).toEqual(['gzip', String(small?.body.length)]);
    expect(gunzipSync(small?.body ?? '').toString()).toBe(plain?.body.toString());
    expect(small?.body.length).toBeLessThan(Number(plain?.body.length) / 2);
    const archive = await ask(rig.port, '/admin/reports/2026-10.zip', { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(Object.keys(unzipSync(new Uint8Array(archive.body))).length).toBeGreaterThan(1);
  });

  test.each(['localhost', '[::1]', '127.0.0.1'])('as %s', async (name) => {
    expect((await ask(rig.port, '/admin/reports', { host: `${name}:${rig.port}` })).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is answered as on any page', async (method) => {
    const answer = await ask(rig.port, '/admin/reports/2026-10/missed', { method });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  test('a slash too much leads to the page', async () => {
    const answer = await ask(rig.port, '/admin/reports/2026-10/');
    expect([answer.status, answer.headers['location']]).toEqual([308, '/admin/reports/2026-10']);
  });

  test.each([
    '/admin',
    '/admin/',
    '/admin/users',
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
    const [answer, unknown] = [await ask(rig.port, address), await ask(rig.port, UNKNOWN)];
    expect(bare(answer)).toEqual(bare(unknown));
  });

  test('without a renderer the page says how to build it and that files can be had', async () => {
    await using unbuilt = await startRig({ reports: sceneReports, renderer: null });
    expect((await ask(unbuilt.port, '/admin/reports', { headers: BROWSER })).body.toString()).toContain('npm run build');
    expect((await ask(unbuilt.port, '/admin/reports/2026-10/missed.json')).status).toBe(200);
  });

  test('while the store is away the answer is 503, in a sentence, to be asked again', async () => {
    const fault = Object.assign(new Error('gone'), { name: 'StoreFault' });
    const away: ReportSource = {
      list: () => Promise.reject(fault),
      month: () => Promise.reject(new Error('a reader failed', { cause: fault })),
      report: () => Promise.reject(fault),
      files: () => Promise.reject(fault),
    };
    await using ailing = await startRig({ reports: away });
    for (const address of ADDRESSES.filter((one) => one.includes('reports') && !one.endsWith('/'))) {
      const answer = await ask(ailing.port, address);
      expect([address, answer.status, answer.headers['retry-after']]).toEqual([address, 503, '30']);
      expect(answer.body.toString()).toContain('Avow cannot reach its store');
    }
  });
});

describe('a name', () => {
  test('is a contract, or a customer with one contract', async () => {
    const [contract, customer] = [
      await ask(rig.port, '/admin/reports/2026-10/missed.json'),
      await ask(rig.port, '/admin/reports/2026-10/contoso.json'),
    ];
    expect(customer.body.equals(contract.body)).toBe(true);
  });
  test('of a customer with several contracts stands for all of them', async () => {
    const month = JSON.parse((await ask(rig.port, '/admin/reports/2026-10/northwind.json')).body.toString());
    expect(month.reports.map((file: { report: { contract: { id: string } } }) => file.report.contract.id)).toEqual(['eventful', 'quiet']);
    const page = (await ask(rig.port, '/admin/reports/2026-10/northwind')).body.toString();
    expect([page.includes('eventful'), page.includes('quiet'), page.includes('missed')]).toEqual([true, true, false]);
  });
});

describe('what if', () => {
  const asked = async (query: string): Promise<string> => (await ask(rig.port, `/admin/reports/2026-10/missed?${query}`)).body.toString();
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
    const file = await ask(rig.port, '/admin/reports/2026-10/missed.json?target=99.9');
    expect(file.body.toString()).toBe((await sceneReports.files('2026-10', ['missed'], 1))?.[0]?.json);
  });
});

describe('files', () => {
  test('of a final report: as it was issued, to the byte', async () => {
    const answer = await ask(rig.port, '/admin/reports/2026-10/eventful.json');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="eventful-2026-10-r2.json"');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body.toString()).toBe((await sceneReports.files('2026-10', ['eventful'], 2))?.[0]?.json);
  });
  test('of an earlier revision: likewise', async () => {
    const answer = await ask(rig.port, '/admin/reports/2026-10/eventful.json?revision=1');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="eventful-2026-10-r1.json"');
    expect(answer.body.toString()).toBe((await sceneReports.files('2026-10', ['eventful'], 1))?.[0]?.json);
  });
  test('of one that is not final: the same shape, and it says that nothing proves it', async () => {
    const file = JSON.parse((await ask(rig.port, '/admin/reports/2026-10/provisional.json')).body.toString());
    expect(Object.keys(file)).toEqual(['report', 'sha256', 'signature']);
    expect([file.report.state, file.sha256, file.signature]).toEqual(['provisional', null, null]);
  });
  test('of a month: one document that holds them all', async () => {
    const month = JSON.parse((await ask(rig.port, '/admin/reports/2026-10.json')).body.toString());
    expect([month.format, month.month]).toEqual(['avow-month/1', '2026-10']);
    expect(month.reports).toHaveLength(Object.values(reportScenes).filter(({ given }) => given.month === '2026-10').length);
  });
  test('of a month as a zip: JSON and CSV of each contract, the same bytes each time', async () => {
    const [first, second] = [await ask(rig.port, '/admin/reports/2026-10.zip'), await ask(rig.port, '/admin/reports/2026-10.zip')];
    expect(first.headers['content-disposition']).toBe('attachment; filename="reports-2026-10.zip"');
    expect(first.headers['content-type']).toBe('application/zip');
    expect(second.body.equals(first.body)).toBe(true);
    const entries = unzipSync(new Uint8Array(first.body));
    expect(strFromU8(entries['eventful.json'] ?? new Uint8Array())).toBe((await sceneReports.files('2026-10', ['eventful'], 2))?.[0]?.json);
    const contracts = Object.entries(reportScenes).flatMap(([id, { given }]) => (given.month === '2026-10' ? [id] : []));
    expect(Object.keys(entries).sort()).toEqual(contracts.flatMap((id) => [`${id}.csv`, `${id}.json`]).sort());
    const csv = await ask(rig.port, '/admin/reports/2026-10/hostile.csv');
    expect(strFromU8(entries['hostile.csv'] ?? new Uint8Array())).toBe(csv.body.toString());
  });
  test('as CSV: lines of one contract, or a row for each contract of a month; a cell cannot be a formula', async () => {
    const lines = await ask(rig.port, '/admin/reports/2026-10/hostile.csv');
    expect(lines.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(lines.headers['content-disposition']).toBe('attachment; filename="hostile-2026-10-r1.csv"');
    expect(lines.body.toString()).not.toMatch(/(^|,)"?=HYPERLINK/m);
    const month = await ask(rig.port, '/admin/reports/2026-10.csv');
    expect(month.headers['content-disposition']).toBe('attachment; filename="reports-2026-10.csv"');
    expect(month.body.toString()).toMatch(/^contract,customer,/);
  });
  test('HEAD says how long a file is and sends nothing', async () => {
    const [head, get] = [
      await ask(rig.port, '/admin/reports/2026-10.zip', { method: 'HEAD' }),
      await ask(rig.port, '/admin/reports/2026-10.zip'),
    ];
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(get.body.length)]);
  });
});
