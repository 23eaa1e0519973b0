/**
 * The partial refold: a late sample touches only the stretch from the last plain `ok` before it to the first plain `ok`
 * after it, because a plain `ok` ends every run in both readings. Out comes what to change in the stored spans so that
 * they equal a fold of everything. Units: integer ms UTC.
 */
import type { Instant } from '#domain/time/instant.ts';
import { changesBetween, foldSamples, merge, type Piece, type Sample, type SpanChanges } from './confirmation.ts';
import type { Judgement } from './span.ts';

export interface Stretch {
  /** Ascending, the new ones included: from the last plain `ok` before them (or the first sample ever) … */
  readonly samples: readonly Sample[];
  /** … to the first plain `ok` after them, which is the last of `samples`; false: they run to the newest sample. */
  readonly closedByOk: boolean;
}

/** Every stored span that touches `[first sample, last sample]`, in order. */
export const refold = (stretch: Stretch, stored: readonly Piece[], judgementAt: (at: Instant) => Judgement): SpanChanges => {
  const first = stretch.samples[0];
  const last = stretch.samples.at(-1);
  if (!first || !last) return { removed: [], put: [] };
  const { pieces } = foldSamples(stretch.samples, judgementAt);
  const before = stored.filter((piece) => piece.start < first.at).map((piece) => ({ ...piece, end: first.at }));
  const behind = stretch.closedByOk
    ? stored
        .filter((piece) => piece.end === null || piece.end > last.at)
        .map((piece) => (piece.start < last.at ? { ...piece, start: last.at } : piece))
    : [];
  const inside = stretch.closedByOk ? pieces.slice(0, -1).concat(cut(pieces.at(-1), last.at)) : pieces;
  return changesBetween(stored, merge([...before, ...inside, ...behind]));
};

/** The last folded piece holds the closing `ok`; what it says before that sample is kept, the rest is the stored one's. */
const cut = (piece: Piece | undefined, at: Instant): Piece[] => (piece && piece.start < at ? [{ ...piece, end: at }] : []);
