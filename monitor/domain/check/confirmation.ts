/**
 * The fold: samples of one location in, state spans out. A sample at t speaks for [t, min(next, t + hold)); a run of at
 * least N bad samples without a gap over hold is down from its first; a shorter one is a blip when a good sample refutes
 * it and unknown when silence follows. Both readings of `slow` run side by side. The spans are the maximal intervals of
 * one state, so they depend on the set of samples alone, not on how or in which order they came. Units: integer ms UTC.
 * Refuses samples out of order (the caller refolds from an earlier plain `ok`, after which nothing earlier matters).
 * One derivation for ingest, rebuild and ledger. Source: semantics A3, A9.
 */
import { after, between, type Instant, type Millis } from '#domain/time/instant.ts';
import type { Judgement, LocationState, OpenSpan, SpanState } from './span.ts';

/** What counts of a check result. `error` samples are no evidence and never get here. */
export interface Sample {
  readonly at: Instant;
  readonly outcome: 'ok' | 'slow' | 'fail';
}

/** Bad samples in a row so far; once `confirmed` the count no longer matters. */
interface Run {
  readonly length: number;
  readonly confirmed: boolean;
}
const NO_RUN: Run = { length: 0, confirmed: false };
export const CONFIRMED_RUN: Run = { length: 0, confirmed: true };

/** A span, or the open one when `end` is null. */
export interface Piece extends SpanState {
  readonly start: Instant;
  readonly end: Instant | null;
}

/** What the fold remembers of one (component, location). */
export interface Cursor {
  /** The last sample and how long it speaks. */
  readonly lastAt: Instant;
  readonly hold: Millis;
  readonly lenient: Run;
  readonly strict: Run;
  /** The spans that may still change: from the one before the first pending span (it may merge) to the open one. */
  readonly tail: readonly Piece[];
}

/** What a sample does to the stored spans, keyed by start. */
export interface SpanChanges {
  readonly removed: readonly Instant[];
  readonly put: readonly Piece[];
}
export const NO_CHANGES: SpanChanges = { removed: [], put: [] };

export interface Step {
  readonly cursor: Cursor;
  readonly changes: SpanChanges;
}

const sameState = (a: SpanState, b: SpanState): boolean => a.lenient === b.lenient && a.strict === b.strict && a.slow === b.slow;

/** Adjacent pieces of one state become one. */
export const merge = (pieces: readonly Piece[]): Piece[] => {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (last && sameState(last, piece)) merged[merged.length - 1] = { ...last, end: piece.end };
    else merged.push(piece);
  }
  return merged;
};

const settled = (state: LocationState, verdict: LocationState): LocationState => (state === 'pending' ? verdict : state);
const settle = (pieces: readonly Piece[], lenient: LocationState, strict: LocationState): Piece[] =>
  pieces.map((piece) => ({ ...piece, lenient: settled(piece.lenient, lenient), strict: settled(piece.strict, strict) }));

const lengthen = (run: Run, bad: boolean, confirmations: number): Run => {
  if (!bad) return NO_RUN;
  if (run.confirmed) return run;
  return run.length + 1 >= confirmations ? CONFIRMED_RUN : { length: run.length + 1, confirmed: false };
};
const stateOf = (run: Run): LocationState => (run.confirmed ? 'down' : run.length > 0 ? 'pending' : 'up');
/** What the arrival of a sample says about the pending samples before it. */
const verdictOn = (run: Run): LocationState => (run.confirmed ? 'down' : run.length > 0 ? 'pending' : 'blip');

const UNHEARD: SpanState = { lenient: 'unknown', strict: 'unknown', slow: false };

/** The old tail as the new sample leaves it: closed, its pending parts decided as far as they are. */
const closeTail = (cursor: Cursor, at: Instant, covered: boolean, lenient: Run, strict: Run): Piece[] => {
  const end = covered ? at : after(cursor.lastAt, cursor.hold);
  const closed = cursor.tail.map((piece) => (piece.end === null ? { ...piece, end } : piece));
  if (covered) return settle(closed, verdictOn(lenient), verdictOn(strict));
  return [...settle(closed, 'unknown', 'unknown'), { ...UNHEARD, start: end, end: at }];
};

const isPending = (piece: Piece): boolean => piece.lenient === 'pending' || piece.strict === 'pending';

/** Drops what can no longer change nor merge. */
const trim = (pieces: readonly Piece[]): readonly Piece[] => {
  const firstPending = pieces.findIndex(isPending);
  const keepFrom = Math.max(0, (firstPending < 0 ? pieces.length - 1 : firstPending) - 1);
  return keepFrom === 0 ? pieces : pieces.slice(keepFrom);
};

/** How the stored spans get from one list to another. */
export const changesBetween = (before: readonly Piece[], now: readonly Piece[]): SpanChanges => {
  const old = new Map(before.map((piece) => [piece.start, piece]));
  const put = now.filter((piece) => {
    const same = old.get(piece.start);
    old.delete(piece.start);
    return !same || same.end !== piece.end || !sameState(same, piece);
  });
  return { removed: [...old.keys()], put };
};

interface Advance {
  readonly cursor: Cursor;
  /** The tail before trimming; null when the sample only confirmed what was known. */
  readonly pieces: readonly Piece[] | null;
}

