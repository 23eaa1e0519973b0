/** The chain in a real store: every verb extends it, and whatever is done to the file past Avow is found and named. */

import { describe, expect, test } from 'vitest';
import { announcementRow, revisionRow } from '#db/queries/announcements.ts';
import { bindRows, sha256, writeBound } from '#db/queries/chain.ts';
import { boundRow, insertRow } from '#db/queries/chain-forms.ts';
import type { Store } from '#db/store.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { BoundRow } from '#domain/ledger/chain.ts';
import { instant } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { approveImport } from '#monitor/actions/approve-import.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { importMaintenance } from '#monitor/actions/import-maintenance.ts';
import { verifyLedgerChain } from '#monitor/actions/verify-ledger-chain.ts';
import { systemClock } from '#monitor/clock.ts';
import { SYSTEM } from '#monitor/context.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { accepted } from '../../support/accepted.ts';
import { asking, at, openDesk } from '../../support/maintenance-desk.ts';
import { testSeed } from '../../support/seeded.ts';
import { openTempStore } from '../../support/temp-store.ts';

const FRIDAY = '2026-11-27T09:00-05:00';
const by = { author: 'Ann' };
const chainOf = async (store: Store): Promise<string[]> =>
  (await store.read({ sql: "SELECT kind || ' ' || ref FROM ledger_chain ORDER BY seq" })).rows.map(([text]) => String(text));

