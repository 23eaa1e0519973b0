import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { MOST_SOCKETS } from '#site/server/listener.ts';
import { startRig } from '../support/front-rig.ts';
import { ask } from '../support/raw-http.ts';

const silent = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      // The beginning of a request that never ends.
      socket.write('GET / HTTP/1.1\r\nHost: x');
      resolve(socket);
    });
    socket.on('error', reject);
  });

test('more silent connections than there is room for keep nobody out', async () => {
  await using rig = await startRig();
  const sockets: Socket[] = [];
  try {
    for (let i = 0; i < MOST_SOCKETS + 200; i += 100)
      sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => silent(rig.port)))));
    for (const socket of sockets) socket.on('error', () => undefined);
    for (let i = 0; i < 20; i++) expect((await ask(rig.port, '/')).status).toBe(200);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});

test('requests in a row on one connection are each answered, in order', async () => {
  await using rig = await startRig();
  const line = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\n${more}\r\n`;
  const text = await new Promise<string>((resolve, reject) => {
    let said = '';
    const socket = connect({ host: '127.0.0.1', port: rig.port }, () =>
      socket.write(line('/healthz') + line('/nothing') + line('/components/web') + line('/', 'Connection: close\r\n')),
    );
    socket.on('data', (chunk) => {
      said += chunk.toString();
    });
    socket.on('close', () => resolve(said));
    socket.on('error', reject);
  });
  expect([...text.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)).toEqual(['200', '404', '200', '200']);
});

test('five hundred clients at once on a cold page cost one view and one render, and all get the same bytes', async () => {
  await using rig = await startRig();
  const answers = await Promise.all(Array.from({ length: 500 }, () => ask(rig.port, '/')));
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.headers['etag']}`)).size).toBe(1);
  expect([rig.seen.views, rig.seen.renders]).toEqual([1, 1]);
});

test('after close no port is open and the snapshot is on disk', async () => {
  const rig = await startRig({ metricsPort: 0 });
  await ask(rig.port, '/');
  await rig.front.close(0);
  await expect(ask(rig.port, '/')).rejects.toThrow('ECONNREFUSED');
  await expect(ask(rig.front.metricsPort ?? 0, '/metrics')).rejects.toThrow('ECONNREFUSED');
  const { readFile } = await import('node:fs/promises');
  expect(JSON.parse(await readFile(`${rig.dataDir}/snapshot.json`, 'utf8'))).toMatchObject({ version: 2, views: [{ key: '/' }] });
  await rig[Symbol.asyncDispose]();
});

test('a taken port and an address without an origin are refused with what to do', async () => {
  await using rig = await startRig();
  await expect(startRig({ port: rig.port })).rejects.toThrow(
    /Cannot listen on 127\.0\.0\.1:\d+: another program listens there\. Choose another port with AVOW_PORT\./,
  );
  await expect(startRig({ host: '0.0.0.0' })).rejects.toThrow(/without knowing its own address\. Set AVOW_PUBLIC_ORIGIN/);
});

test('with a public origin only its host is answered, and only HTTPS origins are pinned', async () => {
  await using rig = await startRig({ publicOrigin: 'https://status.example.com' });
  const pinned = await ask(rig.port, '/', { host: 'status.example.com' });
  expect([pinned.status, pinned.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000; includeSubDomains']);
  expect((await ask(rig.port, '/', { host: 'status.example.com:443' })).status).toBe(200);
  expect((await ask(rig.port, '/', { host: `127.0.0.1:${rig.port}` })).status).toBe(200);
  expect((await ask(rig.port, '/', { host: 'status.example.com.evil.example' })).status).toBe(421);
  await using unpinned = await startRig({ publicOrigin: 'https://status.example.com', hsts: false });
  expect((await ask(unpinned.port, '/', { host: 'status.example.com' })).headers['strict-transport-security']).toBeUndefined();
});

test('guesses of a heartbeat address are limited per client, known ones are not hindered by them', async () => {
  await using rig = await startRig({ onBeat: (token) => token === 'known-token-0123456789' });
  expect((await ask(rig.port, '/beat/known-token-0123456789')).status).toBe(204);
  const guesses = await Promise.all(Array.from({ length: 60 }, (_, i) => ask(rig.port, `/beat/guess-number-${i}-0123456789`)));
  expect(guesses.filter((answer) => answer.status === 404).length).toBeLessThanOrEqual(30);
  expect(guesses.filter((answer) => answer.status === 429).every((answer) => Number(answer.headers['retry-after']) >= 1)).toBe(true);
  expect((await ask(rig.port, '/beat/known-token-0123456789')).status).toBe(204);
});
