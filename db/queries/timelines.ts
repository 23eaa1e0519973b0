/**
 * What the checks say of components over a range, as the ledger takes it: per location the spans that touch the range, whole
 * and not clipped (a blip is counted where it began), and who was asked when. Two sources that must agree: the stored spans,
 * and the evidence itself, folded anew, of which only rows recorded by `asOf` count. Components that are no longer watched
 * are among them.
 */
import { type Cursor, type Folded, foldOn, foldSeries, type Piece, type Sample } from '#domain/check/confirmation.ts';
import { dayInterval } from '#domain/check/day-rollup.ts';
import type { LocationTimeline, Panels } from '#domain/check/quorum.ts';
import type { Span } from '#domain/check/span.ts';
import type { NamedTimeline } from '#domain/sla/blip-lines.ts';
import { after, DAY, type Instant, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Store } from '../store.ts';
import { firstDayOf, firstIn, firstOkAfter, lastIn, lastOkBefore, type Pair, readLastSeen } from './checks.ts';
import { covers, openOf, pairKey } from './coverage.ts';
import { type ComponentHistory, type Definitions, judgementAt, panelsOf } from './definitions.ts';
import type { Series } from './pack.ts';
import { readSeries, seriesRoom } from './series.ts';
import { readSpansAmong } from './spans.ts';

export type TimelineSource = 'spans' | 'evidence';

export interface ComponentTimelines {
  readonly component: ComponentHistory;
  readonly panels: Panels;
  readonly timelines: readonly NamedTimeline[];
}

const closed = (pieces: readonly Piece[]): Span[] => pieces.flatMap((piece) => (piece.end === null ? [] : [{ ...piece, end: piece.end }]));

/** Components whose spans are read at once: ten years of so many keep this thread for a few milliseconds. */
const COMPONENTS_PER_READ = 16;

/** From the stored spans, as the last recorded check left them. */
const fromSpans = async (
  store: Store,
  definitions: Definitions,
  range: Interval,
  components: readonly ComponentHistory[],
): Promise<Map<string, LocationTimeline>> => {
  const coverOf = covers(definitions, await readLastSeen(store));
  const found = new Map<string, LocationTimeline>();
  for (let i = 0; i < components.length; i += COMPONENTS_PER_READ) {
    const ids = components.slice(i, i + COMPONENTS_PER_READ).map(({ id }) => id);
    for (const pair of await readSpansAmong(store, range.start, range.end, ids))
      found.set(pairKey(pair), { spans: closed(pair.pieces), open: openOf(pair.pieces.at(-1), coverOf.get(pairKey(pair))) });
  }
  return found;
};

const NAMES = ['ok', 'slow', 'fail'] as const;
function* samplesOf({ at, outcome }: Series): Generator<Sample> {
  for (let i = 0; i < at.length; i++) {
    const said = NAMES[outcome[i] as number];
    if (said !== undefined) yield { at: at[i] as Instant, outcome: said };
  }
}

/** The whole series is judged alike when its first and its last check are: versions follow each other, and a removal shortens up to its end. */
export const foldPiece = (cursor: Cursor | null, series: Series, { versions }: ComponentHistory): Folded => {
  const [first, last] = [judgementAt(versions, series.at[0] as Instant), judgementAt(versions, series.at.at(-1) as Instant)];
  return first === last ? foldSeries(cursor, series, first) : foldOn(cursor, samplesOf(series), (at) => judgementAt(versions, at));
};

