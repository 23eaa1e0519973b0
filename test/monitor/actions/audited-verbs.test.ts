/** What every verb leaves in the audit, and whose name it writes. */
import { describe, expect, test } from 'vitest';
import { readAdjudications } from '#db/queries/adjudications.ts';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readLedgerRows } from '#db/queries/overrides.ts';
import type { Store } from '#db/store.ts';
import type { OverrideAnswer } from '#domain/ledger/override-answer.ts';
import { adjudicateMonth } from '#monitor/actions/adjudicate-month.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { approveAdjudication } from '#monitor/actions/approve-adjudication.ts';
import { approveImport } from '#monitor/actions/approve-import.ts';
import { approveOverride } from '#monitor/actions/approve-override.ts';
import { askGate } from '#monitor/actions/ask-gate.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { importMaintenance } from '#monitor/actions/import-maintenance.ts';
import { markTested } from '#monitor/actions/mark-tested.ts';
import { openIncident } from '#monitor/actions/open-incident.ts';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { recordClaim } from '#monitor/actions/record-claim.ts';
import { recordDeployment } from '#monitor/actions/record-deployment.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { resolveIncident } from '#monitor/actions/resolve-incident.ts';
import { revokeOverride } from '#monitor/actions/revoke-override.ts';
import type { Actor } from '#monitor/context.ts';
import { accepted } from '../../support/accepted.ts';
import { NOON, openLedgerDesk, saying, takingBack } from '../../support/ledger-desk.ts';
import { asking, at, openDesk, refused } from '../../support/maintenance-desk.ts';
import { drafting } from '../../support/release-desk.ts';

const person = (name: string): Actor => ({
  kind: 'person',
  id: `id-${name}`,
  name,
  from: '192.0.2.7',
  requestId: 'r1',
  reach: 'every customer',
});
const as = <C extends object>(ctx: C, name: string) => ({ ...ctx, actor: person(name) });

const auditOf = async (store: Store) => {
  const { rows } = await store.read({
    sql: 'SELECT actor_kind, actor_name, from_address, verb, subject, before_json, after_json FROM audit ORDER BY seq',
  });
  const json = (text: unknown) => (text === null ? null : (JSON.parse(String(text)) as Record<string, unknown>));
  return rows.map(([kind, name, from, verb, subject, before, after]) => ({
    actor: `${String(kind)} ${String(name)}`,
    from,
    verb,
    subject,
    before: json(before),
    after: json(after),
  }));
};
const FRIDAY = '2026-11-27T14:00Z';
const historic = {
  window: { start: at('2026-10-03T14:00Z'), end: at('2026-10-03T15:00Z') },
  announcedAt: at('2026-10-01T12:00Z'),
  title: 'Old window',
  body: 'From a mail.',
  components: '*' as const,
};

