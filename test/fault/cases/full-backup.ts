/** P21 and P29: a backup onto a disk that runs full meanwhile, and one that has no room to begin with. Started in a mount namespace of its own. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { makeBackup } from '#monitor/actions/make-backup.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { fillStore } from '../../support/backup-desk.ts';
import { silentLog } from '../../support/temp-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'avow-full-'));
const small = join(folder, 'small');
mkdirSync(small);
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=0700', 'tmpfs', small]);
try {
  const store = await openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog });
  await fillStore(store);
  // Something to copy: 16 MB that no kind of row explains, in a table of the test's own.
  await store.write([
    { sql: 'CREATE TABLE bulk (b BLOB) STRICT' },
    {
      sql: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 16000) INSERT INTO bulk SELECT randomblob(1000) FROM n',
    },
  ]);
  // As the product makes it, page for page; without a signal it is made as of a stopped Avow.
  let serving: { readonly signal?: AbortSignal } = { signal: new AbortController().signal };
  const ask = (told: (message: string) => void = () => undefined) =>
    makeBackup.run({ store, clock: systemClock, actor: SOCKET_OWNER, ...serving }, { out: small }, ({ message }) => told(message));
  const writes = async (): Promise<void> => void (await store.write([{ sql: "INSERT INTO bulk VALUES (x'00')" }]));

  // It fits when it is asked, and another takes the room while it is copied.
  for (const how of [serving, {}]) {
    serving = how;
    rmSync(join(small, 'ballast'), { force: true });
    const filled = await ask((message) => {
      if (message.startsWith('Copying')) writeFileSync(join(small, 'ballast'), Buffer.alloc(14 * 1_024 * 1_024));
    });
    assert.ok('refused' in filled && filled.code === 'no_room', JSON.stringify(filled));
    assert.match(filled.message, /ran full, so no backup was made and nothing of it is left/);
    assert.deepEqual(readdirSync(small), ['ballast']);
    assert.deepEqual(store.condition, { state: 'open' });
    await writes();
  }

  const early = await ask();
  assert.ok('refused' in early && early.code === 'no_room', JSON.stringify(early));
  assert.match(early.message, /^The backup needs \d.* MB, and .* has .* free\. Nothing was written\./);

  rmSync(join(small, 'ballast'));
  const made = await ask();
  assert.ok('path' in made, JSON.stringify(made));
  await writes();
  await store.close();
  process.stdout.write('- refused while full and before, nothing left, the store went on; made once there was room\n');
} finally {
  execFileSync('umount', ['-l', small]);
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