/** Six links: two announcements, one of them edited and cancelled. */
const openChained = async () => {
  const desk = await openDesk(FRIDAY);
  await bindEarlierRows({ store: desk.store, clock: desk.ctx.clock, actor: SYSTEM });
  const { id } = accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00'))).announcement;
  const other = accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00', { slot: '2026-12-05' }))).announcement.id;
  accepted(await editMaintenance(desk.ctx, id, { to: '13:00', ...by }));
  accepted(await cancelMaintenance(desk.ctx, id, by));
  return Object.assign(desk, { id, other });
};
/** What somebody with the file and a SQL shell does. */
const tamper = async (store: Store, ...statements: string[]): Promise<void> => {
  const { rows } = await store.read({ sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'" });
  await store.write([...rows.map(([name]) => ({ sql: `DROP TRIGGER "${name}"` })), ...statements.map((sql) => ({ sql }))]);
};

describe('every verb of maintenance extends the chain', () => {
  test('by its rows, in its transaction', async () => {
    await using desk = await openChained();
    const { id, other } = desk;
    expect(await chainOf(desk.store)).toEqual([
      `announcement ${id}`,
      `announcement_revision ${id}/1`,
      `announcement ${other}`,
      `announcement_revision ${other}/1`,
      `announcement_revision ${id}/2`,
      `announcement_ending ${id}`,
    ]);
    desk.set('2026-12-05T11:00-05:00');
    accepted(await completeMaintenance(desk.ctx, other, by));
    const old = {
      window: { start: at('2026-10-31T10:00-04:00'), end: at('2026-10-31T12:00-04:00') },
      announcedAt: at('2026-10-28T09:00-04:00'),
    };
    const words = { title: 'Old', body: 'Mail.', components: '*' as const, author: 'Ann' };
    const imported = accepted(await importMaintenance(desk.ctx, { ...old, ...words })).announcement.id;
    accepted(await approveImport(desk.ctx, imported, { approvedBy: 'Ben', evidence: 'The mail.' }));
    expect((await chainOf(desk.store)).slice(6)).toEqual([
      `announcement_ending ${other}`,
      `announcement ${imported}`,
      `announcement_revision ${imported}/1`,
      `announcement_approval ${imported}`,
    ]);
    const report = await verifyLedgerChain(desk.store);
    expect(report).toMatchObject({ ok: true, links: 10, head: { seq: 10 }, fault: null });
    const { rows } = await desk.store.read({ sql: 'SELECT row_hash FROM ledger_chain ORDER BY seq DESC LIMIT 1' });
    expect(report.head.hash).toBe(rows[0]?.[0]);
  });

  test('anybody can compute a link from the row and the link before it', async () => {
    await using desk = await openChained();
    const { rows } = await desk.store.read({
      sql: `SELECT l.prev_hash, l.row_hash, l.recorded_at_ms, r.* FROM ledger_chain l JOIN announcement_endings r ON r.announcement_id = l.ref WHERE l.kind = 'announcement_ending'`,
    });
    const [prev, hash, bound, id, kind, recorded, author, authenticated] = rows[0] ?? [];
    const row = { announcement_id: id, kind, recorded_at_ms: recorded, author, authenticated };
    expect(sha256(String(prev) + canonicalJson({ at: Number(bound), kind: 'announcement_ending', ref: id, row }))).toBe(hash);
  });

  test('nothing is bound when the fact is not written, and nothing is written when it cannot be bound', async () => {
    await using desk = await openChained();
    await desk.store.write([{ sql: "CREATE TRIGGER planted BEFORE INSERT ON ledger_chain BEGIN SELECT RAISE(ABORT, 'planted'); END" }]);
    await expect(announceMaintenance(desk.ctx, asking('10:00', '11:00', { slot: '2026-12-12' }))).rejects.toThrow('planted');
    expect(await desk.count('SELECT count(*) FROM announcements')).toBe(2);
    await desk.store.write([{ sql: 'DROP TRIGGER planted' }]);
    expect((await verifyLedgerChain(desk.store)).ok).toBe(true);
  });
});

describe('what is done past Avow is found', () => {
  const deeds: readonly (readonly [string, (id: string) => string[], object, string])[] = [
    [
      'an edited row',
      (id) => [`UPDATE announcement_revisions SET end_ms = end_ms + 1 WHERE announcement_id = '${id}' AND rev = 2`],
      { code: 'row_edited', seq: 5, kind: 'announcement_revision' },
      'is not what link 5 of the chain bound. The row or its link was edited.',
    ],
    [
      'a deleted row',
      (id) => [`DELETE FROM announcement_endings WHERE announcement_id = '${id}'`],
      { code: 'row_missing', seq: 6, kind: 'announcement_ending' },
      'and there is no such row. It was deleted.',
    ],
    [
      'a deleted row and its link',
      (id) => [
        `DELETE FROM announcement_revisions WHERE announcement_id = '${id}' AND rev = 2`,
        `DELETE FROM ledger_chain WHERE kind = 'announcement_revision' AND ref = '${id}/2'`,
      ],
      { code: 'link_missing', seq: 6 },
      'Link 5 of the chain is missing; the next one is 6',
    ],
    [
      'two links exchanged',
      () => [
        'UPDATE ledger_chain SET seq = 100 WHERE seq = 2',
        'UPDATE ledger_chain SET seq = 2 WHERE seq = 3',
        'UPDATE ledger_chain SET seq = 3 WHERE seq = 100',
      ],
      { code: 'link_out_of_order', seq: 2 },
      'does not follow the one before it',
    ],
    [
      'a row put in',
      (id) => [
        `INSERT INTO announcement_revisions SELECT announcement_id, 3, recorded_at_ms, public_at_ms, start_ms, end_ms + 1, title, body, author, 0
           FROM announcement_revisions WHERE announcement_id = '${id}' AND rev = 2`,
      ],
      { code: 'row_unbound', seq: null, kind: 'announcement_revision' },
      'is bound by no link of the chain. It was not recorded by Avow.',
    ],
    [
      'a row written over, which fires no trigger',
      (id) => [
        `INSERT OR REPLACE INTO announcement_endings SELECT announcement_id, 'completed', recorded_at_ms, author, 0
           FROM announcement_endings WHERE announcement_id = '${id}'`,
      ],
      { code: 'row_edited', seq: 6, kind: 'announcement_ending' },
      'is not what link 6 of the chain bound',
    ],
    [
      'links taken off the end while their rows stay',
      () => ['DELETE FROM ledger_chain WHERE seq > 4'],
      { code: 'row_unbound', seq: null },
      'is bound by no link of the chain',
    ],
    [
      'every link deleted',
      () => ['DELETE FROM ledger_chain'],
      { code: 'row_unbound', seq: null, kind: 'announcement' },
      'is bound by no link',
    ],
  ];
  test.each(deeds.map(([name, statements, fault, sentence]) => ({ name, statements, fault, sentence })))(
    '$name',
    async ({ statements, fault, sentence }) => {
      await using desk = await openChained();
      await tamper(desk.store, ...statements(desk.id));
      // A start in between binds nothing: the chain of this store has begun.
      expect(await bindEarlierRows({ store: desk.store, clock: desk.ctx.clock, actor: SYSTEM })).toBe(0);
      const report = await verifyLedgerChain(desk.store);
      expect(report).toMatchObject({ ok: false, fault });
      expect(report.fault?.message).toContain(sentence);
      const { ok, differences } = await doctorReport({ store: desk.store, clock: systemClock });
      expect(ok).toBe(false);
      // The triggers that were dropped for it, and the deed itself.
      expect(differences.map(({ what }) => what)).toEqual(['store', 'chain']);
      expect(differences[1]?.message).toContain(sentence);
    },
  );

  test('a row put in is found too where the mark of the beginning was taken away', async () => {
    await using desk = await openChained();
    const row = `SELECT 'forgery00001', recorded_at_ms, components_json, imported, author, authenticated FROM announcements LIMIT 1`;
    await tamper(
      desk.store,
      "DELETE FROM meta WHERE key = 'ledger_chain_begun_at_ms'",
      `INSERT INTO announcements (id, recorded_at_ms, components_json, imported, author, authenticated) ${row}`,
    );
    expect((await verifyLedgerChain(desk.store)).fault).toMatchObject({ code: 'row_unbound', ref: 'forgery00001' });
  });

  test('rows and links taken off the end together are found only by a head noted elsewhere, which doctor gives', async () => {
    await using desk = await openChained();
    const noted = (await verifyLedgerChain(desk.store)).head;
    const { notes } = await doctorReport({ store: desk.store, clock: systemClock });
    expect(notes.some((note) => note.startsWith(`The chain of the ledger has 6 links and ends in ${noted.hash}.`))).toBe(true);
    await tamper(desk.store, 'DELETE FROM announcement_endings', 'DELETE FROM ledger_chain WHERE seq = 6');
    const report = await verifyLedgerChain(desk.store);
    expect(report.ok).toBe(true);
    expect(report.head).not.toEqual(noted);
  });

  test('of 100 random edits of one cell each is found', async () => {
    const seed = testSeed(6_110);
    const random = seeded(seed);
    await using desk = await openChained();
    await tamper(desk.store);
    const cells = [
      ['announcements', 'author'],
      ['announcements', 'components_json'],
      ['announcement_revisions', 'title'],
      ['announcement_revisions', 'body'],
      ['announcement_endings', 'author'],
      ['ledger_chain', 'prev_hash'],
      ['ledger_chain', 'row_hash'],
    ] as const;
    for (let i = 0; i < 100; i++) {
      const [table, column] = cells[Math.floor(random() * cells.length)] ?? cells[0];
      const which = `(SELECT rowid_ FROM (SELECT ${column} AS rowid_ FROM ${table} ORDER BY ${column} LIMIT 1 OFFSET ${Math.floor(random() * 2)}))`;
      const before = (await desk.store.read({ sql: `SELECT coalesce(${which}, '')` })).rows[0]?.[0] ?? '';
      if (before === '') continue;
      const place = Math.floor(random() * String(before).length);
      const after = `${String(before).slice(0, place)}${String(before)[place] === 'x' ? 'y' : 'x'}${String(before).slice(place + 1)}`;
      const edit = (to: unknown, from: unknown) => ({
        sql: `UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`,
        args: [String(to), String(from)],
      });
      await desk.store.write([edit(after, before)]);
      expect((await verifyLedgerChain(desk.store)).ok, `seed ${seed}, edit ${i} of ${table}.${column}`).toBe(false);
      await desk.store.write([edit(before, after)]);
    }
    expect((await verifyLedgerChain(desk.store)).ok).toBe(true);
  });
});

describe('a store from before the chain', () => {
  const revision = (id: string, rev: number, recordedAt: number): BoundRow =>
    revisionRow(id, {
      rev,
      recordedAt: instant(recordedAt),
      publicAt: instant(recordedAt),
      start: instant(5_000),
      end: instant(6_000 + rev),
      title: 't',
      body: 'b',
      author: null,
    });
  const announced = (id: string, recordedAt: number): BoundRow =>
    announcementRow({ id, recordedAt: instant(recordedAt), components: '*', imported: false, author: null });

  test('is bound once, in the order in which its rows were recorded, with an event', async () => {
    await using store = await openTempStore();
    const revisions = Array.from({ length: 11 }, (_, i) => revision('b', i + 1, 2_000));
    await store.write([announced('b', 2_000), ...revisions, announced('a', 3_000), revision('a', 1, 3_000)].map(insertRow));
    expect((await verifyLedgerChain(store)).ok).toBe(true);
    expect(await bindEarlierRows({ store, clock: systemClock, actor: SYSTEM })).toBe(14);
    expect(await chainOf(store)).toEqual([
      'announcement b',
      ...revisions.map(({ ref }) => `announcement_revision ${ref}`),
      'announcement a',
      'announcement_revision a/1',
    ]);
    expect(await bindEarlierRows({ store, clock: systemClock, actor: SYSTEM })).toBe(0);
    const events = await store.read({ sql: "SELECT detail_json FROM events WHERE kind = 'ledger_chain_begun'" });
    expect(events.rows).toEqual([['{"rows":14}']]);
    expect(await verifyLedgerChain(store)).toMatchObject({ ok: true, links: 14 });
  });

  test('that holds nothing begins its chain all the same: a row put in afterwards is found, not bound', async () => {
    await using store = await openTempStore();
    expect(await bindEarlierRows({ store, clock: systemClock, actor: SYSTEM })).toBe(0);
    await store.write([insertRow(announced('a', 3_000))]);
    expect(await bindEarlierRows({ store, clock: systemClock, actor: SYSTEM })).toBe(0);
    expect(await verifyLedgerChain(store)).toMatchObject({ ok: false, fault: { code: 'row_unbound', ref: 'a' } });
  });
});

describe('the rows of the chain defend themselves', () => {
  test('a link is neither edited nor deleted, and follows the last one in number and in hash', async () => {
    await using desk = await openChained();
    await expect(desk.store.write([{ sql: 'UPDATE ledger_chain SET ref = 1 WHERE seq = 1' }])).rejects.toThrow('never edited');
    await expect(desk.store.write([{ sql: 'DELETE FROM ledger_chain WHERE seq = 6' }])).rejects.toThrow('never edited');
    const row = boundRow('override_approval', { row_id: 'a', recorded_at_ms: 1, approved_by: 'B', authenticated: 0 });
    const [link] = await bindRows(desk.store, [row], instant(1));
    const wrong = (i: number, value: string | number) =>
      desk.store.write([{ sql: link?.sql ?? '', args: (link?.args ?? []).with(i, value) }]);
    await expect(wrong(0, 8)).rejects.toThrow('follows the last one');
    await expect(wrong(4, 'f'.repeat(64))).rejects.toThrow('follows the last one');
  });

  test('a row that has not the columns that are hashed is our fault, and throws', () => {
    expect(() => boundRow('override_approval', { row_id: 'a', recorded_at_ms: 1, approved_by: 'B' })).toThrow(
      'A row of kind override_approval has the columns row_id, recorded_at_ms, approved_by, authenticated, and not row_id, recorded_at_ms, approved_by.',
    );
  });
});

test('a report is bound by its number, its month and the hash of its document', async () => {
  await using store = await openTempStore();
  const hash = sha256('{}');
  const columns = {
    id: 'r',
    contract_id: 'acme',
    month: '2026-04',
    revision: 1,
    sha256: hash,
    as_of_ms: 5,
    prev_sha256: null,
    key_id: 'k',
  };
  const report = boundRow('report', columns);
  await store.write([
    { sql: "INSERT INTO report_keys VALUES ('k', 1, 'PEM')" },
    {
      sql: 'INSERT INTO reports (id, contract_id, month, revision, recorded_at_ms, as_of_ms, document_json, sha256, key_id, signature) VALUES (?, ?, ?, 1, 5, 5, ?, ?, ?, ?)',
      args: ['r', 'acme', '2026-04', '{}', hash, 'k', new Uint8Array(64)],
    },
    ...(await bindRows(store, [report], instant(5))),
  ]);
  expect(await verifyLedgerChain(store)).toMatchObject({ ok: true, links: 1 });
  await tamper(store, `UPDATE reports SET month = '2026-05'`);
  expect(await verifyLedgerChain(store)).toMatchObject({ ok: false, fault: { code: 'row_edited', kind: 'report', ref: 'r' } });
});

test('a long chain is walked in slices: the event loop turns between them', async () => {
  await using store = await openTempStore();
  await bindEarlierRows({ store, clock: systemClock, actor: SYSTEM });
  const rows = Array.from({ length: 1_000 }, (_, i) =>
    announcementRow({ id: `a${i}`, recordedAt: instant(i), components: '*', imported: false, author: null }),
  );
  await writeBound(store, rows, instant(1), []);
  let turns = 0;
  let walking = true;
  const count = (): void => {
    turns++;
    if (walking) setImmediate(count);
  };
  setImmediate(count);
  expect(await verifyLedgerChain(store)).toMatchObject({ ok: true, links: 1_000 });
  walking = false;
  expect(turns).toBeGreaterThanOrEqual(5);
});
