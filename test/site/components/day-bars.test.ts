import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DayBar } from '#domain/sla/day-bars.ts';
import { DAY, HOUR, instant, MINUTE, millis } from '#domain/time/instant.ts';
import { barsMarkup, drawDayBars, isMeasured, isTroubled, SMALL_BARS, stackOf } from '#site/components/day-bars.ts';
import { testSeed } from '../../support/seeded.ts';

const bar = (parts: Partial<Record<'downMs' | 'degradedMs' | 'maintenanceMs' | 'unknownMs' | 'notYetMs' | 'aheadMs', number>>): DayBar => {
  const given = { downMs: 0, degradedMs: 0, maintenanceMs: 0, unknownMs: 0, notYetMs: 0, aheadMs: 0, ...parts };
  const spoken = Object.values(given).reduce((sum, ms) => sum + ms, 0);
  const branded = Object.fromEntries(Object.entries(given).map(([name, ms]) => [name, millis(ms)]));
  return { start: instant(0), end: instant(DAY), operationalMs: millis(DAY - spoken), ...branded } as unknown as DayBar;
};

describe('a day as a bar', () => {
  test('a day without trouble is one piece of full height', () => {
    expect(stackOf(bar({}), 28)).toEqual([{ fill: 'operational', height: 28 }]);
  });

  test('twelve hours down are half the height', () => {
    expect(stackOf(bar({ downMs: 12 * HOUR }), 28)).toEqual([
      { fill: 'down', height: 14 },
      { fill: 'operational', height: 14 },
    ]);
  });

  test('a single minute down can be seen', () => {
    expect(stackOf(bar({ downMs: MINUTE }), 28)[0]).toEqual({ fill: 'down', height: 6 });
  });

  test('a day before measuring began is not yet measured, one after now lies ahead', () => {
    expect(stackOf(bar({ notYetMs: DAY }), 28)).toEqual([{ fill: 'not-yet', height: 28 }]);
    expect(stackOf(bar({ aheadMs: DAY }), 28)).toEqual([{ fill: 'ahead', height: 28 }]);
  });

  test('ninety days take 450 units, a path for each fill that occurs', () => {
    const drawn = drawDayBars([...Array.from({ length: 89 }, () => bar({})), bar({ downMs: HOUR, aheadMs: 12 * HOUR })], SMALL_BARS);
    expect(drawn.width).toBe(450);
    expect(drawn.paths.map(({ fill }) => fill)).toEqual(['operational', 'down', 'ahead']);
    expect(drawn.paths[0]?.d.split('z').length).toBe(91);
  });

  test('the running day is as wide as any other from its first minute, and open at its right edge until its last', () => {
    const pathsAfter = (ms: number) => drawDayBars([bar({ aheadMs: DAY - ms })], SMALL_BARS).paths;
    expect(pathsAfter(MINUTE)).toEqual([
      { fill: 'operational', d: 'M0 0h3v28H0z' },
      { fill: 'ahead', d: 'M3 0h2v28H3z' },
    ]);
    expect(pathsAfter(18 * HOUR)).toEqual([
      { fill: 'operational', d: 'M0 0h3.8v28H0z' },
      { fill: 'ahead', d: 'M3.8 0h1.2v28H3.8z' },
    ]);
    expect(pathsAfter(DAY)).toEqual([{ fill: 'operational', d: 'M0 0h3v28H0z' }]);
  });

  test('only days with trouble say something, and what they say cannot break out of the drawing', () => {
    const inside = barsMarkup([bar({}), bar({ downMs: HOUR })], SMALL_BARS, () => '1 h <down> & out');
    expect(inside.match(/<rect/g)).toHaveLength(1);
    expect(inside).toContain('<rect class="day-hit" x="4" width="5" height="28"><title>1 h &lt;down&gt; &amp; out</title></rect>');
  });

  test('whatever happened, the pieces fill the bar and every trouble can be seen', () => {
    const share = fc.integer({ min: 0, max: 5 * HOUR });
    fc.assert(
      fc.property(fc.record({ downMs: share, degradedMs: share, unknownMs: share, notYetMs: share }), (parts) => {
        const day = bar(parts);
        const pieces = stackOf(day, 28);
        expect(pieces.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(28, 6);
        for (const [fill, ms] of [
          ['down', day.downMs],
          ['degraded', day.degradedMs],
          ['unknown', day.unknownMs],
        ] as const) {
          expect(pieces.find((piece) => piece.fill === fill)?.height ?? 0)[ms > 0 ? 'toBeGreaterThanOrEqual' : 'toBe'](ms > 0 ? 3 : 0);
        }
        expect(isTroubled(day)).toBe(day.downMs + day.degradedMs + day.unknownMs > 0);
        expect(isMeasured(day)).toBe(true);
      }),
      { numRuns: 300, seed: testSeed(20_261_125) },
    );
  });
});
