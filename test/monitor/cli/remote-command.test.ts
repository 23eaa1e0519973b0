/** The command line as the client of an Avow elsewhere: the same words, the same answers, and a token that goes to one address alone. */
import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Permission } from '#domain/access/permission.ts';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { registry } from '#monitor/cli/registry.ts';
import { certificate } from '../../support/certificates.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { tokenOf } from '../../support/token-of.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { startWholeConsole, type WholeConsole } from '../../support/whole-console.ts';

const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
let rig: WholeConsole;
beforeAll(async () => {
  rig = await startWholeConsole(clock);
});
afterAll(() => rig[Symbol.asyncDispose]());

const NOT_A_TOKEN_OF_ANYBODY = `sp_abcdefghjkm2_${'x'.repeat(43)}`;
const run = async (argv: readonly string[], env: Readonly<Record<string, string>>) => {
  const [out, err]: [string[], string[]] = [[], []];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env,
    cwd: '/',
    clock: new VirtualClock(Date.UTC(2020, 0, 1)),
    lifetime: () => {
      throw new Error('no verb here runs until told to stop');
    },
  };
  const code = await runVerb(argv, io);
  const secret = env['AVOW_TOKEN']?.split('_')[2];
  if (secret !== undefined) expect(`${out.join('\n')}${err.join('\n')}`).not.toContain(secret);
  return { code, out, err };
};
const elsewhere = (token: string) => ({ AVOW_URL: rig.origin, AVOW_TOKEN: token });
const avow = (...argv: string[]) => run(argv, elsewhere(rig.people.token));

const ANNOUNCE = ['announce', '--slot', 'next', '--from', '10:00', '--to', '12:00', '--title', 'Upgrade', '--body', 'Short.'];

describe('an Avow elsewhere', () => {
  test('is asked by the same words and answers the same', async () => {
    const announced = await avow('maintenance', ...ANNOUNCE, '--json');
    expect([announced.code, announced.err]).toEqual([0, []]);
    const document = JSON.parse(announced.out.join(''));
    expect(document).toMatchObject({ excluded_ms: 7_200_000, revisions: [{ author: 'Adele Kruse', authenticated: true }] });
    const taken = await avow('maintenance', ...ANNOUNCE, '--json');
    expect([taken.code, JSON.parse(taken.err.join('')).code]).toEqual([1, 'slot_taken']);
    const listed = await avow('maintenance', 'list', '--json');
    expect(listed.out.join('')).toContain(document.id);
    expect((await avow('maintenance', 'edit', document.id, '--to', 'never')).code).toBe(2);
    expect((await avow('maintenance', 'cancel', 'nothing')).code).toBe(1);
  });

  test('follows long work to its end, with progress on standard error', async () => {
    const doctor = await avow('doctor', '--json');
    expect(JSON.parse(doctor.out.join(''))).toHaveProperty('differences');
    expect(doctor.err.length).toBeGreaterThan(0);
    const closed = await avow('close', '2026-10');
    expect([closed.code, closed.out]).toEqual([1, []]);
  });

  test('says which scope is missing', async () => {
    const scopes: Permission[] = ['status:read'];
    const token = await tokenOf(rig.store, clock, { id: 'tokenreads22', personId: rig.people.as.admin.id, scopes });
    const refused = await run(['maintenance', ...ANNOUNCE, '--json'], elsewhere(token));
    expect([refused.code, JSON.parse(refused.err.join(''))]).toEqual([
      1,
      expect.objectContaining({ code: 'denied', facts: { status: 403, needs: 'maintenance:write', has: ['status:read'] } }),
    ]);
    expect(refused.err.join('')).toContain('lacks the scope maintenance:write');
    const doctor = await run(['doctor'], elsewhere(token));
    expect([doctor.code, doctor.out, doctor.err.join('')]).toEqual([1, [], expect.stringContaining('lacks the scope store:backup')]);
    const gone = await run(['maintenance', 'list'], elsewhere(NOT_A_TOKEN_OF_ANYBODY));
    expect([gone.code, gone.err.join('')]).toEqual([1, expect.stringContaining('This token opens nothing')]);
  });

  test('does not do what only the owner of its data folder may', async () => {
    const link = await avow('user', 'set-up-link');
    expect([link.code, link.err.join('')]).toEqual([1, expect.stringContaining('does not do this over the network')]);
  });

  test('takes the token from a file', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'token');
    await writeFile(file, `${rig.people.token}\n`);
    expect((await run(['incident', 'list'], { AVOW_URL: rig.origin, AVOW_TOKEN_FILE: file })).code).toBe(0);
    const both = await run(['incident', 'list'], { ...elsewhere(rig.people.token), AVOW_TOKEN_FILE: file });
    expect([both.code, both.err[0]]).toEqual([2, 'AVOW_TOKEN and AVOW_TOKEN_FILE are both set; keep one of them.']);
    const none = await run(['incident', 'list'], { AVOW_URL: rig.origin, AVOW_TOKEN_FILE: `${file}x` });
    expect([none.code, none.err[0]]).toEqual([2, expect.stringContaining('cannot be read or is empty')]);
  });
});

