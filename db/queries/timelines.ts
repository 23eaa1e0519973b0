/**
 * What the checks say of components over a range, as the ledger takes it: per location the spans that touch the range, whole
 * and not clipped (a blip is counted where it began), and who was asked when. Two sources that must agree: the stored spans,
 * and the evidence itself, folded anew, of which only rows recorded by `asOf` count. Components that are no longer watched
 * are among them.
 */
import { type Cursor, foldOn, foldSeries, type Piece, type Sample } from '#domain/check/confirmation.ts';
import type { LocationTimeline, Panels } from '#domain/check/quorum.ts';
import type { Span } from '#domain/check/span.ts';
import type { NamedTimeline } from '#domain/sla/blip-lines.ts';
import { after, type Instant, later } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Store } from '../store.ts';
import { firstOkAfter, lastOkBefore, type Pair, readLastSeen } from './checks.ts';
import { type ComponentHistory, type Definitions, judgementAt, panelsOf } from './definitions.ts';
import { covers, openOf, pairKey } from './facts.ts';
import type { Series } from './pack.ts';
import { readSeries } from './series.ts';
import { readSpans } from './spans.ts';

export type TimelineSource = 'spans' | 'evidence';

export interface ComponentTimelines {
  readonly component: ComponentHistory;
  readonly panels: Panels;
  readonly timelines: readonly NamedTimeline[];
}

const closed = (pieces: readonly Piece[]): Span[] => pieces.flatMap((piece) => (piece.end === null ? [] : [{ ...piece, end: piece.end }]));

/** From the stored spans, as the last recorded check left them. */
const fromSpans = async (
  store: Store,
  definitions: Definitions,
  range: Interval,
  only: number | null,
): Promise<Map<string, LocationTimeline>> => {
  const [pairs, seen] = await Promise.all([readSpans(store, range.start, range.end, only), readLastSeen(store)]);
  const coverOf = covers(definitions, seen);
  return new Map(
    pairs.map((pair) => {
      const timeline = { spans: closed(pair.pieces), open: openOf(pair.pieces.at(-1), coverOf.get(pairKey(pair))) };
      return [pairKey(pair), timeline];
    }),
  );
};

const NAMES = ['ok', 'slow', 'fail'] as const;
function* samplesOf({ at, outcome }: Series): Generator<Sample> {
  for (let i = 0; i < at.length; i++) {
    const said = NAMES[outcome[i] as number];
    if (said !== undefined) yield { at: at[i] as Instant, outcome: said };
  }
}

/** From a plain `ok` before the range to one after it: what lies beyond them changes nothing inside. Null: there is no check. */
const fold = async (
  store: Store,
  pair: Pair,
  component: ComponentHistory,
  { start, end }: Interval,
  recordedBy: Instant | null,
): Promise<LocationTimeline | null> => {
  const [before, behind] = [await lastOkBefore(store, pair, start, recordedBy), await firstOkAfter(store, pair, end, recordedBy)];
  const pieces: Piece[] = [];
  let cursor: Cursor | null = null;
  const [version, ...others] = component.versions;
  const until = behind ?? (Number.MAX_SAFE_INTEGER as Instant);
  const newest = behind ?? (await newestOf(store, pair)) ?? end;
  for await (const series of readSeries(store, pair, before ?? (0 as Instant), newest < until ? newest : until, recordedBy)) {
    const folded: ReturnType<typeof foldOn> =
      others.length === 0
        ? foldSeries(cursor, series, version)
        : foldOn(cursor, samplesOf(series), (at) => judgementAt(component.versions, at));
    pieces.push(...folded.done);
    cursor = folded.cursor;
  }
  if (!cursor) return null;
  const all = [...pieces, ...cursor.tail];
  return { spans: closed(all), open: openOf(all.at(-1), after(cursor.lastAt, cursor.hold)) };
};
const newestOf = async (store: Store, pair: Pair): Promise<Instant | null> => (await readLastSeen(store, pair))[0]?.seenAt ?? null;

export interface TimelineRequest {
  readonly range: Interval;
  readonly source: TimelineSource;
  /** With the evidence: only rows recorded by then; null: all of them. */
  readonly recordedBy: Instant | null;
  /** Numbers of the components; null: all. */
  readonly components: ReadonlySet<number> | null;
}

/** `definitions`: as they were known at the instant that is asked about. */
export const readTimelines = async (
  store: Store,
  definitions: Definitions,
  { range, source, recordedBy, components }: TimelineRequest,
): Promise<ComponentTimelines[]> => {
  const [only, ...more] = components ?? [];
  const stored = source === 'spans' ? await fromSpans(store, definitions, range, more.length === 0 ? (only ?? null) : null) : null;
  const found: ComponentTimelines[] = [];
  for (const component of definitions.components) {
    if (components && !components.has(component.id)) continue;
    const timelines: NamedTimeline[] = [];
    for (const { id: locationId, slug: location } of definitions.locations) {
      const pair: Pair = { componentId: component.id, locationId };
      const timeline = stored ? (stored.get(pairKey(pair)) ?? null) : await fold(store, pair, component, range, recordedBy);
      if (timeline) timelines.push({ location, locationId, ...timeline });
    }
    found.push({ component, panels: panelsOf(component, definitions.locations), timelines });
  }
  return found;
};

/** Until when a timeline says anything, whatever it says; null: nothing. */
export const heardUntil = ({ spans, open }: LocationTimeline): Instant | null => {
  const last = spans.at(-1)?.end ?? null;
  if (!open) return last;
  return last === null ? open.coveredUntil : later(last, open.coveredUntil);
};
