/**
 * P9 for what somebody enters in the console or over the API: refused when it is saved or tried, in whatever spelling, and refused again
 * when it is dialled, wherever its name leads by then and wherever it redirects to. Dials are counted below the gateway.
 */
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#domain/refusal.ts';
import { millis } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { readConsoleComponent } from '#monitor/config/console-component.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { consoleEgress } from '#monitor/egress/console-egress.ts';
import { probes } from '#monitor/probe/registry.ts';
import { createRunner, type Run } from '#monitor/worker/run-check.ts';
import { tryOnce } from '#monitor/worker/try-once.ts';
import { type ConsoleDesk, openConsoleDesk, readConfig } from '../support/console-desk.ts';
import { DENIED_ADDRESSES, PRIVATE_ADDRESSES, PRIVATE_SPELLINGS, SPELLINGS } from '../support/denied-places.ts';
import { type DnsFixture, type DnsScript, startDnsFixture } from '../support/dns-fixture.ts';
import { httpCheck, type Probing, probing } from '../support/probing.ts';

const EVERY = [...SPELLINGS, ...PRIVATE_SPELLINGS];
const FILE = 'components: [{name: Web, http: "https://www.example.com/"}]';
const PUBLIC = '93.184.216.34';
const WAYS = ['direct', 'alias', 'mixed', 'onlyfour', 'onlysix'] as const;
/** `way.index.test`: half of the indices lead to metadata and the like, half into private networks. */
const badOf = (type: 'A' | 'AAAA', index: number): string =>
  [...DENIED_ADDRESSES[type], ...PRIVATE_ADDRESSES[type]][index] ?? DENIED_ADDRESSES[type][0];
const NAMES = DENIED_ADDRESSES.A.length + PRIVATE_ADDRESSES.A.length;

const script: DnsScript = ({ name, type, nth }) => {
  if (type !== 'A' && type !== 'AAAA') return { rcode: 3 };
  const [way, index] = name.split('.');
  const bad = badOf(type, Number(index));
  const good = type === 'A' ? PUBLIC : '2606:4700::1';
  const records = (...all: readonly string[]) => ({ records: all.map((data) => ({ type, data, ttl: 0 })) });
  if (way === 'alias')
    return {
      records: [
        { name, type: 'CNAME' as const, data: 'inner.test' },
        { name: 'inner.test', type, data: bad },
      ],
    };
  if (way === 'mixed') return records(good, bad);
  if (way === 'onlyfour') return records(type === 'A' ? bad : good);
  if (way === 'onlysix') return records(type === 'A' ? good : bad);
  if (way === 'rebind') return records(nth === 0 ? good : bad);
  return records(bad);
};

