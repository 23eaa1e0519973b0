/** `avow audit` and `avow verify FOLDER` as a person or a script meets them: through the running server's socket and with the store at hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { anchorAudit } from '#monitor/actions/anchor-audit.ts';
import { ANCHOR_FILE, openAnchorBook } from '#monitor/actions/anchor-book.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { verifyRecords } from '#monitor/actions/verify-records.ts';
import { systemClock } from '#monitor/clock.ts';
import { SYSTEM } from '#monitor/context.ts';
import { openStoreIn, runIn } from '../../support/command-rig.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { define } from '../../support/recording.ts';
import { servingIn } from '../../support/socket-rig.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const FRIDAY = '2026-11-27T14:00Z';
const avow = (folder: string, ...argv: string[]) => runIn(folder, FRIDAY, argv);

/** A data folder in which Ann announced a window and moved its end, anchored after. */
const dataFolder = async () => {
  const folder = await tempFolder();
  const store = await openStoreIn(folder.path);
  await define(store, [{ slug: 'checkout' }], ['home']);
  await storePolicy(store, POLICY);
  await bindEarlierRows({ store, clock: systemClock, actor: SYSTEM });
  await store.close();
  const asked = ['--title', 'Disks', '--body', 'Larger ones.', '--as', 'Ann', '--json'];
  const made = await avow(folder.path, 'maintenance', 'announce', '--slot', '2026-11-28', '--from', '10:00', '--to', '12:00', ...asked);
  const { id } = JSON.parse(made.out.join('')) as { readonly id: string };
  await avow(folder.path, 'maintenance', 'edit', id, '--to', '13:00', '--as', 'Ben');
  const again = await openStoreIn(folder.path);
  await anchorAudit({ store: again, clock: new VirtualClock(at(FRIDAY)), anchors: openAnchorBook(folder.path, null) });
  await again.close();
  return { ...folder, id, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
};
/** The same folder held by a server. */
const serving = (folder: string) =>
  servingIn(folder, FRIDAY, (here) => ({
    verifyRecords: (told) => verifyRecords({ store: here.store, anchors: openAnchorBook(folder, null) }, told),
    maintenance: (actor) => ({ ...here, actor }),
  }));
const none = async () => ({ [Symbol.asyncDispose]: async () => undefined });

describe.each([
  ['the running server', serving],
  ['the store itself', none],
] as const)('through %s', (_, serve) => {
  test('an announcement is followed from row to row, each with who said it and what it was before', async () => {
    await using folder = await dataFolder();
    await using _server = await serve(folder.path);
    const listed = await avow(folder.path, 'audit', 'list', '--subject', `maintenance/${folder.id}`);
    expect(listed).toMatchObject({ code: 0, err: [] });
    expect(listed.out).toEqual([
      `2  Fri 2026-11-27 14:00 UTC  maintenance.edit  maintenance/${folder.id}  the owner of the data folder (not signed in)  changed author, end, rev`,
      `1  Fri 2026-11-27 14:00 UTC  maintenance.announce  maintenance/${folder.id}  the owner of the data folder (not signed in)  new`,
    ]);
    const shown = await avow(folder.path, 'audit', 'show', '2');
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('  ~ author: "Ann" -> "Ben"');
    expect(shown.out).toContain('  ~ end: "2026-11-28T17:00:00.000Z" -> "2026-11-28T18:00:00.000Z"');
    const document = JSON.parse((await avow(folder.path, 'audit', 'show', '2', '--json')).out.join('')) as object;
    expect(document).toMatchObject({ seq: 2, actor: { kind: 'socket', id: null }, fields: ['author', 'end', 'rev'] });
  });

  test('what is not there and what is no search is said', async () => {
    await using folder = await dataFolder();
    await using _server = await serve(folder.path);
    expect(await avow(folder.path, 'audit', 'show', '9')).toMatchObject({ code: 1, err: ['The audit has no row 9.'] });
    expect(await avow(folder.path, 'audit', 'list', '--since', 'monday')).toMatchObject({ code: 2 });
    expect(await avow(folder.path, 'audit', 'list', '--actor', 'Nobody')).toMatchObject({ code: 0, out: ['The audit has no such row.'] });
  });

  test('as CSV, which is a row of its own', async () => {
    await using folder = await dataFolder();
    await using _server = await serve(folder.path);
    const { out } = await avow(folder.path, 'audit', 'list', '--verb', 'maintenance', '--csv');
    expect(out.join('\n').split('\r\n')).toHaveLength(3);
    expect((await avow(folder.path, 'audit', 'list', '--verb', 'audit.export')).out).toEqual([
      '3  Fri 2026-11-27 14:00 UTC  audit.export  audit/rows  the owner of the data folder (not signed in)  new',
    ]);
  });

  test('the record is whole, and the answer says against what it was held', async () => {
    await using folder = await dataFolder();
    await using _server = await serve(folder.path);
    const verified = await avow(folder.path, 'audit', 'verify');
    expect(verified.code).toBe(0);
    expect(verified.out.at(-1)).toBe('The record is whole.');
    expect(verified.out[0]).toMatch(
      /^Note: The audit has 2 rows and ends in [0-9a-f]{64}\. It holds against 1 anchor, the last of Fri 2026-11-27 14:00 UTC\.$/,
    );
    expect((await avow(folder.path, 'verify', folder.path)).out).toEqual(verified.out);
    expect(JSON.parse((await avow(folder.path, 'audit', 'verify', '--json')).out.join(''))).toMatchObject({
      ok: true,
      rows: 2,
      first_wrong: null,
    });
  });
});

test('a row that another program cut off the end is named, and the exit code says no', async () => {
  await using folder = await dataFolder();
  using other = new DatabaseSync(join(folder.path, 'avow.db'));
  other.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 2');
  other.close();
  const verified = await avow(folder.path, 'verify', join(folder.path, 'avow.db'));
  expect(verified.code).toBe(1);
  expect(verified.out[0]).toBe(
    'The audit ends at row 1, and at Fri 2026-11-27 14:00 UTC it had row 2. What followed was cut off. The 1 row before it are in order.',
  );
  expect(verified.out.at(-1)).toBe('THE RECORD IS NOT WHOLE.');
});

test('a role that was raised by hand in the file is found, and by whom it should be held', async () => {
  await using folder = await dataFolder();
  using other = new DatabaseSync(join(folder.path, 'avow.db'));
  other.exec(
    `INSERT INTO people (id, recorded_at_ms, email, name, name_key, role, version) VALUES ('p1', 5, 'eve@example.com', 'Eve', 'eve', 'admin', 1)`,
  );
  other.close();
  const verified = await avow(folder.path, 'audit', 'verify');
  expect(verified.code).toBe(1);
  expect(verified.out).toContain('Eve is admin, eve@example.com in the store, and by the audit nobody. It was changed past Avow.');
});

test('anchors of another key say nothing, and it is told', async () => {
  await using folder = await dataFolder();
  const lines = readFileSync(join(folder.path, ANCHOR_FILE), 'utf8');
  expect(lines.trimEnd().split('\n')).toHaveLength(1);
  const store = await openStoreIn(folder.path);
  const report = await verifyRecords({ store, anchors: openAnchorBook(folder.path, 'another key of thirty-two letters') });
  await store.close();
  expect(report.ok).toBe(true);
  expect(report.notes.join(' ')).toContain('1 anchor was sealed with another key and could not be judged.');
});
