import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_PIPELINED } from '#site/server/listener.ts';
import { plainRenderer, type Rig, startRig } from '../../support/front-rig.ts';
import { ask, raw, rawBytes } from '../../support/raw-http.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ onBeat: (token) => token === 'known-token-0123456789' });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
});

const statusOf = async (bytes: string | Buffer): Promise<number | undefined> => (await raw(rig.port, bytes))?.status;
const host = (): string => `Host: 127.0.0.1:${rig.port}`;

const hostly = (name: string, port: number): string =>
  `GET /healthz HTTP/1.1\r\nHost: ${name.startsWith('127') ? `${name}:${port}` : name}\r\n${name === '127.0.0.3' ? 'Connection: close\r\n' : ''}\r\n`;

describe('hosts', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('a loopback listener answers as %s with its port', async (name) => {
    expect((await ask(rig.port, '/', { host: `${name}:${rig.port}` })).status).toBe(200);
  });
  test.each(['evil.example', 'localhost', '127.0.0.1:1', 'localhost.evil.example:80'])(
    'a foreign host %s is answered 421',
    async (name) => {
      const answer = await ask(rig.port, '/', { host: name });
      expect(answer.status).toBe(421);
      expect(answer.body.toString()).not.toContain('evil');
    },
  );
  test.each(['a b@c/..?#', 'http://127.0.0.1', 'user@127.0.0.1', '[::1', '-x', '%00', '127.0.0.1:99999999', '127.0.0.1.', ''])(
    'an odd host "%s" is answered 400',
    async (name) => {
      expect((await ask(rig.port, '/', { host: name })).status).toBe(400);
    },
  );
  test('two hosts, or none, are answered 400', async () => {
    expect(await statusOf(`GET / HTTP/1.1\r\n${host()}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)).toBe(400);
    expect(await statusOf(`GET / HTTP/1.1\r\nhOsT: evil.example\r\n${host()}\r\nConnection: close\r\n\r\n`)).toBe(400);
    expect(await statusOf('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toBe(400);
    expect(await statusOf('GET / HTTP/1.0\r\n\r\n')).toBe(400);
  });
  test('what a proxy header claims is never read', async () => {
    const headers = {
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      Forwarded: 'host=evil.example',
      'X-Forwarded-For': '1.2.3.4',
    };
    const answer = await ask(rig.port, '/', { headers });
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).not.toContain('evil');
    expect(answer.headers['strict-transport-security']).toBeUndefined();
  });
});

describe('where it listens', () => {
  test('Avow reaches itself at the address that it is bound to, and under no name but its own from there', async () => {
    await using away = await startRig({ host: '127.0.0.2', publicOrigin: 'https://status.example.com' });
    const own = new URL(away.front.selfOrigin);
    expect(own.hostname).toBe('127.0.0.2');
    const answers = await rawBytes(
      away.port,
      ['127.0.0.2', 'status.example.com', '127.0.0.3'].map((name) => hostly(name, away.port)).join(''),
      '127.0.0.2',
    );
    expect(answers.toString('latin1').match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 421']);
  });
  test('bound to all addresses, it reaches itself by loopback', async () => {
    await using all = await startRig({ host: '0.0.0.0', publicOrigin: 'https://status.example.com' });
    expect(all.front.selfOrigin).toBe(`http://127.0.0.1:${all.port}`);
  });
});

describe('methods', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'])(
    '%s on a page is answered 405 with what is allowed',
    async (method) => {
      const answer = await ask(rig.port, '/', { method });
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
    },
  );
  test('CONNECT is answered 405 and closed', async () => {
    expect(await statusOf(`CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n`)).toBe(405);
  });
  test.each(['BREW / HTTP/1.1', 'get / HTTP/1.1', 'GET /', 'GET / HTTP/9.9', '\u0016\u0003\u0001'])(
    'what is not HTTP (%j) is answered 400',
    async (line) => {
      expect(await statusOf(`${line}\r\n${host()}\r\n\r\n`)).toBe(400);
    },
  );
  test('HEAD says what GET would, without a body', async () => {
    const [head, get] = [await ask(rig.port, '/', { method: 'HEAD' }), await ask(rig.port, '/')];
    expect([head.status, head.body.length, head.headers['content-length'], head.headers['etag']]).toEqual([
      200,
      0,
      String(get.body.length),
      get.headers['etag'],
    ]);
  });
});

