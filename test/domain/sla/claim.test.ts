/** Until when a credit may be claimed: local midnights, also where the clock changes in between. */
import { describe, expect, test } from 'vitest';
import { claimDeadline } from '#domain/sla/claim.ts';
import { isoOf } from '#domain/time/iso.ts';

describe('the deadline of a claim', () => {
  const cases: readonly (readonly [string, string, number, string, string])[] = [
    ['2026-02', 'America/New_York', 30, '2026-03-31T04:00:00.000Z', '30 days after 1 March, already on summer time: not 05:00Z'],
    ['2026-02', 'America/New_York', 6, '2026-03-07T05:00:00.000Z', 'the day before the clock goes forward'],
    ['2026-02', 'America/New_York', 7, '2026-03-08T05:00:00.000Z', 'the midnight of the day on which it goes forward'],
    ['2026-02', 'America/New_York', 8, '2026-03-09T04:00:00.000Z', 'the midnight after it: 23 hours later'],
    ['2026-09', 'America/New_York', 31, '2026-11-01T04:00:00.000Z', 'the midnight of the day on which it goes back'],
    ['2026-09', 'America/New_York', 32, '2026-11-02T05:00:00.000Z', 'the midnight after it: 25 hours later'],
    ['2026-01', 'UTC', 30, '2026-03-03T00:00:00.000Z', '1 February and 30 days'],
    ['2026-12', 'Asia/Tokyo', 15, '2027-01-15T15:00:00.000Z', 'over the end of the year'],
    ['2028-02', 'UTC', 0, '2028-03-01T00:00:00.000Z', 'no days at all: the end of the month, of 29 days'],
  ];
  test.each(cases)('of %s in %s with %i days is %s: %s', (month, zone, days, deadline) => {
    expect(isoOf(claimDeadline(month, zone, days))).toBe(deadline);
  });

  test.each(['2026-13', '2026-2', 'February'])('"%s" is no month', (month) => {
    expect(() => claimDeadline(month, 'UTC', 30)).toThrow('is not a month written YYYY-MM');
  });
});
