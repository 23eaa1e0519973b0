import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DnsDefinition, DnsRecordType, TcpDefinition } from '#domain/check/check-definition.ts';
import { type DnsFixture, startDnsFixture, zone } from '../../support/dns-fixture.ts';
import { probing } from '../../support/probing.ts';

let dns: DnsFixture;
const servers: Server[] = [];
beforeAll(async () => {
  dns = await startDnsFixture(
    zone({
      'www.test A': ['192.0.2.1', '192.0.2.2'],
      'www.test AAAA': ['2001:db8::1'],
      'alias.test CNAME': ['www.test'],
      'mail.test MX': ['10 mx1.mail.test', '20 mx2.mail.test'],
      'mail.test TXT': ['v=spf1 -all', 'x'.repeat(300)],
      'mail.test NS': ['ns1.test'],
      'mail.test CAA': ['0 issue ca.test'],
      'mail.test SOA': ['ns1.test admin.test 7 3600 600 86400 300'],
      '_sip._tcp.test SRV': ['1 2 5060 sip.test'],
      '1.2.0.192.in-addr.arpa PTR': ['www.test'],
    }),
  );
});
afterAll(async () => {
  await dns.close();
  for (const server of servers) server.close();
});

const serve = async (act: (socket: Socket) => void): Promise<number> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    act(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};
const { probe } = probing();
const tcp = (port: number, wishes: Partial<TcpDefinition> = {}): TcpDefinition => ({
  kind: 'tcp',
  host: '127.0.0.1',
  port,
  send: null,
  expect: null,
  ...wishes,
});

test('a TCP check without wishes is ok when the connection is accepted', async () => {
  const reading = await probe(tcp(await serve(() => undefined)));
  expect(reading).toMatchObject({ outcome: 'ok', httpStatus: null });
  expect(Object.keys(reading.phases)).toEqual(['connect']);
});

test('a banner is read until it satisfies, however it is cut', async () => {
  const port = await serve((socket) => {
    socket.write('220 ma');
    setImmediate(() => socket.write('il ready\r\n'));
  });
  const reading = await probe(tcp(port, { expect: { matches: '^220 .* ready' } }));
  expect(reading.outcome).toBe('ok');
  expect(Object.keys(reading.phases)).toEqual(['connect', 'ttfb', 'transfer']);
});

test('what is sent arrives, and the reply is judged', async () => {
  const port = await serve(
    (socket) => void socket.once('data', (chunk) => socket.end(String(chunk) === 'PING\r\n' ? '+PONG\r\n' : '-ERR\r\n')),
  );
  expect((await probe(tcp(port, { send: 'PING\r\n', expect: { contains: '+PONG' } }))).outcome).toBe('ok');
  expect(await probe(tcp(port, { send: 'HELO\r\n', expect: { contains: '+PONG' } }))).toMatchObject({
    outcome: 'fail',
    reason: 'reply_mismatch',
    detail: 'The answer does not contain "+PONG"; it begins "-ERR".',
  });
});

test('silence, a close without a word and a flood are told apart', async () => {
  const wish = { expect: { contains: 'ready' } };
  expect((await probe(tcp(await serve(() => undefined), wish), { timeoutMs: 150 })).reason).toBe('timeout');
  expect((await probe(tcp(await serve((socket) => void socket.end()), wish))).reason).toBe('connection_lost');
  const flood = await serve((socket) => {
    const chunk = Buffer.alloc(16_384, 'x');
    const pour = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', pour);
    pour();
  });
  expect((await probe(tcp(flood, wish))).reason).toBe('too_large');
});

test('forbidden text in a reply fails it', async () => {
  const port = await serve((socket) => void socket.write('ERROR: no space'));
  expect((await probe(tcp(port, { expect: { lacks: 'ERROR' } }), { timeoutMs: 300 })).reason).toBe('text_forbidden');
});

const question = (name: string, recordType: DnsRecordType, expectAnswers: readonly string[] = []): DnsDefinition => ({
  kind: 'dns',
  name,
  recordType,
  expectAnswers,
  server: dns.server,
});

test.each<readonly [string, DnsRecordType, readonly string[], string]>([
  ['www.test', 'A', ['192.0.2.2'], 'ok'],
  ['www.test', 'A', ['192.0.2.1', '192.0.2.9'], 'dns_unexpected_answer'],
  ['www.test', 'AAAA', ['2001:DB8:0:0::1'], 'ok'],
  ['alias.test', 'CNAME', ['WWW.test.'], 'ok'],
  ['mail.test', 'MX', ['20 mx2.mail.test'], 'ok'],
  ['mail.test', 'TXT', ['v=spf1 -all', 'x'.repeat(300)], 'ok'],
  ['mail.test', 'TXT', ['V=SPF1 -all'], 'dns_unexpected_answer'],
  ['mail.test', 'NS', ['ns1.test'], 'ok'],
  ['mail.test', 'CAA', ['0 issue "ca.test"'], 'ok'],
  ['mail.test', 'SOA', ['ns1.test admin.test 7 3600 600 86400 300'], 'ok'],
  ['_sip._tcp.test', 'SRV', ['1 2 5060 sip.test'], 'ok'],
  ['192.0.2.1', 'PTR', ['www.test'], 'ok'],
  ['nowhere.test', 'A', [], 'dns_not_found'],
  ['www.test', 'MX', [], 'dns_not_found'],
])('%s %s, wanting %j: %s', async (name, type, wanted, reason) => {
  const reading = await probe(question(name, type, wanted));
  expect(reading.reason).toBe(reason);
  expect(Object.keys(reading.phases)).toEqual(['dns']);
});

test('an unexpected answer is quoted', async () => {
  expect((await probe(question('www.test', 'A', ['192.0.2.9']))).detail).toBe(
    'A of www.test is 192.0.2.1, 192.0.2.2; 192.0.2.9 was expected.',
  );
});

test('a DNS server that a check names and that is silent is the target, not our resolver', async () => {
  const silent = await startDnsFixture(() => 'silence');
  try {
    expect(await probe({ ...question('www.test', 'A'), server: silent.server }, { timeoutMs: 200 })).toMatchObject({
      outcome: 'fail',
      reason: 'dns_no_answer',
    });
  } finally {
    await silent.close();
  }
});
