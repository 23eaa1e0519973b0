/** The key of secrets, the box that it shuts, and that nothing secret comes back out of the store in a form that could be used (P33). */
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { findByEmail } from '#db/queries/people.ts';
import { beginSecondFactor } from '#monitor/actions/begin-second-factor.ts';
import { changePassword } from '#monitor/actions/change-password.ts';
import { confirmSecondFactor } from '#monitor/actions/confirm-second-factor.ts';
import { invitePerson, makePasswordLink } from '#monitor/actions/invite-person.ts';
import { makeToken } from '#monitor/actions/make-token.ts';
import { openStoreKey } from '#monitor/identity/identity.ts';
import { hashPassword, isOutdated, isPassword } from '#monitor/identity/password-hash.ts';
import { keyIdOf, secretBox } from '#monitor/identity/secret-box.ts';
import { openSecretsKey, SECRETS_KEY_FILE, secretsKeyOf } from '#monitor/identity/secrets-key.ts';
import { accountView } from '#monitor/views/account.ts';
import { peopleView } from '#monitor/views/people.ts';
import { CHEAP, PASSWORD, peopleDesk, taken } from '../../support/people-desk.ts';
import { openTempStore, silentLog, tempFolder } from '../../support/temp-store.ts';

const KEY = secretsKeyOf('0123456789abcdef0123456789abcdef');

describe('the box', () => {
  it('opens what it sealed, said to be about the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (secret, about) => {
        const sealed = secretBox(KEY).seal(secret, about);
        expect(secretBox(KEY).open(sealed, about)).toBe(secret);
        expect(secretBox(KEY).open(sealed, `${about}x`)).toBeNull();
        expect(keyIdOf(sealed)).toBe(KEY.id);
      }),
    );
  });
  it('never seals twice alike, and opens nothing that was altered, cut or sealed by another', () => {
    const box = secretBox(KEY);
    const sealed = box.seal('JBSWY3DPEHPK3PXP', 'totp/a');
    expect(box.seal('JBSWY3DPEHPK3PXP', 'totp/a')).not.toBe(sealed);
    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP');
    for (let place = 0; place < sealed.length; place++) {
      const altered = `${sealed.slice(0, place)}${sealed[place] === 'A' ? 'B' : 'A'}${sealed.slice(place + 1)}`;
      // The last letters of base64 may stand for the same bytes.
      const opened = box.open(altered, 'totp/a');
      expect(
        opened === null ||
          Buffer.from(altered.split('.')[3] ?? '', 'base64url').equals(Buffer.from(sealed.split('.')[3] ?? '', 'base64url')),
      ).toBe(true);
    }
    for (let length = 0; length < sealed.length; length++) expect(box.open(sealed.slice(0, length), 'totp/a')).toBeNull();
    expect(secretBox(secretsKeyOf('another key, just as long as that')).open(sealed, 'totp/a')).toBeNull();
  });
});

describe('the key', () => {
  it('is made once, for its owner alone, and read ever after', async () => {
    await using folder = await tempFolder();
    expect(openSecretsKey(folder.path, null, false)).toBeNull();
    const made = openSecretsKey(folder.path, null, true);
    expect(statSync(join(folder.path, SECRETS_KEY_FILE)).mode & 0o777).toBe(0o600);
    expect(openSecretsKey(folder.path, null, true)?.id).toBe(made?.id);
    expect(readdirSync(folder.path)).toEqual([SECRETS_KEY_FILE]);
    expect(openSecretsKey(folder.path, 'x'.repeat(32), true)?.id).toBe(secretsKeyOf('x'.repeat(32)).id);
  });
  it('that is missing while something is sealed is told and not replaced; with nothing sealed another is made', async () => {
    await using folder = await tempFolder();
    await using store = await openTempStore();
    const told: string[] = [];
    const log = { ...silentLog, warn: (line: string) => void told.push(line) };
    const first = await openStoreKey(store, folder.path, null, log);
    rmSync(join(folder.path, SECRETS_KEY_FILE));
    const second = await openStoreKey(store, folder.path, null, log);
    expect(second?.id).not.toBe(first?.id);
    await store.write([
      {
        sql: `INSERT INTO people (id, recorded_at_ms, email, name, name_key, role, version, totp_sealed) VALUES ('p', 1, 'a@x.com', 'A', 'a', 'ops', 1, 'b1.x.y.z')`,
      },
    ]);
    rmSync(join(folder.path, SECRETS_KEY_FILE));
    expect(await openStoreKey(store, folder.path, null, log)).toBeNull();
    expect(existsSync(join(folder.path, SECRETS_KEY_FILE))).toBe(false);
    expect(await openStoreKey(store, folder.path, 'another key, just as long as that', log)).toBeNull();
    writeFileSync(join(folder.path, SECRETS_KEY_FILE), 'short');
    expect(await openStoreKey(store, folder.path, null, log)).toBeNull();
    expect(told).toHaveLength(4);
    expect(told[0]).toMatch(/^The key of the secrets in this store is missing: .* Put it back\./);
  });
});

