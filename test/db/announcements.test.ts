/** The rows of announcements defend themselves: no statement edits, deletes, backdates or doubles them. */
import { expect, test } from 'vitest';
import { announcementRow, approvalRow, endingRow, revisionRow } from '#db/queries/announcements.ts';
import { insertRow } from '#db/queries/chain-forms.ts';
import type { Store } from '#db/store.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { openTempStore } from '../support/temp-store.ts';

const insertAnnouncement = (fact: Parameters<typeof announcementRow>[0]) => insertRow(announcementRow(fact));
const insertRevision = (...given: Parameters<typeof revisionRow>) => insertRow(revisionRow(...given));
const insertEnding = (...given: Parameters<typeof endingRow>) => insertRow(endingRow(...given));
const insertApproval = (...given: Parameters<typeof approvalRow>) => insertRow(approvalRow(...given));
const at = (ms: number): Instant => instant(ms);
const revision = (rev: number, recordedAt: number, more: { readonly publicAt?: number; readonly end?: number } = {}) =>
  insertRevision('m', {
    rev,
    recordedAt: at(recordedAt),
    publicAt: at(more.publicAt ?? recordedAt),
    start: at(5_000),
    end: at(more.end ?? 6_000),
    title: 't',
    body: 'b',
    author: null,
  });
const announce = async (store: Store, imported = false): Promise<void> => {
  await store.write([
    insertAnnouncement({ id: 'm', recordedAt: at(1_000), components: '*', imported, author: 'Ann' }),
    revision(1, 1_000, imported ? { publicAt: 10 } : {}),
  ]);
};

const TABLES = ['announcements', 'announcement_revisions', 'announcement_endings', 'announcement_approvals'] as const;
test.each(TABLES)('no row of %s is edited or deleted', async (table) => {
  await using store = await openTempStore();
  await announce(store, true);
  await store.write([
    insertEnding('m', { kind: 'cancelled', recordedAt: at(2_000), author: null }),
    insertApproval('m', { recordedAt: at(2_000), approvedBy: 'Ben', evidence: 'e' }),
  ]);
  await expect(store.write([{ sql: `UPDATE ${table} SET recorded_at_ms = 1` }])).rejects.toMatchObject({ kind: 'constraint' });
  await expect(store.write([{ sql: `DELETE FROM ${table}` }])).rejects.toMatchObject({ kind: 'constraint' });
  expect((await store.read({ sql: `SELECT count(*), max(recorded_at_ms) > 1 FROM ${table}` })).rows).toEqual([[1, 1]]);
});

test('a revision follows the last in number and time, says its own time only in an import, and ends after it starts', async () => {
  await using store = await openTempStore();
  await announce(store);
  await expect(store.write([revision(1, 1_000)])).rejects.toThrow('follows the last one');
  await expect(store.write([revision(3, 1_000)])).rejects.toThrow('follows the last one');
  await expect(store.write([revision(2, 999)])).rejects.toThrow('follows the last one');
  await expect(store.write([revision(2, 1_000, { publicAt: 999 })])).rejects.toThrow('only a historic import');
  await expect(store.write([revision(2, 1_000, { end: 5_000 })])).rejects.toMatchObject({ kind: 'constraint' });
  await store.write([revision(2, 1_000)]);
  await store.write([insertEnding('m', { kind: 'completed', recordedAt: at(5_500), author: null })]);
  await expect(store.write([revision(3, 5_600)])).rejects.toThrow('no further revisions');
  await expect(store.write([insertEnding('m', { kind: 'cancelled', recordedAt: at(5_600), author: null })])).rejects.toThrow('ends once');
});

test('an approval is by another person, of an import, and given once', async () => {
  await using store = await openTempStore();
  await announce(store, true);
  const approve = (approvedBy: string) => store.write([insertApproval('m', { recordedAt: at(2_000), approvedBy, evidence: 'the mail' })]);
  await expect(approve(' ann ')).rejects.toThrow('by another person');
  await approve('Ben');
  await expect(approve('Cleo')).rejects.toThrow('once');
  await using own = await openTempStore();
  await announce(own);
  await expect(own.write([insertApproval('m', { recordedAt: at(2_000), approvedBy: 'Ben', evidence: 'e' })])).rejects.toThrow('an import');
});
