/** What a tired person gets who asks wrongly, or asks an Avow that cannot answer: one sentence, the right exit code, never a stack trace. */
import { spawnSync } from 'node:child_process';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { avowIn } from '../../support/backup-desk.ts';
import { tempFolder } from '../../support/temp-store.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  folder = await tempFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

const words = (text: string): string[] => text.split(' ').map((word) => (word === "''" ? '' : word));

describe('where no store is', () => {
  test.each([
    'maintenance list',
    'incident list',
    'release may-deploy 4.2',
    'override list',
    'report 2026-10',
    'close 2026-10',
    'component list',
    'notices list',
    'user list',
    'user set-up-link',
    'token list',
    'secrets rotate',
    'audit verify',
    'doctor',
    'export',
    'backup',
    'claim 2026-10 --contract a --received 2026-11-01T00:00Z --note x --as Ann',
  ])('avow %s says where it looked, and what to do', async (line) => {
    expect(await avowIn(folder.path, ...words(line))).toEqual({
      code: 2,
      out: [],
      err: [`There is no store at ${join(folder.path, 'avow.db')}. Use --data for another folder, or start Avow once to make one.`],
    });
  });
});

describe('a variable that was not set', () => {
  test.each([
    ["maintenance cancel ''", 'avow maintenance cancel needs the id of an announcement; `avow maintenance list` shows them.'],
    ["component explain ''", 'avow component explain needs the slug of a component; `avow component list` shows them.'],
    ["release may-deploy ''", 'avow release may-deploy needs a version.'],
    ["report ''", 'avow report needs a month, as 2026-10.'],
    ["backup --out ''", '--out is empty: name a folder or a file, or leave --out out.'],
    ["report 2026-10 --out ''", '--out is empty: name a folder, or leave --out out.'],
    ["restore ''", 'avow restore needs the file of a backup.'],
    ["verify ''", 'avow verify needs at least one file, each by its name.'],
  ])('avow %s is wrong use, not a question about nothing', async (line, sentence) => {
    const { code, out, err } = await avowIn(folder.path, ...words(line));
    expect({ code, out, said: err[0] }).toEqual({ code: 2, out: [], said: sentence });
  });
});

test('a file that is not there is told as one, and before a running Avow is asked to stop for it', async () => {
  await using server = await answering((response) => response.end('{}'));
  for (const line of ['restore nothing.db', 'plan nothing.yaml', 'report 2026-10 --what-if nothing.json']) {
    const { code, err } = await avowIn(server.folder, ...words(line));
    expect({ line, code, said: err[0] }).toEqual({
      line,
      code: 2,
      said: expect.stringMatching(/nothing\.\w+ cannot be read: there is no such file\. Check the path/),
    });
  }
});

describe('an Avow that runs and does not answer as it should', () => {
  test.each([
    [
      'another version',
      (response: ServerResponse) => response.writeHead(404).end('{"detail":"This Avow knows no such verb."}'),
      /answered 404: This Avow/,
    ],
    ['no JSON', (response: ServerResponse) => response.end('<h1>hello</h1>'), /answered 200 and no JSON\. Is it another version\?$/],
    ['nothing', (response: ServerResponse) => response.destroy(), /did not answer: socket hang up\.$/],
  ])('is told in a sentence: %s', async (_, answer, sentence) => {
    await using server = await answering(answer);
    const { code, out, err } = await avowIn(server.folder, 'maintenance', 'list');
    expect({ code, out, err }).toEqual({ code: 1, out: [], err: [expect.stringMatching(sentence)] });
    const json = await avowIn(server.folder, 'maintenance', 'list', '--json');
    expect([json.code, JSON.parse(json.err.join(''))]).toEqual([1, expect.objectContaining({ code: 'unreachable' })]);
  });

  test('long work that breaks off is told so', async () => {
    await using server = await answering((response) => {
      response.writeHead(200).write('{"type":"progress","progress":{"message":"Copying","done":0,"total":0}}\n', () => response.destroy());
    });
    const { code, err } = await avowIn(server.folder, 'backup');
    expect({ code, err }).toEqual({ code: 1, err: ['Copying', expect.stringMatching(/broke off|ended without a report/)] });
  });
});

test('another user is told to come as the one that Avow runs as', async ({ skip }) => {
  const main = fileURLToPath(new URL('../../../monitor/cli/main.ts', import.meta.url));
  const stranger = { uid: 65_534, gid: 65_534, env: { AVOW_DATA: folder.path }, encoding: 'utf8' } as const;
  // Only root may become somebody else, and somebody else may not be able to read this tree.
  if (process.getuid?.() !== 0 || spawnSync(process.execPath, [main, 'version'], stranger).status !== 0) skip();
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'incident', 'list'], stranger);
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `This user may not look into ${folder.path}, or ask the Avow that runs there. Ask as the user that Avow runs as, such as: sudo -u avow npx avow …\n`,
  });
});

/** A data folder whose socket answers so, whatever it is asked. */
const answering = async (answer: (response: ServerResponse) => void) => {
  const own = await tempFolder();
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => answer(response));
  });
  await new Promise<void>((listening) => server.listen(join(own.path, 'avow.sock'), listening));
  return {
    folder: own.path,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await own[Symbol.asyncDispose]();
    },
  };
};
