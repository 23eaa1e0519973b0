/**
 * The checks behind a stretch of downtime: per location the last good one before it, the first and the last bad one in it, the
 * first good one after it. Where the retention has deleted them, that is said. Source: semantics D5.
 */
import { OUTCOMES } from '#domain/check/check-result.ts';
import type { Reading } from '#domain/check/quorum.ts';
import { reasonById } from '#domain/check/reason.ts';
import type { Witness, WitnessedSample } from '#domain/report/report-facts.ts';
import { after, type Instant, type Millis, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Store } from '../store.ts';
import { type Pair, readHotDay, readPackedDay } from './checks.ts';
import type { CheckRow } from './pack.ts';
import { readSeries } from './series.ts';
import type { ComponentTimelines } from './timelines.ts';

/** Rows of days that were read already, so that many lines of one day cost one read. */
export type DayRows = Map<string, Promise<readonly CheckRow[]>>;

const rowsOfDay = (store: Store, pair: Pair, day: number, known: DayRows): Promise<readonly CheckRow[]> => {
  const key = `${pair.componentId}/${pair.locationId}/${day}`;
  const reading =
    known.get(key) ??
    Promise.all([readPackedDay(store, pair, day), readHotDay(store, pair, day)]).then(([packed, hot]) => [...(packed ?? []), ...hot]);
  known.set(key, reading);
  return reading;
};

const sampleAt = async (store: Store, pair: Pair, at: Instant | null, known: DayRows): Promise<WitnessedSample | null> => {
  if (at === null) return null;
  const row = (await rowsOfDay(store, pair, dayOf(at), known)).find((one) => one.at === at);
  if (!row) return null;
  const outcome = OUTCOMES[row.outcome] ?? 'error';
  return { at, outcome, reason: reasonById(row.reason), httpStatus: row.status, detail: row.detail ?? '' };
};

interface Marks {
  failures: number;
  seen: boolean;
  lastGoodBefore: Instant | null;
  firstBad: Instant | null;
  lastBad: Instant | null;
  firstGoodAfter: Instant | null;
}

const marksOf = async (
  store: Store,
  pair: Pair,
  line: Interval,
  reach: Millis,
  reading: Reading,
  recordedBy: Instant | null,
): Promise<Marks> => {
  const marks: Marks = { failures: 0, seen: false, lastGoodBefore: null, firstBad: null, lastBad: null, firstGoodAfter: null };
  const [from, to] = [after(line.start, millis(-reach)), after(line.end, reach)];
  for await (const { at, outcome } of readSeries(store, pair, from, to, recordedBy)) {
    for (let i = 0; i < at.length; i++) {
      const instant = at[i] as Instant;
      const said = OUTCOMES[outcome[i] as number];
      if (said === 'error' || said === undefined) continue;
      const bad = said === 'fail' || (said === 'slow' && reading === 'strict');
      marks.seen = true;
      if (instant < line.start) marks.lastGoodBefore = bad ? marks.lastGoodBefore : instant;
      else if (bad && instant < line.end) {
        marks.firstBad ??= instant;
        marks.lastBad = instant;
        marks.failures++;
      } else if (!bad && instant >= line.end) marks.firstGoodAfter ??= instant;
    }
  }
  return marks;
};

/** One witness per location that ever spoke of the component. */
export const readWitnesses = async (
  store: Store,
  { component, timelines }: ComponentTimelines,
  line: Interval,
  reading: Reading,
  recordedBy: Instant | null,
  known: DayRows,
): Promise<Witness[]> => {
  const hold = Math.max(...component.versions.map((version) => version.hold));
  const found: Witness[] = [];
  for (const { location, locationId } of timelines) {
    const pair = { componentId: component.id, locationId };
    const marks = await marksOf(store, pair, line, millis(2 * hold), reading, recordedBy);
    const [lastGoodBefore, firstBad, lastBad, firstGoodAfter] = [
      await sampleAt(store, pair, marks.lastGoodBefore, known),
      await sampleAt(store, pair, marks.firstBad, known),
      await sampleAt(store, pair, marks.lastBad, known),
      await sampleAt(store, pair, marks.firstGoodAfter, known),
    ];
    found.push({ location, kept: marks.seen, failures: marks.failures, lastGoodBefore, firstBad, lastBad, firstGoodAfter });
  }
  return found;
};
