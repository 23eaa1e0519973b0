/**
 * Doctor: rebuilds spans and daily rollups of every component and location from the evidence and holds them against what
 * the store says, exactly. Also: integrity of the file, references, the chain of the ledger, the audit, packs, incidents, sentinels, time
 * zone data, prober runs. Changes nothing. Past the retention there is no evidence: those days are held against the spans, and it says so.
 * One (component, location) at a time, inside `store.exclusive`, so that a running recorder cannot make a difference.
 */

import { type Pair, readEvidenceSeries } from '#db/queries/checks.ts';
import { type DailyRow, readDaily } from '#db/queries/daily.ts';
import { type ComponentHistory, type LocationHistory, readDefinitions } from '#db/queries/definitions.ts';
import { closedSpans } from '#db/queries/facts.ts';
import { EVIDENCE_MARK, readHotRange, readMark, readPackList } from '#db/queries/packs.ts';
import { readAllSpans } from '#db/queries/spans.ts';
import { foldPiece } from '#db/queries/timelines.ts';
import type { Cursor, Piece } from '#domain/check/confirmation.ts';
import { type DayHeard, type DayRollup, type DaySeries, dayInterval, hearDay, rollUpDay, spansOfDay } from '#domain/check/day-rollup.ts';
import type { Span } from '#domain/check/span.ts';
import { after, type Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { dayOf } from '#domain/time/zone.ts';
import { auditChecks } from './doctor-audit.ts';
import { chainChecks } from './doctor-chain.ts';
import { fileChecks } from './doctor-file.ts';
import { environmentNotes } from './doctor-notes.ts';
import { reportChecks } from './doctor-reports.ts';
import type { Difference, DoctorContext, DoctorReport } from './doctor-types.ts';
import type { Told } from './long-verb.ts';

/** Days of evidence folded between two turns of the event loop: few where somebody is served meanwhile. */
const CHUNK_DAYS = 2;
const CHUNK_DAYS_ALONE = 32;
/** Of one pair at most this many differences are told; the rest is counted. */
const TOLD = 20;

/** `alone`: nobody is served by this process, and it may go faster. `evidence` false: everything but the recomputation, which takes longest. */
export const doctorReport = async (
  ctx: DoctorContext,
  onProgress: Told = () => undefined,
  { alone = false, evidence = true }: { readonly alone?: boolean; readonly evidence?: boolean } = {},
): Promise<DoctorReport> => {
  const chunkDays = alone ? CHUNK_DAYS_ALONE : CHUNK_DAYS;
  const { components, locations } = await readDefinitions(ctx.store);
  const pairs = (evidence ? components : []).flatMap((component) => locations.map((location) => ({ component, location })));
  onProgress({ message: 'Checking the file', done: 0, total: pairs.length });
  const chain = await chainChecks(ctx.store, ctx.reach);
  const audit = await auditChecks(ctx, onProgress);
  const differences: Difference[] = [
    ...(await fileChecks(ctx.store)),
    ...chain.differences,
    ...audit.differences,
    ...(await reportChecks(ctx.store, ctx.reach)),
  ];
  const examined = { pairs: 0, checks: 0, spans: 0, days: 0 };
  const notes = [...(await environmentNotes(ctx)), ...chain.notes, ...audit.notes];
  const keptFrom = (await readMark(ctx.store, EVIDENCE_MARK)) ?? 0;
  if (!evidence)
    notes.push('States, days and figures were not recomputed from the evidence: `avow doctor` does that, also while Avow runs.');
  let pastRetention = 0;
  for (const [i, pair] of pairs.entries()) {
    onProgress({ message: `${pair.component.slug} at ${pair.location.slug}`, done: i, total: pairs.length });
    const found = await ctx.store.exclusive(() => examine({ ...ctx, chunkDays }, pair.component, pair.location, keptFrom));
    if (found.checks + found.spans + found.days > 0) examined.pairs++;
    examined.checks += found.checks;
    examined.spans += found.spans;
    examined.days += found.days;
    pastRetention += found.pastRetention;
    differences.push(...shorten(found.differences));
  }
  onProgress({ message: 'Done', done: pairs.length, total: pairs.length });
  if (pastRetention > 0)
    notes.push(
      `${pastRetention} rolled-up days are older than the evidence that is kept (since ${dayName(keptFrom)}). They were held against the spans only.`,
    );
  return { ok: differences.length === 0, differences, notes, examined };
};

const shorten = (differences: readonly Difference[]): Difference[] => {
  const [first] = differences;
  const rest = differences.length - TOLD;
  if (!first || rest <= 0) return [...differences];
  return [
    ...differences.slice(0, TOLD),
    { ...first, message: `There are ${rest} more differences of this kind of component and location.` },
  ];
};

interface Found {
  readonly checks: number;
  readonly spans: number;
  readonly days: number;
  readonly pastRetention: number;
  readonly differences: readonly Difference[];
}
type Examining = DoctorContext & { readonly chunkDays: number };
type Say = (what: Difference['what'], message: string) => void;

const examine = async (ctx: Examining, component: ComponentHistory, location: LocationHistory, keptFrom: number): Promise<Found> => {
  const pair: Pair = { componentId: component.id, locationId: location.id };
  const differences: Difference[] = [];
  const say: Say = (what, message) => void differences.push({ component: component.slug, location: location.slug, what, message });
  const stored = await readAllSpans(ctx.store, pair);
  const daily = await readDaily(ctx.store, 0, Number.MAX_SAFE_INTEGER, component.id, location.id);
  const range = await evidenceRange(ctx, pair);
  const book = new DayBook();
  let rebuilt: Rebuilt;
  try {
    const complete = stored[0] === undefined || dayOf(stored[0].start) >= keptFrom;
    rebuilt = await rebuild(ctx, pair, component, complete ? range.days : range.days.filter((day) => day >= keptFrom), complete, book);
  } catch (cause) {
    say('evidence', `The evidence cannot be read: ${sentences(cause)}`);
    return { checks: 0, spans: stored.length, days: daily.length, pastRetention: 0, differences };
  }
  for (const { day, count } of range.packs) {
    const read = book.countOf(day);
    if (read < count) say('evidence', `The pack of ${dayName(day)} says it holds ${count} checks, but ${read} of that day can be read.`);
  }
  compareSpans(rebuilt, stored, say);
  const pastRetention = compareDaily(daily, book, rebuilt, stored, rebuilt.complete ? 0 : keptFrom, say);
  return { checks: rebuilt.checks, spans: stored.length, days: daily.length, pastRetention, differences };
};

const sentences = (cause: unknown): string =>
  cause instanceof Error ? [cause.message, ...(cause.cause === undefined ? [] : [sentences(cause.cause)])].join(' ') : String(cause);

interface EvidenceRange {
  readonly days: readonly number[];
  readonly packs: readonly { readonly day: number; readonly count: number }[];
}
/** Every UTC day that has evidence, packed or hot. */
const evidenceRange = async (ctx: DoctorContext, pair: Pair): Promise<EvidenceRange> => {
  const packs = await readPackList(ctx.store, pair);
  const hot = await readHotRange(ctx.store, pair);
  const days = new Set(packs.map(({ day }) => day));
  if (hot) for (let day = dayOf(hot[0]); day <= dayOf(hot[1]); day++) days.add(day);
  return { days: [...days].sort((a, b) => a - b), packs };
};

const NOTHING = hearDay(0, { at: new Float64Array(), outcome: new Uint8Array(), latencyUs: new Float64Array() });

/** What the samples of each day come to; the samples themselves are let go, a year of them would not fit. */
class DayBook {
  readonly #days = new Map<number, DayHeard>();
  /** Whole days at a time, in order. */
  add(series: DaySeries): void {
    for (let from = 0; from < series.at.length; ) {
      const day = dayOf(series.at[from] as Instant);
      const { start, end } = dayInterval(day);
      let to = from + 1;
      while (to < series.at.length && (series.at[to] as number) >= start && (series.at[to] as number) < end) to++;
      // A day that comes again is one whose rows are out of order.
      const whole = this.#days.has(day) ? chosen(series, (at) => dayOf(at) === day) : part(series, from, to);
      this.#days.set(day, hearDay(day, whole));
      from = to;
    }
  }
  countOf(day: number): number {
    const { ok, slow, fail, error } = this.#of(day);
    return ok + slow + fail + error;
  }
  /** The day as its samples and these spans say it. */
  rollUp(day: number, spans: readonly Span[]): DayRollup {
    return { ...rollUpDay(day, [], spansOfDay(spans, day)), ...this.#of(day) };
  }
  #of(day: number): DayHeard {
    return this.#days.get(day) ?? NOTHING;
  }
}
const chosen = ({ at, outcome, latencyUs }: DaySeries, is: (at: Instant) => boolean): DaySeries => {
  const here = (_: number, i: number): boolean => is(at[i] as Instant);
  return { at: at.filter(here), outcome: outcome.filter(here), latencyUs: latencyUs.filter(here) };
};
const part = ({ at, outcome, latencyUs }: DaySeries, from: number, to: number): DaySeries => ({
  at: at.subarray(from, to),
  outcome: outcome.subarray(from, to),
  latencyUs: latencyUs.subarray(from, to),
});

interface Rebuilt {
  readonly pieces: readonly Piece[];
  readonly coveredUntil: Instant | undefined;
  /** From here on the evidence decides; null: there is none. */
  readonly from: Instant | null;
  /** The evidence reaches back to the first span: nothing was deleted by the retention. */
  readonly complete: boolean;
  readonly checks: number;
}

/** The fold over all evidence, week by week; where the retention took the beginning (not `complete`), from the first plain `ok`. */
const rebuild = async (
  ctx: Examining,
  pair: Pair,
  component: ComponentHistory,
  days: readonly number[],
  complete: boolean,
  book: DayBook,
): Promise<Rebuilt> => {
  const pieces: Piece[] = [];
  let cursor: Cursor | null = null;
  let from: Instant | null = null;
  let checks = 0;
  const read = (i: number): Promise<DaySeries[]> => {
    const [first = 0, last = first] = [days[i], days[Math.min(i + ctx.chunkDays, days.length) - 1]];
    return readEvidenceSeries(ctx.store, pair, dayInterval(first).start, (dayInterval(last).end - 1) as Instant);
  };
  let reading = days.length > 0 ? read(0) : Promise.resolve([]);
  for (let i = 0; i < days.length; i += ctx.chunkDays) {
    const chunk = await reading;
    // The store reads on while this thread folds.
    if (i + ctx.chunkDays < days.length) reading = read(i + ctx.chunkDays);
    reading.catch(() => undefined);
    for (const series of chunk) {
      checks += series.at.length;
      book.add(series);
      const told = from === null && !complete ? part(series, indexOf(series, isOk), series.at.length) : series;
      from ??= (told.at[indexOf(told, isEvidence)] ?? null) as Instant | null;
      if (told.at.length === 0) continue;
      const folded = foldPiece(cursor, told, component);
      for (const piece of folded.done) pieces.push(piece);
      cursor = folded.cursor;
    }
    await ctx.clock.sleep(0);
  }
  const coveredUntil = cursor ? after(cursor.lastAt, cursor.hold) : undefined;
  return { pieces: cursor ? [...pieces, ...cursor.tail] : pieces, coveredUntil, from, complete, checks };
};
/** Numbers of outcomes as in OUTCOMES: 0 ok, 3 error. */
const isOk = (outcome: number): boolean => outcome === 0;
const isEvidence = (outcome: number): boolean => outcome !== 3;
/** The first place of such an outcome, or behind the last one. */
const indexOf = ({ outcome }: DaySeries, is: (outcome: number) => boolean): number => {
  const index = outcome.findIndex(is);
  return index < 0 ? outcome.length : index;
};

const when = (piece: Pick<Piece, 'start' | 'end'>): string => `${isoOf(piece.start)} to ${piece.end === null ? 'now' : isoOf(piece.end)}`;
const says = (piece: Piece): string =>
  `${piece.lenient}${piece.strict === piece.lenient ? '' : ` (${piece.strict} when slow counts)`}${piece.slow ? ', slow' : ''} from ${when(piece)}`;
const alike = (a: Piece, b: Piece): boolean =>
  a.start === b.start && a.end === b.end && a.lenient === b.lenient && a.strict === b.strict && a.slow === b.slow;

const compareSpans = (rebuilt: Rebuilt, stored: readonly Piece[], say: Say): void => {
  const { from, complete } = rebuilt;
  if (from === null) {
    if (complete && stored.length > 0) say('spans', `The store has ${stored.length} spans, but there is no evidence for any of them.`);
    return;
  }
  const kept = complete
    ? stored
    : stored.filter(({ end }) => end === null || end > from).map((piece) => (piece.start < from ? { ...piece, start: from } : piece));
  const mine = new Map(rebuilt.pieces.map((piece) => [piece.start, piece]));
  for (const piece of kept) {
    const expected = mine.get(piece.start);
    mine.delete(piece.start);
    if (!expected) say('spans', `The store says ${says(piece)}; the evidence knows no change at that instant.`);
    else if (!alike(expected, piece)) say('spans', `The evidence says ${says(expected)}; the store says ${says(piece)}.`);
  }
  for (const piece of mine.values()) say('spans', `The evidence says ${says(piece)}; the store has no such span.`);
};

const dayName = (day: number): string => isoOf(dayInterval(day).start).slice(0, 10);
const MS_FIELDS = ['upMs', 'downMs', 'unknownMs', 'blips', 'blipMs', 'strictUpMs', 'strictDownMs', 'strictUnknownMs', 'slowMs'] as const;
const COUNT_FIELDS = ['ok', 'slow', 'fail', 'error'] as const;

/** Answers how many days could be held against spans only. */
const compareDaily = (
  daily: readonly DailyRow[],
  book: DayBook,
  rebuilt: Rebuilt,
  stored: readonly Piece[],
  keptFrom: number,
  say: Say,
): number => {
  const expectedSpans: readonly Span[] = closedSpans(rebuilt.pieces, rebuilt.coveredUntil);
  const storedSpans = closedSpans(stored, rebuilt.coveredUntil);
  let spansOnly = 0;
  for (const row of daily) {
    const withEvidence = row.day >= keptFrom;
    if (!withEvidence) spansOnly++;
    const expected = book.rollUp(row.day, withEvidence && rebuilt.complete ? expectedSpans : storedSpans);
    const fields = withEvidence ? [...COUNT_FIELDS, ...MS_FIELDS] : MS_FIELDS;
    for (const field of fields)
      if (row[field] !== expected[field])
        say(
          'daily',
          `The rollup of ${dayName(row.day)} says ${field} ${row[field]}; ${withEvidence ? 'the evidence' : 'the spans'} say ${expected[field]}.`,
        );
    if (withEvidence && latencyText(row) !== latencyText(expected))
      say('daily', `The rollup of ${dayName(row.day)} has other latencies than the evidence.`);
  }
  return spansOnly;
};
const latencyText = ({ latency }: Pick<DayRollup, 'latency'>): string =>
  JSON.stringify(latency.map((l) => (l ? [l.count, l.p50, l.p95, l.max] : null)));
