/** A contract of a small company, and amendments of any kind to it. */
import fc from 'fast-check';
import { minor } from '#domain/money.ts';
import type { Agreement, Amendment } from '#domain/sla/agreement.ts';

const schedule = { id: 'standard', tiers: [{ belowPpm: 995_000, creditBp: 1_000 }], capBp: 5_000, minCredit: minor(0) };

export const agreement: Agreement = {
  id: 'northwind-main',
  customer: 'northwind',
  customerName: 'Northwind Shipping',
  currency: 'USD',
  monthlyFee: minor(500_000),
  startDate: '2026-01-15',
  endDate: null,
  reportZone: 'America/New_York',
  targetPpm: 999_000,
  unknownPolicy: null,
  countDegraded: null,
  components: ['api', 'website'],
  critical: ['website'],
  schedule,
  prorate: true,
  claim: { required: false, days: 30 },
  amendments: [],
};

const amendment: fc.Arbitrary<Amendment> = fc.record(
  {
    from: fc.integer({ min: 1, max: 23 }).map((index) => `${2026 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`),
    monthlyFee: fc.integer({ min: 0, max: 10_000_000 }).map(minor),
    targetPpm: fc.constantFrom(null, 990_000, 995_000, 999_900),
    unknownPolicy: fc.constantFrom(null, 'exclude' as const, 'down' as const, 'up' as const),
    countDegraded: fc.constantFrom(null, true, false),
    critical: fc.constantFrom(['api'], ['website'], ['api', 'website']),
    schedule: fc.constantFrom(null, schedule),
    claim: fc.record({ required: fc.boolean(), days: fc.integer({ min: 1, max: 90 }) }),
  },
  { requiredKeys: ['from'] },
);

/** In order of their months, each month once. */
export const amendments: fc.Arbitrary<readonly Amendment[]> = fc
  .uniqueArray(amendment, { maxLength: 6, selector: ({ from }) => from })
  .map((list) => list.toSorted((a, b) => (a.from < b.from ? -1 : 1)));
