/**
 * Facts as views and the ledger read them. Everything leaves the store as JSON or blobs, never as rows by the thousand.
 * Days that are not rolled up are computed from the evidence by the same pure function, so a missing rollup is only slower.
 */
import { type CheckResult, OUTCOMES, PHASES, type PhaseTimings } from '#domain/check/check-result.ts';
import type { Piece } from '#domain/check/confirmation.ts';
import { dayInterval, rollUpDay, samplesByDay, spansOfDay } from '#domain/check/day-rollup.ts';
import { reasonById } from '#domain/check/reason.ts';
import type { Span } from '#domain/check/span.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { intersect } from '#domain/time/interval.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Store } from '../store.ts';
import { readAnnouncements } from './announcements.ts';
import { readCertificates } from './certificates.ts';
import { type LastSeen, type Pair, readEvidence, readLastRows, readLastSeen, type StoredCheck } from './checks.ts';
import { covers, openOf, pairKey } from './coverage.ts';
import { type DailyRow, readDaily } from './daily.ts';
import { type ComponentHistory, type Definitions, lastVersion, panelsOf, readDefinitions } from './definitions.ts';
import { readDisplay } from './display.ts';
import type { ComponentFact, DailyFact, Facts, LatencyPoint, LocationFact, LocationSpans } from './facts-types.ts';
import { readIncidentFacts } from './incidents.ts';
import type { CheckRow } from './pack.ts';
import { type PairPieces, readSpans, readSpansAmong } from './spans.ts';

export const factsOf = (store: Store): Facts => ({
  components: async () => {
    const { components, locations } = await readDefinitions(store);
    return components
      .filter(isWatched)
      .map((component) => componentFact(component, locations))
      .sort(byPosition);
  },
  locations: async () =>
    (await readDefinitions(store)).locations
      .filter(({ versions }) => !lastVersion(versions).removed)
      .map(({ id, slug, versions }): LocationFact => ({ id, slug, name: lastVersion(versions).name, local: lastVersion(versions).local })),
  spans: (from, to, componentId) => locationSpans(store, from, to, componentId),
  daily: (fromDay, toDay, componentId) => daily(store, fromDay, toDay, componentId),
  lastResults: (until) => lastResults(store, until),
  latencies: (componentId, locationId, from, to) => latencies(store, { componentId, locationId }, from, to),
  incidents: (since) => readIncidentFacts(store, 'resolved_at_ms IS NULL OR resolved_at_ms >= ?', [since]),
  newestIncidents: (count) =>
    readIncidentFacts(store, 'resolved_at_ms IS NULL OR id IN (SELECT id FROM incidents ORDER BY started_at_ms DESC, id LIMIT ?)', [count]),
  incident: async (id) => (await readIncidentFacts(store, 'id = ?', [id]))[0] ?? null,
  display: (asOf) => readDisplay(store, asOf),
  announcements: () => readAnnouncements(store),
});

const isWatched = ({ versions }: ComponentHistory): boolean => !lastVersion(versions).removed;
const byPosition = (a: ComponentFact, b: ComponentFact): number => a.position - b.position || a.id - b.id;
export const componentFact = (history: ComponentHistory, locations: Definitions['locations']): ComponentFact => {
  const { id, slug, createdAt } = history;
  const { name, description, group, critical, position, quorum, check, recordedAt, pause } = lastVersion(history.versions);
  const panels = panelsOf(history, locations);
  return {
    id,
    slug,
    name,
    description,
    group,
    critical,
    position,
    quorum,
    panels,
    check,
    createdAt,
    updatedAt: recordedAt,
    ...(pause && { paused: true }),
  };
};

const locationSpans = async (store: Store, from: Instant, to: Instant, componentId: number | undefined): Promise<LocationSpans[]> => {
  const [pairs, definitions, seen] = await Promise.all([
    readSpans(store, from, to, componentId ?? null),
    readDefinitions(store),
    readLastSeen(store),
  ]);
  return spansOfPairs(pairs, definitions, seen, from, to);
};

/** The same of some components alone, whose definitions are at hand. */
export const spansAmong = async (
  store: Store,
  definitions: Definitions,
  from: Instant,
  to: Instant,
): Promise<{ readonly spans: readonly LocationSpans[]; readonly seen: readonly LastSeen[] }> => {
  const ids = definitions.components.map(({ id }) => id);
  const [pairs, seen] = await Promise.all([readSpansAmong(store, from, to, ids), readLastSeen(store, null, to, ids)]);
  return { spans: spansOfPairs(pairs, definitions, seen, from, to), seen };
};

const spansOfPairs = (
  pairs: readonly PairPieces[],
  definitions: Definitions,
  seen: readonly LastSeen[],
  from: Instant,
  to: Instant,
): LocationSpans[] => {
  const coverOf = covers(definitions, seen);
  return pairs.map((pair): LocationSpans => {
    const closed = pair.pieces.flatMap((piece): Span[] => {
      const part = piece.end === null ? null : intersect({ start: piece.start, end: piece.end }, { start: from, end: to });
      return part ? [{ ...piece, ...part }] : [];
    });
    const { componentId: c, locationId: l } = pair;
    return { componentId: c, locationId: l, spans: closed, open: openOf(pair.pieces.at(-1), coverOf.get(pairKey(pair))) };
  });
};

