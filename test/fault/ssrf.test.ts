/**
 * P9: nothing is dialled in denied space, in whatever spelling and by whatever way it is asked for. Dials are counted
 * where they happen (the one seam below the gateway): a count above zero would be a packet.
 */
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EgressScope } from '#monitor/egress/egress.ts';
import { DENIED_ADDRESSES, SPELLINGS } from '../support/denied-places.ts';
import { type DnsFixture, type DnsScript, startDnsFixture } from '../support/dns-fixture.ts';
import { httpCheck, type Probing, probing } from '../support/probing.ts';

let dns: DnsFixture;
let server: Server;
let port = 0;
let redirectTo = '';
/** Names that lead into denied space, by the way they do it. */
const script: DnsScript = ({ name, type, nth }) => {
  const [way = '', index = '0'] = name.split('.');
  const four = DENIED_ADDRESSES.A[Number(index)] ?? '169.254.169.254';
  const six = DENIED_ADDRESSES.AAAA[Number(index)] ?? 'fd00:ec2::254';
  const one = (data: string) => ({ records: [{ type, data } as const] });
  if (type !== 'A' && type !== 'AAAA') return { rcode: 3 };
  const bad = type === 'A' ? four : six;
  const good = type === 'A' ? '127.0.0.1' : '::1';
  if (way === 'direct') return one(bad);
  if (way === 'alias')
    return {
      records: [
        { name, type: 'CNAME', data: 'inner.test' },
        { name: 'inner.test', type, data: bad },
      ],
    };
  if (way === 'mixed')
    return {
      records: [
        { type, data: good },
        { type, data: bad },
      ],
    };
  if (way === 'onlyfour') return one(type === 'A' ? bad : good);
  if (way === 'onlysix') return one(type === 'A' ? good : bad);
  if (way === 'rebind') return one(nth === 0 ? good : bad);
  return way === 'good' ? one(good) : { rcode: 3 };
};

beforeAll(async () => {
  dns = await startDnsFixture(script);
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      const head = redirectTo === '' ? 'HTTP/1.1 200 OK\r\n' : `HTTP/1.1 302 Found\r\nlocation: ${redirectTo}\r\n`;
      socket.end(`${head}content-length: 0\r\n\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  await dns.close();
  await new Promise((resolve) => server.close(resolve));
});

const signal = (): AbortSignal => new AbortController().signal;
const fresh = (options: Parameters<typeof probing>[0] = {}): Probing => probing({ nameServers: [dns.server], ...options });
const addresses = (dials: Probing['dials']): string[] => dials.map(({ address }) => address);
const bare = (spelling: string): string => spelling.replace(/^\[|\]$/g, '');

test('there are at least eighty spellings, and no two alike', () => {
  expect(SPELLINGS.length).toBeGreaterThanOrEqual(80);
  expect(new Set(SPELLINGS).size).toBe(SPELLINGS.length);
});

test.each<EgressScope>(['probe', 'strict', 'self'])(
  'scope %s: no spelling of a denied address is dialled, with or without brackets, dot or port',
  async (scope) => {
    const { egress, dials } = fresh({ selfOrigin: () => 'http://127.0.0.1:9' });
    for (const spelling of SPELLINGS)
      for (const host of [spelling, bare(spelling), `${bare(spelling)}.`, spelling.toUpperCase(), ` ${spelling}`]) {
        const outcome = await egress.dial({ host, port: 80, scope, signal: signal() });
        expect(outcome, host).toHaveProperty('fault');
      }
    expect(addresses(dials)).toEqual([]);
  },
);

test('no spelling is dialled from an HTTP check: as host, with user info, with a port, with a fragment', async () => {
  const { probe, dials } = fresh();
  const wrong: string[] = [];
  for (const host of SPELLINGS)
    for (const url of [
      `http://${host}/`,
      `http://good.test@${host}/`,
      `http://good.test:80@${host}:80/`,
      `https://${host}/`,
      `http://${host}:8080/#@good.test`,
    ]) {
      const { outcome, reason } = await probe(httpCheck(url));
      // A URL that cannot be read is our refusal too; what may not happen is a dial, or a verdict about a target.
      if (outcome !== 'error') wrong.push(`${url}: ${outcome} ${reason}`);
    }
  // `169.254.169.254:80@127.0.0.1` is user info in front of loopback: loopback is what it means, and loopback may be probed.
  expect(wrong.filter((line) => !line.includes('@127.0.0.1'))).toEqual([]);
  expect(dials.filter(({ address }) => address !== '127.0.0.1')).toEqual([]);
});

test('no spelling is dialled by way of a redirect', async () => {
  const { probe, dials } = fresh();
  for (const host of SPELLINGS.filter((spelling) => !spelling.includes('@')))
    for (const location of [`http://${host}/latest/`, `//${host}/`, `http://good.test@${host}/`, `http:\\\\${host}\\`]) {
      redirectTo = location;
      const { outcome, reason } = await probe(httpCheck(`http://127.0.0.1:${port}/`));
      expect(`${outcome} ${reason}`, location).toBe('fail redirect_refused');
    }
  redirectTo = '';
  expect(dials.every((dial) => dial.address === '127.0.0.1' && dial.port === port)).toBe(true);
});

