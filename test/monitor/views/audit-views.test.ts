/** The audit as it is searched and shown: what is found, page by page, among a hundred thousand rows; what one row changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAudit } from '#db/queries/audit.ts';
import { MOST_LOOKED_AT, searchAudit } from '#db/queries/audit-search.ts';
import { sha256 } from '#db/queries/chain.ts';
import type { Store } from '#db/store.ts';
import { type BoundAuditRow, bindAudit } from '#domain/access/audit-row.ts';
import { type AuditSearch, readAuditSearch } from '#domain/access/audit-search.ts';
import { NO_LINK } from '#domain/ledger/chain.ts';
import { isRefusal } from '#domain/refusal.ts';
import { instant } from '#domain/time/instant.ts';
import { exportAudit } from '#monitor/actions/export-audit.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { auditEntry } from '#monitor/views/audit-entry.ts';
import { AUDIT_PAGE, auditPage } from '#monitor/views/audit-page.ts';
import { accepted } from '../../support/accepted.ts';
import { at, refused } from '../../support/maintenance-desk.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const MANY = 100_000;
const FIRST = at('2026-01-01T00:00Z');
const MINUTE_MS = 60_000;

/** One a minute from the first of January 2026: nine people, edits of 700 announcements; row 5 and row 50 000 say something rare. */
const rowsOf = (count: number): BoundAuditRow[] =>
  bindAudit(
    sha256,
    NO_LINK,
    Array.from({ length: count }, (_, i) => {
      const rare = i + 1 === 5 || i + 1 === 50_000;
      return {
        recordedAt: instant(FIRST + (i + 1) * MINUTE_MS),
        actorKind: 'person' as const,
        actorId: `p${i % 9}`,
        actorName: `Person ${i % 9}`,
        from: null,
        requestId: null,
        verb: i % 1_000 === 0 ? 'release.draft' : i % 2 === 0 ? 'maintenance.edit' : 'maintenance.announce',
        subject: i % 1_000 === 0 ? `release/4.${i}` : `maintenance/${i % 700}`,
        before: i % 2 === 0 ? `{"title":"Old ${i}"}` : null,
        after: rare ? '{"title":"100% \\"Größe\\"_x"}' : `{"title":"New ${i}"}`,
      };
    }),
  );

const asking = (asked: Record<string, string>): AuditSearch => {
  const search = readAuditSearch(asked);
  if (isRefusal(search)) throw new Error(search.message);
  return search;
};