describe('whose name is written', () => {
  test('is that of whoever signed in, also where the request names nobody', async () => {
    await using desk = await openDesk(FRIDAY);
    const { announcement } = accepted(await announceMaintenance(as(desk.ctx, 'Ann'), asking('10:00', '12:00', { author: null })));
    accepted(await editMaintenance(as(desk.ctx, 'Ben'), announcement.id, { title: 'Larger disks', author: ' ben ' }));
    accepted(await cancelMaintenance(as(desk.ctx, 'Cleo'), announcement.id, { author: null }));
    const [fact] = await readAnnouncements(desk.store);
    expect(fact).toMatchObject({
      author: 'Ann',
      authenticated: true,
      revisions: [
        { author: 'Ann', authenticated: true },
        { author: 'Ben', authenticated: true },
      ],
      ending: { author: 'Cleo', authenticated: true },
    });
  });

  test('is never another, and the refusal says so', async () => {
    await using desk = await openDesk(FRIDAY);
    const answer = refused(await announceMaintenance(as(desk.ctx, 'Ann'), asking('10:00', '12:00', { author: 'Ben' })));
    expect(answer).toMatchObject({
      code: 'not_your_name',
      message: 'You are signed in as Ann, and the request names Ben. Leave the name out, or let them sign in themselves.',
    });
    expect(await readAnnouncements(desk.store)).toEqual([]);
    expect(await auditOf(desk.store)).toEqual([]);
  });

  test('is at the socket what somebody says of themselves', async () => {
    await using desk = await openDesk(FRIDAY);
    accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00')));
    expect((await readAnnouncements(desk.store))[0]).toMatchObject({ author: 'Ann', authenticated: false });
    expect(await auditOf(desk.store)).toMatchObject([{ actor: 'socket the owner of the data folder', after: { author: 'Ann' } }]);
  });

  test('must be said at the socket where somebody has to answer for it', async () => {
    await using desk = await openLedgerDesk();
    const nameless = { ...saying('up', '09:15', '09:45'), author: null };
    expect(refused(await recordOverride(desk.ledger, nameless))).toMatchObject({ code: 'no_name' });
    expect(refused(await importMaintenance(desk.ctx, { ...historic, author: null }))).toMatchObject({ code: 'no_name' });
    expect(accepted(await recordOverride(as(desk.ledger, 'Ann'), nameless)).override).toMatchObject({ author: 'Ann', authenticated: true });
  });

  test('a second person approves in person, and is somebody else', async () => {
    await using desk = await openLedgerDesk();
    const ann = as(desk.ledger, 'Ann');
    const asked = { ...saying('up', '09:15', '09:45'), author: null };
    expect(refused(await recordOverride(ann, { ...asked, approvedBy: 'Ben' }))).toMatchObject({ code: 'second_person_signs' });
    const { id } = accepted(await recordOverride(ann, asked)).override;
    expect(refused(await approveOverride(ann, id, { approvedBy: null }))).toMatchObject({ code: 'same_person' });
    expect(refused(await approveOverride(ann, id, { approvedBy: 'Ben' }))).toMatchObject({ code: 'not_your_name' });
    const approved = accepted<OverrideAnswer>(await approveOverride(as(desk.ledger, 'Ben'), id, { approvedBy: null }));
    expect(approved.override).toMatchObject({ authenticated: true, approvedBy: 'Ben', approvalAuthenticated: true, inEffect: true });
    expect(await readLedgerRows(desk.store, null)).toMatchObject([{ authenticated: true, approvalAuthenticated: true }]);
  });

  test('an adjudication and a historic import have theirs too', async () => {
    await using desk = await openLedgerDesk();
    const asked = {
      contract: 'acme',
      month: '2026-10',
      decision: 'met' as const,
      reason: 'r',
      evidence: 'e',
      author: null,
      approvedBy: null,
    };
    const { adjudication } = accepted(await adjudicateMonth(as(desk.ledger, 'Ann'), asked));
    accepted(await approveAdjudication(as(desk.ledger, 'Ben'), adjudication.id, { approvedBy: null }));
    expect(await readAdjudications(desk.store, null)).toMatchObject([
      { author: 'Ann', authenticated: true, approvedBy: 'Ben', approvalAuthenticated: true },
    ]);
    const { announcement } = accepted(await importMaintenance(as(desk.ctx, 'Ann'), { ...historic, author: null }));
    accepted(await approveImport(as(desk.ctx, 'Ben'), announcement.id, { approvedBy: null, evidence: 'the mail' }));
    expect((await readAnnouncements(desk.store))[0]?.approval).toMatchObject({ approvedBy: 'Ben', authenticated: true });
  });

  test('the gate takes an emergency from whoever signed in, with another as the second person', async () => {
    await using desk = await openDesk(FRIDAY);
    accepted(await draftRelease(as(desk.ctx, 'Ann'), drafting('4.2.0', { author: null })));
    accepted(await publishNotes(as(desk.ctx, 'Ann'), { version: '4.2.0', at: null, author: null }));
    const ask = (approvedBy: string) =>
      askGate(as(desk.ctx, 'Ann'), { version: '4.2.0', emergency: { reason: 'Orders fail.', approvedBy, author: null } });
    expect(await ask('Ben')).toMatchObject({ allowed: true, code: 'emergency' });
    expect(await ask('ANN')).toMatchObject({ allowed: false, code: 'emergency_incomplete' });
  });
});