test.each(['direct', 'alias', 'mixed', 'onlyfour', 'onlysix'])(
  'a name that leads into denied space (%s) is not dialled, neither by itself nor with a dot, in capitals or as a redirect',
  async (way) => {
    const { probe, dials, egress } = fresh();
    for (let index = 0; index < 6; index++) {
      const name = `${way}.${index}.test`;
      for (const host of [name, `${name}.`, name.toUpperCase(), name.replace('test', 'ｔｅｓｔ')]) {
        const { outcome, reason } = await probe(httpCheck(`http://${host}:${port}/`));
        expect(`${outcome} ${reason}`, host).toBe('fail address_denied');
        expect(await egress.dial({ host, port: 25, scope: 'strict', signal: signal() })).toMatchObject({ fault: 'denied', phase: 'dns' });
      }
      redirectTo = `http://${name}/`;
      const redirected = await probe(httpCheck(`http://127.0.0.1:${port}/`));
      redirectTo = '';
      expect(redirected.reason).toBe('redirect_refused');
    }
    expect(dials.every((dial) => dial.address === '127.0.0.1' && dial.port === port)).toBe(true);
  },
);

test('a name that is good at first and denied at the next look (rebinding, TTL 0) is dialled only where it was vetted', async () => {
  const { probe, dials } = fresh();
  const url = `http://rebind.0.test:${port}/`;
  expect((await probe(httpCheck(url))).outcome).toBe('ok');
  expect((await probe(httpCheck(url))).reason).toBe('address_denied');
  expect(dials.map(({ address }) => address)).toEqual(['127.0.0.1']);
});

test('a connection that ends somewhere else than at the vetted address is closed at once', async () => {
  const { egress } = fresh({ connect: (wire) => void wire.connect({ host: '127.0.0.1', port }) });
  expect(await egress.dial({ host: '192.0.2.7', port, scope: 'probe', signal: signal() })).toMatchObject({ fault: 'denied' });
});

test('Avow’s own ports are not dialled on any address of this machine; other ports are, and so is its own origin in scope self alone', async () => {
  const { egress, dials } = fresh({ ownPorts: () => [port], selfOrigin: () => `http://127.0.0.1:${port}` });
  for (const host of [
    '127.0.0.1',
    '127.1',
    '127.8.9.10',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '0x7f000001',
    'good.test',
  ])
    expect(await egress.dial({ host, port, scope: 'probe', signal: signal() }), host).toMatchObject({ fault: 'denied' });
  expect(addresses(dials)).toEqual([]);
  const own = await egress.dial({ host: '127.0.0.1', port, scope: 'self', signal: signal() });
  expect(own).toHaveProperty('address', '127.0.0.1');
  if ('socket' in own) own.socket.destroy();
  for (const [host, other] of [
    ['127.0.0.1', port + 1],
    ['127.0.0.2', port],
    ['192.0.2.1', port],
  ] as const)
    expect(await egress.dial({ host, port: other, scope: 'self', signal: signal() })).toMatchObject({ fault: 'denied' });
  expect(dials).toHaveLength(1);
});

test('scope strict dials public addresses only', async () => {
  const { egress, dials } = fresh();
  const inner = [
    '10.0.0.1',
    '172.16.5.4',
    '172.31.255.255',
    '192.168.1.1',
    '127.0.0.1',
    '100.64.0.1',
    '192.0.0.8',
    '198.18.0.1',
    '192.0.2.1',
    '203.0.113.9',
    '240.0.0.1',
    '[::1]',
    '[fd12::1]',
    '[fe80::1]',
    '[2001:db8::1]',
    '[2002:808:808::]',
    '[2001::1]',
    '[64:ff9b::808:808]',
    '[100::1]',
    '[3fff::1]',
    'localhost',
  ];
  for (const host of inner)
    expect(await egress.dial({ host, port: 25, scope: 'strict', signal: signal() }), host).toMatchObject({ fault: 'denied' });
  expect(addresses(dials)).toEqual([]);
  for (const host of ['1.1.1.1', '[2606:4700::1]'])
    expect(await egress.dial({ host, port: 25, scope: 'strict', signal: signal() }), host).toMatchObject({ fault: 'refused' });
  expect(dials.map(({ address }) => address)).toEqual(['1.1.1.1', '2606:4700::1']);
});

test('a DNS server in a check is vetted like any address', async () => {
  const { egress } = fresh();
  for (const at of ['169.254.169.253', '[fd00:ec2::254]:53', '0.0.0.0:53', '224.0.0.251', 'resolver.test', '127.0.0.1:0'])
    expect(await egress.query('www.test', 'A', at, signal()), at).toMatchObject({ fault: 'denied' });
});

test('details of denied targets are the same whether a port is open or closed', async () => {
  const { probe } = fresh({ ownPorts: () => [port] });
  const open = await probe(httpCheck(`http://127.0.0.1:${port}/`));
  expect(open.detail).toBe(`127.0.0.1:${port} is not dialled: it is a port of Avow itself.`);
});
