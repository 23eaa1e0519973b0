/**
 * The retention: its steps in the order that loses nothing. Evidence is packed before it is rolled up, and rolled up before it is deleted;
 * spans, rollups and the ledger stay for ever. Then what is over and of no more use. A table with rows that grow old gets a file under retention/ and a line here.
 * Source: reliability P22, performance G5.
 */
import { readPairs } from '#db/queries/packs.ts';
import type { Instant } from '#domain/time/instant.ts';
import { deleteEvidence } from './retention/delete-evidence.ts';
import { packDays } from './retention/pack-days.ts';
import { purgeOver } from './retention/purge-over.ts';
import type { Housekeeping, Round } from './retention/retention-step.ts';
import { rollUpDays } from './retention/roll-up-days.ts';
import { slimPhases } from './retention/slim-phases.ts';

const STEPS = [packDays, rollUpDays, slimPhases, deleteEvidence, purgeOver] as const;
/** What each step counts, together. */
type Counts<S> = S extends readonly [(...args: never[]) => Promise<infer C>, ...infer Rest] ? C & Counts<Rest> : unknown;
export type Compacted = Counts<typeof STEPS>;

/** One round over everything that is due at `now`; stops between two slices when `signal` is aborted. */
export const compact = async (ctx: Housekeeping, now: Instant, signal?: AbortSignal): Promise<Compacted> => {
  const turn = async (): Promise<boolean> => {
    await ctx.clock.sleep(0);
    return signal?.aborted !== true;
  };
  const round: Round = { now, turn, pairs: await readPairs(ctx.store) };
  let done = {};
  for (const step of STEPS) done = { ...done, ...(await step(ctx, round)) };
  return done as Compacted;
};
