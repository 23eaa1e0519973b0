/** The verbs about indeterminate months and about claims, on a real store. What a month comes to is said by the test. */

import { describe, expect, test } from 'vitest';
import { readAdjudications } from '#db/queries/adjudications.ts';
import { readClaims } from '#db/queries/claims.ts';
import { type NewAdjudication, standingAdjudication } from '#domain/ledger/adjudicating.ts';
import type { NewClaim } from '#domain/ledger/claiming.ts';
import { adjudicateMonth } from '#monitor/actions/adjudicate-month.ts';
import { approveAdjudication } from '#monitor/actions/approve-adjudication.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { recordClaim } from '#monitor/actions/record-claim.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { verifyLedgerChain } from '#monitor/actions/verify-ledger-chain.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { accepted } from '../../support/accepted.ts';
import { NOON, openLedgerDesk, saying } from '../../support/ledger-desk.ts';
import { at, refused } from '../../support/maintenance-desk.ts';

const deciding = (more: Partial<NewAdjudication> = {}): NewAdjudication => ({
  contract: 'acme',
  month: '2026-10',
  decision: 'met',
  reason: 'The probe host was down, the service was not.',
  evidence: 'access.log of October',
  author: 'Ann',
  approvedBy: null,
  ...more,
});

describe('adjudicating a month', () => {
  test('takes two people: until the second approves, nothing stands', async () => {
    await using desk = await openLedgerDesk();
    const answer = accepted(await adjudicateMonth(desk.ledger, deciding()));
    const { id } = answer.adjudication;
    expect(answer).toMatchObject({ stands: false, warnings: [] });
    expect(answer.says).toEqual([
      `Recorded ${id}: 2026-10 of acme is to count as met.`,
      `It has no effect yet: a second person must approve it: \`avow adjudicate approve ${id} --as NAME\`.`,
    ]);
    desk.set('2026-11-27T13:00Z');
    const approved = accepted(await approveAdjudication(desk.ledger, id, { approvedBy: 'Ben' }));
    expect(approved).toMatchObject({ stands: true, adjudication: { approvedBy: 'Ben' } });
    expect(approved.says).toEqual([`Approved ${id}: 2026-10 of acme counts as met.`, 'Ann recorded it, and Ben approved it.']);
    const standing = async (when: string) =>
      standingAdjudication(await readAdjudications(desk.store, at(when)), 'acme', '2026-10')?.id ?? null;
    expect(await standing('2026-11-27T12:59:59.999Z')).toBeNull();
    expect(await standing('2026-11-27T13:00Z')).toBe(id);
    expect(standingAdjudication(await readAdjudications(desk.store, null), 'acme', '2026-09')).toBeNull();
    expect(await verifyLedgerChain(desk.store)).toMatchObject({ ok: true, links: 2 });
    expect(await desk.count("SELECT count(*) FROM events WHERE kind IN ('month_adjudicated', 'adjudication_approved')")).toBe(2);
  });

  test('the last recorded of those that are approved stands, whichever was approved last', async () => {
    await using desk = await openLedgerDesk();
    const first = accepted(await adjudicateMonth(desk.ledger, deciding())).adjudication.id;
    const second = accepted(await adjudicateMonth(desk.ledger, deciding({ decision: 'missed', approvedBy: 'Ben' })));
    expect(second).toMatchObject({ stands: true, adjudication: { decision: 'missed' } });
    const late = accepted(await approveAdjudication(desk.ledger, first, { approvedBy: 'Ben' }));
    expect(late).toMatchObject({
      stands: false,
      warnings: [
        { code: 'superseded', message: `${second.adjudication.id} was recorded later and is approved too; it decides the month.` },
      ],
    });
    accepted(await adjudicateMonth(desk.ledger, deciding()));
    expect(standingAdjudication(await readAdjudications(desk.store, null), 'acme', '2026-10')?.id).toBe(second.adjudication.id);
  });

  test.each([
    ['met', 'it is met'],
    ['missed', 'it is missed'],
    ['not_applicable', 'nothing of it was left to measure'],
  ] as const)('a month that is %s is not open to a decision', async (verdict, words) => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await adjudicateMonth(desk.ledger, deciding())).adjudication;
    desk.says(verdict);
    const message = `The evidence decides 2026-10 of acme: ${words}. Only an indeterminate month is adjudicated; \`avow override add\` corrects evidence.`;
    expect(refused(await adjudicateMonth(desk.ledger, deciding()))).toMatchObject({ code: 'not_indeterminate', message });
    expect(refused(await approveAdjudication(desk.ledger, id, { approvedBy: 'Ben' }))).toMatchObject({
      code: 'not_indeterminate',
      message,
    });
    expect(await desk.count('SELECT (SELECT count(*) FROM adjudications) + (SELECT count(*) FROM adjudication_approvals)')).toBe(1);
  });

  const refusals: readonly (readonly [string, Partial<NewAdjudication>, string, string])[] = [
    ['a month that is none', { month: '2026-13' }, 'bad_month', '"2026-13" is no month. Write it as 2026-04.'],
    ['a month with a day', { month: '2026-10-01' }, 'bad_month', '"2026-10-01" is no month. Write it as 2026-04.'],
    ['no reason', { reason: '' }, 'bad_text', 'The reason is empty. Say in words what readers should know.'],
    ['no evidence', { evidence: '\n' }, 'bad_text', 'The evidence is empty. Say in words what readers should know.'],
    ['the same person twice', { approvedBy: 'ann' }, 'same_person', 'Ann decided this; a second person must approve it.'],
  ];
  test.each(refusals.map(([what, more, code, message]) => ({ what, more, code, message })))(
    'refuses $what',
    async ({ more, code, message }) => {
      await using desk = await openLedgerDesk();
      expect(refused(await adjudicateMonth(desk.ledger, deciding(more)))).toMatchObject({ code, message });
      expect(await desk.count('SELECT count(*) FROM adjudications')).toBe(0);
    },
  );

  test('an approval is by another person, of what there is, and given once', async () => {
    await using desk = await openLedgerDesk();
    const { id } = accepted(await adjudicateMonth(desk.ledger, deciding())).adjudication;
    const approve = async (what: string, approvedBy: string) => refused(await approveAdjudication(desk.ledger, what, { approvedBy }));
    expect(await approve(id, 'ANN ')).toMatchObject({ code: 'same_person' });
    expect(await approve('nosuchthing2', 'Ben')).toMatchObject({
      code: 'unknown_adjudication',
      message: 'There is no adjudication nosuchthing2.',
    });
    accepted(await approveAdjudication(desk.ledger, id, { approvedBy: 'Ben' }));
    expect(await approve(id, 'Cleo')).toMatchObject({ code: 'already_approved', message: `${id} was approved by Ben before.` });
  });
});

