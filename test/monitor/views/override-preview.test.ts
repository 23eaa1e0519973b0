/** What the console says a correction would change is what the ledger has once it is recorded, and approved where that takes somebody else. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAgreements } from '#db/queries/contracts.ts';
import { readLedgerFacts } from '#db/queries/ledger-facts.ts';
import { componentFacts, contractFacts, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { isRefusal } from '#domain/refusal.ts';
import { monthFigures, type StatementFacts } from '#domain/sla/month-statement.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { approveOverride } from '#monitor/actions/approve-override.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { revokeOverride } from '#monitor/actions/revoke-override.ts';
import { type PreviewedMonth, previewOverride, previewRevocation } from '#monitor/views/override-preview.ts';
import { accepted } from '../../support/accepted.ts';
import { type LedgerDesk, openLedgerDesk, saying, takingBack } from '../../support/ledger-desk.ts';
import { POLICY } from '../../support/maintenance-desk.ts';

let desk: LedgerDesk;
beforeAll(async () => {
  desk = await openLedgerDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const NOVEMBER = '2026-11';
const asking = () => ({ ...desk.ledger, policy: POLICY });
const told = (facts: StatementFacts | null) => {
  if (!facts) return null;
  const { availability, sums, verdict } = monthFigures(facts);
  return { availability, downtimeMs: sums.downtimeMs, unknownMs: sums.unknownMs, verdict };
};
/** The same figures as the ledger has them now, by whose they are. */
const ledger = async (): Promise<Record<string, unknown>> => {
  const { store, clock } = desk.ledger;
  const range = monthBounds(POLICY.zone, NOVEMBER);
  const facts = await readLedgerFacts(store, { range, asOf: clock.now(), source: 'spans' });
  const contracts = await readAgreements(store);
  return {
    service: told(serviceFacts(facts, NOVEMBER)),
    'component The checkout': told(componentFacts(facts, 'checkout', NOVEMBER)),
    ...Object.fromEntries(
      contracts.map(({ agreement }) => [`contract North Ltd, ${agreement.id}`, told(contractFacts(facts, agreement, NOVEMBER))]),
    ),
  };
};
const by = (months: readonly PreviewedMonth[], which: 'before' | 'after'): Record<string, unknown> =>
  Object.fromEntries(months.map((one) => [one.name === null ? one.of : `${one.of} ${one.name}`, one[which]]));

/** A minute later: of two rows of one millisecond the second is dated a little ahead. */
const nextMinute = (): void => desk.set((desk.ledger.clock.now() + 60_000) as never);

describe('the preview of an override', () => {
  test('twenty minutes more of downtime are said in ms before they are recorded', async () => {
    const preview = accepted(await previewOverride(asking(), saying('down', '08:10', '08:30'), true));
    expect(preview.override).toMatchObject({
      needsApproval: false,
      changes: { lenient: { before: { downMs: 0 }, after: { downMs: 1_200_000 } } },
    });
    const service = preview.months.find(({ of }) => of === 'service');
    expect([service?.before.downtimeMs, service?.after.downtimeMs]).toEqual([3_600_000, 4_800_000]);
  });
  test('without evidence nothing is taken away, and nothing is recorded by looking', async () => {
    const asked = saying('up', '09:00', '09:30', { evidence: null });
    expect(await previewOverride(asking(), asked, true)).toMatchObject({ code: 'no_evidence', facts: { field: 'evidence' } });
    expect(await desk.count('SELECT count(*) FROM overrides')).toBe(0);
  });

  test('is what the ledger has after recording it, and approving it where it takes something away', async () => {
    const minutes = fc.integer({ min: 0, max: 239 });
    const state = fc.constantFrom('up', 'degraded', 'down', 'unknown') as fc.Arbitrary<'up' | 'degraded' | 'down' | 'unknown'>;
    const clock = (i: number) => `${String(8 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
    await fc.assert(
      fc.asyncProperty(fc.tuple(state, minutes, minutes, fc.boolean()), async ([said, a, b, still]) => {
        fc.pre(a !== b);
        nextMinute();
        const asked = saying(said, clock(Math.min(a, b)), still ? null : clock(Math.max(a, b)));
        const preview = accepted(await previewOverride(asking(), asked, true));
        expect(by(preview.months, 'before')).toEqual(await ledger());
        const recorded = await recordOverride(desk.ledger, asked);
        if (isRefusal(recorded)) throw new Error(recorded.message);
        expect(recorded.override.changes).toEqual(preview.override.changes);
        if (!recorded.override.inEffect) {
          expect(await ledger()).toEqual(by(preview.months, 'before'));
          accepted(await approveOverride(desk.ledger, recorded.override.id, { approvedBy: 'Ben' }));
        }
        expect(await ledger()).toEqual(by(preview.months, 'after'));
        // Taken back again, likewise as it was foretold.
        nextMinute();
        const back = takingBack(recorded.override.id);
        const undone = accepted(await previewRevocation(asking(), back, true));
        const revoked = accepted(await revokeOverride(desk.ledger, back));
        if (!revoked.override.inEffect) accepted(await approveOverride(desk.ledger, revoked.override.id, { approvedBy: 'Ben' }));
        expect(await ledger()).toEqual(by(undone.months, 'after'));
      }),
      { numRuns: 25, seed: 20_261_127, endOnFailure: true },
    );
  });
});
