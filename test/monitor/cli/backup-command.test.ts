/** `avow backup`, `avow restore` and `avow verify` of a backup, as a person meets them (P29). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { parseMigration, readMigrations } from '#db/migrate.ts';
import { addChannel } from '#db/queries/notices.ts';
import { enqueueOnce } from '#db/queries/outbox.ts';
import { instant } from '#domain/time/instant.ts';
import { type BackupManifest, endingOf, openBackup } from '#monitor/actions/backup-file.ts';
import { makeBackup } from '#monitor/actions/make-backup.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { openNoticeQueue } from '#monitor/core/notice-queue.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import { serveSocket } from '#site/server/socket.ts';
import { avowIn, contentsOf, namesIn, putFilledStore } from '../../support/backup-desk.ts';
import { openStoreIn } from '../../support/command-rig.ts';
import { silentLog, tempFolder } from '../../support/temp-store.ts';

let atelier: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  atelier = await tempFolder();
});
afterAll(() => atelier[Symbol.asyncDispose]());

let number = 0;
/** A data folder with a store, a folder for backups beside it, and one that is not there yet. */
const scene = async () => {
  const root = join(atelier.path, `scene-${number++}`);
  const [data, backups, other] = [join(root, 'data'), join(root, 'backups'), join(root, 'other')];
  await mkdir(backups, { recursive: true });
  await putFilledStore(atelier.path, data);
  return { data, backups, other };
};
const backedUp = async () => {
  const at = await scene();
  const file = join(at.backups, 'one.db');
  expect((await avowIn(at.data, 'backup', '--out', file)).code).toBe(0);
  return { ...at, file };
};
/** Writes a file that differs from the backup; answers its path. */
const changed = async (file: string, name: string, change: (bytes: Buffer) => Buffer): Promise<string> => {
  const path = `${file}.${name}`;
  await writeFile(path, change(await readFile(file)));
  return path;
};
const flipped =
  (place: (length: number) => number) =>
  (bytes: Buffer): Buffer => {
    const at = place(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };

describe('avow backup', () => {
  test('makes one file for its owner alone that says how to check and restore it, and what is not in it', async () => {
    const { data, backups } = await scene();
    const { code, out, err } = await avowIn(data, 'backup', '--out', backups);
    const [name = '', ...rest] = await namesIn(backups);
    expect({ code, rest, mode: statSync(join(backups, name)).mode & 0o777 }).toEqual({ code: 0, rest: [], mode: 0o600 });
    expect(name).toMatch(/^avow-backup-\d{8}T\d{6}Z\.db$/);
    const said = out.join('\n');
    for (const words of [
      join(backups, name),
      'report-key.pem',
      'AVOW_SECRETS_KEY',
      `avow verify ${join(backups, name)}`,
      `--data ${data} --replace`,
    ])
      expect(said).toContain(words);
    expect(err[0]).toMatch(/^Copying the store, /);
    const { code: verified, out: findings } = await avowIn(data, 'verify', join(backups, name));
    expect({ verified, first: findings[0] }).toEqual({ verified: 0, first: `${join(backups, name)}: holds.` });
  });

  test('any SQLite opens it as it is, manifest and all', async () => {
    const { file } = await backedUp();
    const { DatabaseSync } = await import('node:sqlite');
    const sqlite = new DatabaseSync(file, { readOnly: true });
    expect({ ...sqlite.prepare('PRAGMA integrity_check').get() }).toEqual({ integrity_check: 'ok' });
    expect({ ...sqlite.prepare('SELECT count(*) AS n FROM components').get() }).toEqual({ n: 2 });
    sqlite.close();
    const [, manifest = ''] = /\n(\{\n[\s\S]*\})\nAVOW-BACKUP 1 \d{12} [0-9a-f]{64}\n$/.exec(readFileSync(file, 'latin1')) ?? [];
    expect(JSON.parse(manifest)).toMatchObject({ avow_backup: 1, schema: { steps: readMigrations().length } });
  });

  test('a running Avow makes it, and tells how far it is', async () => {
    const { data, backups, other } = await scene();
    const before = await contentsOf(data);
    const store = await openStoreIn(data);
    const nobody = (): never => {
      throw new Error('not asked here');
    };
    const app = createSocketApp({
      doctor: async () => ({}),
      backup: (_actor, asked, told) => makeBackup.run({ store, clock: systemClock, actor: SOCKET_OWNER }, asked, told),
      maintenance: nobody,
      incidents: nobody,
      ledger: nobody,
      notices: nobody,
      reports: nobody,
      changed: () => undefined,
    });
    const server = await serveSocket(join(data, 'avow.sock'), app.fetch, systemClock);
    try {
      const { code, out, err } = await avowIn(data, 'backup', '--out', backups, '--json');
      expect(code).toBe(0);
      expect(err).toContainEqual(expect.stringMatching(/^Copying the store, /));
      const { path, manifest } = JSON.parse(out[0] ?? '') as { readonly path: string; readonly manifest: object };
      expect(manifest).toMatchObject({ instance_id: store.info.instanceId, chain: { seq: 1 } });
      expect((await store.read({ sql: `SELECT count(*) FROM events WHERE kind = 'backup'` })).rows).toEqual([[1]]);
      expect((await avowIn(data, 'restore', path, '--replace')).code, 'while a server holds the folder').toBe(75);
      expect((await avowIn(data, 'restore', path, '--check')).code, 'a look disturbs nobody').toBe(0);
      expect((await avowIn(other, 'restore', path)).code).toBe(0);
    } finally {
      await server.close();
      await store.close();
    }
    expect(await contentsOf(other)).toEqual(before);
  });

  test('overwrites nothing, and needs a folder that is there', async () => {
    const { data, backups, file } = await backedUp();
    const before = await readFile(file);
    const again = await avowIn(data, 'backup', '--out', file);
    expect(again).toMatchObject({ code: 1, out: [] });
    expect(again.err.at(-1)).toBe(`${file} is there already, and a backup overwrites nothing. Choose another name, or name a folder.`);
    expect((await readFile(file)).equals(before)).toBe(true);
    const nowhere = await avowIn(data, 'backup', '--out', join(backups, 'no', 'where.db'));
    expect(nowhere).toMatchObject({ code: 2, out: [] });
    expect(nowhere.err.at(-1)).toContain(`The folder ${join(backups, 'no')} does not exist`);
    expect(await namesIn(backups)).toEqual(['one.db']);
  });

  test('a name with a slash at its end is a folder that is made, one without is the file itself, and the answer says which', async () => {
    const { data, backups } = await scene();
    const made = await avowIn(data, 'backup', '--out', `${backups}/deep/bk/`);
    expect(await namesIn(join(backups, 'deep', 'bk'))).toEqual([expect.stringMatching(/^avow-backup-\d{8}T\d{6}Z\.db$/)]);
    expect({ code: made.code, mode: statSync(join(backups, 'deep', 'bk')).mode & 0o777 }).toEqual({ code: 0, mode: 0o700 });
    expect(made.out[1]).toBe(`It is a file in the folder ${join(backups, 'deep', 'bk')}, which was not there and was made.`);
    const there = await avowIn(data, 'backup', '--out', `${backups}\\`);
    expect(there.out[1]).toBe(`It is a file in the folder ${backups}.`);
    const named = await avowIn(data, 'backup', '--out', join(backups, 'bk'));
    expect(named.out.slice(0, 2)).toEqual([
      join(backups, 'bk'),
      'It is the file itself: no folder of that name was there. With a / at its end a name means a folder, which is made.',
    ]);
    const inTheWay = await avowIn(data, 'backup', '--out', `${join(backups, 'bk')}/`);
    expect(inTheWay).toMatchObject({ code: 2, out: [], err: [expect.stringContaining(`${join(backups, 'bk')} cannot be a folder`)] });
  });

  test('a folder that was made for a backup that did not come to be goes again', async () => {
    const { data, backups } = await scene();
    const store = await openStoreIn(data);
    const stopping = new AbortController();
    const ctx = { store, clock: systemClock, actor: SOCKET_OWNER, signal: stopping.signal };
    const answer = await makeBackup.run(ctx, { out: join(backups, 'a', 'b', '/') }, () => stopping.abort());
    await store.close();
    expect(answer).toMatchObject({ refused: true, code: 'stopped' });
    expect(await namesIn(backups)).toEqual([]);
  });

  test('one at a time: a second one asked for meanwhile is refused', async () => {
    const { data, backups } = await scene();
    const store = await openStoreIn(data);
    const ask = (name: string) =>
      makeBackup.run({ store, clock: systemClock, actor: SOCKET_OWNER }, { out: join(backups, name) }, () => undefined);
    const [first, second] = await Promise.all([ask('a.db'), ask('b.db')]);
    await store.close();
    expect(first).toMatchObject({ path: join(backups, 'a.db') });
    expect(second).toMatchObject({ refused: true, code: 'backup_running' });
    expect(await namesIn(backups)).toEqual(['a.db']);
  });

  test('asked to stop meanwhile, it leaves nothing', async () => {
    const { data, backups } = await scene();
    const store = await openStoreIn(data);
    const stopping = new AbortController();
    const answer = await makeBackup.run(
      { store, clock: systemClock, actor: SOCKET_OWNER, signal: stopping.signal },
      { out: backups },
      ({ message }) => {
        if (message.startsWith('Hashing')) stopping.abort();
      },
    );
    await store.close();
    expect(answer).toMatchObject({ refused: true, code: 'stopped' });
    expect(await namesIn(backups)).toEqual([]);
  });
});

describe('avow restore', () => {
  test('in an empty place gives the same store, and says what was checked', async () => {
    const { data, other, file } = await backedUp();
    const { code, out } = await avowIn(other, 'restore', file);
    expect(code).toBe(0);
    expect(out[0]).toMatch(/hash, file, references, chain and reports were checked, and 1440 checks, \d+ spans and \d+ rolled-up days/);
    expect(out[1]).toBe('No difference was found.');
    expect(await namesIn(other)).toEqual(['avow.db']);
    expect(statSync(join(other, 'avow.db')).mode & 0o777).toBe(0o600);
    expect(await contentsOf(other)).toEqual(await contentsOf(data));
  });

  test('a store that is there stays unless it is to be replaced, and then it is moved aside whole', async () => {
    const { data, other, file } = await backedUp();
    await putFilledStore(atelier.path, other);
    const older = await openStoreIn(other);
    await older.write([{ sql: `UPDATE meta SET value = 'another' WHERE key = 'instance_id'` }]);
    await older.close();
    await writeFile(join(other, 'snapshot.json'), 'pages of the other store');
    const bytes = await readFile(join(other, 'avow.db'));
    const refused = await avowIn(other, 'restore', file);
    expect(refused).toMatchObject({ code: 1, out: [] });
    expect(refused.err, 'before anything is copied or recomputed').toHaveLength(1);
    expect(refused.err.at(-1)).toContain('With --replace it is moved aside (it is not deleted)');
    expect((await readFile(join(other, 'avow.db'))).equals(bytes)).toBe(true);
    const { code, out } = await avowIn(other, 'restore', file, '--replace');
    const aside = (await namesIn(other)).find((name) => name.startsWith('replaced-')) ?? '';
    expect({ code, names: await namesIn(other), moved: await namesIn(join(other, aside)) }).toEqual({
      code: 0,
      names: ['avow.db', aside],
      moved: ['avow.db', 'snapshot.json'],
    });
    expect(out.join('\n')).toContain(`What was there lies in ${join(other, aside)}`);
    expect(await contentsOf(other)).toEqual(await contentsOf(data));
    expect(await contentsOf(join(other, aside))).toMatchObject({ instance: 'another' });
  });

  test('a store that is only rubbish is what restores are for', async () => {
    const { data, file } = await backedUp();
    const before = await contentsOf(data);
    await writeFile(join(data, 'avow.db'), 'x'.repeat(10_000));
    await writeFile(join(data, 'avow.db-wal'), 'y'.repeat(10_000));
    expect((await avowIn(data, 'restore', file, '--replace')).code).toBe(0);
    expect(await contentsOf(data)).toEqual(before);
  });

  test('a store that another process holds is not touched: 75', async () => {
    const { data, file } = await backedUp();
    const holder = spawn(process.execPath, [
      fileURLToPath(new URL('../../support/store-holder.ts', import.meta.url)),
      join(data, 'avow.db'),
    ]);
    try {
      await once(holder.stdout, 'data');
      const { code, err } = await avowIn(data, 'restore', file, '--replace');
      expect(code).toBe(75);
      expect(err.at(-1)).toContain(`is held by process ${holder.pid}`);
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
  });

  test('what was cut short or changed is refused, whichever part of it, and changes nothing', async () => {
    const { other, file } = await backedUp();
    const { size } = statSync(file);
    const opened = await openBackup(file);
    if ('refused' in opened) throw new Error(opened.message);
    const { bytes } = opened.manifest.database;
    await opened.file.close();
    const bad: Record<string, [string, RegExp]> = {
      half: [await changed(file, 'half', (all) => all.subarray(0, size / 2)), /it was cut short/],
      'a byte short': [await changed(file, 'short', (all) => all.subarray(0, size - 1)), /it was cut short/],
      'a page missing': [
        await changed(file, 'gap', (all) => Buffer.concat([all.subarray(0, bytes - 4_096), all.subarray(bytes)])),
        /speaks of \d+ bytes/,
      ],
      'a bit of a page': [
        await changed(
          file,
          'bit',
          flipped(() => bytes - 5_000),
        ),
        /has another SHA-256/,
      ],
      'a bit of the manifest': [
        await changed(
          file,
          'manifest',
          flipped(() => bytes + 60),
        ),
        /its manifest is not the one/,
      ],
      'the first byte': [
        await changed(
          file,
          'first',
          flipped(() => 0),
        ),
        /is damaged/,
      ],
      'no backup': [join(atelier.path, 'words.txt'), /is no backup of Avow/],
      'an empty file': [join(atelier.path, 'empty.db'), /is no backup of Avow/],
      'a folder': [atelier.path, /is no file/],
      'nothing at all': [join(atelier.path, 'nothing.db'), /cannot be read: there is no such file/],
    };
    await writeFile(join(atelier.path, 'words.txt'), 'Not a backup. '.repeat(20));
    await writeFile(join(atelier.path, 'empty.db'), '');
    for (const [what, [path, sentence]] of Object.entries(bad)) {
      const { code, out, err } = await avowIn(other, 'restore', path);
      expect({ what, code: code === 1 || code === 2, out }).toEqual({ what, code: true, out: [] });
      expect(err.at(-1), what).toMatch(sentence);
      expect(await namesIn(other), what).toEqual([]);
      if (!/is no/.test(sentence.source) && !/no such file/.test(sentence.source))
        expect((await avowIn(other, 'verify', '--alone', path)).code, what).not.toBe(0);
    }
  });

  test('a backup of a newer schema is refused in plain words, and one of an earlier schema is brought up to date', async () => {
    const { data, backups, other } = await scene();
    const now = readMigrations();
    const newer = [...now, parseMigration('0099_later', 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT')];
    const from = await openStore({ path: join(data, 'avow.db'), clock: systemClock, log: silentLog, migrations: newer });
    await makeBackup.run({ store: from, clock: systemClock, actor: SOCKET_OWNER }, { out: join(backups, 'newer.db') }, () => undefined);
    await from.close();
    const refused = await avowIn(other, 'restore', join(backups, 'newer.db'));
    expect(refused.code).toBe(1);
    expect(refused.err.at(-1)).toContain(
      `its schema is at 0099_later, and this Avow knows ${now.at(-1)?.name}. Restore it with that version or a later one.`,
    );
    expect((await avowIn(other, 'verify', '--alone', join(backups, 'newer.db'))).code).toBe(1);
    const early = join(atelier.path, `early-${number++}`);
    await mkdir(early);
    const old = await openStore({ path: join(early, 'avow.db'), clock: systemClock, log: silentLog, migrations: now.slice(0, 3) });
    // As that Avow made it, whose ledger had no chain yet.
    const manifest = { schema: { last: now[2]?.name ?? '', steps: 3 } };
    await old.compactTo(join(backups, 'early.db'));
    await old.close();
    await sealAs(join(backups, 'early.db'), manifest);
    const { code, err } = await avowIn(other, 'restore', join(backups, 'early.db'));
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toContainEqual(`4/${now.length} Bringing the store up to date: ${now[3]?.name}`);
  });

  test('a store that does not hold is not put in place, unless it must be', async () => {
    const { data, backups, other } = await scene();
    const store = await openStoreIn(data);
    await store.write([{ sql: 'UPDATE daily SET down_ms = 0, up_ms = 86400000 WHERE component_id = 1' }]);
    await store.close();
    const file = join(backups, 'wrong.db');
    expect((await avowIn(data, 'backup', '--out', file)).code).toBe(0);
    const refused = await avowIn(other, 'restore', file);
    expect({ code: refused.code, names: await namesIn(other) }).toEqual({ code: 1, names: [] });
    expect(refused.err.at(-1)).toMatch(/^The store of this backup does not hold: The rollup of 2026-09-01 says .* Nothing was changed\./);
    expect((await avowIn(other, 'restore', file, '--check')).code).toBe(1);
    expect(await namesIn(other)).toEqual([]);
    expect((await avowIn(other, 'restore', file, '--despite-differences')).code).toBe(0);
    expect(await namesIn(other)).toEqual(['avow.db']);
  });

  test('what was noted outside the store stays as far as it speaks of the restored one; the rest goes with the store that it speaks of', async () => {
    const { data, file } = await backedUp();
    const note = (audit: number, ledger: number): string => `${JSON.stringify({ audit: { seq: audit }, ledger: { seq: ledger } })}\n`;
    const book = join(data, 'audit-anchors.jsonl');
    await writeFile(book, note(0, 0) + note(0, 1) + note(9_999, 1) + note(0, 1));
    expect((await avowIn(data, 'restore', file, '--replace')).code).toBe(0);
    expect(await readFile(book, 'utf8')).toBe(note(0, 0) + note(0, 1));
    const aside = (await namesIn(data)).find((name) => name.startsWith('replaced-')) ?? '';
    expect((await readFile(join(data, aside, 'audit-anchors.jsonl'), 'utf8')).split('\n')).toHaveLength(5);
  });

  test('in a hurry the recomputation is left for later, and that is said', async () => {
    const { data, other, file } = await backedUp();
    const { code, out } = await avowIn(other, 'restore', file, '--quick');
    expect(code).toBe(0);
    expect(out[0]).toMatch(/hash, file, references, chain and reports were checked, in /);
    expect(out.join('\n')).toContain('were not recomputed from the evidence: `avow doctor` does that');
    expect(await contentsOf(other)).toEqual(await contentsOf(data));
  });

  test('what waited to be told when it was made, and what was recorded in that very second, is a dead letter that says so, unless it is to be sent', async () => {
    const { data, backups, other } = await scene();
    const store = await openStoreIn(data);
    const row = enqueueOnce({ key: 'k', type: 'ops.test', payload: {} }, instant(1));
    const letter = (id: number, state: string) =>
      `INSERT INTO notice_deliveries (id, outbox_id, channel, key, type, part, subject, body, state, attempts, queued_at_ms, due_at_ms, ended_at_ms)
      SELECT ${id}, id, 'mail:${id}@example.com', 'm${id}', 'ops.test', 'tells', NULL, '{}', '${state}', 1, 1, 1, ${state === 'delivered' ? 2 : 'NULL'} FROM outbox WHERE key = 'k'`;
    await store.write([row, { sql: letter(1, 'waiting') }, { sql: letter(2, 'sending') }, { sql: letter(3, 'delivered') }]);
    // The channel has queued what came before; the next round, a second later, is after the backup.
    await store.write([addChannel('webhook', instant(1)), enqueueOnce({ key: 'late', type: 'ops.test', payload: {} }, instant(2))]);
    await store.close();
    const file = join(backups, 'waiting.db');
    expect((await avowIn(data, 'backup', '--out', file)).code).toBe(0);
    const lettersIn = async (folder: string) => {
      const restored = await openStoreIn(folder);
      const setting = () => ({ origin: 'https://status.example.com', zone: 'UTC' });
      // As the next start does, before it claims anything.
      const queue = openNoticeQueue({ store: restored, clock: systemClock, log: silentLog, setting, chance: () => 0.5 });
      await queue.plan(['webhook']);
      const { rows } = await restored.read({ sql: 'SELECT state, note FROM notice_deliveries ORDER BY id' });
      await restored.close();
      return rows;
    };
    const { code, out } = await avowIn(other, 'restore', file);
    expect(code).toBe(0);
    expect(out.join('\n')).toContain('3 notices that waited when the backup was made are dead letters now.');
    const why = expect.stringMatching(/^it waited when the backup of 20\S+Z was made; whether it was sent since then/);
    expect(await lettersIn(other)).toEqual([
      ['dead', why],
      ['dead', why],
      ['delivered', null],
      ['dead', why],
    ]);
    expect((await avowIn(other, 'restore', file, '--replace', '--send-notices')).code).toBe(0);
    expect((await lettersIn(other)).map(([state]) => state)).toEqual(['waiting', 'waiting', 'delivered', 'waiting']);
  });

  test('the chain must still hold the end that the manifest names', async () => {
    const { data, backups, other } = await scene();
    const store = await openStoreIn(data);
    const file = join(backups, 'cut.db');
    await store.compactTo(file);
    await store.close();
    await sealAs(file, { chain: { seq: 1, row_hash: 'ab'.repeat(32) } });
    const refused = await avowIn(other, 'restore', file);
    expect(refused.code).toBe(1);
    expect(refused.err.at(-1)).toContain('The chain of the ledger does not hold link 1 as the manifest of the backup names it.');
  });
});

/** Puts a manifest behind a copy, as `avow backup` does, with this in it. */
const sealAs = async (path: string, about: object): Promise<void> => {
  const bytes = await readFile(path);
  const { createHash } = await import('node:crypto');
  const manifest: BackupManifest = {
    avow_backup: 1,
    made_at: '2026-09-06T01:00:00.000Z',
    made_by: { avow: '0.0.1', sqlite: '3.45.1' },
    instance_id: 'a-store',
    schema: { last: readMigrations().at(-1)?.name ?? '', steps: readMigrations().length },
    database: { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    chain: null,
    audit: null,
    report_keys: [],
    not_included: [],
    ...about,
  };
  await writeFile(path, Buffer.concat([bytes, endingOf(manifest)]));
};
