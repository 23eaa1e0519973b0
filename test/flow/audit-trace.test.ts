/**
 * An auditor follows one excluded second: from the report that left it out, to the announcement that its line names, to the person who
 * made it, from where, at what minute, and to everything that was changed of it afterwards; and finds that the record of it is whole.
 */
import { expect, test } from 'vitest';
import { readAuditSearch } from '#domain/access/audit-search.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { bindLaterRows } from '#monitor/actions/bind-later-rows.ts';
import { type CloseAnswer, closeMonth } from '#monitor/actions/close-month.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { verifyRecords } from '#monitor/actions/verify-records.ts';
import { type Actor, SYSTEM } from '#monitor/context.ts';
import { auditEntry } from '#monitor/views/audit-entry.ts';
import { auditPage } from '#monitor/views/audit-page.ts';
import { reportPage } from '#monitor/views/report-pages.ts';
import { accepted } from '../support/accepted.ts';
import { at } from '../support/maintenance-desk.ts';
import { openMonthsDesk } from '../support/months-desk.ts';

const person = (name: string, from: string): Actor => ({
  kind: 'person',
  id: `p-${name}`,
  name,
  from,
  requestId: `req-${name}`,
  reach: 'every customer',
});
/** Saturday 17 October 2026, 10:30 in New York: a second inside the window. */
const SECOND = at('2026-10-17T14:30:00Z');

test('from a second that the report leaves out to the person and the minute it was announced, and to each later word', async () => {
  await using desk = await openMonthsDesk('2026-09-28T00:00:00Z', '2026-11-06T00:00:00Z');
  const { ctx, store, config } = desk;
  desk.set('2026-10-12T08:00:00Z');
  await bindEarlierRows({ ...ctx, actor: SYSTEM });
  await bindLaterRows({ ...ctx, actor: SYSTEM });
  const as = (actor: Actor) => ({ store, clock: ctx.clock, policy: config.policy, actor });
  desk.set('2026-10-12T08:15:00Z');
  const words = { title: 'Larger disks', body: 'Sign-in is away.', components: '*' as const, author: null };
  const asked = { window: { slot: '2026-10-17', from: '10:00', to: '11:00' }, ...words };
  const { id } = accepted(await announceMaintenance(as(person('Ann', '192.0.2.7')), asked)).announcement;
  desk.set('2026-10-13T09:30:00Z');
  accepted(await editMaintenance(as(person('Ben', '192.0.2.8')), id, { to: '12:00', author: null }));
  desk.set('2026-10-17T15:00:00Z');
  accepted(await completeMaintenance(as(person('Cleo', '2001:db8::9')), id, { author: null }));
  desk.set('2026-11-05T00:00:00Z');
  const closed = accepted(await closeMonth({ ...ctx, actor: person('Dora', '192.0.2.1') }, { month: '2026-10', only: ['north-main'] }));
  expect((closed as CloseAnswer).contracts).toMatchObject([{ outcome: 'final' }]);

  // The report: which line leaves the second out, and whom the line names.
  const page = await reportPage(ctx, '2026-10', 'north-main', { revision: null, whatIf: [] });
  const { exclusions, announcements, notes } = (page as { readonly document: ReportDocument }).document;
  // Everybody signed in, so nothing is said of names that nobody had to prove.
  expect(notes.join(' ')).not.toContain('names of people');
  const within = (line: { readonly start: string; readonly end: string }): boolean =>
    Number(instantOfIso(line.start)) <= SECOND && SECOND < Number(instantOfIso(line.end));
  const line = exclusions.find(within);
  expect(line?.announcements).toMatchObject([{ id, rev: 2 }]);
  const named = announcements.find((one) => one.id === id);
  expect(named?.revisions).toMatchObject([
    { rev: 1, announced_at: '2026-10-12T08:15:00.000Z', author: 'Ann' },
    { rev: 2, announced_at: '2026-10-13T09:30:00.000Z', author: 'Ben' },
  ]);

  // The audit by that announcement: each word that was said of it, by whom, from where, when.
  const search = readAuditSearch({ subject: `maintenance/${id}` });
  if ('refused' in search) throw new Error('the search was refused');
  const { lines } = await auditPage({ store, clock: ctx.clock, actor: SYSTEM }, search);
  expect(
    lines
      .toReversed()
      .map(({ at: when, verb, actorName, actorKind, from, requestId }) => [when, verb, actorKind, actorName, from, requestId]),
  ).toEqual([
    [at('2026-10-12T08:15:00Z'), 'maintenance.announce', 'person', 'Ann', '192.0.2.7', 'req-Ann'],
    [at('2026-10-13T09:30:00Z'), 'maintenance.edit', 'person', 'Ben', '192.0.2.8', 'req-Ben'],
    [at('2026-10-17T15:00:00Z'), 'maintenance.complete', 'person', 'Cleo', '2001:db8::9', 'req-Cleo'],
  ]);
  const edit = await auditEntry({ store, clock: ctx.clock, actor: SYSTEM }, lines[1]?.seq ?? 0);
  expect(edit?.differences).toContainEqual({
    path: 'end',
    kind: 'changed',
    before: '2026-10-17T15:00:00.000Z',
    after: '2026-10-17T16:00:00.000Z',
  });

  // Who made the report final, and that nothing of all this was touched since.
  const report = readAuditSearch({ subject: 'report/north-main/2026-10' });
  if ('refused' in report) throw new Error('the search was refused');
  expect((await auditPage({ store, clock: ctx.clock, actor: SYSTEM }, report)).lines).toMatchObject([
    { verb: 'report.close', actorName: 'Dora' },
  ]);
  expect(await verifyRecords({ store })).toMatchObject({ ok: true, faults: [] });
});
