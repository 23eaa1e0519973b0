/**
 * The fast path: results newer than everything known of their (component, location). No reads; memory answers what state
 * they confirm or change. Out comes one transaction: facts, spans, incident, outbox. Results are taken in the order of
 * their instants, so how deliveries were grouped into batches does not matter.
 */

import { type SeenCertificate, saveCertificates } from '#db/queries/certificates.ts';
import { insertChecks, type StoredCheck } from '#db/queries/checks.ts';
import { dropDaily } from '#db/queries/daily.ts';
import { type ComponentHistory, judgementAt, lastVersion, panelsOf } from '#db/queries/definitions.ts';
import { type PairChanges, writeSpans } from '#db/queries/spans.ts';
import type { Statement } from '#db/store.ts';
import { NO_CHANGES, openSpan, type Sample, type SpanChanges, step } from '#domain/check/confirmation.ts';
import type { OpenSpan } from '#domain/check/span.ts';
import { decide } from '#domain/incident/incident-state.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import { type Admitted, toRow } from './admission.ts';
import { Draft, type Known, keyOf, type Track } from './known.ts';
import { tellOpened, tellResolved } from './told.ts';

export interface BatchPlan {
  readonly statements: readonly Statement[];
  readonly draft: Draft;
  /** The results that are stored; the others were in the list twice. */
  readonly fresh: ReadonlySet<Admitted>;
  /** Slugs of components whose spans or incident change. */
  readonly changed: ReadonlySet<string>;
}

/** `results` ascending by instant, each newer than `seenAt` of its track or equal to one before it in the list. */
export const planBatch = (known: Known, results: readonly Admitted[], recordedAt: Instant): BatchPlan => {
  const draft = new Draft(known);
  const checks: StoredCheck[] = [];
  const certificates: SeenCertificate[] = [];
  const fresh = new Set<Admitted>();
  const spans = new SpanLedger();
  const told: Statement[] = [];
  const changed = new Set<string>();
  const touchedDays: [number, number, number][] = [];
  for (const admitted of results) {
    const { key, result, component, componentId, locationId } = admitted;
    const track = draft.track(key);
    if (track && result.at <= track.seenAt) continue;
    fresh.add(admitted);
    checks.push({ componentId, locationId, row: toRow(result, recordedAt) });
    const certExpiresAt = result.certExpiresAt ?? track?.certExpiresAt ?? null;
    if (certExpiresAt !== null && certExpiresAt !== track?.certExpiresAt)
      certificates.push({ componentId, locationId, expiresAt: certExpiresAt, seenAt: result.at });
    if (result.outcome === 'error') {
      draft.setTrack(key, { seenAt: result.at, cursor: track?.cursor ?? null, certExpiresAt });
    } else {
      const next = step(
        track?.cursor ?? null,
        { at: result.at, outcome: result.outcome } satisfies Sample,
        judgementAt(component.versions, result.at),
      );
      draft.setTrack(key, { seenAt: result.at, cursor: next.cursor, certExpiresAt });
      if (next.changes !== NO_CHANGES) {
        spans.add(key, componentId, locationId, next.changes);
        changed.add(component.slug);
      }
      const statements = judge(draft, admitted, recordedAt);
      if (statements.length > 0) changed.add(component.slug);
      told.push(...statements);
    }
    touchedDays.push(...rolledDays(admitted, track, recordedAt));
  }
  const statements = checks.length === 0 ? [] : [insertChecks(checks), ...writeSpans(spans.list()), ...told];
  if (certificates.length > 0) statements.push(saveCertificates(certificates));
  if (touchedDays.length > 0) statements.push(dropDaily(touchedDays));
  return { statements, draft, fresh, changed };
};

