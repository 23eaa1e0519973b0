/** The verbs about overrides on a real store, over a morning of checks: who may say what, what it changes, and when it counts. */

import { describe, expect, test } from 'vitest';
import { readLedgerRows } from '#db/queries/overrides.ts';
import type { Instant } from '#domain/time/instant.ts';
import { approveOverride } from '#monitor/actions/approve-override.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { revokeOverride } from '#monitor/actions/revoke-override.ts';
import { verifyLedgerChain } from '#monitor/actions/verify-ledger-chain.ts';
import { overridesView } from '#monitor/views/overrides.ts';
import { accepted } from '../../support/accepted.ts';
import { changed, hour, NOON, openLedgerDesk, saying, takingBack } from '../../support/ledger-desk.ts';
import { at, refused } from '../../support/maintenance-desk.ts';

const HALF = 1_800_000;
const rowsIn =
  'SELECT (SELECT count(*) FROM overrides) + (SELECT count(*) FROM override_revocations) + (SELECT count(*) FROM override_approvals)';

describe('recording', () => {
  test('downtime is added by one person, counts at once, and the answer says so in ms', async () => {
    await using desk = await openLedgerDesk();
    const answer = accepted(await recordOverride(desk.ctx, saying('down', '08:00', '08:30', { evidence: null })));
    expect(answer.override).toMatchObject({ needsApproval: false, inEffect: true, approvedBy: null, evidence: '', recordedAt: at(NOON) });
    expect(changed(answer)).toEqual([
      [HALF, 0, 0],
      [0, HALF, 0],
    ]);
    expect(answer.warnings).toEqual([]);
    expect(answer.says).toEqual([
      `Recorded ${answer.override.id}: checkout down, Fri 2026-11-27 03:00 to 03:30 America/New_York (UTC-5) = Fri 2026-11-27 08:00 to 08:30 UTC.`,
      'Over the 1800000 ms (30 min) that it speaks of: up 1800000 ms (30 min) before, 0 ms after; down 0 ms before, 1800000 ms (30 min) after.',
      'It is in effect: it takes nothing away, so one person is enough.',
    ]);
  });

  test('what takes downtime away has no effect until a second person approves, and the answer says what to type', async () => {
    await using desk = await openLedgerDesk();
    const answer = accepted(await recordOverride(desk.ctx, saying('up', '09:15', '09:45')));
    const { id } = answer.override;
    expect(answer.override).toMatchObject({ needsApproval: true, inEffect: false });
    expect(answer.says.slice(1)).toEqual([
      'Over the 1800000 ms (30 min) that it would change: up 0 ms before, 1800000 ms (30 min) after; down 1800000 ms (30 min) before, 0 ms after.',
      `It has no effect yet: it takes downtime or doubt away, so a second person must approve it: \`avow override approve ${id} --as NAME\`.`,
    ]);
    desk.set('2026-11-27T12:10Z');
    const approved = accepted(await approveOverride(desk.ctx, id, { approvedBy: ' Ben ' }));
    expect(approved.override).toMatchObject({ inEffect: true, approvedBy: 'Ben' });
    expect(approved.says.at(-1)).toBe('It is in effect: Ann recorded it, and Ben approved it.');
    expect(await verifyLedgerChain(desk.store)).toMatchObject({ ok: true, links: 2 });
    expect(await desk.count("SELECT count(*) FROM events WHERE kind LIKE 'override%'")).toBe(2);
  });

  test('with the second person at once, row and approval are one transaction', async () => {
    await using desk = await openLedgerDesk();
    const answer = accepted(await recordOverride(desk.ctx, saying('up', '09:15', '09:45', { approvedBy: 'Ben' })));
    expect(answer.override).toMatchObject({ needsApproval: true, inEffect: true, approvedBy: 'Ben' });
    expect(await desk.count(rowsIn)).toBe(2);
    expect((await verifyLedgerChain(desk.store)).links).toBe(2);
  });

  const weights: readonly (readonly [string, Parameters<typeof saying>, boolean])[] = [
    ['down said to be unknown', ['unknown', '09:15', '09:45'], true],
    ['unknown said to be up', ['up', '10:40', '10:50'], true],
    ['unknown said to be down', ['down', '10:40', '10:50'], false],
    ['up said to be unknown', ['unknown', '08:10', '08:20'], false],
    ['up said to be degraded', ['degraded', '08:10', '08:20'], false],
    ['slow said to be up: in the strict reading that was down', ['up', '11:10', '11:20'], true],
    ['down said to be degraded: up in the lenient reading', ['degraded', '09:15', '09:45'], true],
    ['an hour of which one minute was down', ['unknown', '08:01', '09:01'], true],
    ['the millisecond before the outage', ['unknown', '08:59:59.999', '09:00'], false],
  ];
  test.each(weights.map(([what, asked, needs]) => ({ what, asked, needs })))(
    '$what: needs a second person is $needs',
    async ({ asked, needs }) => {
      await using desk = await openLedgerDesk();
      const { override } = accepted(await recordOverride(desk.ctx, saying(...asked)));
      expect(override).toMatchObject({ needsApproval: needs, inEffect: !needs });
    },
  );

  test('the two readings of a slow answer are told apart', async () => {
    await using desk = await openLedgerDesk();
    const answer = accepted(await recordOverride(desk.ctx, saying('up', '11:10', '11:20')));
    expect(changed(answer)).toEqual([
      [600_000, 0, 0],
      [600_000, 0, 0],
    ]);
    expect(changed(answer, 'strict')).toEqual([
      [0, 600_000, 0],
      [600_000, 0, 0],
    ]);
    expect(answer.says.slice(1, 3)).toEqual([
      'Over the 600000 ms (10 min) that it would change: up 600000 ms (10 min) as before.',
      'Where slow counts as down: up 0 ms before, 600000 ms (10 min) after; down 600000 ms (10 min) before, 0 ms after.',
    ]);
  });

  test('with no end it runs until revoked, and what may take something away later says so', async () => {
    await using desk = await openLedgerDesk();
    const answer = accepted(await recordOverride(desk.ctx, saying('up', '11:45', null)));
    expect(answer.override).toMatchObject({ end: null, inEffect: true, needsApproval: false, passedMs: 900_000 });
    expect(answer.warnings.map(({ code }) => code)).toEqual(['changes_nothing', 'reaches_ahead']);
    expect(answer.says[0]).toContain('from Fri 2026-11-27 06:45 America/New_York (UTC-5) = Fri 2026-11-27 11:45 UTC until it is revoked.');
    const now = accepted(await recordOverride(desk.ctx, saying('down', '12:00', null, { evidence: null })));
    expect(now.says[1]).toBe('Nothing of its time has passed yet.');
  });

  test('of two rows within one millisecond the one recorded later wins, also after the clock was set back', async () => {
    await using desk = await openLedgerDesk();
    for (let i = 0; i < 5; i++)
      accepted(await recordOverride(desk.ctx, saying(i % 2 === 0 ? 'down' : 'unknown', '08:00', '08:30', { approvedBy: 'Ben' })));
    desk.set('2026-11-27T11:59Z');
    const last = accepted(await recordOverride(desk.ctx, saying('unknown', '08:00', '08:30', { approvedBy: 'Ben' })));
    expect(changed(last)).toEqual([
      [0, HALF, 0],
      [0, 0, HALF],
    ]);
    const times = (await readLedgerRows(desk.store, null)).map(({ recordedAt }) => recordedAt - at(NOON));
    expect(times).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('a component that is no longer watched keeps its ledger', async () => {
    await using desk = await openLedgerDesk();
    await desk.store.write([
      {
        sql: `INSERT INTO component_versions (component_id, recorded_at_ms, name, description, group_name, critical, position, quorum,
          definition_json, interval_ms, timeout_ms, hold_ms, confirmations, degraded_ms, removed)
          SELECT component_id, ?, name, description, group_name, critical, position, quorum, definition_json,
          interval_ms, timeout_ms, hold_ms, confirmations, degraded_ms, 1 FROM component_versions WHERE component_id = 1`,
        args: [hour('11:59')],
      },
    ]);
    expect(accepted(await recordOverride(desk.ctx, saying('down', '08:00', '08:30'))).override.inEffect).toBe(true);
  });

  const refusals: readonly (readonly [string, Parameters<typeof saying>, string, string])[] = [
    [
      'an unknown component',
      ['down', '08:00', '08:30', { component: 'chekcout' }],
      'unknown_component',
      'There is no component chekcout. Known: checkout, search.',
    ],
    [
      'no length',
      ['down', '08:30', '08:30'],
      'ends_before_it_starts',
      'The end, 2026-11-27T08:30:00.000Z, is not after the start, 2026-11-27T08:30:00.000Z.',
    ],
    [
      'a start to come',
      ['down', '12:00:00.001', null],
      'in_the_future',
      '2026-11-27T12:00:00.001Z is still to come. An override says what has happened; announce what is planned.',
    ],
    [
      'an end to come',
      ['down', '11:00', '12:00:00.001'],
      'in_the_future',
      'The end, 2026-11-27T12:00:00.001Z, is still to come. Leave --end out: it then runs until it is revoked.',
    ],
    ['no reason', ['down', '08:00', '08:30', { reason: ' ' }], 'bad_text', 'The reason is empty. Say in words what readers should know.'],
    ['no name', ['down', '08:00', '08:30', { author: '' }], 'bad_text', 'The name is empty. Say in words what readers should know.'],
    [
      'evidence that is empty',
      ['down', '08:00', '08:30', { evidence: '' }],
      'bad_text',
      'The evidence is empty. Say in words what readers should know.',
    ],
    [
      'to take downtime away without evidence',
      ['up', '09:15', '09:45', { evidence: null }],
      'no_evidence',
      'This takes downtime or doubt away. Say with --evidence what shows that it was so.',
    ],
    [
      'to reach ahead without evidence',
      ['unknown', '11:45', null, { evidence: null }],
      'no_evidence',
      'This has no end yet, and may take downtime or doubt away that is still to come. Say with --evidence what shows that it was so.',
    ],
    [
      'an approval of no evidence',
      ['down', '08:00', '08:30', { evidence: null, approvedBy: 'Ben' }],
      'no_evidence',
      'A second person approves evidence, and there is none. Say with --evidence what shows that it was so.',
    ],
    [
      'the same person twice',
      ['up', '09:15', '09:45', { approvedBy: ' ANN ' }],
      'same_person',
      'Ann records this; a second person must approve it.',
    ],
  ];
  test.each(refusals.map(([what, asked, code, message]) => ({ what, asked, code, message })))(
    'refuses $what',
    async ({ asked, code, message }) => {
      await using desk = await openLedgerDesk();
      expect(refused(await recordOverride(desk.ctx, saying(...asked)))).toMatchObject({ code, message });
      expect(await desk.count(rowsIn)).toBe(0);
      expect(
        await desk.count("SELECT (SELECT count(*) FROM ledger_chain) + (SELECT count(*) FROM events WHERE kind LIKE 'override%')"),
      ).toBe(0);
    },
  );
});

describe('approving', () => {
  test('refuses whoever recorded it, what is unknown, what has no evidence, and a second time', async () => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await recordOverride(desk.ctx, saying('up', '09:15', '09:45'))).override;
    const bare = accepted(await recordOverride(desk.ctx, saying('down', '08:00', '08:30', { evidence: null }))).override.id;
    const approve = async (what: string, approvedBy: string) => refused(await approveOverride(desk.ctx, what, { approvedBy }));
    expect(await approve(id, 'aNN')).toMatchObject({
      code: 'same_person',
      message: `Ann recorded ${id}; a second person must approve it.`,
    });
    expect(await approve('nosuchthing2', 'Ben')).toMatchObject({
      code: 'unknown_override',
      message: 'There is no override nosuchthing2. `avow override list` shows them all.',
    });
    expect(await approve(bare, 'Ben')).toMatchObject({
      code: 'recorded_without_evidence',
      message: `${bare} was recorded without evidence, so nobody can approve it. Record it again with some.`,
    });
    accepted(await approveOverride(desk.ctx, id, { approvedBy: 'Ben' }));
    expect(await approve(id, 'Cleo')).toMatchObject({ code: 'already_approved', message: `${id} was approved by Ben before.` });
  });

  test('what needs no approval may have one, with a word about it', async () => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await recordOverride(desk.ctx, saying('down', '08:00', '08:30'))).override;
    const answer = accepted(await approveOverride(desk.ctx, id, { approvedBy: 'Ben' }));
    expect(answer.warnings).toEqual([
      { code: 'needs_none', message: `${id} takes nothing away by now and needs no approval; it is kept.` },
    ]);
  });

  test('counts from its own time on: as of before, the row waits', async () => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await recordOverride(desk.ctx, saying('up', '09:15', '09:45'))).override;
    desk.set('2026-11-27T13:00Z');
    accepted(await approveOverride(desk.ctx, id, { approvedBy: 'Ben' }));
    const asOf = async (when: Instant) => (await readLedgerRows(desk.store, when, 'checkout')).map((row) => [row.id, row.approvedBy]);
    expect(await asOf(hour('11:59:59.999'))).toEqual([]);
    expect(await asOf(hour('12:00'))).toEqual([[id, null]]);
    expect(await asOf(hour('12:59:59.999'))).toEqual([[id, null]]);
    expect(await asOf(hour('13:00'))).toEqual([[id, 'Ben']]);
    expect(await readLedgerRows(desk.store, null, 'search')).toEqual([]);
  });
});