describe('what is given', () => {
  test.each([
    [['maintenance', 'list', '--url', 'http://status.example.com'], 'over http://status.example.com the token would travel in the open'],
    [['maintenance', 'list', '--url', 'https://ada:secret@status.example.com'], 'must hold neither name nor password'],
    [['maintenance', 'list', '--url', 'https://status.example.com/api/v1'], 'must be an origin, without a path'],
    [['maintenance', 'list', '--url', 'status.example.com'], 'is no address of an Avow'],
    [['maintenance', 'list', '--url'], '--url needs a value'],
    [['maintenance', 'list', '--url', 'https://status.example.com', '--data', 'x'], 'give one of them'],
    [['version', '--url', 'https://status.example.com'], 'works on this machine alone'],
    [['restore', 'x', '--url', 'https://status.example.com'], 'works on this machine alone'],
  ])('%j is refused with what to write instead', async (argv, sentence) => {
    const { code, out, err } = await run(argv, { AVOW_TOKEN: NOT_A_TOKEN_OF_ANYBODY });
    expect([code, out, err[0]]).toEqual([2, [], expect.stringContaining(sentence)]);
  });
  test('without a token, or with half of one, nothing is asked', async () => {
    const url = { AVOW_URL: 'https://status.example.com' };
    expect((await run(['maintenance', 'list'], url)).err[0]).toContain('is asked with a token');
    expect((await run(['maintenance', 'list'], { ...url, AVOW_TOKEN: 'sp_abc' })).err[0]).toContain('has not the form of a token');
  });
  test('--data asks this machine although AVOW_URL is set', async () => {
    await using folder = await tempFolder();
    const { code, err } = await run(['maintenance', 'list', '--data', folder.path], elsewhere(rig.people.token));
    expect([code, err[0]]).toEqual([2, expect.stringContaining('There is no store at')]);
  });
});

describe('whoever answers', () => {
  const serving = async (server: ReturnType<typeof createServer>): Promise<{ readonly port: number } & AsyncDisposable> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      port: (server.address() as AddressInfo).port,
      [Symbol.asyncDispose]: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  };
  const asking = (url: string) => run(['maintenance', 'list'], { AVOW_URL: url, AVOW_TOKEN: NOT_A_TOKEN_OF_ANYBODY });

  test('and points elsewhere is not followed: the token stays', async () => {
    const seen: string[] = [];
    const listener: RequestListener = (request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(307, { Location: '/elsewhere' }).end();
    };
    await using server = await serving(createServer(listener));
    const { code, err } = await asking(`http://127.0.0.1:${server.port}`);
    expect([code, err.join(''), seen]).toEqual([
      1,
      expect.stringContaining('points elsewhere, and a token is sent nowhere else'),
      ['/api/v1/private/maintenance'],
    ]);
  });

  test.each(['expired', 'self-signed', 'other'] as const)(
    'with a certificate that is not good (%s) is sent nothing, whatever the environment says',
    async (name) => {
      let seen = 0;
      await using server = await serving(
        createSecureServer(certificate(name), () => {
          seen++;
        }) as unknown as ReturnType<typeof createServer>,
      );
      const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      try {
        const { code, err } = await asking(`https://localhost:${server.port}`);
        expect([code, err.join(''), seen]).toEqual([
          1,
          expect.stringMatching(/^The certificate of https:\/\/localhost:\d+ is not good \([A-Z_]+\), and nothing was sent\./),
          0,
        ]);
      } finally {
        if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
        else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
      }
    },
  );

  test('is not there, and the sentence says what to check', async () => {
    await using server = await serving(createServer());
    const { port } = server;
    await server[Symbol.asyncDispose]();
    expect((await asking(`http://127.0.0.1:${port}`)).err.join('')).toBe(
      `Nobody listens at 127.0.0.1:${port}. Check the port, and whether Avow runs.`,
    );
  });
  test('is something else than an Avow', async () => {
    await using server = await serving(createServer((_request, response) => response.end('<html>')));
    expect((await asking(`http://127.0.0.1:${server.port}`)).err.join('')).toContain('answered 200 and no JSON. Is it another version?');
  });
});

describe('every verb', () => {
  const names = [...registry.keys()];
  test.each(names)('%s says in its page whether it asks an Avow elsewhere, and which exit codes it has', async (name) => {
    const command = (await registry.get(name)?.())?.command;
    expect(command?.usage.includes('--url URL')).toBe(command?.remote === true);
    if (command?.remote) expect(command.usage).toMatch(/Exit codes?: /);
  });
  test.each(names.filter((name) => !['start', 'demo', 'self-test', 'help', 'version'].includes(name)))(
    '%s exits 2 for an option it has not, with a sentence and nothing on standard output',
    async (name) => {
      const { code, out, err } = await run([name, '--nonsense'], {});
      expect([code, out]).toEqual([2, []]);
      expect(err[0]).toMatch(/\.$/);
    },
  );
});
