import { describe, expect, test } from 'vitest';
import { type Asker, isBehindUnnamedProxy, isLoopbackOnly } from '#site/server/loopback-only.ts';

const here: Asker = { peer: '127.0.0.1', host: '127.0.0.1:4321', version: '1.1', raw: ['Host', '127.0.0.1:4321', 'Accept', '*/*'] };
const handedOn = (name: string, value = '203.0.113.9'): Asker => ({ ...here, raw: [...here.raw, name, value] });

describe('loopback-only', () => {
  test.each(['localhost', 'LOCALHOST:4321', '127.0.0.1', '127.0.0.1:4321', '[::1]', '[::1]:4321'])(
    'a person at this machine may ask for %s',
    (host) => {
      expect(isLoopbackOnly({ ...here, host })).toBe(true);
    },
  );
  test.each(['::1', '127.0.0.1', '127.8.8.8', '::ffff:127.0.0.1'])('the peer %s is this machine', (peer) => {
    expect(isLoopbackOnly({ ...here, peer })).toBe(true);
  });
  test.each(['10.0.0.7', '192.168.1.4', '203.0.113.9', '::ffff:10.0.0.7', 'fe80::1', '::', '1270.0.0.1', undefined])(
    'the peer %s is not',
    (peer) => {
      expect(isLoopbackOnly({ ...here, peer })).toBe(false);
    },
  );
  test.each([
    'status.example.com',
    'localhost.evil.example',
    '127.0.0.2:4321',
    '127.0.0.1.nip.io',
    '[::1',
    '::1',
    '0.0.0.0:4321',
    '',
    'localhost:',
    null,
  ])('the host %s is not this machine by loopback', (host) => {
    expect(isLoopbackOnly({ ...here, host })).toBe(false);
  });
  test.each([
    'Forwarded',
    'FORWARDED',
    'forwarded',
    'X-Forwarded-For',
    'x-forwarded-for',
    'X-FORWARDED-HOST',
    'X-Forwarded-Proto',
    'X-Forwarded-Port',
    'X-Forwarded-Server',
    'X-Forwarded',
    'X-Forwarded-Anything-New',
    'X_Forwarded_For',
    'X-Real-IP',
    'Via',
    'CF-Connecting-IP',
    'True-Client-IP',
    'X-Client-IP',
    'X-Cluster-Client-IP',
    'Client_IP',
    'X-Original-URL',
    'X-Original-Host',
    'X-Envoy-External-Address',
    'CDN-Loop',
  ])('a request with %s was handed on, whatever it says', (name) => {
    expect([isLoopbackOnly(handedOn(name)), isLoopbackOnly(handedOn(name, '')), isLoopbackOnly(handedOn(name, '127.0.0.1'))]).toEqual([
      false,
      false,
      false,
    ]);
  });
  const fetched = (site: string, mode: string, dest: string): Asker => ({
    ...here,
    raw: [...here.raw, 'Sec-Fetch-Site', site, 'sec-fetch-mode', mode, 'SEC-FETCH-DEST', dest],
  });
  test.each([
    ['cross-site', 'no-cors', 'script'],
    ['cross-site', 'no-cors', 'empty'],
    ['same-site', 'cors', 'empty'],
    ['same-site', 'navigate', 'iframe'],
    ['cross-site', 'navigate', 'object'],
    ['something-new', 'no-cors', 'image'],
  ])('what a page of another origin loads by itself (%s, %s, %s) tells it nothing', (site, mode, dest) => {
    expect(isLoopbackOnly(fetched(site, mode, dest))).toBe(false);
  });
  test.each([
    ['none', 'navigate', 'document'],
    ['same-origin', 'navigate', 'document'],
    ['same-origin', 'no-cors', 'style'],
    ['cross-site', 'navigate', 'document'],
    ['same-site', 'navigate', 'document'],
  ])('an address that is typed, a link that is followed, a page of our own (%s, %s, %s) may ask', (site, mode, dest) => {
    expect(isLoopbackOnly(fetched(site, mode, dest))).toBe(true);
  });
  test('a value that looks like such a name is not one', () => {
    expect(isLoopbackOnly(handedOn('Referer', 'X-Forwarded-For'))).toBe(true);
  });
  test('what still speaks HTTP/1.0 is a proxy that says nothing of itself', () => {
    expect(isLoopbackOnly({ ...here, version: '1.0' })).toBe(false);
  });
});

describe('a proxy that must be there', () => {
  test.each<[string, string | null, readonly string[], boolean]>([
    ['127.0.0.1', 'https://status.example.com', [], true],
    ['localhost', 'https://status.example.com', [], true],
    ['::1', 'http://status.example.com:4321', [], true],
    ['127.0.0.1', 'https://status.example.com', ['127.0.0.1'], false],
    ['0.0.0.0', 'https://status.example.com', [], false],
    ['127.0.0.1', 'http://localhost:4321', [], false],
    ['127.0.0.1', 'http://[::1]:4321', [], false],
    ['127.0.0.1', null, [], false],
  ])('listening on %s, typed as %s, proxies %j: unnamed %s', (host, origin, proxies, unnamed) => {
    expect(isBehindUnnamedProxy(host, origin, proxies)).toBe(unnamed);
  });
});
