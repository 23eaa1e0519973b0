import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAddress, denial, isLocal, isPublic } from '#monitor/egress/address.ts';
import { readHost } from '#monitor/egress/host.ts';
import { parseHosts } from '#monitor/egress/hosts-file.ts';
import { reverseName } from '#monitor/egress/resolver.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20_260_701);

test.each([
  ['::1', '::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:0a00:0001', '10.0.0.1'],
  ['64:ff9b::10.0.0.1', '64:ff9b::a00:1'],
  ['192.0.2.1', '192.0.2.1'],
])('%s is dialled and compared as %s', (text, canonical) => expect(canonicalAddress(text)).toBe(canonical));

test.each(['fe80::1%eth0', '127.1', '0x7f000001', '1.2.3', 'example.test', '', '1.2.3.4.5', '::g'])(
  '%s is not a canonical address',
  (text) => expect(canonicalAddress(text)).toBeNull(),
);

test.each([
  ['127.1', '127.0.0.1'],
  ['0x7f000001', '127.0.0.1'],
  ['2130706433', '127.0.0.1'],
  ['0177.0.0.1', '127.0.0.1'],
  ['１２７.０.０.１', '127.0.0.1'],
  ['%31%32%37.0.0.1', '127.0.0.1'],
  ['127.0.0.1.', '127.0.0.1'],
  ['0x', '0.0.0.0'],
  ['[::ffff:7f00:1]', '127.0.0.1'],
])('the host %s means the address %s', (text, address) => expect(readHost(text)).toEqual({ kind: 'address', address }));

test.each([
  ['Example.TEST', 'example.test'],
  ['example.test.', 'example.test'],
  ['bücher.test', 'xn--bcher-kva.test'],
  ['_sip._tcp.example.test', '_sip._tcp.example.test'],
  ['db', 'db'],
])('the host %s is the name %s', (text, name) => expect(readHost(text)).toEqual({ kind: 'name', name }));

test.each([
  '',
  '.',
  'a..b',
  'a b',
  'a/b',
  'a@b',
  'a:80',
  'a?b',
  'a#b',
  'a\\b',
  '-a.test',
  `${'a'.repeat(64)}.test`,
  `${'a.'.repeat(130)}test`,
  '1.2.3.256',
  '[1.2.3.4',
  'fe80::1%1',
])('"%s" is no host', (text) => expect(readHost(text).kind).toBe('nonsense'));

test('a host is an address, a name, or refused: never a throw, never a port, path or user in it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.domain(), fc.ipV4Extended(), fc.ipV6()), (text) => {
      const host = readHost(text);
      if (host.kind === 'address') return canonicalAddress(host.address) === host.address;
      return host.kind === 'nonsense' || /^[a-z0-9_.-]+$/.test(host.name);
    }),
    { seed, numRuns: 500 },
  );
});

/** An independent judge: Node's own block list, on the plain ranges of RFC 6890. */
const listed = new BlockList();
for (const [base, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  listed.addSubnet(base, bits, 'ipv4');
const OTHER_CLOUDS = new Set(['168.63.129.16']);

test('public or not agrees with an independent block list, for addresses anywhere and at every edge', () => {
  const edges = [
    '9.255.255.255',
    '10.0.0.0',
    '10.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.64.0.0',
    '100.127.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.16.0.0',
    '172.31.255.255',
    '172.32.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '224.0.0.0',
    '239.255.255.255',
    '240.0.0.0',
    '255.255.255.254',
  ];
  for (const address of edges) expect(isPublic(address), address).toBe(!listed.check(address, 'ipv4'));
  fc.assert(
    fc.property(fc.ipV4(), (address) => isPublic(address) === (!listed.check(address, 'ipv4') && !OTHER_CLOUDS.has(address))),
    { seed, numRuns: 2_000 },
  );
});

test('whatever is denied in scope probe is denied in scope strict, and what strict lets through is public', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const address = canonicalAddress(text);
      if (address === null) return true;
      if (denial(address, 'probe') !== null && denial(address, 'strict') === null) return false;
      return denial(address, 'strict') !== null || isPublic(address);
    }),
    { seed, numRuns: 2_000 },
  );
});

test('an IPv4 address that is denied is denied in every IPv6 dress', () => {
  const denied = fc
    .tuple(fc.constantFrom('169.254', '0.0', '224.0', '239.1'), fc.nat(255), fc.nat(255))
    .map(([head, c, d]) => `${head}.${c}.${d}`);
  fc.assert(
    fc.property(denied, (inner) => {
      const [a = 0, b = 0, c = 0, d = 0] = inner.split('.').map(Number);
      const high = ((a << 8) | b).toString(16);
      const low = ((c << 8) | d).toString(16);
      const flipped = [((a << 8) | b) ^ 0xffff, ((c << 8) | d) ^ 0xffff].map((n) => n.toString(16)).join(':');
      const dresses = [
        `::ffff:${inner}`,
        `::ffff:0:${inner}`,
        `64:ff9b::${inner}`,
        `2002:${high}:${low}::5`,
        `2001:0:${high}:${low}::1`,
        `2001:0:808:808:0:0:${flipped}`,
        `2a00::5efe:${inner}`,
      ];
      return dresses.every((dress) => denial(canonicalAddress(dress) ?? 'none', 'probe') !== null);
    }),
    { seed },
  );
});

test('local is loopback in any dress and every address of this machine', () => {
  const own = new Set(['192.0.2.2', 'fd00::2']);
  for (const address of [
    '127.0.0.1',
    '127.255.255.254',
    '::1',
    '192.0.2.2',
    'fd00::2',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '64:ff9b::c000:202',
  ])
    expect(isLocal(address, own), address).toBe(true);
  for (const address of ['192.0.2.3', '10.0.0.1', '2001:db8::1', '128.0.0.1']) expect(isLocal(address, own), address).toBe(false);
});

test('a hosts file gives addresses in order, IPv4 first, without case, comments or nonsense', () => {
  const table = parseHosts(
    '# comment\n::1 localhost\n127.0.0.1\tlocalhost App.Internal # here\n10.0.0.9 app.internal\nnonsense name\nfe80::1%lo0 link\n\n::ffff:10.0.0.7 mapped\r\n',
  );
  expect(table.get('app.internal')).toEqual(['127.0.0.1', '10.0.0.9']);
  expect(table.get('localhost')).toEqual(['127.0.0.1', '::1']);
  expect(table.get('mapped')).toEqual(['10.0.0.7']);
  expect([...table.keys()].sort()).toEqual(['app.internal', 'localhost', 'mapped']);
});

test('an address is asked for backwards', () => {
  expect(reverseName('192.0.2.1')).toBe('1.2.0.192.in-addr.arpa');
  expect(reverseName('2001:db8::1')).toBe('1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa');
  expect(isIPv4('1.2.0.192')).toBe(true);
});
