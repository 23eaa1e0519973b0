import { stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { SOCKET_FILE, serveSocket } from '#site/server/socket.ts';
import { tempFolder } from '../../support/temp-store.ts';

const post = (socketPath: string, path: string): Promise<{ status: number; lines: unknown[] }> =>
  new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, method: 'POST', agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          lines: text
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as unknown),
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });

const nothing = () => {
  throw new Error('no test here asks for maintenance or the ledger');
};
const serve = (path: string, doctor: Verbs['doctor'] = async () => ({ healthy: true })) =>
  serveSocket(
    path,
    (r) =>
      createSocketApp({
        doctor,
        verifyRecords: async () => ({}),
        maintenance: nothing,
        incidents: nothing,
        ledger: nothing,
        notices: nothing,
        reports: nothing,
        changed: () => undefined,
      }).fetch(r),
    systemClock,
  );

test('a verb answers progress line by line and one result', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, SOCKET_FILE);
  const server = await serve(path, async (told) => {
    told({ message: '', done: 1, total: 2 });
    told({ message: '', done: 2, total: 2 });
    return { healthy: true };
  });
  expect(await post(path, '/doctor')).toEqual({
    status: 200,
    lines: [
      { type: 'progress', progress: { message: '', done: 1, total: 2 } },
      { type: 'progress', progress: { message: '', done: 2, total: 2 } },
      { type: 'report', report: { healthy: true } },
    ],
  });
  expect((await post(path, '/nothing')).status).toBe(404);
  await server.close();
});

test('whoever is served is told after every verb, and not after a question that changes nothing', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, SOCKET_FILE);
  let told = 0;
  const app = createSocketApp({
    doctor: async () => ({}),
    verifyRecords: async () => ({}),
    maintenance: nothing,
    incidents: nothing,
    ledger: nothing,
    notices: nothing,
    reports: nothing,
    changed: () => told++,
  });
  const server = await serveSocket(path, app.fetch, systemClock);
  await post(path, '/doctor');
  await post(path, '/nothing');
  expect(told).toBe(1);
  await server.close();
});

test('a verb that fails says so as its last line', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, SOCKET_FILE);
  const server = await serve(path, () => Promise.reject(new Error('The store is damaged.')));
  expect((await post(path, '/doctor')).lines).toEqual([{ type: 'failed', message: 'The store is damaged.' }]);
  await server.close();
});

test('the socket is for its owner only and is gone after the end', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, SOCKET_FILE);
  const server = await serve(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await server.close();
  await expect(stat(path)).rejects.toThrow('ENOENT');
});

test('a socket that answers is not taken, and its owner stays reachable', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, SOCKET_FILE);
  const first = await serve(path);
  await expect(serve(path)).rejects.toThrow(/Another Avow answers at .*avow\.sock\. Stop it first/);
  expect((await post(path, '/doctor')).status).toBe(200);
  await first.close();
});

test('a socket that nobody answers is replaced', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, SOCKET_FILE);
  // What a killed process leaves: a socket file without a listener, made by binding elsewhere and renaming.
  const dead = createServer();
  await new Promise<void>((resolve) => dead.listen(`${path}.dead`, resolve));
  const { rename } = await import('node:fs/promises');
  await rename(`${path}.dead`, path);
  await new Promise<void>((resolve) => dead.close(() => resolve()));
  expect((await stat(path)).isSocket()).toBe(true);
  const server = await serve(path);
  expect((await post(path, '/doctor')).status).toBe(200);
  await server.close();
});

test('a file that is no socket is left alone', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, SOCKET_FILE);
  await writeFile(path, 'mine');
  await expect(serve(path)).rejects.toThrow(/is in the way: it is not a socket/);
});

test('a path too long for a socket is refused with what to do', async () => {
  await expect(serve(`/tmp/${'a'.repeat(120)}/avow.sock`)).rejects.toThrow(/too long for a socket .* Use --data/);
});
