/** Months of which something was different on the way: taken out of the file, read twice, imported, corrected across their edge. */
import { describe, expect, it } from 'vitest';
import { readRevisions } from '#db/queries/reports.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { HOUR } from '#domain/time/instant.ts';
import { approveImport } from '#monitor/actions/approve-import.ts';
import { closeMonth } from '#monitor/actions/close-month.ts';
import { importMaintenance } from '#monitor/actions/import-maintenance.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { reportFiles } from '#monitor/views/report-files.ts';
import { accepted } from '../../support/accepted.ts';
import { at } from '../../support/maintenance-desk.ts';
import { type MonthsDesk, openMonthsDesk } from '../../support/months-desk.ts';

const APP = '{ name: App, http: "http://127.0.0.1:9/", interval: 1h }';
const FILES = '{ name: Files, http: "http://127.0.0.1:9/", interval: 1h }';
const file = (contracts: readonly string[], components: readonly string[]): string =>
  [
    'customers:',
    '  - { id: north, name: North Lines }',
    contracts.length === 0 ? '' : 'contracts:',
    ...contracts.map((one) => `  - { customer: north, currency: USD, monthly_fee: "5000.00", from: 2026-01-01, ${one} }`),
    'components:',
    ...components.map((one) => `  - ${one}`),
  ].join('\n');

const documents = async ({ ctx }: MonthsDesk, month: string): Promise<ReportDocument[]> =>
  accepted(await reportFiles(ctx, { month, only: null, revision: null })).map((one) => one.document);
const only = async (desk: MonthsDesk, month: string): Promise<ReportDocument> => {
  const [document, ...more] = await documents(desk, month);
  if (!document || more.length > 0) throw new Error(`${month} has ${more.length} reports more than one`);
  return document;
};
const close = async ({ ctx }: MonthsDesk, month: string) =>
  accepted(await closeMonth(ctx, { month, only: null })).contracts.map((one) => `${one.contract} ${one.outcome}`);

describe('what is taken out of the file', () => {
  it('keeps its ledger: the month of a contract that ended, with its component, has the figures it had', async () => {
    const kept = [FILES.replace('}', ', critical: false }')];
    const ended = file(['id: old, to: 2026-10-15, components: [app], critical: [app]'], [APP, ...kept]);
    await using desk = await openMonthsDesk('2026-09-28T00:00:00Z', '2026-10-20T00:00:00Z', ended);
    const before = await only(desk, '2026-10');
    await desk.apply(file([], kept));
    desk.set('2026-11-05T00:00:00Z');
    expect(await close(desk, '2026-10')).toEqual(['old final']);
    const after = await only(desk, '2026-10');
    expect(after.figures).toEqual(before.figures);
    expect(after.credit).toEqual(before.credit);
    expect(after.period).toMatchObject({ end: '2026-10-16T04:00:00.000Z' });
  });

  it('a component that is given up within the month is unknown until its end, and never up', async () => {
    const both = 'id: north-main, components: [app, files], critical: [app, files]';
    await using desk = await openMonthsDesk('2026-09-28T00:00:00Z', '2026-10-20T00:00:00Z', file([both], [APP, FILES]));
    await desk.apply(file([`${both}, amendments: [{ from: 2026-11, components: [app], critical: [app] }]`], [APP]));
    desk.set('2026-11-05T00:00:00Z');
    const { figures, unknown } = await only(desk, '2026-10');
    expect(unknown.at(-1)).toMatchObject({ end: '2026-11-01T04:00:00.000Z' });
    expect(unknown.at(-1)?.components.map(({ id }) => id)).toContain('files');
    expect(figures.unknown_ms).toBeGreaterThanOrEqual(at('2026-11-01T04:00:00Z') - at('2026-10-20T02:00:00Z') - HOUR);
    expect(figures).toMatchObject({ verdict: 'indeterminate' });
  });
});

