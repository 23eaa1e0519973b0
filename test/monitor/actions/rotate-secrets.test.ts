/** The key of the store's secrets is rotated: second factors go on, and whatever cuts it off leaves the key that the store names (P33). */
import { spawnSync } from 'node:child_process';
import fs, { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { readSealed, readSecretsKeyId } from '#db/queries/sealed.ts';
import { type Store, StoreFault } from '#db/store.ts';
import { beginSecondFactor } from '#monitor/actions/begin-second-factor.ts';
import { confirmSecondFactor } from '#monitor/actions/confirm-second-factor.ts';
import { rotateSecrets, type SecretsContext } from '#monitor/actions/rotate-secrets.ts';
import { signInWithCode } from '#monitor/actions/sign-in.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { openStoreKey } from '#monitor/identity/identity.ts';
import { keyIdOf, secretBox } from '#monitor/identity/secret-box.ts';
import { NEXT_KEY_FILE, SECRETS_KEY_FILE, secretsKeyOf } from '#monitor/identity/secrets-key.ts';
import { codeOf, HERE, peopleDesk, taken } from '../../support/people-desk.ts';
import { openTempStore, silentLog, tempFolder } from '../../support/temp-store.ts';

const OLD = 'a key of forty characters, for the tests';
const CHILD = fileURLToPath(new URL('../../support/rotate-child.ts', import.meta.url));
const codeNow = (secret: string, now: number): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });

/** A folder whose store holds `people` sealed secrets under the key `OLD`, which lies in the folder. */
const sealedIn = async (store: Store, dataDir: string, people = 3): Promise<void> => {
  writeFileSync(join(dataDir, SECRETS_KEY_FILE), `${OLD}\n`, { mode: 0o600 });
  await openStoreKey(store, dataDir, null, silentLog);
  const box = secretBox(secretsKeyOf(OLD));
  await store.write(
    Array.from({ length: people }, (_, i) => ({
      sql: `INSERT INTO people (id, recorded_at_ms, email, name, name_key, role, totp_sealed, version) VALUES (?, 1, ?, ?, ?, 'ops', ?, 1)`,
      args: [`p${i}`, `p${i}@example.com`, `P${i}`, `p${i}`, box.seal(`SECRET${i}`, `totp/p${i}`)],
    })),
  );
};
const contextOf = (store: Store, dataDir: string, more: Partial<SecretsContext> = {}): SecretsContext => ({
  store,
  clock: systemClock,
  actor: SOCKET_OWNER,
  place: { dataDir, given: null },
  use: () => undefined,
  ...more,
});
/** What a start finds: the secrets as the key of the folder opens them. */
const found = async (store: Store, dataDir: string) => {
  const key = await openStoreKey(store, dataDir, null, silentLog);
  if (!key) throw new Error('the key that the store names is gone');
  const sealed = await readSealed(store);
  return {
    id: key.id,
    secrets: sealed.map(({ sealed: text, about }) => secretBox(key).open(text, about)),
    files: readdirSync(dataDir).filter((name) => name.includes('key')),
  };
};
const SECRETS = ['SECRET0', 'SECRET1', 'SECRET2'];

