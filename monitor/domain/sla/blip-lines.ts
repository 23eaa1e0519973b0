/**
 * Failures too short to confirm, each refuted by a good result: they count as up, and the report tells them all the same, so
 * that flapping cannot hide. Units: integer ms UTC. Source: semantics A3, D5.
 */
import type { LocationTimeline, Reading } from '../check/quorum.ts';
import { contains, type Interval, intersect } from '../time/interval.ts';
import type { PlacedTimeline } from './evidence.ts';
import { type Bare, type Line, numbered } from './statement-lines.ts';

/** What one location says, by its name. */
export interface NamedTimeline extends PlacedTimeline {
  readonly location: string;
}

export interface BlipLine extends Line {
  readonly component: string;
  readonly location: string;
  /** False: it began before the period and is counted there. */
  readonly counted: boolean;
}

/**
 * Spans of one location that are blips in this reading, neighbours joined: a run may change its other reading on the way. Only those
 * that touch the period at least: one that ends where it begins may go on inside.
 */
const blipsOf = (timeline: LocationTimeline, reading: Reading, period: Interval): Interval[] => {
  const found: Interval[] = [];
  for (const span of timeline.spans) {
    if (span.end < period.start) continue;
    if (span.start >= period.end) break;
    if (span[reading] !== 'blip') continue;
    const last = found.at(-1);
    if (last && last.end === span.start) found[found.length - 1] = { start: last.start, end: span.end };
    else found.push({ start: span.start, end: span.end });
  }
  return found;
};

const byText =
  <K extends string>(key: K) =>
  (a: Readonly<Record<K, string>>, b: Readonly<Record<K, string>>): number =>
    a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0;

export const blipLines = (
  components: readonly { readonly id: string; readonly timelines: readonly NamedTimeline[] }[],
  reading: Reading,
  period: Interval,
): BlipLine[] =>
  numbered(
    'B',
    components.toSorted(byText('id')).flatMap(({ id, timelines }) =>
      timelines.toSorted(byText('location')).flatMap((timeline) =>
        blipsOf(timeline, reading, period).flatMap((blip): Bare<BlipLine>[] => {
          const common = intersect(blip, period);
          return common ? [{ ...common, component: id, location: timeline.location, counted: contains(period, blip.start) }] : [];
        }),
      ),
    ),
  );