describe('a hundred thousand rows', () => {
  let store: Store & AsyncDisposable;
  const clock = new VirtualClock(FIRST);
  const find = (asked: Record<string, string>) => auditPage({ store, clock, actor: SYSTEM }, asking(asked));
  beforeAll(async () => {
    store = await openTempStore();
    // The guard asks for the last row with each; here they come in order anyway.
    const { rows: guard } = await store.read({ sql: "SELECT sql FROM sqlite_master WHERE name = 'audit_in_order'" });
    await store.write([{ sql: 'DROP TRIGGER audit_in_order' }]);
    const rows = rowsOf(MANY);
    for (let i = 0; i < MANY; i += 10_000) await store.write(rows.slice(i, i + 10_000).map(insertAudit));
    await store.write([{ sql: String(guard[0]?.[0]) }]);
  }, 120_000);
  afterAll(() => store[Symbol.asyncDispose]());

  test('come newest first, fifty a page, each once, without a gap', async () => {
    const first = await find({});
    expect(first.lines).toHaveLength(AUDIT_PAGE);
    expect(first.lines[0]?.seq).toBe(MANY);
    expect(first.next).toBe(MANY - AUDIT_PAGE + 1);
    const second = await find({ before: String(first.next) });
    expect(second.lines.map(({ seq }) => seq)).toEqual(Array.from({ length: AUDIT_PAGE }, (_, i) => MANY - AUDIT_PAGE - i));
    expect((await find({ before: '3' })).lines.map(({ seq }) => seq)).toEqual([2, 1]);
    expect((await find({ before: '3' })).next).toBeNull();
  });

  test('are found by subject, verb and person, each with its pages', async () => {
    const of = async (asked: Record<string, string>): Promise<number[]> => {
      const seqs: number[] = [];
      for (let next: number | null = null; ; ) {
        const page = await find(next === null ? asked : { ...asked, before: String(next) });
        seqs.push(...page.lines.map(({ seq }) => seq));
        next = page.next;
        if (next === null) return seqs;
      }
    };
    const subject = await of({ subject: 'maintenance/13' });
    expect(subject).toHaveLength(143);
    expect(subject.every((seq) => (seq - 1) % 700 === 13)).toBe(true);
    expect(await of({ verb: 'release.draft' })).toHaveLength(100);
    expect(await of({ verb: 'release' })).toHaveLength(100);
    expect(await of({ subject: 'release', actor: 'Person 0' })).toHaveLength(12);
    expect(await of({ subject: 'maintenance/13', verb: 'maintenance.edit', actor: 'Person 1' })).toEqual(
      subject.filter((seq) => (seq - 1) % 2 === 0 && (seq - 1) % 9 === 1),
    );
    expect(await of({ actor: 'person 0' })).toEqual([]);
  });

  test('whoever reaches no customer goes past what is not theirs, page by page, and misses nothing else', async () => {
    const hidden = ['maintenance'];
    const seqs: number[] = [];
    for (let before: number | null = null; ; ) {
      const page = await searchAudit(store, { ...asking({}), before }, AUDIT_PAGE, hidden);
      seqs.push(...page.rows.map(({ seq }) => seq));
      before = page.next;
      if (before === null) break;
    }
    expect(seqs).toEqual(Array.from({ length: 100 }, (_, i) => MANY - 999 - i * 1_000));
    const most = await searchAudit(store, asking({}), AUDIT_PAGE, ['release']);
    expect(most.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: AUDIT_PAGE }, (_, i) => MANY - i));
  });

  test('between two instants: the first in it, the second not', async () => {
    const page = await find({ since: '2026-01-01T00:10Z', until: '2026-01-01T00:13Z' });
    expect(page.lines.map(({ seq }) => seq)).toEqual([12, 11, 10]);
    expect((await find({ since: '2030-01-01' })).lines).toEqual([]);
    expect((await find({ until: '2026-01-01' })).lines).toEqual([]);
  });

  test('by a text, in at most so many rows a question, and it says where to go on', async () => {
    let asked = 0;
    const found: number[] = [];
    for (let next: number | null = null; ; ) {
      const page = await find({ text: '100% "GRößE"_', ...(next === null ? {} : { before: String(next) }) });
      asked++;
      found.push(...page.lines.map(({ seq }) => seq));
      next = page.next;
      if (next === null) break;
    }
    expect(found).toEqual([50_000, 5]);
    expect(asked).toBe(MANY / MOST_LOOKED_AT + 1);
    expect((await find({ text: '_' })).lines).toEqual([]);
  });

  test('every question is led by an index, and sorts at most what it looked at', async () => {
    const reads: string[] = [];
    const watching = {
      ...store,
      read: (statement: Parameters<Store['read']>[0]) => {
        reads.push(statement.sql);
        return store.read(statement);
      },
    };
    const ask = (asked: Record<string, string>) => auditPage({ store: watching, clock, actor: SYSTEM }, asking(asked));
    const all = [
      {},
      { actor: 'Person 1' },
      { verb: 'release.draft' },
      { verb: 'release' },
      { subject: 'maintenance/13' },
      { subject: 'maintenance' },
      { since: '2026-01-02', until: '2026-02-02' },
      { text: 'x' },
      { subject: 'maintenance/13', verb: 'maintenance.edit', actor: 'Person 1', text: 'x', since: '2026-01-02' },
    ];
    for (const asked of all) await ask(asked);
    for (const sql of new Set(reads)) {
      const { rows } = await store.read({
        sql: `EXPLAIN QUERY PLAN ${sql}`,
        args: Array.from({ length: sql.split('?').length - 1 }, () => 1),
      });
      const plan = rows.map((row) => String(row.at(-1))).join('\n');
      expect(plan, sql).toMatch(/SEARCH audit USING/);
      expect(plan, sql).not.toMatch(/SCAN audit/);
    }
  });

  test('names to choose from are told', async () => {
    const { actors, verbs } = await find({});
    expect(actors).toEqual(Array.from({ length: 9 }, (_, i) => `Person ${i}`));
    expect(verbs).toEqual(['maintenance.announce', 'maintenance.edit', 'release.draft']);
  });

  test('are exported ten thousand at a time, and that they were is a row', async () => {
    const ctx = { store, clock, actor: SOCKET_OWNER };
    const all = accepted(await exportAudit(ctx, {}));
    expect(all).toMatchObject({ rows: 10_000, next: MANY - 9_999 });
    expect(all.csv.split('\r\n')).toHaveLength(10_002);
    const { lines } = await find({});
    expect(lines[0]).toMatchObject({ verb: 'audit.export', subject: 'audit/rows', actorName: SOCKET_OWNER.name, change: 'made' });
    const few = accepted(await exportAudit(ctx, { subject: 'release', text: 'New' }));
    expect(few).toMatchObject({ rows: 100, next: null });
    expect(few.csv.split('\r\n')[1]).toMatch(/^99001,2026-03-10T18:01:00\.000Z,person,p0,Person 0,,,release\.draft,release\/4\.99000,/);
  });
});

