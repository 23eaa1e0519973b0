/**
 * What a step of the retention is: one file each, in the list of compaction.ts, in the order that loses nothing. A step does its work
 * in slices that hold the store's thread for less than 50 ms and are each one transaction that can be repeated, so that a kill anywhere
 * costs at most a slice; between slices `turn` gives everybody else a turn and says whether to go on. Source: reliability P22.
 */
import type { Pair } from '#db/queries/checks.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';

export type Housekeeping = Pick<Context, 'store' | 'clock'> & { readonly config: { readonly evidenceDays: number } };
/** False: stop here. */
export type Turn = () => Promise<boolean>;

export interface Round {
  readonly now: Instant;
  readonly turn: Turn;
  /** Every component at every location, by the store's numbers. */
  readonly pairs: readonly Pair[];
}
/** Answers what it did, as counts by name. */
export type RetentionStep<Counts extends string> = (ctx: Housekeeping, round: Round) => Promise<Readonly<Record<Counts, number>>>;

/** Pairs that are looked at in one statement: a seek or two each, about 0.1 ms when nothing of it is in memory. */
const SLICE = 200;

/** Goes through the pairs a slice at a time; stops when told to. */
export const inSlices = async (
  { pairs, turn }: Pick<Round, 'pairs' | 'turn'>,
  work: (slice: readonly Pair[]) => Promise<boolean>,
  size = SLICE,
): Promise<boolean> => {
  for (let i = 0; i < pairs.length; i += size) {
    if (!(await work(pairs.slice(i, i + size)))) return false;
    if (!(await turn())) return false;
  }
  return true;
};
