import type { Server } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TlsDefinition } from '#domain/check/check-definition.ts';
import { DAY, instant } from '#domain/time/instant.ts';
import { probes } from '#monitor/probe/registry.ts';
import { certificate, type TestCertificate, testRoot } from '../../support/certificates.ts';
import { httpCheck, probing } from '../../support/probing.ts';

const NAMES: readonly TestCertificate[] = ['good', 'expired', 'other', 'future', 'huge', 'self-signed'];
const ports = new Map<TestCertificate, number>();
const servers: Server[] = [];
beforeAll(async () => {
  for (const name of NAMES) {
    const server = createServer(certificate(name), (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    ports.set(name, typeof address === 'object' && address ? address.port : 0);
    servers.push(server);
  }
});
afterAll(() => {
  for (const server of servers) server.close();
});

const trusting = probing({ extraCa: [testRoot()] });
const check = (name: TestCertificate, wishes: Partial<TlsDefinition> = {}): TlsDefinition => ({
  kind: 'tls',
  host: '127.0.0.1',
  port: ports.get(name) ?? 0,
  serverName: null,
  tls: { verify: true, expiresInDays: 0 },
  ...wishes,
});
const in2060 = instant(Date.UTC(2060, 0, 1));
const in2090 = instant(Date.UTC(2090, 0, 1));

test.each<readonly [TestCertificate, string, RegExp | '']>([
  ['good', 'ok', ''],
  ['huge', 'ok', ''],
  ['expired', 'tls_expired', /has expired; it ran until 2021-01-01\.$/],
  ['other', 'tls_wrong_name', /^The certificate is not for 127\.0\.0\.1; it is for DNS:other\.test\.$/],
  ['future', 'tls_untrusted', /is valid only from 2080-01-01\.$/],
  ['self-signed', 'tls_untrusted', /it is self-signed\.$/],
])('the certificate "%s" is judged %s', async (name, reason, words) => {
  for (const definition of [check(name), httpCheck(`https://127.0.0.1:${ports.get(name)}/`)]) {
    const reading = await trusting.probe(definition);
    expect(reading.reason).toBe(reason);
    expect(reading.detail).toMatch(words);
    expect(reading.phases.tls).toBeGreaterThan(0);
  }
});

test('a root that is not known makes the chain untrusted', async () => {
  expect((await probing().probe(check('good'))).reason).toBe('tls_untrusted');
});

test('the expiry is the earliest of leaf and issuers, the root left out: here the intermediate of 2060, not the leaf of 2090', async () => {
  expect((await trusting.probe(check('good'))).certExpiresAt).toBe(in2060);
  expect((await trusting.probe(check('self-signed', { tls: { verify: false, expiresInDays: 0 } }))).certExpiresAt).toBe(in2090);
});

test('days to the expiry are counted down whole: 14 days left pass a wish of 14, one millisecond later they do not', async () => {
  const probe = probes.tls;
  const at = (now: number) =>
    probe?.(check('good', { tls: { verify: true, expiresInDays: 14 } }), {
      egress: trusting.egress,
      signal: new AbortController().signal,
      now: instant(now),
      monotonicUs: () => 0,
      timeoutMs: 5_000,
      degradedMs: 5_000,
    });
  expect((await at(in2060 - 14 * DAY))?.reason).toBe('ok');
  const soon = await at(in2060 - 14 * DAY + 1);
  expect(soon?.reason).toBe('tls_expires_soon');
  expect(soon?.detail).toBe('The certificate of 127.0.0.1 expires in 13 days, on 2060-01-01; 14 days are wanted.');
});

test('with verify off nothing of the chain or the name is judged, and the expiry is still read', async () => {
  for (const name of ['expired', 'other', 'self-signed'] as const) {
    const reading = await trusting.probe(check(name, { tls: { verify: false, expiresInDays: 0 } }));
    expect(reading.outcome).toBe('ok');
    expect(reading.certExpiresAt).not.toBeNull();
  }
});

test.each([
  ['good.test', 'ok'],
  ['a.wild.test', 'ok'],
  ['wild.test', 'tls_wrong_name'],
  ['a.b.wild.test', 'tls_wrong_name'],
  ['127.0.0.1', 'ok'],
  ['127.0.0.2', 'tls_wrong_name'],
])('asked as %s the good certificate is judged %s', async (serverName, reason) => {
  expect((await trusting.probe(check('good', { serverName }))).reason).toBe(reason);
});

test('credentials are not sent to a server whose certificate is not good', async () => {
  const before = trusting.dials.length;
  const reading = await trusting.probe(httpCheck(`https://127.0.0.1:${ports.get('expired')}/`, { headers: { authorization: 'Bearer x' } }));
  expect(reading).toMatchObject({ reason: 'tls_expired', httpStatus: null });
  expect(trusting.dials[before]?.wire.destroyed).toBe(true);
});
