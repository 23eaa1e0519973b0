/**
 * The slow path: results that are not newer than what is known. Known already: nothing happens. Late: the stretch from the
 * last plain `ok` before them to the first after them is folded again, hot and packed alike, its spans are replaced, the
 * rollups of its days dropped, and what it means for incidents is told (domain/incident/incident-state.ts), all in the one
 * transaction it plans. Runs inside `store.exclusive`; what it reads still holds when its statements are written.
 */

import {
  type EvidenceSample,
  firstOkAfter,
  insertChecks,
  lastOkBefore,
  mergeFirstWins,
  type Pair,
  readEvidence,
} from '#db/queries/checks.ts';
import { dropDaily } from '#db/queries/daily.ts';
import { judgementAt, lastVersion, panelsOf } from '#db/queries/definitions.ts';
import { closedSpans } from '#db/queries/facts.ts';
import { moveStart, readIncidentsTouching } from '#db/queries/incidents.ts';
import { readSpansTouching, writeSpans } from '#db/queries/spans.ts';
import type { Statement, Store } from '#db/store.ts';
import type { Piece, Sample, SpanChanges } from '#domain/check/confirmation.ts';
import { composePanels } from '#domain/check/quorum.ts';
import { refold } from '#domain/check/refold.ts';
import { correct } from '#domain/incident/incident-state.ts';
import { after, earlier, type Instant, later, millis } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import { type Admitted, FUTURE_LIMIT, toRow } from './admission.ts';
import { Draft, type Known, keyOf } from './known.ts';
import { newest } from './plan-batch.ts';
import { tellAdded, tellNeverWas, tellOpened, tellResolved, tellUnfounded } from './told.ts';

export interface LatePlan {
  readonly statements: readonly Statement[];
  readonly fresh: readonly Admitted[];
  readonly stateChanged: boolean;
  /** Older than the evidence that is kept: refused, because their stretch cannot be judged any more. */
  readonly tooOld: readonly Admitted[];
}
const NOTHING: LatePlan = { statements: [], fresh: [], stateChanged: false, tooOld: [] };

/** So that the timeline holds the newest evidence itself. */
const MOMENT = millis(1);
type Lates = readonly [Admitted, ...Admitted[]];
const FOREVER = Number.MAX_SAFE_INTEGER as Instant;
const isEvidence = (sample: EvidenceSample): sample is EvidenceSample & Sample => sample.outcome !== 'error';

/** `results` all of one (component, location), ascending, at least one. */
export const planLate = async (
  store: Store,
  known: Known,
  results: readonly [Admitted, ...Admitted[]],
  recordedAt: Instant,
): Promise<LatePlan> => {
  const [first] = results;
  const last = results.at(-1) ?? first;
  const { component, componentId, locationId } = first;
  const pair: Pair = { componentId, locationId };
  const from = (await lastOkBefore(store, pair, first.result.at)) ?? (0 as Instant);
  const closing = await firstOkAfter(store, pair, last.result.at);
  const stored = await readEvidence(store, pair, from, closing ?? FOREVER);
  const instants = new Set<number>(stored.map(({ at }) => at));
  const fresh = results.filter(({ result }) => !instants.has(result.at) && instants.add(result.at));
  if (fresh.length === 0) return NOTHING;

  const added = fresh.map(({ result }): EvidenceSample => ({ at: result.at, outcome: result.outcome, latencyUs: result.latencyUs }));
  const samples = mergeFirstWins(stored, added).filter(isEvidence);
  const touched = { from: samples[0]?.at ?? first.result.at, to: samples.at(-1)?.at ?? last.result.at };
  const rows = await readSpansTouching(store, pair, touched.from, touched.to);
  // A span older than all evidence: the retention has been here, and what it deleted cannot be folded again.
  if (from === 0 && rows.some(({ start }) => start < touched.from)) return { ...NOTHING, tooOld: fresh };
  const changes = refold({ samples, closedByOk: closing !== null }, rows, (at) => judgementAt(component.versions, at));
  const days = new Set<number>();
  const lastDay = dayOf(after(last.result.at, last.version.hold));
  for (let day = dayOf(touched.from); day <= Math.max(dayOf(touched.to), lastDay); day++) days.add(day);
  return {
    fresh,
    tooOld: [],
    stateChanged: changes.put.length > 0 || changes.removed.length > 0,
    statements: [
      insertChecks(fresh.map(({ result }) => ({ ...pair, row: toRow(result, recordedAt) }))),
      ...writeSpans([{ ...pair, changes }]),
      dropDaily([...days].map((day) => [componentId, locationId, day] as const)),
      ...(await consequences(store, known, [fresh[0] ?? first, ...fresh.slice(1)], changes, recordedAt)),
    ],
  };
};

