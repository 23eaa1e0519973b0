import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minor } from '#domain/money.ts';
import { type Agreement, agreedIn } from '#domain/sla/agreement.ts';
import { testSeed } from '../../support/seeded.ts';
import { agreement, amendments } from './agreements.ts';

describe('the terms of a month', () => {
  const amended: Agreement = {
    ...agreement,
    amendments: [
      { from: '2026-06', monthlyFee: minor(600_000), targetPpm: 995_000 },
      { from: '2026-09', targetPpm: null, claim: { required: true, days: 15 }, schedule: null },
    ],
  };
  it('are those of the start until the first amendment', () => {
    expect(agreedIn(amended, '2026-05')).toEqual({
      contract: {
        id: 'northwind-main',
        customer: 'northwind',
        currency: 'USD',
        monthlyFee: 500_000,
        startDate: '2026-01-15',
        endDate: null,
        reportZone: 'America/New_York',
        components: ['api', 'website'],
        critical: ['website'],
        targetPpm: 999_000,
        unknownPolicy: null,
        countDegraded: null,
        schedule: { tiers: [{ belowPpm: 995_000, creditBp: 1_000 }], capBp: 5_000, minCredit: 0 },
        prorate: true,
      },
      customerName: 'Northwind Shipping',
      claim: { required: false, days: 30 },
      scheduleId: 'standard',
      amendedFrom: null,
    });
  });
  it('keep what an amendment does not name, from the first of its month on', () => {
    expect(agreedIn(amended, '2026-06')).toMatchObject({
      contract: { monthlyFee: 600_000, targetPpm: 995_000, critical: ['website'] },
      scheduleId: 'standard',
      amendedFrom: '2026-06',
    });
  });
  it('are laid over each other in order, and may go back to the policy or to no credits', () => {
    expect(agreedIn(amended, '2027-02')).toMatchObject({
      contract: { monthlyFee: 600_000, targetPpm: null, schedule: null },
      claim: { required: true, days: 15 },
      scheduleId: null,
      amendedFrom: '2026-09',
    });
  });
  it('never have the month of the amendment among them', () => {
    expect(agreedIn(amended, '2026-07').contract).not.toHaveProperty('from');
    expect(agreedIn(amended, '2026-07').contract).not.toHaveProperty('amendments');
  });
});

describe('a law: the terms of a month', () => {
  it('never depend on an amendment from a later month', () => {
    fc.assert(
      fc.property(amendments, fc.integer({ min: 0, max: 23 }), (list, at) => {
        const month = `${2026 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
        const past = list.filter(({ from }) => from <= month);
        expect(agreedIn({ ...agreement, amendments: list }, month)).toEqual(agreedIn({ ...agreement, amendments: past }, month));
      }),
      { seed: testSeed(20_261_123), numRuns: 300 },
    );
  });
});
