/**
 * Draws days as bars: full height, the share of each trouble stacked from the ground. Every trouble is at least a few
 * pixels high, so that one minute of a day is visible. The same drawing serves page, component, report and picture.
 * Pure: numbers in, path data out; colours and hatching belong to the classes.
 */
import type { DayBar } from '#domain/sla/day-bars.ts';
import { escapeHtml } from '../escape.ts';

export interface BarsGeometry {
  readonly barWidth: number;
  readonly gap: number;
  readonly height: number;
}
export const SMALL_BARS: BarsGeometry = { barWidth: 3, gap: 2, height: 28 };

type Fill = 'down' | 'degraded' | 'maintenance' | 'unknown' | 'operational' | 'not-yet' | 'ahead';
export interface DrawnBars {
  readonly width: number;
  readonly height: number;
  /** One path per fill that occurs. */
  readonly paths: readonly { readonly fill: Fill; readonly d: string }[];
}

/** From the ground up. The least height, in px of a bar 28 px high, is what makes a minute visible. */
const STACK: readonly { readonly fill: Fill; readonly of: (bar: DayBar) => number; readonly least: number }[] = [
  { fill: 'down', of: (bar) => bar.downMs, least: 6 },
  { fill: 'degraded', of: (bar) => bar.degradedMs, least: 4 },
  { fill: 'maintenance', of: (bar) => bar.maintenanceMs, least: 4 },
  { fill: 'unknown', of: (bar) => bar.unknownMs, least: 4 },
];

const tenth = (value: number): number => Math.round(value * 10) / 10;
const box = (x: number, top: number, width: number, height: number): string =>
  `M${tenth(x)} ${tenth(top)}h${tenth(width)}v${tenth(height)}H${tenth(x)}z`;

/** Heights of one day from the ground up; they sum to `height`. */
export const stackOf = (bar: DayBar, height: number): { readonly fill: Fill; readonly height: number }[] => {
  const past = bar.end - bar.start - bar.aheadMs;
  const measured = past - bar.notYetMs;
  if (measured <= 0) return [{ fill: past > 0 ? 'not-yet' : 'ahead', height }];
  const parts: { fill: Fill; height: number }[] = [];
  let left = height;
  for (const { fill, of, least } of STACK) {
    const share = of(bar) / measured;
    const tall = share === 0 ? 0 : Math.min(left, Math.max(least, share * height));
    if (tall > 0) parts.push({ fill, height: tall });
    left -= tall;
  }
  if (left > 0) parts.push({ fill: 'operational', height: left });
  return parts;
};

/** With the gap behind the last day. */
export const widthOf = (days: number, { barWidth, gap }: BarsGeometry): number => days * (barWidth + gap);

/**
 * Oldest day first, from the left. The running day has the gap behind it as well: it is at least as wide as any day, from
 * its first minute, and what is left of it is drawn as open at its right edge.
 */
export const drawDayBars = (bars: readonly DayBar[], { barWidth, gap, height }: BarsGeometry): DrawnBars => {
  const pitch = barWidth + gap;
  const data = new Map<Fill, string[]>();
  const add = (fill: Fill, d: string): void => void (data.get(fill)?.push(d) ?? data.set(fill, [d]));
  bars.forEach((bar, i) => {
    const x = i * pitch;
    const runs = bar.aheadMs > 0 && bar.aheadMs < bar.end - bar.start;
    const elapsed = runs ? Math.max(barWidth, tenth(pitch * (1 - bar.aheadMs / (bar.end - bar.start)))) : barWidth;
    let ground = height;
    for (const part of stackOf(bar, height)) {
      // A pixel of paper parts what is stacked.
      const parted = ground < height && part.height > 2 ? 1 : 0;
      add(part.fill, box(x, ground - part.height, elapsed, part.height - parted));
      ground -= part.height;
    }
    if (runs && elapsed < pitch) add('ahead', box(x + elapsed, 0, pitch - elapsed, height));
  });
  return {
    width: widthOf(bars.length, { barWidth, gap, height }),
    height,
    paths: [...data].map(([fill, pieces]) => ({ fill, d: pieces.join('') })),
  };
};

/**
 * What stands inside the `<svg>`: the paths, and over each day with trouble an unseen field that says so when pointed at.
 * As one string, because thousands of elements one by one cost a page ten times as much.
 */
export const barsMarkup = (bars: readonly DayBar[], geometry: BarsGeometry, say: (bar: DayBar) => string): string => {
  const { barWidth, gap, height } = geometry;
  const paths = drawDayBars(bars, geometry).paths.map(({ fill, d }) => `<path class="day-${fill}" d="${d}"/>`);
  const fields = bars.map((bar, i) =>
    isTroubled(bar)
      ? `<rect class="day-hit" x="${i * (barWidth + gap) - gap / 2}" width="${barWidth + gap}" height="${height}"><title>${escapeHtml(say(bar))}</title></rect>`
      : '',
  );
  return paths.join('') + fields.join('');
};

export const isTroubled = (bar: DayBar): boolean => bar.downMs + bar.degradedMs + bar.unknownMs + bar.maintenanceMs > 0;
export const isMeasured = (bar: DayBar): boolean => bar.operationalMs + bar.downMs + bar.degradedMs + bar.maintenanceMs > 0;
