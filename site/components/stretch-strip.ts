/**
 * Draws stretches of state to scale on one strip, and above it a line for how long something lasted. Every stretch is a little wide at
 * least, so that a moment is visible. Pure: numbers in, path data out; colours and hatching belong to the classes.
 */
import type { StateInterval } from '#domain/sla/day-bars.ts';
import type { ComponentState } from '#domain/sla/overall.ts';
import type { Interval } from '#domain/time/interval.ts';

export const STRIP = { width: 1_000, height: 36, line: 3, gap: 5 } as const;
const LEAST = 4;

/** The class of the fill, and how far up it lies. */
const FILLS: Readonly<Record<ComponentState, { readonly fill: string; readonly layer: number }>> = {
  operational: { fill: 'operational', layer: 0 },
  maintenance: { fill: 'maintenance', layer: 1 },
  unknown: { fill: 'unknown', layer: 2 },
  degraded: { fill: 'degraded', layer: 3 },
  partial_outage: { fill: 'down', layer: 4 },
  major_outage: { fill: 'down', layer: 5 },
};

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Paths by the name of their fill, trouble last: where stretches are too short for their place it lies above. */
export const drawStrip = (
  stretches: readonly StateInterval[],
  range: Interval,
  lasted: Interval,
): { readonly line: string; readonly paths: readonly { readonly fill: string; readonly d: string }[] } => {
  const scale = STRIP.width / Math.max(1, range.end - range.start);
  const x = (at: number): number => Math.min(STRIP.width, Math.max(0, (at - range.start) * scale));
  const box = (start: number, end: number, top: number, height: number): string => {
    const wide = Math.max(LEAST, x(end) - x(start));
    const from = Math.min(x(start), STRIP.width - wide);
    return `M${tenth(from)} ${top}h${tenth(wide)}v${height}H${tenth(from)}z`;
  };
  const data = new Map<string, string>();
  const top = STRIP.line + STRIP.gap;
  for (const { start, end, state } of stretches.toSorted((a, b) => FILLS[a.state].layer - FILLS[b.state].layer)) {
    const { fill } = FILLS[state];
    data.set(fill, (data.get(fill) ?? '') + box(start, end, top, STRIP.height - top));
  }
  return { line: box(lasted.start, lasted.end, 0, STRIP.line), paths: [...data].map(([fill, d]) => ({ fill, d })) };
};