test('what a month comes to is asked of the ledger: it runs, it is open to a decision, and evidence decides it', async () => {
  await using desk = await openLedgerDesk();
  const { ctx } = desk;
  const real = ledgerVerbContext({ store: desk.store, clock: ctx.clock, actor: SOCKET_OWNER, policy: ctx.policy });
  const november = deciding({ month: '2026-11', approvedBy: 'Ben' });
  expect(refused(await adjudicateMonth(real, november))).toMatchObject({
    code: 'month_runs',
    message: '2026-11 runs until Tue 2026-12-01 00:00 America/New_York (UTC-5); it is settled when it is over.',
  });
  expect(refused(await adjudicateMonth(real, deciding({ contract: 'late', month: '2026-02' }))).code).toBe('not_covered');
  expect(refused(await adjudicateMonth(real, deciding({ contract: 'acne' }))).code).toBe('unknown_contract');
  // Of November one morning was checked, and an hour of it was down: the rest could tip it.
  desk.set('2026-12-01T05:00Z');
  expect(accepted(await adjudicateMonth(real, november)).stands).toBe(true);
  // 13 000 000 ms more of it down, and not even the upper bound reaches 99.5 % of 721 h.
  const outage = { start: at('2026-11-02T00:00Z'), end: at('2026-11-02T03:36:40Z') };
  accepted(await recordOverride(ctx, { ...saying('down', '08:00', null), ...outage }));
  expect(refused(await adjudicateMonth(real, november))).toMatchObject({ code: 'not_indeterminate', facts: { verdict: 'missed' } });
});