let dns: DnsFixture;
let desk: ConsoleDesk;
let server: Server;
let port = 0;
let redirectTo = '';
beforeAll(async () => {
  dns = await startDnsFixture(script);
  desk = await openConsoleDesk(FILE);
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(`HTTP/1.1 302 Found\r\nlocation: ${redirectTo}\r\ncontent-length: 0\r\n\r\n`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});
afterAll(async () => {
  server.close();
  await dns.close();
  await desk[Symbol.asyncDispose]();
});

const never = () => new AbortController().signal;
interface Prober extends Probing {
  readonly run: Run;
}
/** The prober as it is, on a gateway that counts: what tests now and saves ask, and what probes on schedule. */
const prober = (allowed: readonly string[] = []): Prober => {
  const counted = probing({ nameServers: [dns.server], allowed: () => allowed });
  const sentinels = { doubt: () => undefined, vouch: async () => null, recent: () => null, silentSince: () => false };
  const run = createRunner({
    clock: systemClock,
    lag: { stalledSince: () => false } as never,
    sentinels: sentinels as never,
    egress: () => counted.egress,
    probes,
    locationId: () => 'local',
  });
  desk.tried = (trial, vetOnly) =>
    tryOnce({ clock: systemClock, egress: () => counted.egress, run }, trial as Parameters<typeof tryOnce>[1], vetOnly);
  return { ...counted, run };
};
const scheduled = (run: Run, url: string) => {
  const check = { definition: httpCheck(url), intervalMs: millis(60_000), timeoutMs: millis(5_000), degradedMs: millis(4_000) };
  return run({ componentId: 'x', check, origin: 'console' } as unknown as Parameters<Run>[0], systemClock.now());
};
const stored = async (): Promise<number> =>
  Number((await desk.store.read({ sql: 'SELECT count(*) FROM component_versions' })).rows[0]?.[0]);

test('no spelling of a place that is not public is taken as the target of any kind of check', () => {
  const rules = { config: readConfig(FILE), secret: () => null, ownPorts: [] };
  const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
  const taken: string[] = [];
  for (const host of EVERY)
    for (const check of [
      { http: `http://${host}/` },
      { http: { url: `https://${host}:8443/a?b=c` } },
      { http: `http://good.example@${host}/` },
      { tcp: { host: bare(host), port: 80 } },
      { tcp: `${host}:80` },
      { tls: { host: bare(host) } },
      { dns: { name: 'a.example', server: bare(host) } },
      { dns: { name: 'a.example', server: `${host}:53` } },
    ])
      if ('slug' in readConsoleComponent({ name: 'A', ...check }, 10_000, rules)) taken.push(JSON.stringify(check));
  expect(taken).toEqual([]);
});

test('nor by the verbs: adding, editing and testing are refused by the field, and nothing is stored, dialled or probed', async () => {
  const { dials } = prober();
  await desk.does('add', { component: { name: 'Good', slug: 'good', http: `http://${PUBLIC}/` } });
  const { recordedAt } = (await desk.store
    .read({ sql: 'SELECT max(recorded_at_ms) AS recordedAt FROM component_versions' })
    .then(({ rows }) => ({
      recordedAt: Number(rows[0]?.[0]),
    }))) as { recordedAt: number };
  const before = await stored();
  for (const [i, host] of EVERY.entries()) {
    const component = { name: 'A', http: `http://${host}/` };
    const asked = [
      ['add', { component }],
      ['edit', { slug: 'good', basedOn: recordedAt, component }],
      ['test', { component }],
      ['test', { slug: 'good', component }],
    ] as const;
    const [verb, request] = asked[i % asked.length] ?? asked[0];
    expect(await desk.ask(verb, request), `${verb} ${host}`).toMatchObject({
      code: 'bad_component',
      facts: { faults: [{ path: 'http' }] },
    });
  }
  expect(await stored()).toBe(before);
  expect(dials).toEqual([]);
});

test('a document that is applied over the API names no spelling of what is never dialled either; private networks are the file’s to name', () => {
  const read = (url: string) =>
    isConfig(
      parseConfiguration(Buffer.from(JSON.stringify({ components: [{ name: 'A', http: url }] })), 'given.yaml', {
        secret: () => null,
        ownPorts: [80],
      }),
    );
  // Loopback on Avow's own port is refused whoever names it.
  expect(
    [...SPELLINGS, '127.0.0.1', '0x7f000001', '[::1]', 'localhost', '[::ffff:127.0.0.1]'].filter((host) => read(`http://${host}/`)),
  ).toEqual([]);
  expect(read('http://10.0.0.1/')).toBe(true);
});

test('what is stored all the same is not dialled: no spelling, by no probe, and no name server', async () => {
  const { egress, dials } = prober();
  const gateway = consoleEgress(egress);
  for (const host of EVERY)
    for (const scope of ['probe', 'self', 'console'] as const) {
      expect(await gateway.dial({ host, port: 80, scope, signal: never() }), host).toHaveProperty('fault');
      expect(await gateway.vet({ host, port: 80, scope, signal: never() }), host).not.toBeNull();
    }
  for (const server of ['127.0.0.1', '10.0.0.53:53', '[fd00::53]:53', '169.254.169.253', '[::ffff:10.0.0.53]:53'])
    expect(await gateway.query('a.example', 'A', server, never()), server).toMatchObject({ fault: 'denied' });
  expect(dials).toEqual([]);
});

test.each(WAYS)('a name that leads there (%s) is refused when it is added, edited or tried, and by every probe', async (way) => {
  const { run, dials } = prober();
  for (let index = 0; index < NAMES; index++) {
    const url = `http://${way}.${index}.test:8080/`;
    const component = { name: 'A', http: url };
    expect(await desk.ask('add', { component }), url).toMatchObject({
      code: 'bad_component',
      message: expect.stringContaining('is not dialled'),
    });
    const tried = await desk.ask('test', { component });
    expect(isRefusal(tried) ? tried.code : (tried as { reason: string }).reason, url).toBe('address_denied');
    expect(await scheduled(run, url)).toMatchObject({ outcome: 'fail', reason: 'address_denied' });
  }
  expect(dials).toEqual([]);
});

test('a name that is public when it is saved and private when it is probed (rebinding, TTL 0) is taken, and not dialled', async () => {
  const { run, dials } = prober();
  for (const index of [0, 6, 7]) {
    const url = `http://rebind.${index}.test:8080/`;
    expect(await desk.ask('add', { component: { name: `R${index}`, http: url } })).toMatchObject({ slug: `r${index}` });
    expect(await scheduled(run, url)).toMatchObject({ reason: 'address_denied' });
    expect(await desk.ask('test', { component: { name: 'R', http: url } })).toMatchObject({ reason: 'address_denied' });
  }
  expect(dials).toEqual([]);
});

test('a redirect into what is not allowed is not followed, whatever the first target was allowed', async () => {
  const { run, dials } = prober(['127.0.0.1/32']);
  const places = EVERY.filter(
    (host) => !host.includes('@') && !['127.0.0.1', '127.0.0.1.'].includes(host) && !/^127\.(?:0\.)?1$/.test(host),
  );
  const wrong: string[] = [];
  for (const host of [...places, 'direct.0.test', 'direct.7.test', 'mixed.8.test', 'onlysix.9.test']) {
    redirectTo = `http://${host}:${port + 1}/`;
    const { reason } = await scheduled(run, `http://127.0.0.1:${port}/`);
    // Another spelling of the one address that is allowed is that address: nothing listens there.
    if (reason !== 'redirect_refused' && reason !== 'connect_refused') wrong.push(`${host}: ${reason}`);
  }
  expect(wrong).toEqual([]);
  expect(dials.filter(({ address }) => address !== '127.0.0.1')).toEqual([]);
});