/** Spans with the open one closed where its cover ends; what `rollUpDay` takes. */
export const closedSpans = (pieces: readonly Piece[], coveredUntil: Instant | undefined): Span[] =>
  pieces.map((piece) => ({ ...piece, end: piece.end ?? later(coveredUntil ?? piece.start, piece.start) }));

const daily = async (store: Store, fromDay: number, toDay: number, componentId: number | undefined): Promise<DailyFact[]> => {
  if (toDay <= fromDay) return [];
  const from = dayInterval(fromDay).start;
  const to = dayInterval(toDay).start;
  const [rolled, pairs, definitions, seen] = await Promise.all([
    readDaily(store, fromDay, toDay, componentId ?? null),
    readSpans(store, from, to, componentId ?? null),
    readDefinitions(store),
    readLastSeen(store),
  ]);
  const have = new Map(rolled.map((row) => [`${pairKey(row)}/${row.day}`, row]));
  const coverOf = covers(definitions, seen);
  const computed: DailyRow[] = [];
  for (const pair of pairs) computed.push(...(await missingDays(store, pair, fromDay, toDay, have, coverOf.get(pairKey(pair)))));
  return [...rolled, ...computed]
    .sort((a, b) => a.componentId - b.componentId || a.locationId - b.locationId || a.day - b.day)
    .map(({ strictUpMs: _up, strictDownMs: _down, strictUnknownMs: _unknown, ...fact }) => fact);
};

/** The days of one pair that have a span but no rollup. */
const missingDays = async (
  store: Store,
  pair: PairPieces,
  fromDay: number,
  toDay: number,
  have: ReadonlyMap<string, DailyRow>,
  coveredUntil: Instant | undefined,
): Promise<DailyRow[]> => {
  const spans = closedSpans(pair.pieces, coveredUntil);
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return [];
  const { componentId, locationId } = pair;
  const missing: number[] = [];
  for (let day = Math.max(fromDay, dayOf(first.start)); day < toDay && day <= dayOf(last.end); day++)
    if (!have.has(`${pairKey(pair)}/${day}`)) missing.push(day);
  const [firstDay, lastDay] = [missing[0], missing.at(-1)];
  if (firstDay === undefined || lastDay === undefined) return [];
  const evidence = await readEvidence(store, pair, dayInterval(firstDay).start, dayInterval(lastDay).end);
  const samples = samplesByDay(evidence);
  return missing.map(
    (day): DailyRow => ({ componentId, locationId, day, ...rollUpDay(day, samples.get(day) ?? [], spansOfDay(spans, day)) }),
  );
};

const phasesOf = (row: CheckRow): PhaseTimings => {
  const timings: Partial<Record<(typeof PHASES)[number], number>> = {};
  row.phases?.forEach((value, i) => {
    const phase = PHASES[i];
    if (phase && value > 0) timings[phase] = value - 1;
  });
  return timings;
};

/** A stored check as the result that it was. */
export const resultOf = (
  check: StoredCheck,
  componentId: string,
  locationId: string,
  certExpiresAt: Instant | null,
): CheckResult & { readonly recordedAt: Instant } => {
  const { row } = check;
  const at = row.at as Instant;
  return {
    componentId,
    locationId,
    scheduledAt: (at - row.lag) as Instant,
    at,
    finishedAt: (at + row.took) as Instant,
    recordedAt: (at + row.delay) as Instant,
    outcome: OUTCOMES[row.outcome] ?? 'error',
    reason: reasonById(row.reason),
    detail: row.detail ?? '',
    canaryOk: row.canary === null ? null : row.canary === 1,
    httpStatus: row.status,
    latencyUs: row.latencyUs,
    phases: phasesOf(row),
    certExpiresAt,
  };
};

const lastResults = async (store: Store, until: Instant | undefined): Promise<(CheckResult & { readonly recordedAt: Instant })[]> => {
  const [definitions, seen, certificates] = await Promise.all([
    readDefinitions(store),
    readLastSeen(store, null, until),
    readCertificates(store),
  ]);
  const expiryOf = new Map(certificates.map((one) => [pairKey(one), one.expiresAt]));
  const componentOf = new Map(definitions.components.filter(isWatched).map(({ id, slug }) => [id, slug]));
  const locationOf = new Map(definitions.locations.map(({ id, slug }) => [id, slug]));
  const checks = await readLastRows(store, seen);
  return checks.flatMap((check) => {
    const component = componentOf.get(check.componentId);
    const location = locationOf.get(check.locationId);
    return component !== undefined && location !== undefined
      ? [resultOf(check, component, location, expiryOf.get(pairKey(check)) ?? null)]
      : [];
  });
};

const latencies = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<LatencyPoint[]> =>
  (await readEvidence(store, pair, from, (to - 1) as Instant)).flatMap(({ at, outcome, latencyUs }) =>
    latencyUs === null ? [] : [{ at, outcome, latencyUs }],
  );
