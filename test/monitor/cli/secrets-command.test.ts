/** `avow secrets rotate`: through the running server's socket and with the store at hand, with one answer. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import type { Actor } from '#monitor/context.ts';
import { openStoreKey } from '#monitor/identity/identity.ts';
import { SECRETS_KEY_FILE, type SecretsKey, secretsKeyOf } from '#monitor/identity/secrets-key.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { serveSocket } from '#site/server/socket.ts';
import { openStoreIn, runIn } from '../../support/command-rig.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { silentLog, tempFolder } from '../../support/temp-store.ts';

const NOW = '2026-11-27T09:00-05:00';

test.each(['the running server', 'the store itself'] as const)('avow secrets rotate, through %s', async (way) => {
  await using folder = await tempFolder();
  const store = await openStoreIn(folder.path);
  await storePolicy(store);
  const step = (...argv: string[]) => runIn(folder.path, NOW, argv);
  const idOfFile = (): string => secretsKeyOf(readFileSync(join(folder.path, SECRETS_KEY_FILE), 'utf8').trim()).id;
  const used: SecretsKey[] = [];
  const place = { dataDir: folder.path, given: null };
  const secrets = (actor: Actor) => ({ store, clock: systemClock, actor, place, use: (key: SecretsKey) => void used.push(key) });
  const verbs: Pick<Verbs, 'secrets' | 'changed'> = { secrets, changed: () => undefined };
  // Nobody asks for anything else.
  const app = createSocketApp(verbs as Verbs);
  const server = way === 'the running server' ? await serveSocket(join(folder.path, 'avow.sock'), app.fetch, systemClock) : null;
  if (!server) await store.close();

  const none = await step('secrets', 'rotate');
  expect([none.code, none.err[0]]).toEqual([1, expect.stringMatching(/^There is no key yet, and nothing is sealed\./)]);
  const at = server ? store : await openStoreIn(folder.path);
  const first = await openStoreKey(at, folder.path, null, silentLog);
  if (!server) await at.close();

  const done = await step('secrets', 'rotate');
  expect(done).toEqual({
    code: 0,
    out: [
      expect.stringMatching(/^There is a new key now \([0-9a-f]{16}\)\. Nothing in the store was sealed yet\.$/),
      expect.stringMatching(/^Save secrets\.key of the data folder with your backups/),
    ],
    err: [],
  });
  const second = idOfFile();
  expect(second).not.toBe(first?.id);
  if (server) expect(used.map(({ id }) => id)).toEqual([second]);
  const told = JSON.parse((await step('secrets', 'rotate', '--json')).out[0] ?? '') as object;
  expect(told).toEqual({ before: second, key: idOfFile(), secrets: 0 });

  writeFileSync(join(folder.path, SECRETS_KEY_FILE), 'some other key, which nothing was sealed with');
  const other = await step('secrets', 'rotate', '--json');
  expect([other.code, other.out, JSON.parse(other.err[0] ?? '')]).toMatchObject([1, [], { code: 'no_key' }]);
  rmSync(join(folder.path, SECRETS_KEY_FILE));
  expect((await step('secrets', 'rotat')).err.join(' ')).toContain('Did you mean "rotate"');
  await server?.close();
  if (server) await store.close();
});