describe('a password at rest', () => {
  it('is Argon2id with 19 MiB, two passes and one lane, and right only exactly', async () => {
    const phc = await hashPassword(PASSWORD);
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await isPassword(PASSWORD, phc)).toBe(true);
    expect(await isPassword(`${PASSWORD} `, phc)).toBe(false);
    expect(isOutdated(phc)).toBe(false);
    expect(isOutdated(await hashPassword(PASSWORD, CHEAP))).toBe(true);
  });
  it('is read as others write it', async () => {
    // From the reference implementation: argon2 "somesalt" -id -t 2 -k 256 -p 1, password "password".
    const phc = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await isPassword('password', phc)).toBe(true);
    expect(await isPassword('passwore', phc)).toBe(false);
  });
  it('in a form that asks for the whole machine is refused, not obeyed', async () => {
    await expect(
      isPassword('x', '$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'),
    ).rejects.toThrow(/in no form/);
  });
});

describe('nothing secret', () => {
  it('stands in the audit, in what is shown, or in any column that is not a hash of it', async () => {
    await using desk = await peopleDesk();
    const entered = await desk.setUp();
    const ctx = await desk.as('ada@example.com');
    const shown = taken(await beginSecondFactor(ctx, { issuer: 'Avow' }));
    const code = new TOTP({ secret: Secret.fromBase32(shown.secret) }).generate({ timestamp: desk.clock.now() });
    const { recoveryCodes } = taken(await confirmSecondFactor(ctx, { session: entered.session.id, code }));
    const invited = taken(await invitePerson(ctx, { email: 'bob@example.com', role: 'ops', hours: null }));
    const link = taken(await makePasswordLink(ctx, { person: 'ada@example.com', hours: null }));
    const token = taken(await makeToken(ctx, { owner: null, name: 'pipeline', scopes: ['status:read'], cidr: null, days: null }));
    const next = 'eleven swans above the lake';
    const changed = taken(await changePassword(ctx, { session: entered.session.id, current: PASSWORD, password: next }));
    await desk.signIn('ada@example.com', { password: 'my other account uses this one' });
    const canaries = [
      PASSWORD,
      next,
      'my other account uses this one',
      entered.session.secret,
      entered.device ?? '',
      changed.device ?? '',
      shown.secret,
      ...recoveryCodes,
      invited.secret,
      link.secret,
      token.text.slice(-43),
    ];
    const tables = (await desk.rows(`SELECT name FROM sqlite_master WHERE type = 'table'`)).map(([name]) => String(name));
    let dump = '';
    for (const table of tables) dump += JSON.stringify(await desk.rows(`SELECT * FROM "${table}"`));
    expect(dump).toContain('ada@example.com');
    for (const canary of canaries) expect(dump).not.toContain(canary);

    const person = await findByEmail(desk.store, 'ada@example.com');
    if (!person) throw new Error('nobody');
    const views = JSON.stringify([await peopleView(desk.entry), await accountView(desk.entry, person, entered.session.id)]);
    const audit = JSON.stringify(await desk.rows('SELECT * FROM audit'));
    const hashes =
      (await desk.rows(`SELECT secret_hash FROM sessions UNION SELECT secret_hash FROM invitations UNION SELECT secret_hash FROM api_tokens
      UNION SELECT password_hash FROM people UNION SELECT totp_sealed FROM people UNION SELECT code_hash FROM recovery_codes`)) as readonly [
        string | null,
      ][];
    const stored = hashes.flatMap(([hash]) => (hash === null ? [] : [hash]));
    expect(stored.length).toBeGreaterThan(14);
    for (const secret of [...canaries, ...stored]) {
      expect(views).not.toContain(secret);
      expect(audit).not.toContain(secret);
    }
  });
});