const claiming = (more: Partial<NewClaim> = {}): NewClaim => ({
  contract: 'acme',
  month: '2026-02',
  receivedAt: at('2026-03-30T16:00-04:00'),
  note: 'By mail of their accounting.',
  author: 'Ann',
  ...more,
});

describe('a claim', () => {
  test('received before the deadline is in time, and one at the deadline is not', async () => {
    await using desk = await openLedgerDesk();
    const answer = accepted(await recordClaim(desk.ledger, claiming({ receivedAt: at('2026-03-31T03:59:59.999Z') })));
    expect(answer).toMatchObject({ required: true, inTime: true, deadline: at('2026-03-31T04:00:00.000Z'), warnings: [] });
    expect(answer.says).toEqual([
      `Recorded ${answer.claim.id}: 2026-02 of acme was claimed, received at Mon 2026-03-30 23:59:59 America/New_York (UTC-4).`,
      'It had to be received before Tue 2026-03-31 00:00 America/New_York (UTC-4), and was.',
    ]);
    const late = accepted(await recordClaim(desk.ledger, claiming({ receivedAt: at('2026-03-31T04:00:00.000Z') })));
    expect(late).toMatchObject({
      inTime: false,
      warnings: [{ code: 'too_late', message: 'It was received too late; it earns nothing, unless an earlier one was in time.' }],
    });
    const rows = await readClaims(desk.store, null);
    expect(rows.map(({ id }) => id).sort()).toEqual([answer.claim.id, late.claim.id].sort());
    expect(rows.find(({ id }) => id === answer.claim.id)).toEqual({
      ...claiming({ receivedAt: at('2026-03-31T03:59:59.999Z') }),
      authenticated: false,
      id: answer.claim.id,
      recordedAt: at(NOON),
    });
    expect(await readClaims(desk.store, at('2026-11-27T11:59:59.999Z'))).toEqual([]);
    expect(await desk.count("SELECT count(*) FROM events WHERE kind = 'claim_recorded'")).toBe(2);
  });

  test('that the contract does not ask for is recorded with a warning', async () => {
    await using desk = await openLedgerDesk();
    const answer = accepted(await recordClaim(desk.ledger, claiming({ contract: 'lax' })));
    expect(answer).toMatchObject({
      required: false,
      warnings: [{ code: 'not_required', message: 'lax asks for no claims: what a missed month gives back is owed without one.' }],
    });
    expect(answer.says).toHaveLength(2);
  });

  const refusals: readonly (readonly [string, Partial<NewClaim>, string, string])[] = [
    ['an unknown contract', { contract: 'acne' }, 'unknown_contract', 'There is no contract acne. Known: acme, late, lax.'],
    ['a month that is none', { month: '2026-2' }, 'bad_month', '"2026-2" is no month. Write it as 2026-04.'],
    ['a month that the contract does not cover', { contract: 'late' }, 'not_covered', 'The contract late does not cover 2026-02.'],
    [
      'what is still to come',
      { receivedAt: at('2026-11-27T12:00:00.001Z') },
      'in_the_future',
      '2026-11-27T12:00:00.001Z is still to come. A claim is recorded when it was received.',
    ],
    [
      'one from before the month',
      { receivedAt: at('2026-02-01T04:59:59.999Z') },
      'before_the_month',
      'The claim was received at 2026-02-01T04:59:59.999Z, before 2026-02 began at 2026-02-01T05:00:00.000Z.',
    ],
    ['no note', { note: '' }, 'bad_text', 'The note is empty. Say in words what readers should know.'],
  ];
  test.each(refusals.map(([what, more, code, message]) => ({ what, more, code, message })))(
    'refuses $what',
    async ({ more, code, message }) => {
      await using desk = await openLedgerDesk();
      expect(refused(await recordClaim(desk.ledger, claiming(more)))).toMatchObject({ code, message });
      expect(await desk.count('SELECT count(*) FROM claims')).toBe(0);
    },
  );
});
