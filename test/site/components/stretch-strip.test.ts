import { describe, expect, test } from 'vitest';
import type { ComponentState } from '#domain/sla/overall.ts';
import { instant } from '#domain/time/instant.ts';
import { drawStrip } from '#site/components/stretch-strip.ts';

const range = { start: instant(0), end: instant(100_000) };
const lasted = { start: instant(20_000), end: instant(60_000) };
const stretch = (start: number, end: number, state: ComponentState) => ({ start: instant(start), end: instant(end), state });

describe('a strip of stretches', () => {
  test('is drawn to scale, with the line of the incident above it', () => {
    const drawn = drawStrip(
      [stretch(0, 20_000, 'operational'), stretch(20_000, 70_000, 'major_outage'), stretch(70_000, 100_000, 'operational')],
      range,
      lasted,
    );
    expect(drawn).toEqual({
      line: 'M200 0h400v3H200z',
      paths: [
        { fill: 'operational', d: 'M0 8h200v28H0zM700 8h300v28H700z' },
        { fill: 'down', d: 'M200 8h500v28H200z' },
      ],
    });
  });
  test('a moment is visible, also at the right edge, and trouble lies above what is well', () => {
    const { paths } = drawStrip([stretch(0, 99_999, 'operational'), stretch(99_999, 100_000, 'partial_outage')], range, lasted);
    expect(paths.at(-1)).toEqual({ fill: 'down', d: 'M996 8h4v28H996z' });
  });
  test('nothing is drawn beyond its range, and a range without length is no fault', () => {
    expect(drawStrip([stretch(-50_000, 200_000, 'unknown')], range, lasted).paths).toEqual([{ fill: 'unknown', d: 'M0 8h1000v28H0z' }]);
    expect(drawStrip([], { start: instant(5), end: instant(5) }, { start: instant(5), end: instant(5) }).paths).toEqual([]);
  });
});