test('while Avow runs: codes are good before and after, browsers are strangers, the audit names keys and holds none', async () => {
  await using folder = await tempFolder();
  writeFileSync(join(folder.path, SECRETS_KEY_FILE), OLD, { mode: 0o600 });
  await using desk = await peopleDesk(folder.path);
  const { store, identity, clock } = desk;
  await openStoreKey(store, folder.path, null, silentLog);
  const { device, session } = await desk.setUp();
  const ada = await desk.as('ada@example.com');
  const { secret } = taken(await beginSecondFactor(ada, { issuer: 'Avow' }));
  taken(await confirmSecondFactor(ada, { session: session.id, code: codeNow(secret, clock.now()) }));
  expect(identity.devices.read(device, clock.now())).not.toBeNull();

  const rotated = taken(await rotateSecrets({ ...contextOf(store, folder.path), clock, use: identity.useKey }));
  expect(rotated).toMatchObject({ before: secretsKeyOf(OLD).id, secrets: 1 });
  expect((await readSealed(store)).map(({ sealed }) => keyIdOf(sealed))).toEqual([rotated.key]);
  const text = readFileSync(join(folder.path, SECRETS_KEY_FILE), 'utf8').trim();
  expect([secretsKeyOf(text).id, statSync(join(folder.path, SECRETS_KEY_FILE)).mode & 0o777]).toEqual([rotated.key, 0o600]);
  expect(existsSync(join(folder.path, NEXT_KEY_FILE))).toBe(false);

  expect(identity.devices.read(device, clock.now())).toBeNull();
  await clock.advance(60_000);
  const asked = await desk.signIn('ada@example.com');
  const ticket = String((asked as { facts: Record<string, unknown> }).facts['ticket']);
  const entered = await signInWithCode(desk.entry, { ...HERE, device: null, ticket, code: codeNow(secret, clock.now()) });
  expect(codeOf(entered)).toBe('done');

  const audit = JSON.stringify(await desk.rows('SELECT verb, subject, before_json, after_json FROM audit'));
  expect(audit).toContain(`"secrets.rotate","key/${rotated.key}"`);
  for (const hidden of [text, OLD, secret]) expect(audit).not.toContain(hidden);
});

