/** `avow notices` as a person or a script meets it: through the socket of a server that tells a receiver on loopback, and with the store at hand. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { serveSocket } from '#site/server/socket.ts';
import { openStoreIn } from '../../support/command-rig.ts';
import { POLICY } from '../../support/maintenance-desk.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { opened, startTelling, webhookAt } from '../../support/telling-rig.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { startWebhookSink } from '../../support/webhook-sink.ts';

const avow = async (folder: string, ...argv: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { AVOW_DATA: folder },
    cwd: '/',
    clock: systemClock,
    lifetime: () => {
      throw new Error('it does not run until told to stop');
    },
  };
  return { code: await runVerb(['notices', ...argv], io), out, err };
};

/** A server that tells over `url`, with its socket in the folder. */
const serving = async (folder: string, url: string) => {
  const store = await openStoreIn(folder);
  await storePolicy(store, POLICY);
  const rig = await startTelling({ webhook: webhookAt(url), mail: null }, { store });
  const unasked = (): never => {
    throw new Error('not asked here');
  };
  const app = createSocketApp({
    doctor: unasked,
    backup: unasked,
    maintenance: unasked,
    incidents: unasked,
    ledger: unasked,
    reports: unasked,
    notices: () => ({ store, clock: systemClock, policy: POLICY, actor: SOCKET_OWNER }),
    changed: rig.telling.wake,
  } as Verbs);
  const server = await serveSocket(join(folder, 'avow.sock'), app.fetch, systemClock);
  return {
    rig,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rig[Symbol.asyncDispose]();
      await store.close();
    },
  };
};

test('a test that arrives is said to have arrived; one that does not ends with 1 and says why', async () => {
  await using folder = await tempFolder();
  const sink = await startWebhookSink();
  await using server = await serving(folder.path, sink.url);
  expect(await avow(folder.path, 'test')).toEqual({ code: 0, out: ['webhook: arrived.'], err: ['A test goes to webhook.'] });
  sink.answer(() => ({ status: 500 }));
  expect(await avow(folder.path, 'test', 'webhook')).toEqual({
    code: 1,
    out: ['webhook: not taken. The receiver answered 500.'],
    err: ['A test goes to webhook.'],
  });
  const { code, out } = await avow(folder.path, 'test', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out[0] ?? '')).toMatchObject({
    channel: 'webhook',
    type: 'ops.test',
    state: 'dead',
    note: 'The receiver answered 500.',
  });
  expect(server.rig.logged.join()).not.toContain('whsec_');
  const audit = await server.rig.store.read({ sql: 'SELECT verb, actor_kind FROM audit ORDER BY seq' });
  expect(audit.rows).toEqual([
    ['notice.test', 'socket'],
    ['notice.test', 'socket'],
    ['notice.test', 'socket'],
  ]);
  await sink.close();
});

test('the list shows what each channel was told and the dead letters with their reasons, and one of them is sent again by its number', async () => {
  await using folder = await tempFolder();
  const sink = await startWebhookSink(() => ({ status: 410 }));
  await using server = await serving(folder.path, sink.url);
  await server.rig.say(opened('checkout'));
  await server.rig.settled();
  await avow(folder.path, 'test');
  const list = await avow(folder.path, 'list');
  expect(list.code).toBe(0);
  expect(list.out[0]).toMatch(
    /^webhook {2}disabled since .*: the receiver answered 410 Gone: .*\. Put the receiver right, then: avow notices test$/,
  );
  // The test that did not arrive either is no letter that anybody has to be sent.
  expect(list.out.slice(1).map((line) => line.replace(/ on \w{3} 2.*\(UTC-\d\):/, ' on …:'))).toEqual([
    '    nothing waits; 0 told, 1 dead, 0 left out',
    '',
    'Dead letters, the newest first:',
    '1  checkout is not answering',
    '    to webhook, given up after 1 attempt on …: The receiver answered 410 Gone.',
    '',
    'Once the reason is put right: avow notices retry NUMBER sends one again, with the rest of its story.',
  ]);
  expect(await avow(folder.path, 'retry', '1')).toMatchObject({ code: 1, err: [expect.stringContaining('Send a test first')] });
  sink.answer(() => ({ status: 204 }));
  await avow(folder.path, 'test');
  expect((await avow(folder.path, 'retry', '1')).out).toEqual(['Delivery 1 (incident.opened) is sent again to webhook.']);
  await server.rig.settled();
  expect(sink.posts.at(-1)?.headers['webhook-id']).toBe(sink.posts[0]?.headers['webhook-id']);
  expect((await avow(folder.path, 'retry', '1')).code).toBe(1);
  const document = JSON.parse((await avow(folder.path, 'list', '--json')).out[0] ?? '') as { channels: object[]; dead_letters: object[] };
  expect(document.channels).toMatchObject([{ name: 'webhook', waiting: 0, delivered: 2, dead: 0, failing_since: null, last_error: null }]);
  expect(document.dead_letters).toEqual([]);
  await sink.close();
});

test('without a server the list comes from the store, and says how to be told when nobody is', async () => {
  await using folder = await tempFolder();
  const store = await openStoreIn(folder.path);
  await storePolicy(store, POLICY);
  await store.close();
  expect((await avow(folder.path, 'list')).out).toEqual([
    'Nobody is told: the configuration names no channel. docs/notices.md says how to be told.',
  ]);
  expect(await avow(folder.path, 'test')).toMatchObject({ code: 1, err: [expect.stringContaining('Write "ops" into it')] });
});

test.each([
  [['retry'], 'avow notices retry needs the id of a delivery'],
  [['retry', 'x'], 'takes the number of a delivery, and "x" is none'],
  [['list', 'x'], '"x"'],
  [['tset'], 'Did you mean "test"?'],
])('avow notices %j is wrong use', async (argv, why) => {
  await using folder = await tempFolder();
  const { code, err } = await avow(folder.path, ...argv);
  expect(code).toBe(2);
  expect(err.join('\n')).toContain(why);
});