test('a cell that a spreadsheet would calculate is made harmless', async () => {
  await using store = await openTempStore();
  const [row] = rowsOf(1);
  if (!row) throw new Error('no row');
  await store.write(bindAudit(sha256, NO_LINK, [{ ...row, actorName: '=HYPERLINK("x")' }]).map(insertAudit));
  const { csv } = accepted(await exportAudit({ store, clock: new VirtualClock(FIRST + 120_000), actor: SOCKET_OWNER }, {}));
  expect(csv).toContain(`,"'=HYPERLINK(""x"")",`);
});

test('one row shows every field, and which of them are other ones', async () => {
  await using store = await openTempStore();
  const [row] = rowsOf(1);
  if (!row) throw new Error('no row');
  const before = { title: 'Old', components: ['a', 'b'], ending: null, body: { characters: 2_001, sha256: 'ab' } };
  const after = { title: 'New', components: ['a', 'b'], ending: { kind: 'cancelled', author: 'Ann' }, rev: 2 };
  const bound = bindAudit(sha256, NO_LINK, [{ ...row, before: JSON.stringify(before), after: JSON.stringify(after) }]);
  await store.write(bound.map(insertAudit));
  const ctx = { store, clock: new VirtualClock(FIRST), actor: SYSTEM };
  expect(await auditEntry(ctx, 1)).toMatchObject({
    seq: 1,
    change: 'changed',
    fields: ['title', 'body', 'ending.kind', 'ending.author', 'rev'],
    differences: [
      { path: 'title', kind: 'changed', before: 'Old', after: 'New' },
      { path: 'components', kind: 'same', before: ['a', 'b'], after: ['a', 'b'] },
      { path: 'body', kind: 'removed', before: { characters: 2_001, sha256: 'ab' } },
      { path: 'ending.kind', kind: 'added', after: 'cancelled' },
      { path: 'ending.author', kind: 'added', after: 'Ann' },
      { path: 'rev', kind: 'added', after: 2 },
    ],
    rowHash: bound[0]?.rowHash,
  });
  expect(await auditEntry(ctx, 2)).toBeNull();
});

test.each([
  [{ colour: 'red' }, 'The audit is not searched by "colour". Use: actor, verb, subject, since, until, text, before.'],
  [{ since: 'monday' }, 'since is no instant: "monday". Write a day as 2026-11-28, or an instant as 2026-11-28T10:00-05:00.'],
  [{ before: '-1' }, 'before is no number of a row: "-1".'],
  [{ text: 'x'.repeat(201) }, 'text has more than 200 characters.'],
])('what is no search is refused with a sentence: %j', (asked, message) => {
  expect(refused(readAuditSearch(asked) as object)).toMatchObject({ code: 'bad_search', message });
});