const apply = (rows: readonly Piece[], { removed, put }: SpanChanges): Piece[] => {
  const gone = new Set([...removed, ...put.map(({ start }) => start)]);
  return [...rows.filter(({ start }) => !gone.has(start)), ...put].sort((a, b) => a.start - b.start);
};

/** The component as it will read after the change, from the first changed edge to its newest evidence as of now. */
const timelineAfter = async (store: Store, known: Known, lateOnes: Lates, changes: SpanChanges, recordedAt: Instant) => {
  const { component, locationId: lateLocation, result } = lateOnes.findLast((late) => late.result.outcome !== 'error') ?? lateOnes[0];
  const start = Math.min(...changes.put.map((piece) => piece.start)) as Instant;
  const judged = newest(new Draft(known), component.id);
  // A clock that ran ahead has left evidence behind that lies in the future: it says nothing about now.
  const end = earlier(after(later(judged.at, result.at), MOMENT), after(recordedAt, FUTURE_LIMIT));
  const timelines = [];
  for (const { id: locationId } of known.locations.values()) {
    const pair = { componentId: component.id, locationId };
    const rows = await readSpansTouching(store, pair, start, end);
    const isLate = locationId === lateLocation;
    const cursor = known.tracks.get(keyOf(pair))?.cursor;
    const heardAt = later(cursor?.lastAt ?? start, isLate ? result.at : start);
    const coveredUntil = after(heardAt, judgementAt(component.versions, heardAt).hold);
    const pieces = isLate ? apply(rows, changes) : rows;
    timelines.push({ locationId, spans: closedSpans(pieces, coveredUntil), open: null });
  }
  const panels = panelsOf(component, [...known.locations.values()]);
  return { panels, timeline: composePanels(timelines, panels, 'lenient', { start, end }, end) };
};

/** The late failure that tells of an outage. */
const witness = (lateOnes: Lates, startedAt: Instant): Admitted =>
  lateOnes.find(({ result }) => result.outcome === 'fail' && result.at >= startedAt) ??
  lateOnes.find(({ result }) => result.outcome === 'fail') ??
  lateOnes[0];

const consequences = async (
  store: Store,
  known: Known,
  lateOnes: Lates,
  changes: SpanChanges,
  recordedAt: Instant,
): Promise<Statement[]> => {
  if (changes.put.length === 0) return [];
  const { panels, timeline } = await timelineAfter(store, known, lateOnes, changes, recordedAt);
  const [beginning, end] = [timeline[0], timeline.at(-1)];
  if (!beginning || !end) return [];
  const { component, version } = lateOnes[0];
  const incidents = await readIncidentsTouching(store, component.id, beginning.start, end.end);
  const opening = (startedAt: Instant) => {
    const { result } = witness(lateOnes, startedAt);
    const { needed } = panels.findLast(({ from }) => from <= startedAt) ?? panels[0];
    const { reason, httpStatus } = result;
    return { component, version, reason, httpStatus, startedAt, confirmedAt: later(result.at, startedAt), locations: needed };
  };
  return correct(timeline, incidents).flatMap((correction): readonly Statement[] => {
    if (correction.type === 'move-start') return [moveStart(correction.id, correction.startedAt)];
    if (correction.type === 'unfounded') return [tellUnfounded(correction.id, recordedAt)];
    if (correction.type === 'add') return tellAdded({ ...opening(correction.startedAt), resolvedAt: correction.resolvedAt }, recordedAt);
    if (correction.type === 'open')
      return lastVersion(component.versions).removed ? [] : tellOpened(opening(correction.startedAt), recordedAt).statements;
    const incident = incidents.find(({ id }) => id === correction.id);
    if (!incident) return [];
    const tell = correction.founded ? tellResolved : tellNeverWas;
    return tell(incident, component.slug, version, correction.resolvedAt, recordedAt);
  });
};
