/**
 * The clauses of a support policy about availability, one by one, against the policy of the sample file that Avow ships: what
 * each of them promises, as figures that a customer can recompute.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type MonthStatement, monthStatement } from '#domain/sla/month-statement.ts';
import { slotsBetween } from '#domain/sla/reserve.ts';
import type { Terms } from '#domain/sla/terms.ts';
import { isoOf } from '#domain/time/iso.ts';
import { wallParts } from '#domain/time/zone.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { loadConfiguration } from '#monitor/config/load.ts';
import { isConfig } from '#monitor/config/parse.ts';
import { announced, at, component, contract, down, monthFacts, told } from '../domain/sla/examples.ts';

const samplePolicy = (): Terms => {
  const configFile = fileURLToPath(new URL('../../docs/avow.sample.yaml', import.meta.url));
  const loaded = loadConfiguration({ configFile, port: 4321, metricsPort: 4322 }, {}, '/');
  if (!isConfig(loaded)) throw new Error(loaded.map(renderFault).join('\n'));
  return loaded.policy;
};
const policy = samplePolicy();
const may = (change: Parameters<typeof monthFacts>[1]): MonthStatement => monthStatement(monthFacts('2026-05', { policy, ...change }));
const downOn = (start: string, end: string) => [
  component('app', [told('nyc', '2025-01-01T00:00:00Z', '2027-06-01T00:00:00Z', down(start, end))]),
];
/** Saturday 16 May 2026, 10:00 to 15:00 Eastern. */
const slot = ['2026-05-16T14:00:00Z', '2026-05-16T19:00:00Z'] as const;

describe('"reserves a 5 hour weekly scheduled downtime maintenance window on Saturday mornings starting at 10am"', () => {
  it('is every Saturday of the year, from 10:00 to 15:00 on the Eastern clock, 18 000 000 ms each', () => {
    const slots = slotsBetween(policy.reserve, at('2026-01-01T05:00:00Z'), at('2027-01-01T05:00:00Z'));
    expect(slots).toHaveLength(52);
    for (const { start, end } of slots) {
      expect(wallParts('America/New_York', start)).toMatchObject({ weekday: 6, hour: 10, minute: 0 });
      expect(wallParts('America/New_York', end)).toMatchObject({ weekday: 6, hour: 15, minute: 0 });
      expect(end - start).toBe(18_000_000);
    }
    expect(isoOf(slots[0]?.start ?? at('2026-01-01T00:00:00Z'))).toBe('2026-01-03T15:00:00.000Z');
  });
  it('is excluded when it was announced: down in it costs nothing', () => {
    const month = may({ components: downOn(...slot), announcements: [announced('m', '2026-05-01T00:00:00Z', ...slot)] });
    expect(month).toMatchObject({ sums: { excludedMs: 18_000_000, downtimeMs: 0 }, availability: '100.0000', verdict: 'met' });
  });
});

describe('"If no maintenance is required at that time the system will remain operational and accessible"', () => {
  it('one unannounced Saturday, down throughout, loses the month alone', () => {
    expect(may({ components: downOn(...slot) })).toMatchObject({
      sums: { excludedMs: 0, downtimeMs: 18_000_000 },
      availability: '99.3279',
      verdict: 'missed',
      remainingMs: -4_608_000,
    });
  });
  it('work that ends early ends the window: what is down afterwards counts', () => {
    const announcement = { ...announced('m', '2026-05-01T00:00:00Z', ...slot), completedAt: at('2026-05-16T15:00:00Z') };
    expect(may({ components: downOn('2026-05-16T17:00:00Z', '2026-05-16T17:20:00Z'), announcements: [announcement] })).toMatchObject({
      sums: { excludedMs: 3_600_000, downtimeMs: 1_200_000 },
      refused: [{ reason: 'completed', ms: 14_400_000 }],
    });
  });
});

describe('"Outside of scheduled downtime … fully operational 99.5% of the time"', () => {
  it('May of 2026 without a window may lose 3 h 43 min 12 s, and not one millisecond more', () => {
    expect(policy.targetPpm).toBe(995_000);
    const exact = may({ components: downOn('2026-05-05T00:00:00Z', '2026-05-05T03:43:12Z') });
    expect(exact).toMatchObject({ budgetMs: 13_392_000, remainingMs: 0, availability: '99.5000', verdict: 'met' });
    const over = may({ components: downOn('2026-05-05T00:00:00Z', '2026-05-05T03:43:12.001Z') });
    expect(over).toMatchObject({ remainingMs: -1, availability: '99.4999', verdict: 'missed' });
  });
  it('the time of the windows is not part of the time that is promised', () => {
    const announcements = [announced('m', '2026-05-01T00:00:00Z', ...slot)];
    expect(may({ announcements }).budgetMs).toBe((2_678_400_000 - 18_000_000) / 200);
  });
  it('slow is not down, unless a contract reads "fully operational" to the letter', () => {
    const slow = [
      component('app', [
        {
          location: 'nyc',
          locationId: 0,
          spans: [
            { ...down('2025-01-01T00:00:00Z', '2026-05-05T00:00:00Z'), lenient: 'up', strict: 'up', slow: false },
            { ...down('2026-05-05T00:00:00Z', '2026-05-05T06:00:00Z'), lenient: 'up', strict: 'down', slow: true },
            { ...down('2026-05-05T06:00:00Z', '2027-06-01T00:00:00Z'), lenient: 'up', strict: 'up', slow: false },
          ],
          open: null,
        },
      ]),
    ];
    expect(may({ components: slow }).availability).toBe('100.0000');
    expect(may({ components: slow, contract: { ...contract, countDegraded: true } })).toMatchObject({
      sums: { downtimeMs: 21_600_000 },
      verdict: 'missed',
    });
  });
  it('what nobody measured is neither up nor down: the month stays open until somebody decides', () => {
    const unknown = [
      component('app', [
        told('nyc', '2025-01-01T00:00:00Z', '2027-06-01T00:00:00Z', {
          ...down('2026-05-05T00:00:00Z', '2026-05-05T06:00:00Z'),
          state: 'unknown',
        }),
      ]),
    ];
    expect(may({ components: unknown })).toMatchObject({
      verdict: 'indeterminate',
      availability: '100.0000',
      lower: '99.1935',
      credit: null,
    });
  });
});
