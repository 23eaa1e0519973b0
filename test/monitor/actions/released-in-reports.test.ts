/** Releases in the month report: those deployed in the period, known as of the report, flagged for ever. */

import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { closeMonth } from '#monitor/actions/close-month.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { recordDeployment } from '#monitor/actions/record-deployment.ts';
import { reviseReports } from '#monitor/actions/revise-reports.ts';
import { scheduleRelease } from '#monitor/actions/schedule-release.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { reportFiles } from '#monitor/views/report-files.ts';
import { accepted } from '../../support/accepted.ts';
import { asking, at } from '../../support/maintenance-desk.ts';
import { type MonthsDesk, openMonthsDesk } from '../../support/months-desk.ts';
import { drafting } from '../../support/release-desk.ts';

const FILE = `
policy: { unknown: down }
customers:
  - { id: north, name: North Lines }
contracts:
  - { id: north-main, customer: north, currency: USD, monthly_fee: "5000.00", from: 2026-01-01 }
components:
  - { name: App, http: "http://127.0.0.1:9/", interval: 1h }
`;
const verbs = ({ store, ctx, config }: MonthsDesk) => ({ store, clock: ctx.clock, actor: SOCKET_OWNER, policy: config.policy });
const deployed = (desk: MonthsDesk, version: string, when: string, more: object = {}) =>
  recordDeployment(verbs(desk), { version, at: at(when), kind: 'deploy', emergency: null, author: 'Ann', ...more });
const documents = async ({ ctx }: MonthsDesk, month = '2026-10'): Promise<ReportDocument[]> =>
  accepted(await reportFiles(ctx, { month, only: null, revision: null })).map((one) => one.document);

describe('the report of a month', () => {
  it('lists what went to production in it, and a deployment that is recorded later makes a revision', async () => {
    await using desk = await openMonthsDesk('2026-10-15T00:00:00Z', '2026-10-15T12:00:00Z', FILE);
    const ctx = verbs(desk);
    const { announcement } = accepted(await announceMaintenance(ctx, asking('10:00', '12:00', { slot: '2026-10-17' })));
    accepted(await draftRelease(ctx, drafting('4.2.0')));
    accepted(await publishNotes(ctx, { version: '4.2.0', at: null, author: 'Ann' }));
    accepted(await scheduleRelease(ctx, { version: '4.2.0', window: announcement.id, at: null, author: 'Ann' }));
    desk.set('2026-11-01T12:00:00Z');
    accepted(await deployed(desk, '4.2.0', '2026-10-17T14:30:00Z'));
    accepted(await deployed(desk, '4.2.1', '2026-10-27T03:35:00Z', { emergency: { reason: 'Data loss', approvedBy: 'Ben' } }));
    // The first instant of November in New York, and the last one before it.
    accepted(await deployed(desk, '4.2.2', '2026-11-01T03:59:59.999Z'));
    accepted(await deployed(desk, '4.2.3', '2026-11-01T04:00:00.000Z'));
    const listed = [
      {
        version: '4.2.0',
        kind: 'standard',
        notes_published_at: '2026-10-15T12:00:00.000Z',
        deployed_at: '2026-10-17T14:30:00.000Z',
        announcement: announcement.id,
        outside_window: false,
      },
      {
        version: '4.2.1',
        kind: 'standard',
        notes_published_at: null,
        deployed_at: '2026-10-27T03:35:00.000Z',
        announcement: null,
        outside_window: true,
      },
      {
        version: '4.2.2',
        kind: 'standard',
        notes_published_at: null,
        deployed_at: '2026-11-01T03:59:59.999Z',
        announcement: null,
        outside_window: true,
      },
    ];
    expect((await documents(desk))[0]?.releases).toEqual(listed);

    desk.set('2026-11-05T00:00:00Z');
    const closed = accepted(await closeMonth(desk.ctx, { month: '2026-10', only: null }));
    expect(closed.contracts.map(({ outcome }) => outcome)).toEqual(['final']);
    const round = await reviseReports(desk.ctx, null);
    expect(round.revised).toEqual([]);
    desk.set('2027-02-10T00:00:00Z');
    expect((await reviseReports(desk.ctx, round.mark)).revised).toEqual([]);
    accepted(await deployed(desk, '4.2.4', '2026-10-30T00:00:00Z'));
    const next = await reviseReports(desk.ctx, round.mark);
    expect(next.revised).toHaveLength(1);
    expect(next.revised[0]?.changes.join(' ')).toContain('4.2.4');
  });
});