describe('addresses', () => {
  test.each([
    ['http://evil.example/', 400],
    ['*', 400],
    ['//evil.example', 400],
    ['/components//x', 400],
    ['/%2e%2e/etc/passwd', 400],
    ['/../etc/passwd', 400],
    ['/a/./b', 400],
    ['/components/a%2Fb', 400],
    ['/components/a%5cb', 400],
    ['/components/a%00b', 400],
    ['/components/a%252fb', 400],
    ['/components/%ff', 400],
    ['/components/%zz', 400],
    ['/a\\b', 400],
    ['/#x', 400],
    [`/${'a'.repeat(3_000)}`, 414],
    ['/nothing', 404],
    ['/healthz/', 404],
    ['/HEALTHZ', 404],
    ['/_image?href=http://169.254.169.254/', 404],
    ['/_server-islands/x', 404],
    ['/_actions/x', 404],
    ['/__proto__', 404],
    ['/constructor', 404],
    ['/_astro/../../package.json', 400],
    ['/api/v2/nothing.json', 404],
    ['/api/', 404],
    ['/components/gone', 404],
    ['/components/web', 200],
    ['/components/web?range=7d&junk=1', 200],
    ['/?utm_source=x', 200],
    ['/components/web/', 308],
  ] as const)('%s is answered %i', async (path, status) => {
    const answer = await ask(rig.port, path);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
  test('a trailing slash leads to the plain spelling on the same host', async () => {
    expect((await ask(rig.port, '/components/web/')).headers['location']).toBe('/components/web');
  });
  test('an address outside ASCII is answered 400', async () => {
    expect(await statusOf(Buffer.from(`GET /\u00e9 HTTP/1.1\r\n${host()}\r\nConnection: close\r\n\r\n`, 'latin1'))).toBe(400);
  });
});

describe('sizes', () => {
  test('a header over 16 KiB is answered 431', async () => {
    expect(await statusOf(`GET / HTTP/1.1\r\n${host()}\r\nX-A: ${'a'.repeat(17_000)}\r\n\r\n`)).toBe(431);
  });
  test('an announced body over 256 KiB is answered 413 and not read', async () => {
    expect(await statusOf(`POST /beat/known-token-0123456789 HTTP/1.1\r\n${host()}\r\nContent-Length: 300000\r\n\r\n`)).toBe(413);
    expect(await statusOf(`GET / HTTP/1.1\r\n${host()}\r\nContent-Length: 99999999999\r\n\r\n`)).toBe(413);
  });
  test('an unannounced body over 256 KiB ends the connection', async () => {
    const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
    const request = `POST /nothing HTTP/1.1\r\n${host()}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(8)}`;
    await rawBytes(rig.port, request);
    expect((await ask(rig.port, '/healthz')).status).toBe(200);
  });
  test('sixteen requests may wait behind one on a connection, and all are answered in order', async () => {
    const host = `Host: 127.0.0.1:${rig.port}\r\n`;
    const many = `GET / HTTP/1.1\r\n${host}\r\n`.repeat(MOST_PIPELINED);
    const answers = (await rawBytes(rig.port, `${many}GET /healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)).toString('latin1');
    expect(answers.match(/HTTP\/1\.1 200 OK/g)?.length).toBe(MOST_PIPELINED + 1);
    expect(answers.endsWith('alive\n')).toBe(true);
  });
  test('a connection that sends more of them without reading is ended, and the server keeps no answer for it', async () => {
    const answers = new Set<number>();
    const requests = Buffer.from(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\n\r\n`.repeat(1_500));
    for (let i = 0; i < 20; i++)
      answers.add((await rawBytes(rig.port, requests)).toString('latin1').match(/HTTP\/1\.1 200 OK/g)?.length ?? 0);
    // Every one of them was ended by the server: none waited for a "Connection: close" that never came.
    for (const answered of answers) expect(answered).toBeLessThanOrEqual(MOST_PIPELINED + 1);
    expect((await ask(rig.port, '/healthz')).status).toBe(200);
  });
  test('an expectation that nobody knows changes nothing', async () => {
    const { status, headers } = await ask(rig.port, '/', { headers: { Expect: 'something-else' } });
    expect([status, headers['x-content-type-options']]).toEqual([200, 'nosniff']);
  });
  test('length and chunks at once are refused', async () => {
    expect(await statusOf(`POST / HTTP/1.1\r\n${host()}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toBe(400);
    expect(await statusOf(`POST / HTTP/1.1\r\n${host()}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello`)).toBe(400);
  });
});

describe('headers', () => {
  test.each(['/', '/nothing', '/api/v2/summary.json', '/api/v2/nothing.json', '/healthz', '/readyz', '/beat/x', '/components/web/'])(
    '%s carries the security headers and names no software',
    async (path) => {
      const { headers } = await ask(rig.port, path);
      expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
      expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toMatch(/same-origin|no-referrer/);
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['server']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['set-cookie']).toBeUndefined();
    },
  );
  test('only public JSON may be read from other origins', async () => {
    expect(
      (await ask(rig.port, '/api/v2/status.json', { headers: { Origin: 'https://evil.example' } })).headers['access-control-allow-origin'],
    ).toBe('*');
    expect(
      (await ask(rig.port, '/', { headers: { Origin: 'https://evil.example' } })).headers['access-control-allow-origin'],
    ).toBeUndefined();
  });
  test('a script that got into the bytes of a page is not in its policy, whose hashes come from the build', async () => {
    const injected = 'document.title = "owned"';
    await using broken = await startRig({ home: async () => ({ name: `</pre><script>${injected}</script>` }) });
    const { headers, body } = await ask(broken.port, '/');
    expect(body.toString()).toContain(`<script>${injected.replaceAll('"', '\\"')}</script>`);
    const scripts = /script-src ([^;]*);/.exec(headers['content-security-policy'] ?? '')?.[1]?.split(' ');
    expect(scripts).toEqual(["'self'", ...plainRenderer({ renders: 0 }).allowed.scripts.map((hash) => `'${hash}'`)]);
  });
  test('the policy of a page names its inline elements by hash and allows no others', async () => {
    const policy = (await ask(rig.port, '/')).headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/]{43}='/);
    expect(policy).toMatch(/style-src 'self' 'sha256-[A-Za-z0-9+/]{43}='/);
    expect(policy).not.toContain('unsafe');
  });
});

describe('prepared bytes', () => {
  test('each coding has its own strong entity tag and the same content', async () => {
    const [plain, gzip, br] = await Promise.all(
      ['identity', 'gzip', 'gzip, deflate, br'].map((coding) => ask(rig.port, '/', { headers: { 'Accept-Encoding': coding } })),
    );
    expect([plain?.headers['content-encoding'], gzip?.headers['content-encoding'], br?.headers['content-encoding']]).toEqual([
      undefined,
      'gzip',
      'br',
    ]);
    expect(gunzipSync(gzip?.body ?? Buffer.of()).equals(plain?.body ?? Buffer.of())).toBe(true);
    expect(brotliDecompressSync(br?.body ?? Buffer.of()).equals(plain?.body ?? Buffer.of())).toBe(true);
    expect(new Set([plain, gzip, br].map((a) => a?.headers['etag'])).size).toBe(3);
    for (const answer of [plain, gzip, br]) {
      expect(answer?.headers['vary']).toBe('Accept-Encoding, Accept-Language');
      expect(answer?.headers['etag']).toMatch(/^"[^"]+"$/);
      expect(answer?.headers['cache-control']).toBe('public, max-age=10, stale-while-revalidate=10, stale-if-error=900');
    }
  });
  test('a client that has the bytes is answered 304, in its coding only', async () => {
    const etag = (await ask(rig.port, '/', { headers: { 'Accept-Encoding': 'br' } })).headers['etag'] ?? '';
    const again = async (match: string, coding = 'br'): Promise<number> =>
      (await ask(rig.port, '/', { headers: { 'Accept-Encoding': coding, 'If-None-Match': match } })).status;
    expect(await again(etag)).toBe(304);
    expect(await again(`"other", W/${etag}`)).toBe(304);
    expect(await again('*')).toBe(304);
    expect(await again(etag, 'identity')).toBe(200);
    expect(await again('"other"')).toBe(200);
    const { headers, body } = await ask(rig.port, '/', { headers: { 'Accept-Encoding': 'br', 'If-None-Match': etag } });
    expect([headers['etag'], headers['vary'], headers['content-length'], body.length]).toEqual([
      etag,
      'Accept-Encoding, Accept-Language',
      undefined,
      0,
    ]);
  });
  test('unknown query keys do not split the store, known ones do', async () => {
    const before = rig.front.pages.stats.entries;
    for (const junk of ['a', 'b', 'c']) await ask(rig.port, `/components/split?${junk}=1&range=7d`);
    expect(rig.front.pages.stats.entries).toBe(before + 1);
    await ask(rig.port, '/components/split?range=30d');
    expect(rig.front.pages.stats.entries).toBe(before + 2);
  });
  test('a language that Avow does not speak, in the address or in the header, does not split the store', async () => {
    await ask(rig.port, '/components/tongues');
    const before = rig.front.pages.stats.entries;
    await ask(rig.port, '/components/tongues?lang=tlh');
    for (const languages of ['tlh', 'en-GB,en;q=0.5', 'xx;q=1, en;q=0.1', '*', ';;,q=', 'q'.repeat(4_000)])
      expect((await ask(rig.port, '/components/tongues', { headers: { 'Accept-Language': languages } })).status).toBe(200);
    expect(rig.front.pages.stats.entries).toBe(before);
    await ask(rig.port, '/components/tongues?lang=en');
    expect(rig.front.pages.stats.entries).toBe(before + 1);
  });
});

describe('what a request costs', () => {
  const many = async (
    count: number,
    port: number,
    path: (i: number) => string,
    headers: Record<string, string> = {},
  ): Promise<number[]> => {
    const statuses: number[] = [];
    for (let i = 0; i < count; i++) statuses.push((await ask(port, path(i), { headers })).status);
    return statuses;
  };
  const limited = (statuses: readonly number[]): number => statuses.filter((status) => status === 429).length;

  test('prepared bytes are free: a herd behind one address is never told to wait', async () => {
    await using herd = await startRig({ clock: new VirtualClock(1_780_000_000_000) });
    expect(limited(await many(300, herd.port, (i) => (i % 2 ? '/' : '/api/v2/summary.json')))).toBe(0);
    expect(limited(await many(200, herd.port, () => '/components/gone'))).toBe(0);
  });
  test('of new addresses, and of answers made for one request, a client gets 120 a minute; then it waits and others do not', async () => {
    const clock = new VirtualClock(1_780_000_000_000);
    await using rig = await startRig({ clock, trustedProxies: ['127.0.0.1'] });
    const from = (client: string): Record<string, string> => ({ 'X-Forwarded-For': client });
    expect(limited(await many(130, rig.port, (i) => `/components/c${i}`, from('198.51.100.7')))).toBe(10);
    const refused = await ask(rig.port, '/api/v1/anything', { headers: from('198.51.100.7, 10.0.0.1, 198.51.100.7') });
    expect([refused.status, refused.headers['retry-after'], refused.headers['cache-control']]).toEqual([429, '1', 'no-store']);
    expect((await ask(rig.port, '/', { headers: from('198.51.100.8') })).status).toBe(200);
    expect((await ask(rig.port, '/', { headers: from('198.51.100.7') })).status).toBe(200);
    expect((await ask(rig.port, '/api/v1/anything', { headers: from('198.51.100.8') })).status).toBe(404);
  });
  test('headers of proxies that are not ours do not buy another share', async () => {
    await using rig = await startRig({ clock: new VirtualClock(1_780_000_000_000) });
    const statuses: number[] = [];
    for (let i = 0; i < 130; i++)
      statuses.push(
        (await ask(rig.port, `/api/v1/x${i}`, { headers: { 'X-Forwarded-For': `198.51.100.${i}`, Forwarded: `for=198.51.100.${i}` } }))
          .status,
      );
    expect(limited(statuses)).toBe(10);
  });
  test('a trusted proxy that hands on two hosts is answered 400', async () => {
    await using rig = await startRig({ trustedProxies: ['127.0.0.1'] });
    expect((await ask(rig.port, '/', { headers: { 'X-Forwarded-Host': 'a.example, b.example' } })).status).toBe(400);
    expect((await ask(rig.port, '/', { headers: { 'X-Forwarded-Proto': 'https' } })).status).toBe(200);
  });
});

describe('heartbeats', () => {
  test('a known token is answered 204 to GET and POST, and never stored by anybody', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(rig.port, '/beat/known-token-0123456789', {
        method,
        body: method === 'POST' ? 'done' : undefined,
      } as object);
      expect([answer.status, answer.headers['cache-control'], answer.headers['referrer-policy']]).toEqual([204, 'no-store', 'no-referrer']);
    }
    expect((await ask(rig.port, '/beat/known-token-0123456789', { method: 'HEAD' })).status).toBe(405);
  });
  test('a stranger who guesses all day is told to wait, and never keeps a job of the same address from being heard', async () => {
    const clock = new VirtualClock(1_780_000_000_000);
    await using quietTime = await startRig({ clock, onBeat: (token) => token === 'a-job-that-calls-at-night' });
    const statuses: number[] = [];
    for (let i = 0; i < 40; i++) statuses.push((await ask(quietTime.port, `/beat/guess-number-${i}-of-many`)).status);
    expect([statuses.filter((s) => s === 404).length, statuses.filter((s) => s === 429).length]).toEqual([30, 10]);
    expect((await ask(quietTime.port, '/beat/a-job-that-calls-at-night')).status).toBe(204);
  });
  test('an unknown token gets the same answer as a page that does not exist', async () => {
    const [beat, page] = [await ask(rig.port, '/beat/unknown-token-0123456789'), await ask(rig.port, '/nothing')];
    expect([beat.status, beat.body.toString()]).toEqual([page.status, page.body.toString()]);
  });
});
