/** `avow user` and `avow token`: through the running server's socket and with the store at hand, with one answer. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addContractVersion } from '#db/queries/contracts.ts';
import type { Store } from '#db/store.ts';
import { ALL_PERMISSIONS } from '#domain/access/permission.ts';
import { acceptInvitation } from '#monitor/actions/accept-invitation.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { createIdentity } from '#monitor/identity/identity.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { serveSocket } from '#site/server/socket.ts';
import { openStoreIn, runIn } from '../../support/command-rig.ts';
import { agreement } from '../../support/ledger-desk.ts';
import { at } from '../../support/maintenance-desk.ts';
import { CHEAP, HERE, ORIGIN, PASSWORD, taken } from '../../support/people-desk.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const NOW = '2026-11-27T09:00-05:00';
/** A data folder as a first start leaves it, with nobody running. */
const dataFolder = async () => {
  const folder = await tempFolder();
  const store = await openStoreIn(folder.path);
  await storePolicy(store);
  await store.close();
  return folder;
};
const serving = async (folder: string) => {
  const store = await openStoreIn(folder);
  const clock = new VirtualClock(at(NOW));
  const identity = createIdentity({
    clock,
    dataDir: folder,
    key: null,
    origins: { console: () => ORIGIN, setUp: () => 'http://127.0.0.1:4321' },
    cost: CHEAP,
  });
  const verbs: Pick<Verbs, 'people' | 'changed'> = {
    people: (actor) => ({ store, clock, actor, identity, permissions: new Set(ALL_PERMISSIONS), proved: true }),
    changed: () => undefined,
  };
  // People ask for nothing else.
  const app = createSocketApp(verbs as Verbs);
  const server = await serveSocket(join(folder, 'avow.sock'), app.fetch, systemClock);
  return {
    store,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await store.close();
    },
  };
};
/** Somebody takes the link up. */
const follow = async (store: Store, link: string, name: string) => {
  const clock = new VirtualClock(at(NOW));
  const identity = createIdentity({ clock, dataDir: null, key: null, origins: null, cost: CHEAP });
  const secret = link.split('/').at(-1) ?? '';
  const answer = await acceptInvitation({ store, clock, identity, actor: SOCKET_OWNER }, { ...HERE, secret, name, password: PASSWORD });
  return taken(answer);
};

