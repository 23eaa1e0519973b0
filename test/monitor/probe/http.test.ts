import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { httpCheck, probing } from '../../support/probing.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let seen: Seen[] = [];
let first: { readonly server: Server; readonly origin: string };
let second: { readonly server: Server; readonly origin: string };

const routes: Record<string, RequestListener> = {
  '/ok': (_request, response) => void response.setHeader('x-build', 'blue').end('all is well'),
  '/json': (_request, response) =>
    void response.setHeader('content-type', 'application/json').end('{"status":"green","queue":{"depth":3}}'),
  '/latin': (_request, response) =>
    void response.setHeader('content-type', 'text/html; charset=iso-8859-1').end(Buffer.from('grün', 'latin1')),
  '/teapot': (_request, response) => void response.writeHead(418).end(),
  '/big': (_request, response) => void response.end(`start ${'x'.repeat(2_000_000)} end`),
  '/away': (_request, response) => void response.writeHead(302, { location: `${second.origin}/ok` }).end(),
  '/away307': (_request, response) => void response.writeHead(307, { location: `${second.origin}/ok` }).end(),
  '/here': (_request, response) => void response.writeHead(301, { location: '/ok' }).end(),
  '/here307': (_request, response) => void response.writeHead(307, { location: 'ok' }).end(),
  '/silent': () => undefined,
};

const start = async (): Promise<{ server: Server; origin: string }> => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      const route = routes[(request.url ?? '').replace(/\?.*/, '')];
      if (route) route(request, response);
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
};

beforeAll(async () => {
  first = await start();
  second = await start();
});
afterAll(() => {
  for (const { server } of [first, second]) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  seen = [];
});
const { probe, dials } = probing();
const verdict = async (path: string, wishes: Parameters<typeof httpCheck>[1] = {}, options: Parameters<typeof probe>[1] = {}) =>
  probe(httpCheck(`${first.origin}${path}`, wishes), options);

test('an answer as expected is ok, with no words, its status and the phases that happened', async () => {
  const reading = await verdict('/ok?q=1');
  expect(reading).toMatchObject({ outcome: 'ok', reason: 'ok', detail: '', httpStatus: 200, certExpiresAt: null });
  expect(Object.keys(reading.phases)).toEqual(['connect', 'ttfb', 'transfer']);
  for (const us of Object.values(reading.phases)) expect(Number.isInteger(us) && us >= 0).toBe(true);
  expect(reading.latencyUs).toBeGreaterThanOrEqual(Object.values(reading.phases).reduce((sum, us) => sum + us, 0) - 5);
  expect(seen[0]).toMatchObject({ method: 'GET', url: '/ok?q=1', headers: { connection: 'close', 'accept-encoding': 'identity' } });
});

test('every probe makes its own connection', async () => {
  const before = dials.length;
  const definition = httpCheck(`${first.origin}/ok`);
  for (let i = 0; i < 5; i++) expect((await probe(definition)).outcome).toBe('ok');
  expect(dials.length - before).toBe(5);
  expect(dials.every(({ wire }) => wire.destroyed)).toBe(true);
});

test('a right answer over the limit is slow, and says both figures', async () => {
  const reading = await verdict('/ok', {}, { degradedMs: 0 });
  expect(reading).toMatchObject({ outcome: 'slow', reason: 'over_latency_limit', httpStatus: 200 });
  expect(reading.detail).toMatch(/^The answer was right but took [\d.]+ m?s; the limit is 0 ms\.$/);
});

test.each<readonly [string, string, Parameters<typeof httpCheck>[1], string]>([
  ['status', '/teapot', {}, 'status_unexpected'],
  ['a status that is wanted', '/teapot', { expectStatus: [[400, 499]] }, 'ok'],
  ['header', '/ok', { expectHeaders: [{ name: 'X-Build', equals: 'green' }] }, 'header_mismatch'],
  ['a header that is right', '/ok', { expectHeaders: [{ name: 'X-Build', matches: '^bl' }] }, 'ok'],
  ['text', '/ok', { expectBody: [{ contains: 'all is lost' }] }, 'text_missing'],
  ['forbidden text', '/ok', { expectBody: [{ lacks: 'well' }] }, 'text_forbidden'],
  ['pattern', '/ok', { expectBody: [{ matches: '^is' }] }, 'pattern_mismatch'],
  ['JSON', '/json', { expectJson: [{ path: '$.queue.depth', equals: 4 }] }, 'json_mismatch'],
  [
    'JSON that is right',
    '/json',
    {
      expectJson: [
        { path: '$.queue.depth', equals: 3 },
        { path: '$.status', matches: 'gr' },
      ],
    },
    'ok',
  ],
  ['no JSON at all', '/ok', { expectJson: [{ path: '$.a' }] }, 'json_mismatch'],
  ['text in the charset it came in', '/latin', { expectBody: [{ contains: 'grün' }] }, 'ok'],
  ['a big page, by its beginning', '/big', { expectBody: [{ contains: 'start' }] }, 'ok'],
  ['a big page, by its end', '/big', { expectBody: [{ contains: 'end' }] }, 'too_large'],
  ['a big page nobody asks about', '/big', {}, 'ok'],
  ['the first of two faults', '/teapot', { expectBody: [{ contains: 'x' }] }, 'status_unexpected'],
])('judges %s', async (_what, path, wishes, reason) => expect((await verdict(path, wishes)).reason).toBe(reason));

test('silence ends at the deadline with a sentence that says how far it got', async () => {
  const reading = await verdict('/silent', {}, { timeoutMs: 200 });
  expect(reading).toMatchObject({ outcome: 'fail', reason: 'timeout' });
  expect(reading.detail).toBe(`The server at ${new URL(first.origin).host} accepted the connection but did not answer within 200 ms.`);
});