/** Everything that touches the disk on the way, in order; from the `nth` on nothing is done any more, as when the process is dead. */
const dyingAt = (nth: number, store: Store) => {
  let calls = 0;
  const alive = (): void => {
    if (++calls >= nth) throw new StoreFault('closed', 'killed');
  };
  const names = ['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'rmSync', 'fchownSync'] as const;
  const before = Object.fromEntries(names.map((name) => [name, fs[name]]));
  const dying = (name: (typeof names)[number]) =>
    ((...args: never[]) => {
      alive();
      return (before[name] as (...args: never[]) => unknown)(...args);
    }) as never;
  for (const name of names) fs[name] = dying(name);
  syncBuiltinESMExports();
  const mortal = new Proxy(store, {
    get(target, property) {
      if (property === 'write')
        return async (statements: Parameters<Store['write']>[0]) => {
          alive();
          const written = await target.write(statements);
          alive();
          return written;
        };
      if (property === 'read' && calls >= nth) return () => Promise.reject(new StoreFault('closed', 'killed'));
      const value = Reflect.get(target, property) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    store: mortal,
    calls: () => calls,
    [Symbol.dispose]: () => {
      Object.assign(fs, before);
      syncBuiltinESMExports();
    },
  };
};

describe('killed', () => {
  test('at any step of it, the next start opens everything with one of the two keys, and nothing is left of the other', async () => {
    await using folder = await tempFolder();
    await using store = await openTempStore();
    await sealedIn(store, folder.path);
    const ends = new Set<string>();
    let steps = 0;
    for (let nth = 1, isWhole = false; !isWhole; nth++) {
      const before = await readSecretsKeyId(store);
      {
        using dying = dyingAt(nth, store);
        await rotateSecrets(contextOf(dying.store, folder.path)).catch(() => undefined);
        steps = dying.calls();
        isWhole = steps < nth;
      }
      const after = await found(store, folder.path);
      expect([nth, after.secrets, after.files]).toEqual([nth, SECRETS, [SECRETS_KEY_FILE]]);
      ends.add(after.id === before ? 'old' : 'new');
    }
    expect(steps).toBeGreaterThan(10);
    expect([...ends]).toEqual(['old', 'new']);
  });

  test.each([
    ['before', 'old'],
    ['committed', 'new'],
  ] as const)('by the system, %s the commit: the store opens with the %s key', async (point, which) => {
    await using folder = await tempFolder();
    const open = () => openStore({ path: join(folder.path, 'avow.db'), clock: systemClock, log: silentLog });
    const first = await open();
    await sealedIn(first, folder.path);
    await first.close();
    expect(spawnSync(process.execPath, [CHILD, folder.path, point]).signal).toBe('SIGKILL');
    expect(existsSync(join(folder.path, NEXT_KEY_FILE))).toBe(true);
    const store = await open();
    const after = await found(store, folder.path);
    expect(after.secrets).toEqual(SECRETS);
    expect(after.id === secretsKeyOf(OLD).id ? 'old' : 'new').toBe(which);
    await store.close();
  });
});

test('a store that cannot take it keeps the key before, and nothing is left of the other', async () => {
  await using folder = await tempFolder();
  await using store = await openTempStore();
  await sealedIn(store, folder.path);
  const full = new Proxy(store, {
    get: (target, property) => {
      if (property === 'write') return () => Promise.reject(new StoreFault('full', 'the disk is full'));
      const value = Reflect.get(target, property) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await expect(rotateSecrets(contextOf(full, folder.path))).rejects.toThrow('the disk is full');
  expect(await found(store, folder.path)).toEqual({ id: secretsKeyOf(OLD).id, secrets: SECRETS, files: [SECRETS_KEY_FILE] });
});

test('refused, and nothing is changed: a key of the environment, a key that is missing or another, a secret that was altered', async () => {
  await using folder = await tempFolder();
  await using store = await openTempStore();
  const rotate = (more: Partial<SecretsContext> = {}) => rotateSecrets(contextOf(store, folder.path, more));
  expect(codeOf(await rotate())).toBe('no_key');
  await sealedIn(store, folder.path);
  const given = await rotate({ place: { dataDir: folder.path, given: OLD } });
  expect(given).toMatchObject({ code: 'key_given', message: expect.stringContaining('take AVOW_SECRETS_KEY out of the environment') });
  expect(JSON.stringify(given)).not.toContain(OLD);

  const path = join(folder.path, SECRETS_KEY_FILE);
  writeFileSync(path, 'another key, just as long as that one\n');
  expect(codeOf(await rotate())).toBe('no_key');
  rmSync(path);
  expect(codeOf(await rotate())).toBe('no_key');
  writeFileSync(path, OLD);

  await store.write([{ sql: `UPDATE people SET totp_sealed = substr(totp_sealed, 1, length(totp_sealed) - 4) || 'AAAA' WHERE id = 'p1'` }]);
  const altered = await rotate();
  expect(altered).toMatchObject({ code: 'sealed_otherwise', facts: { about: ['totp/p1'] } });
  expect(await readSecretsKeyId(store)).toBe(secretsKeyOf(OLD).id);
  expect(readdirSync(folder.path).sort()).toEqual([SECRETS_KEY_FILE]);
  const { rows } = await store.read({ sql: `SELECT count(*) FROM audit WHERE verb = 'secrets.rotate'` });
  expect(Number(rows[0]?.[0])).toBe(0);
});

test('where the environment gave the key: written into the folder and rotated there, everything opens', async () => {
  await using folder = await tempFolder();
  await using store = await openTempStore();
  await sealedIn(store, folder.path);
  rmSync(join(folder.path, SECRETS_KEY_FILE));
  expect((await openStoreKey(store, folder.path, OLD, silentLog))?.id).toBe(secretsKeyOf(OLD).id);
  writeFileSync(join(folder.path, SECRETS_KEY_FILE), `${OLD}\n`);
  chmodSync(join(folder.path, SECRETS_KEY_FILE), 0o600);
  const { key } = taken(await rotateSecrets(contextOf(store, folder.path)));
  const text = readFileSync(join(folder.path, SECRETS_KEY_FILE), 'utf8').trim();
  expect((await openStoreKey(store, folder.path, text, silentLog))?.id).toBe(key);
});

test('a key that no store names is not thrown away while the one that it names is missing', async () => {
  await using folder = await tempFolder();
  await using store = await openTempStore();
  await sealedIn(store, folder.path);
  writeFileSync(join(folder.path, NEXT_KEY_FILE), 'a key that a store restored elsewhere may need');
  rmSync(join(folder.path, SECRETS_KEY_FILE));
  expect(await openStoreKey(store, folder.path, null, silentLog)).toBeNull();
  expect(existsSync(join(folder.path, NEXT_KEY_FILE))).toBe(true);
});
