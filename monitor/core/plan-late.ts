/**
 * The slow path: results that are not newer than what is known. Known already: nothing happens. Late: the stretch from the
 * last plain `ok` before them to the first after them is folded again, hot and packed alike, its spans are replaced, the
 * rollups of its days dropped, and incidents already told are corrected (domain/incident/incident-state.ts). Runs inside
 * `store.exclusive`; what it reads still holds when its statements are written.
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
import { judgementAt } from '#db/queries/definitions.ts';
import { moveStart, readIncidentsTouching } from '#db/queries/incidents.ts';
import { readSpansTouching, writeSpans } from '#db/queries/spans.ts';
import type { Statement, Store } from '#db/store.ts';
import type { Piece, Sample, SpanChanges } from '#domain/check/confirmation.ts';
import { composeLocations, type LocationTimeline } from '#domain/check/quorum.ts';
import { refold } from '#domain/check/refold.ts';
import type { Span } from '#domain/check/span.ts';
import { correct, outagesOf } from '#domain/incident/incident-state.ts';
import { after, type Instant } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import { type Admitted, toRow } from './admission.ts';
import { Draft, type Known, keyOf } from './known.ts';
import { newest } from './plan-batch.ts';
import { tellAdded, tellUnfounded } from './told.ts';

export interface LatePlan {
  readonly statements: readonly Statement[];
  readonly fresh: readonly Admitted[];
  readonly stateChanged: boolean;
  /** Older than the evidence that is kept: refused, because their stretch cannot be judged any more. */
  readonly tooOld: readonly Admitted[];
}
const NOTHING: LatePlan = { statements: [], fresh: [], stateChanged: false, tooOld: [] };

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
      ...(await corrections(store, known, fresh[0] ?? first, changes, recordedAt)),
    ],
  };
};

const apply = (rows: readonly Piece[], { removed, put }: SpanChanges): Piece[] => {
  const gone = new Set([...removed, ...put.map(({ start }) => start)]);
  return [...rows.filter(({ start }) => !gone.has(start)), ...put].sort((a, b) => a.start - b.start);
};

/** Incidents of the component held against the timeline as it will read after the change. */
const corrections = async (store: Store, known: Known, late: Admitted, changes: SpanChanges, recordedAt: Instant): Promise<Statement[]> => {
  const edges = changes.put.flatMap(({ start, end }) => (end === null ? [start] : [start, end]));
  if (edges.length === 0) return [];
  const { at } = newest(new Draft(known), late.component.id);
  const over = { start: Math.min(...edges) as Instant, end: after(at, late.version.hold) };
  const timelines: LocationTimeline[] = [];
  for (const locationId of known.activeLocations) {
    const pair = { componentId: late.component.id, locationId };
    const rows = await readSpansTouching(store, pair, over.start, over.end);
    const cursor = known.tracks.get(keyOf(pair))?.cursor;
    const coveredUntil = cursor ? after(cursor.lastAt, cursor.hold) : over.start;
    const pieces = locationId === late.locationId ? apply(rows, changes) : rows;
    timelines.push({ spans: pieces.map((piece) => ({ ...piece, end: piece.end ?? coveredUntil }) as Span), open: null });
  }
  const quorum = { locations: known.activeLocations.length, needed: late.version.quorum };
  const outages = outagesOf(composeLocations(timelines, quorum, 'lenient', over, over.end));
  const incidents = await readIncidentsTouching(store, late.component.id, over.start, over.end);
  const opening = { component: late.component, name: late.version.name, reason: late.result.reason, locations: quorum.locations };
  return correct(outages, incidents, over).flatMap((correction): Statement[] => {
    if (correction.type === 'move-start') return [moveStart(correction.id, correction.startedAt)];
    if (correction.type === 'unfounded') return [tellUnfounded(correction.id, recordedAt)];
    return tellAdded({ ...opening, ...correction, confirmedAt: late.result.at }, recordedAt);
  });
};
