/** P18 on real stores: a second program with the file drops the triggers and does its deed; verifying and doctor name the first wrong row. */
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { announcementRow } from '#db/queries/announcements.ts';
import { insertAudit } from '#db/queries/audit.ts';
import { writeBound } from '#db/queries/chain.ts';
import type { Store } from '#db/store.ts';
import type { BoundAuditRow } from '#domain/access/audit-row.ts';
import { instant } from '#domain/time/instant.ts';
import { anchorAudit } from '#monitor/actions/anchor-audit.ts';
import { ANCHOR_FILE, ANCHOR_KEY_FILE, type AnchorBook, openAnchorBook } from '#monitor/actions/anchor-book.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { verifyAudit } from '#monitor/actions/verify-audit.ts';
import { systemClock } from '#monitor/clock.ts';
import { SYSTEM } from '#monitor/context.ts';
import { keepAnchors } from '#monitor/core/anchor-keeper.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { randomRows, TAMPERINGS } from '../../support/audit-tampering.ts';
import { testSeed } from '../../support/seeded.ts';
import { silentLog, tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ROWS = 40;
const open = (folder: string): Promise<Store> => openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog });

/** A folder with a store of 40 rows, anchored after 25 and at the end. */
const anchored = async (folder: string, secretsKey: string | null, random: () => number): Promise<BoundAuditRow[]> => {
  const store = await open(folder);
  const anchors = openAnchorBook(folder, secretsKey);
  const rows = randomRows(random, ROWS);
  await store.write(rows.slice(0, 25).map(insertAudit));
  await anchorAudit({ store, clock: systemClock, anchors });
  await store.write(rows.slice(25).map(insertAudit));
  await anchorAudit({ store, clock: systemClock, anchors });
  await store.close();
  return rows;
};
/** Another program: drops the triggers and puts these rows in place of all there are. */
const replaceRows = (folder: string, rows: readonly BoundAuditRow[]): void => {
  using other = new DatabaseSync(join(folder, 'avow.db'));
  other.exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_in_order; DELETE FROM audit');
  for (const { sql, args = [] } of rows.map(insertAudit)) other.prepare(sql).run(...(args as (string | number | null)[]));
};
const verified = async (folder: string, secretsKey: string | null) => {
  await using closing = await closable(folder);
  const anchors = openAnchorBook(folder, secretsKey);
  const report = await verifyAudit({ store: closing.store, anchors });
  const doctor = await doctorReport({ store: closing.store, clock: systemClock, anchors });
  return { report, doctor };
};
const closable = async (folder: string) => {
  const store = await open(folder);
  return { store, [Symbol.asyncDispose]: () => store.close() };
};

describe('another program that', () => {
  test.each(Object.entries(TAMPERINGS))('%s is found by verifying and by doctor', async (name, tamper) => {
    const random = seeded(testSeed(18_100));
    await using folder = await tempFolder();
    const rows = await anchored(folder.path, null, random);
    expect((await verified(folder.path, null)).report).toMatchObject({ ok: true, rows: ROWS, anchors: 2, fault: null });
    const tampered = tamper(rows, random);
    replaceRows(folder.path, tampered.rows);
    const { report, doctor } = await verified(folder.path, null);
    expect(report.ok).toBe(false);
    const first = name.includes('hashes everything') ? (tampered.first > 25 ? 26 : 1) : tampered.first;
    expect(report.fault?.seq).toBe(first);
    expect(doctor.ok).toBe(false);
    const guards = doctor.differences.find(({ what }) => what === 'store');
    expect(guards?.message).toContain('audit_no_update, audit_no_delete, audit_in_order');
    expect(doctor.differences.find(({ what }) => what === 'audit')?.message).toContain(report.fault?.message);
  });

  test('cuts links off the chain of the ledger with their rows is found by the anchor', async () => {
    await using folder = await tempFolder();
    const store = await open(folder.path);
    await bindEarlierRows({ store, clock: systemClock, actor: SYSTEM });
    const row = (id: string) => announcementRow({ id, recordedAt: instant(5), components: '*', imported: false, author: null });
    await writeBound(store, [row('a'), row('b'), row('c')], instant(5), []);
    await anchorAudit({ store, clock: systemClock, anchors: openAnchorBook(folder.path, null) });
    await store.close();
    using other = new DatabaseSync(join(folder.path, 'avow.db'));
    other.exec(`DROP TRIGGER ledger_chain_no_delete; DROP TRIGGER announcements_no_delete;
      DELETE FROM ledger_chain WHERE seq > 2; DELETE FROM announcements WHERE id = 'c'`);
    other.close();
    const { report, doctor } = await verified(folder.path, null);
    expect(report.ledgerFault).toMatchObject({ code: 'cut_short', seq: 3 });
    expect(doctor.differences.find(({ what }) => what === 'audit')?.message).toMatch(
      /^The chain of the ledger ends at link 2, and at .* it had link 3\. What followed was cut off\.$/,
    );
  });
});

