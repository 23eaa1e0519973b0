/** What readers are told over what the checks say: overrides, maintenance that is left out, what was posted of an open incident. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DisplayLayers, layered, NO_LAYERS, type ToldInterval } from '#domain/sla/display-layers.ts';
import type { ComponentState } from '#domain/sla/overall.ts';
import { instant } from '#domain/time/instant.ts';
import { testSeed } from '../../support/seeded.ts';

const OVER = { start: instant(0), end: instant(100) };
const told = (start: number, end: number, state: ComponentState): ToldInterval => ({
  start: instant(start),
  end: instant(end),
  state,
  investigating: false,
});
const override = (start: number, end: number | null, state: 'up' | 'down' | 'degraded' | 'unknown', recordedAt = 0) => ({
  id: `${state}${recordedAt}`,
  component: 'api',
  start: instant(start),
  end: end === null ? null : instant(end),
  state,
  recordedAt: instant(recordedAt),
});
const say = (layers: Partial<DisplayLayers>, states: readonly ToldInterval[] = [told(0, 100, 'operational')]): string[] =>
  layered(states, { ...NO_LAYERS, ...layers }, OVER).map(({ start, end, state }) => `${start}-${end} ${state}`);

describe('what is told of a component', () => {
  test('without anything else it is what the checks say', () => {
    expect(say({}, [told(0, 40, 'operational'), told(40, 100, 'major_outage')])).toEqual(['0-40 operational', '40-100 major_outage']);
  });

  test('an outage inside a window that is left out is maintenance, before and after it is an outage', () => {
    expect(
      say({ windows: [{ start: instant(20), end: instant(60) }] }, [told(0, 10, 'operational'), told(10, 100, 'major_outage')]),
    ).toEqual(['0-10 operational', '10-20 major_outage', '20-60 maintenance', '60-100 major_outage']);
  });

  test('a window ahead is not told before it begins', () => {
    expect(say({ windows: [{ start: instant(90), end: instant(200) }] })).toEqual(['0-90 operational', '90-100 maintenance']);
    expect(say({ windows: [{ start: instant(100), end: instant(200) }] })).toEqual(['0-100 operational']);
  });

  test('an override in force wins over the checks, the later recorded one over the earlier', () => {
    expect(say({ overrides: [override(10, 50, 'down', 1), override(30, null, 'up', 2)] })).toEqual([
      '0-10 operational',
      '10-30 major_outage',
      '30-100 operational',
    ]);
  });

  test('what was posted makes it worse from the post on, and never better', () => {
    expect(
      say({ posted: [{ start: instant(50), state: 'partial_outage' }] }, [told(0, 70, 'operational'), told(70, 100, 'major_outage')]),
    ).toEqual(['0-50 operational', '50-70 partial_outage', '70-100 major_outage']);
  });

  test('inside a window what was posted waits for its end', () => {
    expect(say({ windows: [{ start: instant(0), end: instant(80) }], posted: [{ start: instant(10), state: 'degraded' }] })).toEqual([
      '0-80 maintenance',
      '80-100 degraded',
    ]);
  });

  test('the stretches tile the whole, whatever lies over them', () => {
    const at = fc.integer({ min: -20, max: 120 });
    const state = fc.constantFrom<ComponentState>('operational', 'degraded', 'major_outage', 'unknown');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 8 }),
        fc.array(state, { minLength: 9, maxLength: 9 }),
        fc.array(fc.tuple(at, at, fc.constantFrom('up' as const, 'down' as const, 'degraded' as const, 'unknown' as const)), {
          maxLength: 5,
        }),
        fc.array(fc.tuple(at, at), { maxLength: 4 }),
        fc.array(fc.tuple(at, fc.constantFrom('degraded' as const, 'partial_outage' as const, 'major_outage' as const)), { maxLength: 3 }),
        (cuts, states, overrides, windows, posted) => {
          const edges = [0, ...cuts.toSorted((a, b) => a - b), 100];
          const base = edges.slice(1).map((end, i) => told(edges[i] ?? 0, end, states[i] ?? 'operational'));
          const found = layered(
            base,
            {
              overrides: overrides.map(([a, b, one], i) => override(Math.min(a, b), Math.max(a, b), one, i)),
              windows: windows.map(([a, b]) => ({ start: instant(Math.min(a, b)), end: instant(Math.max(a, b)) })),
              posted: posted.map(([start, one]) => ({ start: instant(start), state: one })),
            },
            OVER,
          );
          expect([found[0]?.start, found.at(-1)?.end]).toEqual([0, 100]);
          found.forEach((piece, i) => {
            expect(piece.start).toBeLessThan(piece.end);
            expect(piece.start).toBe(i === 0 ? 0 : found[i - 1]?.end);
          });
        },
      ),
      { seed: testSeed(20_261_124) },
    );
  });
});