const advance = (cursor: Cursor | null, sample: Sample, judgement: Judgement): Advance => {
  const { at } = sample;
  if (cursor && at <= cursor.lastAt) throw new RangeError(`sample ${at} is not newer than ${cursor.lastAt}; refold the stretch instead`);
  const covered = cursor !== null && between(cursor.lastAt, at) <= cursor.hold;
  const lenient = lengthen(covered ? cursor.lenient : NO_RUN, sample.outcome === 'fail', judgement.confirmations);
  const strict = lengthen(covered ? cursor.strict : NO_RUN, sample.outcome !== 'ok', judgement.confirmations);
  const state: SpanState = { lenient: stateOf(lenient), strict: stateOf(strict), slow: sample.outcome === 'slow' };
  const { hold } = judgement;
  const open = cursor?.tail.at(-1);
  if (covered && open && sameState(open, state) && !cursor.tail.some(isPending))
    return { cursor: { lastAt: at, hold, lenient, strict, tail: cursor.tail }, pieces: null };
  const closed = cursor ? closeTail(cursor, at, covered, lenient, strict) : [];
  const pieces = merge([...closed, { ...state, start: at, end: null }]);
  return { cursor: { lastAt: at, hold, lenient, strict, tail: trim(pieces) }, pieces };
};

/** Takes the next sample. `cursor` null: the first one ever. Throws RangeError when `sample` is not newer than the last. */
export const step = (cursor: Cursor | null, sample: Sample, judgement: Judgement): Step => {
  const next = advance(cursor, sample, judgement);
  return { cursor: next.cursor, changes: next.pieces ? changesBetween(cursor?.tail ?? [], next.pieces) : NO_CHANGES };
};

/** The open span of a cursor. */
export const openSpan = (cursor: Cursor): OpenSpan => {
  const piece = cursor.tail.at(-1);
  if (!piece) throw new Error('a cursor without an open span; every sample opens one');
  const { start, lenient, strict, slow } = piece;
  return { start, lenient, strict, slow, coveredUntil: after(cursor.lastAt, cursor.hold) };
};

export interface Folded {
  /** Spans that no later sample can change; the cursor's tail follows them. */
  readonly done: readonly Piece[];
  /** Null when there was no sample. */
  readonly cursor: Cursor | null;
}

/** Goes on from `from` over samples in ascending order, each judged by the version in force at its instant. */
export const foldOn = (from: Cursor | null, samples: Iterable<Sample>, judgementAt: (at: Instant) => Judgement): Folded => {
  const done: Piece[] = [];
  let cursor = from;
  for (const sample of samples) {
    const next: Advance = advance(cursor, sample, judgementAt(sample.at));
    if (next.pieces) for (const piece of next.pieces.slice(0, next.pieces.length - next.cursor.tail.length)) done.push(piece);
    cursor = next.cursor;
  }
  return { done, cursor };
};

/** Samples of one location as columns, ascending: how a fold over millions of them is fed. `outcome` as in OUTCOMES: 0 ok, 1 slow, 2 fail. */
export interface SampleSeries {
  readonly at: Float64Array;
  readonly outcome: Uint8Array;
}
const SERIES_OUTCOMES = ['ok', 'slow', 'fail'] as const;

const isQuiet = ({ tail }: Cursor): boolean => {
  const open = tail.at(-1);
  return open?.lenient === 'up' && open.strict === 'up' && !open.slow && !tail.some(isPending);
};

/**
 * The same fold over columns, all judged alike: while one good sample follows the other within hold nothing changes but the
 * time of the last, so such stretches cost a comparison a sample. `error` samples (3) are passed over.
 */
export const foldSeries = (from: Cursor | null, { at, outcome }: SampleSeries, judgement: Judgement): Folded => {
  const done: Piece[] = [];
  let cursor = from;
  for (let i = 0; i < at.length; i++) {
    if (cursor && outcome[i] === 0 && isQuiet(cursor)) {
      let last: number = cursor.lastAt;
      let hold: number = cursor.hold;
      const before = last;
      for (; i < at.length && (outcome[i] === 0 || outcome[i] === 3); i++) {
        if (outcome[i] === 3) continue;
        const next = at[i] as number;
        if (next - last > hold || next <= last) break;
        last = next;
        hold = judgement.hold;
      }
      if (last !== before) cursor = { ...cursor, lastAt: last as Instant, hold: judgement.hold, lenient: NO_RUN, strict: NO_RUN };
      if (i >= at.length) break;
    }
    const said = SERIES_OUTCOMES[outcome[i] as number];
    if (said === undefined) continue;
    const next: Advance = advance(cursor, { at: at[i] as Instant, outcome: said }, judgement);
    if (next.pieces) for (const piece of next.pieces.slice(0, next.pieces.length - next.cursor.tail.length)) done.push(piece);
    cursor = next.cursor;
  }
  return { done, cursor };
};

/** All spans of all samples; the last one is open (`end` null). */
export const foldSamples = (
  samples: Iterable<Sample>,
  judgementAt: (at: Instant) => Judgement,
): { readonly pieces: readonly Piece[]; readonly cursor: Cursor | null } => {
  const { done, cursor } = foldOn(null, samples, judgementAt);
  return { pieces: cursor ? [...done, ...cursor.tail] : [], cursor };
};
