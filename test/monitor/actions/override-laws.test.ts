/**
 * What holds whatever people add to the ledger: random deeds against the real store, judged minute by minute by arithmetic that
 * shares nothing with the product. The seed is AVOW_TEST_SEED or the one written here; a failing case shows its deeds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OverrideView } from '#domain/ledger/override-account.ts';
import type { OverrideAnswer } from '#domain/ledger/override-answer.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { approveOverride } from '#monitor/actions/approve-override.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { revokeOverride } from '#monitor/actions/revoke-override.ts';
import { verifyLedgerChain } from '#monitor/actions/verify-ledger-chain.ts';
import { overridesView } from '#monitor/views/overrides.ts';
import { hour, type LedgerDesk, openLedgerDesk, saying, takingBack } from '../../support/ledger-desk.ts';
import { testRuns, testSeed } from '../../support/seeded.ts';

const MINUTES = 240;
const READINGS = ['lenient', 'strict'] as const;
type Reading = (typeof READINGS)[number];
type State = 'up' | 'down' | 'unknown';
const RANK: Record<State, number> = { up: 0, unknown: 1, down: 2 };

/** The morning of `recordMorning`, half a minute into each minute. */
const checked = (minute: number, reading: Reading): State => {
  if (minute >= 60 && minute < 120) return 'down';
  if (minute >= 152 && minute < 180) return 'unknown';
  if (minute === 151) return 'up';
  return reading === 'strict' && minute >= 180 && minute < 210 ? 'down' : 'up';
};
const told = (views: readonly OverrideView[], reading: Reading): State[] =>
  Array.from({ length: MINUTES }, (_, minute) => {
    const at = hour('08:00') + minute * 60_000 + 15_000;
    const counting = views.filter(
      (one) => one.kind === 'override' && one.inEffect && one.revokedBy === null && one.start <= at && (one.end ?? at + 1) > at,
    );
    const last = counting.at(-1);
    if (!last) return checked(minute, reading);
    return last.state === 'degraded' ? (reading === 'strict' ? 'down' : 'up') : last.state;
  });

const people = fc.constantFrom('Ann', 'Ben', 'ann ', null);
const deed = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      state: fc.constantFrom('up' as const, 'degraded' as const, 'down' as const, 'unknown' as const),
      from: fc.nat(15),
      quarters: fc.option(fc.integer({ min: 1, max: 8 })),
      evidence: fc.constantFrom('the log', 'the log', null),
      approvedBy: people,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('revoke' as const),
      which: fc.nat(9),
      evidence: fc.constantFrom('mail', null),
      approvedBy: people,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('approve' as const), which: fc.nat(9), approvedBy: fc.constantFrom('Ann', 'Ben') }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

const perform = (desk: LedgerDesk, ids: readonly string[], one: Deed): Promise<OverrideAnswer | Refusal> => {
  if (one.do === 'record') {
    const start = hour('08:00') + one.from * 900_000;
    const end = one.quarters === null ? null : (Math.min(start + one.quarters * 900_000, hour('12:00')) as Instant);
    const words = { evidence: one.evidence, approvedBy: one.approvedBy };
    return recordOverride(desk.ctx, { ...saying(one.state, '08:00', null, words), start: start as Instant, end });
  }
  const id = ids[one.which % Math.max(1, ids.length)] ?? 'nosuchthing2';
  if (one.do === 'approve') return approveOverride(desk.ctx, id, { approvedBy: one.approvedBy });
  return revokeOverride(desk.ctx, takingBack(id, { evidence: one.evidence, approvedBy: one.approvedBy }));
};

const rowsOf = (desk: LedgerDesk): Promise<number> =>
  desk.count(
    'SELECT (SELECT count(*) FROM overrides) + (SELECT count(*) FROM override_revocations) + (SELECT count(*) FROM override_approvals)',
  );

test('no minute gets better by one person, the sums are those of the minutes, a refusal writes nothing, and the chain binds every row', async () => {
  let [accepted, refusals, better] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 12 }), async (deeds) => {
      await using desk = await openLedgerDesk();
      const ids: string[] = [];
      for (const one of deeds) {
        const [rows, before] = [await rowsOf(desk), (await overridesView(desk.ctx)).overrides];
        const answer = await perform(desk, ids, one);
        const after = (await overridesView(desk.ctx)).overrides;
        if (isRefusal(answer)) {
          refusals++;
          expect(await rowsOf(desk)).toBe(rows);
          expect(after).toEqual(before);
          continue;
        }
        accepted++;
        const { override } = answer;
        if (one.do !== 'approve') ids.push(override.id);
        for (const reading of READINGS) {
          const [was, is] = [told(before, reading), told(after, reading)];
          const improved = is.some((state, minute) => RANK[state] < RANK[was[minute] ?? state]);
          if (improved) better++;
          if (improved) expect([override.approvedBy, override.evidence]).toEqual(['Ben', expect.stringMatching(/./)]);
          if (!override.inEffect) expect(is).toEqual(was);
          expect(after.find(({ id }) => id === override.id)).toEqual(override);
          if (one.do !== 'record' || !override.inEffect) continue;
          const inside = is.filter((_, minute) => {
            const at = hour('08:00') + minute * 60_000 + 15_000;
            return override.start <= at && at < (override.end ?? hour('12:00'));
          });
          expect(override.changes[reading].after.downMs).toBe(inside.filter((state) => state === 'down').length * 60_000);
          expect(override.changes[reading].after.unknownMs).toBe(inside.filter((state) => state === 'unknown').length * 60_000);
        }
      }
      expect(await verifyLedgerChain(desk.store)).toMatchObject({ ok: true, links: await rowsOf(desk) });
      // H15: with everything taken back the checks speak alone.
      for (const { id, revokedBy, kind } of (await overridesView(desk.ctx)).overrides) {
        if (kind === 'revocation' || revokedBy !== null) continue;
        const revoked = await revokeOverride(desk.ctx, takingBack(id, { approvedBy: 'Ben' }));
        if (!isRefusal(revoked)) continue;
        expect(revoked.code).toBe('revocation_waits');
        await approveOverride(desk.ctx, String(revoked.facts['revocation']), { approvedBy: 'Ben' });
      }
      const end = (await overridesView(desk.ctx)).overrides.filter(
        ({ kind, inEffect, revokedBy }) => kind === 'override' && inEffect && revokedBy === null,
      );
      for (const reading of READINGS) expect(told(end, reading)).toEqual(told([], reading));
    }),
    { numRuns: testRuns(25), seed: testSeed(20_261_127) },
  );
  // The deeds are a mix; a law about refusals alone, or in which nothing ever got better, would prove nothing.
  expect(Math.min(accepted, refusals, better)).toBeGreaterThan(10);
}, 60_000);