test('a port where nobody listens refuses, in words', async () => {
  const { server, origin } = await start();
  await new Promise((resolve) => server.close(resolve));
  const reading = await probe(httpCheck(origin));
  expect(reading).toMatchObject({
    outcome: 'fail',
    reason: 'connect_refused',
    detail: `The server at ${new URL(origin).host} refused the connection.`,
  });
});

test('a redirect is followed, its hops dialled anew and their phases summed; the last status counts', async () => {
  const reading = await verdict('/here', { expectBody: [{ contains: 'well' }] });
  expect(reading).toMatchObject({ outcome: 'ok', httpStatus: 200 });
  expect(seen.map(({ url }) => url)).toEqual(['/here', '/ok']);
});

test('with no redirects allowed the redirect itself is the answer', async () => {
  expect((await verdict('/here', { maxRedirects: 0 })).reason).toBe('status_unexpected');
  expect((await verdict('/here', { maxRedirects: 0, expectStatus: [[301, 301]] })).outcome).toBe('ok');
});

test('configured headers stay with their origin: a redirect elsewhere takes none but the harmless', async () => {
  const headers = { Authorization: 'Bearer secret', Cookie: 'a=b', 'X-Api-Key': 'k', 'Accept-Language': 'de', 'User-Agent': 'mine' };
  await verdict('/away', { headers });
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer secret', cookie: 'a=b', 'x-api-key': 'k' });
  expect(seen[1]?.headers).toMatchObject({ 'accept-language': 'de', 'user-agent': 'mine', host: new URL(second.origin).host });
  for (const name of ['authorization', 'cookie', 'x-api-key']) expect(seen[1]?.headers).not.toHaveProperty(name);
});

test('configured headers follow a redirect within their origin', async () => {
  await verdict('/here', { headers: { Authorization: 'Bearer secret' } });
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret', 'Bearer secret']);
});

test('user and password of the URL become Basic authorization for that origin, and are in no sentence', async () => {
  const url = first.origin.replace('http://', 'http://avow:s%40crét@');
  expect((await probe(httpCheck(`${url}/away`))).outcome).toBe('ok');
  expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('avow:s@crét').toString('base64')}`);
  expect(seen[1]?.headers.authorization).toBeUndefined();
  expect(JSON.stringify(await probe(httpCheck(`${url}/teapot`)))).not.toContain('cr');
});

test('a body is sent as given, kept by 307 within the origin, dropped by 302, and never carried elsewhere', async () => {
  const post = { method: 'POST', body: '{"ping":1}', headers: { 'content-type': 'application/json' } } as const;
  await verdict('/ok', post);
  expect(seen[0]).toMatchObject({
    method: 'POST',
    body: '{"ping":1}',
    headers: { 'content-type': 'application/json', 'content-length': '10' },
  });
  seen = [];
  await verdict('/here307', post);
  expect(seen.map(({ method, body }) => `${method} ${body}`)).toEqual(['POST {"ping":1}', 'POST {"ping":1}']);
  seen = [];
  await verdict('/away', post);
  expect(seen.map(({ method, body }) => `${method} ${body}`)).toEqual(['POST {"ping":1}', 'GET ']);
  expect(seen[1]?.headers).not.toHaveProperty('content-type');
  seen = [];
  expect((await verdict('/away307', post)).reason).toBe('redirect_refused');
  expect(seen).toHaveLength(1);
});

test('a HEAD check reads no body', async () => {
  expect(await verdict('/ok', { method: 'HEAD' })).toMatchObject({ outcome: 'ok', httpStatus: 200 });
});

test('what cannot be sent is our fault and no evidence: a framing header, a broken value, another scheme', async () => {
  for (const definition of [
    httpCheck(`${first.origin}/ok`, { headers: { 'Transfer-Encoding': 'chunked' } }),
    httpCheck(`${first.origin}/ok`, { headers: { 'x-a': 'b\r\nx-injected: c' } }),
    httpCheck('file:///etc/passwd'),
    httpCheck('nonsense'),
  ])
    expect(await probe(definition)).toMatchObject({ outcome: 'error', reason: 'own_fault', latencyUs: null });
  expect(seen.filter(({ headers }) => 'x-injected' in headers)).toEqual([]);
});

test('the self check reaches Avow’s own /healthz in its own scope, and says so when Avow does not listen', async () => {
  routes['/healthz'] = (_request, response) => void response.end('ok');
  const { port } = new URL(first.origin);
  const own = probing({ ownPorts: () => [Number(port)], selfOrigin: () => first.origin });
  expect(await own.probe({ kind: 'self' })).toMatchObject({ outcome: 'ok', httpStatus: 200 });
  expect((await own.probe(httpCheck(`${first.origin}/healthz`))).reason).toBe('address_denied');
  expect(await probe({ kind: 'self' })).toMatchObject({ outcome: 'error', reason: 'own_fault' });
});

test('a page is found by a name of the hosts file, and localhost without one', async () => {
  const { port } = new URL(first.origin);
  const named = probing({ hostsFile: new URL('../../support/hosts.txt', import.meta.url).pathname });
  const reading = await named.probe(httpCheck(`http://App.Internal:${port}/ok`));
  expect(reading.outcome).toBe('ok');
  expect(reading.phases.dns).toBeGreaterThanOrEqual(0);
  expect((await named.probe(httpCheck(`http://localhost:${port}/ok`))).outcome).toBe('ok');
});