/** Days before today that this result may change; today is never rolled up. A covered gap reaches back to the sample before. */
const rolledDays = (
  { componentId, locationId, result, version }: Admitted,
  before: Track | undefined,
  now: Instant,
): [number, number, number][] => {
  const today = dayOf(now);
  const cursor = before?.cursor;
  const reachesBack = cursor && result.at - cursor.lastAt <= cursor.hold;
  const from = reachesBack ? Math.min(cursor.lastAt, ...cursor.tail.filter(undecided).map(({ start }) => start)) : result.at;
  if (dayOf(from as Instant) >= today) return [];
  const days: [number, number, number][] = [];
  for (let day = dayOf(from as Instant); day <= Math.min(dayOf((result.at + version.hold) as Instant), today - 1); day++)
    days.push([componentId, locationId, day]);
  return days;
};
const undecided = ({ lenient, strict }: { lenient: string; strict: string }): boolean => lenient === 'pending' || strict === 'pending';

/** What this sample means for the component's incident, drafted; most samples mean nothing and cost nothing. */
const judge = (draft: Draft, admitted: Pick<Admitted, 'component' | 'version' | 'result' | 'key'>, recordedAt: Instant): Statement[] => {
  const { component, version, result } = admitted;
  const incident = draft.incident(component.id);
  const says = draft.track(admitted.key)?.cursor?.tail.at(-1)?.lenient;
  if (incident ? says !== 'up' && says !== 'blip' : says !== 'down') return [];
  const { open, at } = newest(draft, component.id);
  const quorum = { locations: draft.known.activeLocations.length, needed: version.quorum };
  const transition = decide(incident, open, quorum, at);
  if (transition.type === 'open') {
    // A result that was on its way when its component was removed: evidence, but nobody watches any more.
    if (lastVersion(component.versions).removed) return [];
    const opening = {
      component,
      version,
      reason: result.reason,
      httpStatus: result.httpStatus,
      startedAt: later(transition.startedAt, askedSince(draft.known, component)),
      confirmedAt: result.at,
      locations: quorum.needed,
    };
    const told = tellOpened(opening, recordedAt);
    draft.setIncident(component.id, told.incident);
    return [...told.statements];
  }
  if (transition.type === 'resolve' && incident) {
    draft.setIncident(component.id, null);
    return tellResolved(incident, component.slug, version, transition.resolvedAt, recordedAt);
  }
  return [];
};

/** Since when these locations are asked and this quorum holds; before that others judged. */
const askedSince = (known: Known, component: ComponentHistory): Instant => {
  const panels = panelsOf(component, [...known.locations.values()]);
  return panels.length === 1 ? (0 as Instant) : (panels.at(-1) ?? panels[0]).from;
};

/** The open spans of a component's configured locations, and the newest instant any of them was heard at. */
export const newest = (draft: Draft, componentId: number): { open: OpenSpan[]; at: Instant } => {
  const open: OpenSpan[] = [];
  let at = 0 as Instant;
  for (const locationId of draft.known.activeLocations) {
    const cursor = draft.track(keyOf({ componentId, locationId }))?.cursor;
    if (!cursor) continue;
    open.push(openSpan(cursor));
    if (cursor.lastAt > at) at = cursor.lastAt;
  }
  return { open, at };
};

/** Several changes of one pair within a batch, boiled down to the last word on each span. */
class SpanLedger {
  readonly #pairs = new Map<number, { componentId: number; locationId: number; rows: Map<Instant, SpanChanges['put'][number] | null> }>();

  add(key: number, componentId: number, locationId: number, changes: SpanChanges): void {
    let pair = this.#pairs.get(key);
    if (!pair) {
      pair = { componentId, locationId, rows: new Map() };
      this.#pairs.set(key, pair);
    }
    for (const start of changes.removed) pair.rows.set(start, null);
    for (const piece of changes.put) pair.rows.set(piece.start, piece);
  }
  list(): PairChanges[] {
    return [...this.#pairs.values()].map(({ componentId, locationId, rows }) => ({
      componentId,
      locationId,
      changes: {
        removed: [...rows].flatMap(([start, piece]) => (piece === null ? [start] : [])),
        put: [...rows.values()].filter((piece) => piece !== null),
      },
    }));
  }
}
