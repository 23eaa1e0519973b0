import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAddresses, clientKey, type Forwarding } from '#site/server/client-address.ts';

const forwarding = (forwardedFor: string | null, more: Partial<Forwarding> = {}): Forwarding => ({
  forwardedFor,
  forwardedHost: null,
  forwardedProto: null,
  ...more,
});
const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20_261_123);

describe('without trusted proxies', () => {
  const clients = clientAddresses([]);
  test('the client is the peer, whatever headers claim', () => {
    for (const claim of ['198.51.100.7', '127.0.0.1', '10.0.0.1, 192.0.2.1'])
      expect(clients.of('203.0.113.9', forwarding(claim))).toBe('203.0.113.9');
    expect(clients.of('::ffff:203.0.113.9', forwarding(null))).toBe('203.0.113.9');
  });
  test('several hosts from a stranger are no concern of ours', () => {
    expect(clients.judge(() => '203.0.113.9', forwarding(null, { forwardedHost: 'a, b' }))).toBeNull();
  });
});

describe('behind trusted proxies', () => {
  const clients = clientAddresses(['127.0.0.1', '10.0.0.0/8', '2001:db8:1::/48', '::1']);
  test.each([
    ['one proxy: the last entry is the client', '127.0.0.1', '198.51.100.7', '198.51.100.7'],
    [
      'what the client wrote itself stands further left and is not believed',
      '127.0.0.1',
      '10.0.0.1, 203.0.113.1, 198.51.100.7',
      '198.51.100.7',
    ],
    ['a second proxy of ours is stepped over', '127.0.0.1', '198.51.100.7, 10.1.2.3', '198.51.100.7'],
    ['a peer that is no proxy of ours is the client', '203.0.113.9', '198.51.100.7', '203.0.113.9'],
    ['with nothing said, the proxy is the client', '10.0.0.2', null, '10.0.0.2'],
    ['when all hops are ours, the furthest is the client', '127.0.0.1', '10.0.0.9, 10.0.0.8', '10.0.0.9'],
    ['a hop that is no address ends the walk at the last one known', '127.0.0.1', '198.51.100.7, unknown', '127.0.0.1'],
    ['an empty hop ends it too', '127.0.0.1', '198.51.100.7,', '127.0.0.1'],
    ['a port at a hop is left off', '127.0.0.1', '198.51.100.7:4711', '198.51.100.7'],
    ['brackets and a port at an IPv6 hop are left off', '::1', '[2001:db8:2::7]:4711', '2001:db8:2::7'],
    ['mapped spellings are the IPv4 address', '::ffff:10.0.0.2', '::ffff:198.51.100.7', '198.51.100.7'],
    ['IPv6 ranges hold what they hold and no more', '2001:db8:1:ffff::1', '2001:db8:2::1', '2001:db8:2::1'],
    ['a name is no address', '127.0.0.1', 'localhost', '127.0.0.1'],
    ['exotic spellings are no address', '127.0.0.1', '0x7f.1', '127.0.0.1'],
  ])('%s', (_name, peer, claim, client) => {
    expect(clients.of(peer, forwarding(claim))).toBe(client);
  });
  test('more than one forwarded host or protocol is answered 400, one is welcome', () => {
    const judge = (more: Partial<Forwarding>): number | undefined => clients.judge(() => '127.0.0.1', forwarding(null, more))?.status;
    expect(judge({ forwardedHost: 'status.example.com, evil.example' })).toBe(400);
    expect(judge({ forwardedProto: 'https,http' })).toBe(400);
    expect(judge({ forwardedHost: 'status.example.com', forwardedProto: 'https' })).toBeUndefined();
  });
  test('law: nothing that a client puts in front changes who it is', () => {
    const junk = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 20 }), fc.constant('10.0.0.1'));
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 40 }), (claims) => {
        const claimed = [...claims, '198.51.100.7', '10.9.9.9'].join(', ');
        return clients.of('127.0.0.1', forwarding(claimed)) === '198.51.100.7';
      }),
      { seed, numRuns: 2_000 },
    );
  });
  test('a hundred thousand hops cost a look at the last few', () => {
    expect(clients.of('127.0.0.1', forwarding('10.0.0.1,'.repeat(1_700)))).toBe('127.0.0.1');
  });
});

test('whatever the environment takes as an address is one here', () => {
  const clients = clientAddresses(['127.1', '0x0a000000/8', '[::1]']);
  expect(clients.of('127.0.0.1', forwarding('198.51.100.7'))).toBe('198.51.100.7');
  expect(clients.of('10.3.2.1', forwarding('198.51.100.7'))).toBe('198.51.100.7');
  expect(clients.of('::1', forwarding('198.51.100.7'))).toBe('198.51.100.7');
});

test('a mapped range is the IPv4 range', () => {
  const clients = clientAddresses(['::ffff:10.0.0.0/104']);
  expect(clients.of('10.200.0.1', forwarding('198.51.100.7'))).toBe('198.51.100.7');
  expect(clients.of('11.0.0.1', forwarding('198.51.100.7'))).toBe('11.0.0.1');
});

test('limits count an IPv4 address by itself and IPv6 by its /64', () => {
  expect(clientKey('198.51.100.7')).toBe('198.51.100.7');
  expect(clientKey('2001:db8:1:2:3:4:5:6')).toBe(clientKey('2001:db8:1:2::1'));
  expect(clientKey('2001:db8:1:2::1')).not.toBe(clientKey('2001:db8:1:3::1'));
  expect(clientKey('::1')).toBe('0:0:0:0::/64');
});