describe('revoking', () => {
  test('downtime that was added is taken away by two people only, and the checks speak again', async () => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await recordOverride(desk.ctx, saying('down', '08:00', '08:30'))).override;
    const answer = accepted(await revokeOverride(desk.ctx, takingBack(id)));
    const revocation = answer.override.id;
    expect(answer.override).toMatchObject({ kind: 'revocation', revokes: id, needsApproval: true, inEffect: false });
    expect(answer.says[0]).toMatch(new RegExp(`^Revoked ${revocation}: takes back ${id}, checkout down, `));
    expect(refused(await revokeOverride(desk.ctx, takingBack(id)))).toMatchObject({
      code: 'revocation_waits',
      message: `Ann has revoked ${id} already; it waits for a second person: \`avow override approve ${revocation} --as NAME\`.`,
    });
    const approved = accepted(await approveOverride(desk.ctx, revocation, { approvedBy: 'Ben' }));
    expect(changed(approved)).toEqual([
      [0, HALF, 0],
      [HALF, 0, 0],
    ]);
    expect(refused(await revokeOverride(desk.ctx, takingBack(id)))).toMatchObject({
      code: 'already_revoked',
      message: `${id} was revoked by Ann at Fri 2026-11-27 12:00 UTC. Record a new override instead.`,
    });
    expect(refused(await revokeOverride(desk.ctx, takingBack(revocation)))).toMatchObject({
      code: 'is_revocation',
      message: `${revocation} is itself a revocation, of ${id}. Record a new override instead.`,
    });
    const { overrides } = await overridesView(desk.ctx);
    expect(overrides.map(({ id: one, revokedBy, inEffect }) => [one, revokedBy, inEffect])).toEqual([
      [id, revocation, true],
      [revocation, null, true],
    ]);
  });

  test('time that was taken away comes back by one person, without evidence', async () => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await recordOverride(desk.ctx, saying('up', '09:15', '09:45', { approvedBy: 'Ben' }))).override;
    const answer = accepted(await revokeOverride(desk.ctx, takingBack(id, { evidence: null, author: 'Cleo' })));
    expect(answer.override).toMatchObject({ needsApproval: false, inEffect: true });
  });

  test('what waits may be withdrawn, and is not approved afterwards', async () => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await recordOverride(desk.ctx, saying('up', '09:15', '09:45'))).override;
    expect(accepted(await revokeOverride(desk.ctx, takingBack(id, { evidence: null }))).override.inEffect).toBe(true);
    expect(refused(await approveOverride(desk.ctx, id, { approvedBy: 'Ben' })).code).toBe('already_revoked');
  });

  test('refuses what is unknown, and to take downtime away without evidence', async () => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await recordOverride(desk.ctx, saying('down', '08:00', '08:30'))).override;
    expect(refused(await revokeOverride(desk.ctx, takingBack('nosuchthing2'))).code).toBe('unknown_override');
    expect(refused(await revokeOverride(desk.ctx, takingBack(id, { evidence: null }))).code).toBe('no_evidence');
    expect(await desk.count(rowsIn)).toBe(1);
  });
});

test('trap 22: 60 minutes down, minus 20, plus 5: the view leads from the checks to the figure, and back when all is revoked', async () => {
  await using desk = await openLedgerDesk();
  const less = accepted(await recordOverride(desk.ctx, saying('up', '09:10', '09:30', { approvedBy: 'Ben' }))).override.id;
  const more = accepted(await recordOverride(desk.ctx, saying('down', '10:00', '10:05'))).override.id;
  const whole = async () => {
    const probe = accepted(await recordOverride(desk.ctx, saying('down', '08:00', '10:30', { approvedBy: 'Ben' })));
    accepted(await revokeOverride(desk.ctx, takingBack(probe.override.id, { approvedBy: 'Ben' })));
    return probe.override.changes.lenient.before.downMs;
  };
  expect(await whole()).toBe(2_700_000);
  for (const id of [less, more]) accepted(await revokeOverride(desk.ctx, takingBack(id, { approvedBy: 'Ben' })));
  expect(await whole()).toBe(3_600_000);
  expect((await verifyLedgerChain(desk.store)).ok).toBe(true);
});