it('two contracts of one customer read the same slow hour each by its own words', async () => {
  const contracts = [
    'id: lenient, components: [app], critical: [app], count_degraded: false',
    'id: strict, components: [app], critical: [app], count_degraded: true',
  ];
  await using desk = await openMonthsDesk('2026-09-28T00:00:00Z', '2026-11-05T00:00:00Z', file(contracts, [APP]));
  const verbs = ledgerVerbContext({ ...desk.ctx, policy: desk.config.policy });
  const downtime = async () => (await documents(desk, '2026-10')).map(({ figures }) => figures.downtime_ms);
  const before = await downtime();
  const slow = { component: 'app', state: 'degraded', reason: 'Pages took a minute.', evidence: 'Ticket 5.', author: 'Ann' } as const;
  const hours = { start: at('2026-10-15T00:00:00Z'), end: at('2026-10-15T06:00:00Z') };
  accepted(await recordOverride(verbs, { ...slow, ...hours, approvedBy: 'Bob' }));
  const [lenient, strict] = await downtime();
  expect(strict).toBe((before[1] ?? 0) + 6 * HOUR);
  expect(lenient).toBe(before[0]);
});

it('an import that a second person approves after the month is final makes the next revision, and the report marks it', async () => {
  await using desk = await openMonthsDesk('2026-09-28T00:00:00Z', '2026-11-05T00:00:00Z', file(['id: k, components: [app]'], [APP]));
  const maintenance = { ...desk.ctx, policy: desk.config.policy };
  const window = { start: at('2026-10-10T14:00:00Z'), end: at('2026-10-10T16:00:00Z') };
  const words = { window, title: 'Before Avow', body: 'By mail.', components: '*', author: 'Ann' } as const;
  const { announcement } = accepted(await importMaintenance(maintenance, { ...words, announcedAt: at('2026-10-01T00:00:00Z') }));
  expect(await close(desk, '2026-10')).toEqual(['k final']);
  const first = await only(desk, '2026-10');
  expect(first.figures.excluded_ms).toBe(0);
  expect(first.refused.map(({ reason, ms }) => [reason, ms])).toEqual([['unapproved_import', 2 * HOUR]]);
  desk.set('2026-11-06T00:00:00Z');
  accepted(await approveImport(maintenance, announcement.id, { approvedBy: 'Bob', evidence: 'The mail of 1 October.' }));
  desk.set('2026-11-06T01:00:00Z');
  expect(await close(desk, '2026-10')).toEqual(['k revised']);
  const second = await only(desk, '2026-10');
  expect(second.figures.excluded_ms + second.refused.reduce((sum, { ms }) => sum + ms, 0)).toBe(2 * HOUR);
  expect(second.announcements).toMatchObject([{ imported: true, import_approved_by: 'Bob' }]);
  expect((await readRevisions(desk.store, 'k', '2026-10')).map(({ revision }) => revision)).toEqual([1, 2]);
});

it('one override across the edge of two months is an adjustment of both, each with its own part', async () => {
  await using desk = await openMonthsDesk('2026-09-28T00:00:00Z', '2026-11-05T00:00:00Z', file(['id: k, components: [app]'], [APP]));
  const verbs = ledgerVerbContext({ ...desk.ctx, policy: desk.config.policy });
  const edge = at('2026-11-01T04:00:00Z');
  const down = {
    component: 'app',
    state: 'down',
    reason: 'Nobody could sign in.',
    evidence: null,
    author: 'Ann',
    approvedBy: null,
  } as const;
  accepted(await recordOverride(verbs, { ...down, start: at('2026-11-01T01:00:00Z'), end: at('2026-11-01T06:00:00Z') }));
  const parts = await Promise.all(['2026-10', '2026-11'].map((month) => only(desk, month)));
  const lines = parts.map(({ downtime }) => downtime.filter(({ override }) => override !== null));
  expect(lines.map((own) => own.map(({ start, end, ms }) => [at(start), at(end), ms]))).toEqual([
    [[at('2026-11-01T01:00:00Z'), edge, 3 * HOUR]],
    [[edge, at('2026-11-01T06:00:00Z'), 2 * HOUR]],
  ]);
  for (const { adjustments, figures } of parts)
    expect(adjustments).toMatchObject([{ in_effect: true, needs_approval: false, after: { downtime_ms: figures.downtime_ms } }]);
});