describe('the audit', () => {
  test('tells of an announcement what was said before and after, revision by revision, with who said it from where', async () => {
    await using desk = await openDesk(FRIDAY);
    const { id } = accepted(await announceMaintenance(as(desk.ctx, 'Ann'), asking('10:00', '12:00', { author: null }))).announcement;
    accepted(await editMaintenance(as(desk.ctx, 'Ben'), id, { to: '13:00', author: null }));
    const rows = await auditOf(desk.store);
    expect(rows).toMatchObject([
      { actor: 'person Ann', from: '192.0.2.7', verb: 'maintenance.announce', subject: `maintenance/${id}`, before: null },
      { actor: 'person Ben', from: '192.0.2.7', verb: 'maintenance.edit', subject: `maintenance/${id}` },
    ]);
    expect(rows[1]?.before).toEqual(rows[0]?.after);
    expect(rows[1]?.before).toMatchObject({ rev: 1, end: '2026-11-28T17:00:00.000Z', author: 'Ann' });
    expect(rows[1]?.after).toMatchObject({ rev: 2, end: '2026-11-28T18:00:00.000Z', author: 'Ben' });
  });

  test('has one row for every verb', async () => {
    await using desk = await openLedgerDesk();
    const { ctx, ledger } = desk;
    const opened = accepted(
      await openIncident(ctx, {
        title: 'Slow',
        body: 'We look.',
        status: null,
        impacts: [{ component: 'checkout', impact: 'degraded' }],
        author: 'Ann',
      }),
    );
    accepted(await resolveIncident(ctx, opened.incident.id, { body: 'Over.', author: 'Ann' }));
    accepted(await draftRelease(ctx, drafting('4.2.0')));
    accepted(await markTested(ctx, { version: '4.2.0', at: null, author: 'Ann' }));
    accepted(await publishNotes(ctx, { version: '4.2.0', at: null, author: 'Ann' }));
    accepted(await recordDeployment(ctx, { version: '4.2.0', at: null, kind: 'deploy', emergency: null, author: 'Ann' }));
    const down = accepted(await recordOverride(ledger, saying('down', '08:15', '08:30'))).override.id;
    accepted(await revokeOverride(ledger, takingBack(down)));
    const received = at(NOON);
    const claim = accepted(
      await recordClaim(ledger, { contract: 'acme', month: '2026-10', receivedAt: received, note: 'n', author: 'Ann' }),
    );
    expect((await auditOf(desk.store)).map(({ verb, subject }) => `${String(verb)} ${String(subject)}`)).toEqual([
      // Avow itself, of the outage that the desk begins with.
      expect.stringMatching(/^incident\.tell incident\//),
      expect.stringMatching(/^incident\.tell incident\//),
      `incident.open incident/${opened.incident.id}`,
      `incident.resolve incident/${opened.incident.id}`,
      'release.draft release/4.2.0',
      'release.test release/4.2.0',
      'release.publish release/4.2.0',
      'release.deploy release/4.2.0',
      `override.record override/${down}`,
      `override.revoke override/${down}`,
      `claim.record claim/${claim.claim.id}`,
    ]);
  });

  test('tells a long text by its length and hash', async () => {
    await using desk = await openDesk(FRIDAY);
    accepted(await draftRelease(desk.ctx, drafting('4.2.0', { notes: 'x'.repeat(2_001) })));
    accepted(await draftRelease(desk.ctx, drafting('4.2.0', { title: null, notes: 'x'.repeat(2_000) })));
    const [first, second] = await auditOf(desk.store);
    expect(first?.after?.['notes']).toMatchObject({ notes: { characters: 2_001, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(second?.after?.['notes']).toMatchObject({ rev: 2, notes: 'x'.repeat(2_000) });
  });

  test('a verb whose transaction fails leaves no row, and one that is refused neither', async () => {
    await using desk = await openDesk(FRIDAY);
    refused(await editMaintenance(desk.ctx, 'nothing', { title: 'x', author: 'Ann' }));
    await desk.store.write([{ sql: "CREATE TRIGGER planted BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'planted'); END" }]);
    await expect(announceMaintenance(desk.ctx, asking('10:00', '12:00'))).rejects.toThrow('planted');
    expect(await readAnnouncements(desk.store)).toEqual([]);
    expect(await auditOf(desk.store)).toEqual([]);
  });
});
