import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProbeReading } from '#domain/check/check-result.ts';
import { instant } from '#domain/time/instant.ts';
import { reportLines } from '#monitor/cli/check-report.ts';
import { readTarget } from '#monitor/cli/check-target.ts';
import type { Io } from '#monitor/cli/command.ts';
import { UsageFault } from '#monitor/cli/command.ts';
import { command } from '#monitor/cli/commands/check.ts';
import { systemClock } from '#monitor/clock.ts';

let server: Server;
let at = '';
beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\nall is well'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  at = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const check = async (...argv: string[]): Promise<{ code: number; out: string[] }> => {
  const out: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: () => undefined,
    env: {},
    cwd: '/',
    clock: systemClock,
    lifetime: () => {
      throw new Error('a check ends by itself');
    },
  };
  return { code: await command.run(argv, io), out };
};

test('a good answer exits 0 with a sentence, the address, the status and a bar per phase', async () => {
  const { code, out } = await check(`http://${at}/`, '--expect', 'well', '--expect', '2xx');
  expect(code).toBe(0);
  expect(out[0]).toMatch(new RegExp(`^OK {4}http://${at}/ answered as expected in [\\d.]+ m?s\\.$`));
  expect(out[1]).toBe(`      address     ${at}`);
  expect(out[2]).toBe('      status      200');
  expect(out.slice(3).map((line) => line.trim().split(/\s+/)[0])).toEqual(['connect', 'ttfb', 'transfer']);
  for (const line of out.slice(3)) expect(line).toMatch(/\d m?s {2} *█+$/);
});

test('any target that fails makes the exit 1, and the others are still shown', async () => {
  const { code, out } = await check(`http://${at}/`, `http://${at}/`, 'http://169.254.169.254/', '--expect', '404');
  expect(code).toBe(1);
  expect(out.filter((line) => /^(OK|FAIL|ERROR)/.test(line)).map((line) => line.slice(0, 5).trim())).toEqual(['FAIL', 'FAIL', 'ERROR']);
  expect(out).toContain('      This says nothing about the target: the check could not be made.');
});

test('a plain server asked for TLS is told as what it is, not as a wrong version number', async () => {
  const { code, out } = await check(`tls://${at}`);
  expect(code).toBe(1);
  expect(out[0]).toBe(`FAIL  tls://${at}: The server at ${at} did not complete the TLS handshake: what it sent is not TLS.`);
});

test('--json is one document per target and nothing else', async () => {
  const { code, out } = await check(`tcp://${at}`, `http://${at}/`, '--json');
  expect(code).toBe(0);
  expect(out.map((line) => JSON.parse(line))).toMatchObject([
    { target: `tcp://${at}`, outcome: 'ok', reason: 'ok', http_status: null, addresses: [at] },
    { target: `http://${at}/`, outcome: 'ok', http_status: 200, cert_expires_at: null },
  ]);
});

test.each([
  [[], 'needs a target'],
  [['example.test'], 'write https://example.test'],
  [['ftp://example.test/'], 'known are http, https, tcp, tls and dns'],
  [['tcp://example.test'], 'write tcp://example.test:PORT'],
  [['tcp://example.test:80/path'], 'says more than a host and a port'],
  [['dns://example.test?type=ZZ'], 'unknown record type "ZZ"'],
  [['dns://example.test?typ=A'], 'knows only type and server'],
  [['https://example.test:99999/'], 'cannot be read'],
  [['http://example.test/', '--timeout', 'soon'], 'a time from 1ms to 5m'],
  [['http://example.test/', '--timeout', '6m'], 'a time from 1ms to 5m'],
  [['tls://example.test?verify=off'], 'says more than a host and a port'],
  [['dns:example.test'], 'write dns://example.test'],
  [['http:/example.test/'], 'write http://example.test/'],
  [['tls://example.test', '--expect', 'x'], 'takes no --expect'],
])('wrong use %j is a sentence, and nothing is sent', async (argv, words) => {
  await expect(check(...argv)).rejects.toThrow(UsageFault);
  await expect(check(...argv)).rejects.toThrow(words);
});

test('words become checks', () => {
  expect(readTarget('tls://mail.test', [])).toMatchObject({ kind: 'tls', host: 'mail.test', port: 443 });
  expect(readTarget('tcp://[::1]:25', ['220'])).toMatchObject({ kind: 'tcp', host: '::1', port: 25, expect: { contains: '220' } });
  expect(readTarget('dns://mail.test?type=mx&server=192.0.2.53', ['10 a.test'])).toMatchObject({
    recordType: 'MX',
    server: '192.0.2.53',
    expectAnswers: ['10 a.test'],
  });
  expect(readTarget('https://a.test/x', ['200-204', '3xx', 'hello'])).toMatchObject({
    expectStatus: [
      [200, 204],
      [300, 399],
    ],
    expectBody: [{ contains: 'hello' }],
  });
});

test('the waterfall: each bar begins where the one before ended, and the certificate counts its days', () => {
  const reading: ProbeReading = {
    outcome: 'ok',
    reason: 'ok',
    detail: '',
    httpStatus: 200,
    latencyUs: 100_000,
    phases: { dns: 10_000, connect: 20_000, tls: 30_000, ttfb: 30_000, transfer: 10_000 },
    certExpiresAt: instant(Date.UTC(2026, 8, 11)),
  };
  expect(reportLines({ target: 'https://a.test/', addresses: ['192.0.2.1:443'], reading, now: instant(Date.UTC(2026, 6, 1)) })).toEqual([
    'OK    https://a.test/ answered as expected in 100 ms.',
    '      address     192.0.2.1:443',
    '      status      200',
    '      dns             10 ms  ████',
    '      connect         20 ms      ████████',
    '      tls             30 ms              ████████████',
    '      ttfb            30 ms                          ████████████',
    '      transfer        10 ms                                      ████',
    '      certificate 72 days left, until 2026-09-11',
  ]);
});