/** What a fold reads of, and into. */
interface FoldSource {
  readonly store: Store;
  readonly recordedBy: Instant | null;
  readonly room: ReturnType<typeof seriesRoom>;
}
interface FoldedChecks extends LocationTimeline {
  /** The first and the last plain `ok`. */
  readonly firstOk: Instant | null;
  readonly lastOk: Instant | null;
}
/** Everything from `from` to `to`; null: there is no check. */
const foldChecks = async (
  { store, recordedBy, room }: FoldSource,
  pair: Pair,
  component: ComponentHistory,
  { start, end }: Interval,
): Promise<FoldedChecks | null> => {
  const pieces: Piece[] = [];
  let cursor: Cursor | null = null;
  let firstOk: Instant | null = null;
  let lastOk: Instant | null = null;
  for await (const series of readSeries(store, pair, start, end, recordedBy, room)) {
    const folded = foldPiece(cursor, series, component);
    pieces.push(...folded.done);
    cursor = folded.cursor;
    firstOk ??= firstIn(series, isOk);
    lastOk = lastIn(series, isOk) ?? lastOk;
  }
  if (!cursor) return null;
  const all = [...pieces, ...cursor.tail];
  return { spans: closed(all), open: openOf(all.at(-1), after(cursor.lastAt, cursor.hold)), firstOk, lastOk };
};
const isOk = (_at: number, outcome: number): boolean => NAMES[outcome] === 'ok';

/**
 * From a plain `ok` before the range to one after it: what lies beyond them changes nothing inside. Usually a day more on both sides
 * holds them; where it does not they are looked for. Null: there is no check.
 */
const fold = async (
  source: FoldSource,
  pair: Pair,
  component: ComponentHistory,
  { start, end }: Interval,
): Promise<LocationTimeline | null> => {
  const wide = { start: after(start, millis(-DAY)), end: after(end, DAY) };
  const near = await foldChecks(source, pair, component, wide);
  if (near && near.firstOk !== null && near.firstOk < start && near.lastOk !== null && near.lastOk > end) return near;
  const { store, recordedBy } = source;
  // As of an earlier instant such an `ok` may have been recorded later, and then it ends no run: all that is kept is folded.
  const [before, behind] =
    recordedBy === null ? [await lastOkBefore(store, pair, start), await firstOkAfter(store, pair, end)] : [null, null];
  const from = before ?? (await oldestOf(store, pair));
  const until = behind ?? (await newestOf(store, pair));
  if (from === null || until === null) return null;
  return from >= wide.start && until <= wide.end ? near : foldChecks(source, pair, component, { start: from, end: until });
};
const oldestOf = async (store: Store, pair: Pair): Promise<Instant | null> => {
  const day = await firstDayOf(store, pair);
  return day === null ? null : dayInterval(day).start;
};
const newestOf = async (store: Store, pair: Pair): Promise<Instant | null> => (await readLastSeen(store, pair))[0]?.seenAt ?? null;

export interface TimelineRequest {
  readonly range: Interval;
  readonly source: TimelineSource;
  /** With the evidence: only rows recorded by then; null: all of them. */
  readonly recordedBy: Instant | null;
  /** Numbers of the components; null: all. */
  readonly components: ReadonlySet<number> | null;
  /** With the evidence: awaited after each component, so that others have their turn. */
  readonly between?: (() => Promise<void>) | undefined;
}

/** `definitions`: as they were known at the instant that is asked about. */
export const readTimelines = async (
  store: Store,
  definitions: Definitions,
  { range, source, recordedBy, components, between }: TimelineRequest,
): Promise<ComponentTimelines[]> => {
  const asked = definitions.components.filter(({ id }) => components === null || components.has(id));
  const stored = source === 'spans' ? await fromSpans(store, definitions, range, asked) : null;
  const evidence: FoldSource = { store, recordedBy, room: seriesRoom() };
  const found: ComponentTimelines[] = [];
  for (const component of asked) {
    const timelines: NamedTimeline[] = [];
    for (const { id: locationId, slug: location } of definitions.locations) {
      const pair: Pair = { componentId: component.id, locationId };
      const timeline = stored ? (stored.get(pairKey(pair)) ?? null) : await fold(evidence, pair, component, range);
      if (timeline) timelines.push({ location, locationId, ...timeline });
    }
    found.push({ component, panels: panelsOf(component, definitions.locations), timelines });
    if (!stored) await between?.();
  }
  return found;
};