const added = async (book: AnchorBook, count: number): Promise<void> => {
  for (let i = 1; i <= count; i++) {
    const head = { seq: i, hash: String(i).repeat(64) };
    book.add({ instance: 'one', at: instant(i), audit: head, ledger: head });
  }
};

describe('the book of anchors', () => {
  test('is for its owner alone, and so is its key', async () => {
    await using folder = await tempFolder();
    await added(openAnchorBook(folder.path, null), 1);
    for (const name of [ANCHOR_FILE, ANCHOR_KEY_FILE]) expect(statSync(join(folder.path, name)).mode & 0o777).toBe(0o600);
  });

  test('sealed with AVOW_SECRETS_KEY it needs no key in the folder, and another key judges nothing', async () => {
    await using folder = await tempFolder();
    await added(openAnchorBook(folder.path, 'a secret of at least some length'), 2);
    expect(() => statSync(join(folder.path, ANCHOR_KEY_FILE))).toThrow('ENOENT');
    expect(openAnchorBook(folder.path, 'a secret of at least some length').read()).toMatchObject({ faults: [], otherKeys: 0 });
    expect(openAnchorBook(folder.path, 'another secret of some length').read()).toMatchObject({ anchors: [], faults: [], otherKeys: 2 });
  });

  const path = (folder: { readonly path: string }) => join(folder.path, ANCHOR_FILE);
  const lines = (folder: { readonly path: string }) => readFileSync(path(folder), 'utf8').trimEnd().split('\n');

  test('an anchor that was edited, taken out or exchanged is told with its line', async () => {
    await using folder = await tempFolder();
    const book = openAnchorBook(folder.path, null);
    await added(book, 4);
    const [one = '', two = '', three = '', four = ''] = lines(folder);
    const faultsWith = (...kept: string[]): readonly string[] => {
      writeFileSync(path(folder), `${kept.join('\n')}\n`);
      return book.read().faults;
    };
    expect(faultsWith(one, two, three, four)).toEqual([]);
    expect(faultsWith(one, two.replace('"seq":2', '"seq":9'), three, four)).toEqual([
      'Line 2 of audit-anchors.jsonl does not bear the seal of this Avow. It was edited.',
    ]);
    expect(faultsWith(one, three, four)).toEqual([
      'Line 2 of audit-anchors.jsonl does not follow the one before it. Lines were taken out or exchanged.',
    ]);
    expect(faultsWith(one, three, two, four)[0]).toContain('Line 2 ');
    expect(faultsWith(one, 'nonsense', two, three, four)).toEqual(['Line 2 of audit-anchors.jsonl is no anchor. The file was edited.']);
  });

  test("a line at which Avow was killed is nobody's fault, and the next takes its place", async () => {
    await using folder = await tempFolder();
    const book = openAnchorBook(folder.path, null);
    await added(book, 2);
    appendFileSync(path(folder), '{"instance":"one","at":3,"au');
    expect(book.read()).toMatchObject({ faults: [], anchors: [{ at: 1 }, { at: 2 }] });
    book.add({ instance: 'one', at: instant(4), audit: { seq: 4, hash: '4' }, ledger: { seq: 0, hash: '0' } });
    expect(book.read()).toMatchObject({ faults: [], anchors: [{ at: 1 }, { at: 2 }, { at: 4 }] });
    expect(lines(folder)).toHaveLength(3);
  });

  test('a key that is none is told, and none is made in its place', async () => {
    await using folder = await tempFolder();
    writeFileSync(join(folder.path, ANCHOR_KEY_FILE), 'short');
    expect(() => openAnchorBook(folder.path, null)).toThrow('is no key: it must hold 64 hex digits. Restore it from a backup.');
  });
});

test('the ends are noted at the start, every hour and at the stop, in the book and in the log', async () => {
  await using folder = await tempFolder();
  const clock = new VirtualClock(1_795_788_000_000);
  const store = await open(folder.path);
  const anchors = openAnchorBook(folder.path, null);
  const told: unknown[] = [];
  const log = { ...silentLog, info: (_: string, facts?: object) => void told.push(facts) };
  const keeper = keepAnchors({ store, clock, anchors }, log);
  const times = (): number[] => anchors.read().anchors.map(({ at }) => at - 1_795_788_000_000);
  const asleep = async (): Promise<void> => {
    while (clock.waiting === 0) await new Promise((turn) => setImmediate(turn));
  };
  await asleep();
  expect(times()).toEqual([0]);
  await clock.advance(3_600_000);
  await asleep();
  expect(times()).toEqual([0, 3_600_000]);
  await keeper.stop();
  expect(times()).toEqual([0, 3_600_000, 3_600_000]);
  expect(told).toEqual(anchors.read().anchors.map((anchor) => ({ anchor })));
  await store.close();
});
