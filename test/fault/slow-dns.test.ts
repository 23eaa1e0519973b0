/** P10: slow DNS hurts only its own monitor. And silence of the resolver itself is nobody's outage. */
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { type DnsFixture, type DnsScript, startDnsFixture } from '../support/dns-fixture.ts';
import { httpCheck, probing } from '../support/probing.ts';

let server: Server;
let port = 0;
beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const withDns = async (script: DnsScript, work: (dns: DnsFixture) => Promise<void>): Promise<void> => {
  const dns = await startDnsFixture(script);
  try {
    await work(dns);
  } finally {
    await dns.close();
  }
};

const root: DnsScript = ({ type }) => (type === 'NS' ? { records: [{ type: 'NS', data: 'a.root.test' }] } : { rcode: 3 });

test('100 silent names of 500 leave the other 400 untouched, and end at their own deadline', () =>
  withDns(
    (question) => {
      if (question.name === '') return root(question);
      if (question.name.startsWith('silent')) return 'silence';
      return question.type === 'A' ? { records: [{ type: 'A', data: '127.0.0.1' }] } : {};
    },
    async (dns) => {
      const { probe } = probing({ nameServers: [dns.server] });
      const deadline = new AbortController();
      const verdictOf = async (name: string, i: number) => {
        // Not all in one breath: the fixture's own receive buffer holds some 250 questions.
        await systemClock.sleep(i);
        return probe(httpCheck(`http://${name}:${port}/`), { timeoutMs: 60_000, degradedMs: 60_000, deadline: deadline.signal });
      };
      const silent = Array.from({ length: 100 }, (_, i) => verdictOf(`silent${i}.test`, i));
      const good = await Promise.all(Array.from({ length: 400 }, (_, i) => verdictOf(`good${i}.test`, i)));
      // The deadline of the silent ones has not come yet: whatever they wait for, nobody waited for it with them.
      expect(good.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
      expect(good).toHaveLength(400);
      deadline.abort();
      const ended = await Promise.all(silent);
      expect(ended.map(({ outcome, reason }) => `${outcome} ${reason}`)).toEqual(Array(100).fill('fail dns_no_answer'));
    },
  ));

test('when no resolver answers anything, not even the control question, the fault is ours and no evidence', () =>
  withDns(
    () => 'silence',
    async (dns) => {
      const { probe } = probing({ nameServers: [dns.server] });
      const reading = await probe(httpCheck(`http://www.test:${port}/`), { timeoutMs: 1_500 });
      expect(`${reading.outcome} ${reading.reason}`).toBe('error own_network');
      expect(reading.detail).toBe('The name www.test could not be looked up: no DNS resolver of this machine answers anything.');
      expect(dns.questions.some(({ name, type }) => name === '' && type === 'NS')).toBe(true);
    },
  ));

test('a resolver that does not run is our fault, not the target’s', async () => {
  const closed = await startDnsFixture(root);
  await closed.close();
  const { probe } = probing({ nameServers: [closed.server] });
  const reading = await probe(httpCheck(`http://www.test:${port}/`), { timeoutMs: 5_000 });
  expect(`${reading.outcome} ${reading.reason}`).toBe('error own_network');
});

test('a silent name, while the resolver answers the control question, is the target’s fault', () =>
  withDns(
    (question) => (question.name === '' ? root(question) : 'silence'),
    async (dns) => {
      const { probe } = probing({ nameServers: [dns.server] });
      const reading = await probe(httpCheck(`http://www.test:${port}/`), { timeoutMs: 1_800 });
      expect(`${reading.outcome} ${reading.reason}`).toBe('fail dns_no_answer');
    },
  ));

const CASES: readonly (readonly [string, DnsScript, string])[] = [
  ['a name that does not exist', () => ({ rcode: 3 }), 'fail dns_not_found'],
  ['a name without addresses', () => ({}), 'fail dns_not_found'],
  ['a name server that fails', () => ({ rcode: 2 }), 'fail dns_no_answer'],
  ['a name server that refuses', () => ({ rcode: 5 }), 'fail dns_no_answer'],
  [
    'an answer over TCP after truncation',
    ({ type }) => (type === 'A' ? { truncate: true, records: [{ type: 'A', data: '127.0.0.1' }] } : {}),
    'ok ok',
  ],
  [
    'five hundred records, over TCP',
    ({ type }) => (type === 'A' ? { records: Array.from({ length: 500 }, () => ({ type: 'A' as const, data: '127.0.0.1' })) } : {}),
    'ok ok',
  ],
  [
    'an alias',
    ({ name, type }) =>
      type === 'A'
        ? {
            records: [
              { name, type: 'CNAME', data: 'real.test' },
              { name: 'real.test', type: 'A', data: '127.0.0.1' },
            ],
          }
        : { records: [{ name, type: 'CNAME', data: 'real.test' }] },
    'ok ok',
  ],
  [
    'an alias that leads to itself',
    ({ name }) => ({
      records: [
        { name, type: 'CNAME', data: 'b.test' },
        { name: 'b.test', type: 'CNAME', data: name },
      ],
    }),
    'fail dns_no_answer',
  ],
  ['one family silent', ({ type }) => (type === 'A' ? { records: [{ type: 'A', data: '127.0.0.1' }] } : 'silence'), 'ok ok'],
  [
    'the first address dead, the second alive',
    ({ type }) =>
      type === 'A'
        ? {
            records: [
              { type: 'A', data: '127.0.0.9' },
              { type: 'A', data: '127.0.0.1' },
            ],
          }
        : {},
    'ok ok',
  ],
];

test.each(CASES)('%s is judged for what it is', (_name, script, expected) =>
  withDns(script, async (dns) => {
    const { probe } = probing({ nameServers: [dns.server] });
    const reading = await probe(httpCheck(`http://www.test:${port}/`), { timeoutMs: 10_000 });
    expect(`${reading.outcome} ${reading.reason}`).toBe(expected);
  }),
);

test('an answer with a wrong id is not believed', () =>
  withDns(
    (question) =>
      question.name === '' ? root(question) : { wrongId: true, records: question.type === 'A' ? [{ type: 'A', data: '127.0.0.1' }] : [] },
    async (dns) => {
      const { probe, dials } = probing({ nameServers: [dns.server] });
      const reading = await probe(httpCheck(`http://www.test:${port}/`), { timeoutMs: 1_500 });
      expect(`${reading.outcome} ${reading.reason}`).toBe('fail dns_no_answer');
      expect(dials).toEqual([]);
    },
  ));

test('a cancelled lookup leaves no timer that keeps the process', async () => {
  const pending: string[] = [];
  const clock = {
    ...systemClock,
    after(ms: number, work: () => void, options?: { readonly background?: boolean }) {
      const key = `${ms} ${pending.length}`;
      pending.push(key);
      const drop = (): void => void pending.splice(pending.indexOf(key), 1);
      const timer = systemClock.after(
        ms,
        () => {
          drop();
          work();
        },
        options,
      );
      return {
        cancel: () => {
          if (pending.includes(key)) drop();
          timer.cancel();
        },
      };
    },
  };
  await withDns(
    () => 'silence',
    async (dns) => {
      const { egress } = probing({ nameServers: [dns.server], clock });
      const stop = new AbortController();
      const dialled = egress.dial({ host: 'www.test', port, scope: 'probe', signal: stop.signal });
      stop.abort();
      expect(await dialled).toMatchObject({ phase: 'dns' });
      expect(pending).toEqual([]);
    },
  );
});