describe.each(['the running server', 'the store itself'] as const)('through %s', (way) => {
  const rig = async () => {
    const folder = await dataFolder();
    const server = way === 'the store itself' ? null : await serving(folder.path);
    const step = (...argv: string[]) => runIn(folder.path, NOW, argv);
    const json = async (...argv: string[]) => JSON.parse((await step(...argv, '--json')).out[0] ?? 'null') as Record<string, unknown>;
    const takeUp = async (link: string, name: string) => {
      const store = server?.store ?? (await openStoreIn(folder.path));
      await follow(store, link, name);
      if (!server) await store.close();
    };
    return {
      step,
      json,
      takeUp,
      [Symbol.asyncDispose]: async () => {
        await server?.[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  };

  test('avow user invites, lists, gives roles, shuts out and lets in again', async () => {
    await using desk = await rig();
    const { step, json, takeUp } = desk;
    expect((await step('user', 'list')).out).toEqual(['Nobody can sign in yet. Make the link for the first admin: avow user set-up-link']);
    const invited = await step('user', 'invite', 'ada@example.com', '--role', 'admin');
    expect(invited.code).toBe(0);
    expect(invited.out[0]).toMatch(/^This link invites ada@example.com, once, until Mon 2026-11-30 14:00 UTC\. It is not shown again:$/);
    const link = invited.out[1] ?? '';
    if (way === 'the store itself') expect(link).toMatch(/^\/admin\/invitations\/[\w-]{43} {3}\(below the address of your console\)$/);
    else expect(link).toMatch(/^https:\/\/status\.example\.com\/admin\/invitations\/[\w-]{43}$/);
    await takeUp(link.split(' ')[0] ?? '', 'Ada');
    const bob = (await json('user', 'invite', 'bob@example.com', '--role', 'viewer', '--hours', '5')) as {
      link: string;
      expires_at: string;
    };
    expect(Date.parse(bob.expires_at) - at(NOW)).toBe(5 * 3_600_000);
    await takeUp(bob.link, 'Bob');

    expect((await step('user', 'role', 'bob@example.com', 'ops')).out).toEqual(['Bob (bob@example.com) is ops now.']);
    expect((await step('user', 'sessions', 'bob@example.com')).out).toEqual(['Bob has no session open.']);
    expect((await step('user', 'sessions', 'ada@example.com')).out[0]).toMatch(/192\.0\.2\.1 {2}begun .* a browser$/);
    expect((await step('user', 'end-sessions', 'ada@example.com')).out).toEqual(['One session of Ada has ended.']);
    const last = await step('user', 'disable', 'ada@example.com');
    expect([last.code, last.err]).toEqual([1, ['Ada is the last admin. Make another person admin first.']]);
    expect((await step('user', 'disable', 'bob@example.com')).out).toEqual(['Bob (bob@example.com) is ops, and shut out now.']);
    const people = (await json('user', 'list')) as { people: Record<string, unknown>[] };
    expect(people.people).toMatchObject([
      { email: 'ada@example.com', role: 'admin', disabled_at: null, second_factor: false },
      { email: 'bob@example.com', role: 'ops', disabled_at: '2026-11-27T14:00:00.000Z' },
    ]);
    expect((await step('user', 'enable', 'bob@example.com')).code).toBe(0);
    expect((await step('user', 'reset-password', 'bob@example.com')).out[0]).toMatch(
      /^This link lets bob@example.com set a new password, once/,
    );
    expect((await step('user', 'remove-second-factor', 'bob@example.com')).code).toBe(1);
    const [open] = ((await json('user', 'list')) as { invitations: { id: string }[] }).invitations;
    expect((await step('user', 'revoke-invitation', open?.id ?? '')).out).toEqual([
      'The link for bob@example.com lets nobody in any more.',
    ]);
    const setUp = await step('user', 'set-up-link');
    expect([setUp.code, setUp.err[0]]).toEqual([1, expect.stringMatching(/^There is an admin already\./)]);
  });

  test('avow token makes one for somebody, shows it once, and revokes it', async () => {
    await using desk = await rig();
    const { step, json, takeUp } = desk;
    const made = (await json('user', 'invite', 'ada@example.com', '--role', 'ops')) as { link: string };
    await takeUp(made.link, 'Ada');
    const make = ['token', 'make', '--owner', 'ada@example.com', '--name', 'pipeline'];
    const beyond = await step(...make, '--scope', 'people:write');
    expect([beyond.code, beyond.err[0]]).toEqual([2, expect.stringMatching(/the role ops has no people:write\. Leave it out\.$/)]);
    const token = await step(...make, '--scope', 'status:read', '--scope', 'releases:deploy', '--cidr', '192.0.2.0/24', '--days', '30');
    expect(token.code).toBe(0);
    expect(token.out[1]).toMatch(/^sp_[a-z2-9]{12}_[\w-]{43}$/);
    const secret = token.out[1]?.slice(-43) ?? '';
    const list = await step('token', 'list');
    expect(list.out[0]).toMatch(
      /^[a-z2-9]{12} {2}pipeline {2}Ada {2}releases:deploy,status:read {2}192\.0\.2\.0\/24 {2}until Sun 2026-12-27 14:00 UTC/,
    );
    expect(JSON.stringify([list, await json('token', 'list')])).not.toContain(secret);
    const id = token.out[1]?.slice(3, 15) ?? '';
    expect((await step('token', 'revoke', id)).out).toEqual(['The token pipeline of Ada opens nothing any more.']);
    expect((await step('token', 'list')).out).toEqual(['There is no token.']);
    expect((await step('token', 'revoke', id)).code).toBe(1);
  });
});

test('the link for the first admin is made by the running server alone', async () => {
  await using folder = await dataFolder();
  const alone = await runIn(folder.path, NOW, ['user', 'set-up-link']);
  expect([alone.code, alone.err[0]]).toEqual([1, expect.stringMatching(/^Avow does not run in this data folder/)]);
  await using _ = await serving(folder.path);
  const made = await runIn(folder.path, NOW, ['user', 'set-up-link']);
  expect(made.out[1]).toMatch(/^http:\/\/127\.0\.0\.1:4321\/admin\/set-up\?token=[\w-]{43}$/);
});

test.each([
  [['user'], /needs a verb/],
  [['user', 'invit', 'a@example.com'], /Did you mean "invite"/],
  [['user', 'invite', 'a@example.com'], /needs --role/],
  [['user', 'invite', 'a@example.com', '--role', 'ops', '--hours', 'x'], /whole number/],
  [['user', 'role', 'a@example.com'], /takes a person and a role/],
  [['user', 'disable'], /needs the id of a person/],
  [['token', 'make', '--owner', 'a@example.com'], /needs --name/],
] as const)('avow %j is wrong use', async (argv, sentence) => {
  const { code, err } = await runIn('/nowhere', NOW, argv);
  expect(code).toBe(2);
  expect(err.join('\n')).toMatch(sentence);
});

test('an account manager is given customers by the command line, and shown with them', async () => {
  await using folder = await dataFolder();
  const store = await openStoreIn(folder.path);
  await store.write([addContractVersion(agreement('north-main', { customer: 'north' }), at(NOW))]);
  await store.close();
  const avow = (...words: readonly string[]) => runIn(folder.path, NOW, ['user', ...words]);
  const document = async (...words: readonly string[]) =>
    JSON.parse((await avow(...words, '--json')).out[0] ?? 'null') as { link?: string };
  const { link = '' } = await document('invite', 'bob@example.com', '--role', 'account_manager', '--customer', 'north');
  const open = await openStoreIn(folder.path);
  await follow(open, link, 'Bob');
  await open.close();
  expect((await avow('list')).out[0]).toContain('account manager of north');
  expect((await avow('customers', 'bob@example.com')).code).toBe(2);
  expect((await avow('customers', 'bob@example.com', 'west')).code).toBe(2);
  expect((await avow('customers', 'bob@example.com', '--none')).out).toEqual([
    'Bob (bob@example.com) is account manager without customers now.',
  ]);
  expect(await document('customers', 'bob@example.com', 'north')).toMatchObject({ customers: ['north'], version: 3 });
});
