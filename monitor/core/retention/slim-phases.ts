/** Drops the phases of good samples after 7 days: one pack a transaction, those of the others stay. */
import { mergeFirstWins, type Pair, readHotDay, readPackedDay } from '#db/queries/checks.ts';
import { readMark, readOldestPackDay, readPhasePacks, replacePack, writeMark } from '#db/queries/packs.ts';
import { dayOf } from '#domain/time/zone.ts';
import { type Housekeeping, inSlices, type RetentionStep } from './retention-step.ts';

/** Phases of good samples are kept this many days. */
export const PHASE_DAYS = 7;
/** The number of the outcome `ok` in a pack. */
export const OK = 0;
const PHASES_MARK = 'phases_slimmed_before_day';

export const slimPhases: RetentionStep<'slimmedPacks'> = async (ctx, round) => {
  const before = dayOf(round.now) - PHASE_DAYS;
  let slimmedPacks = 0;
  const mark = await readMark(ctx.store, PHASES_MARK);
  let from = mark ?? before;
  if (mark === null) {
    // A store that has never been slimmed begins with its oldest pack.
    const whole = await inSlices(round, async (slice) => {
      from = Math.min(from, (await readOldestPackDay(ctx.store, slice)) ?? before);
      return true;
    });
    if (!whole) return { slimmedPacks };
  }
  for (let day = from; day < before; day++) {
    const whole = await inSlices(round, async (slice) => {
      for (const pair of await readPhasePacks(ctx.store, day, slice)) {
        if (await slim(ctx, pair, day)) slimmedPacks++;
        if (!(await round.turn())) return false;
      }
      return true;
    });
    if (!whole) return { slimmedPacks };
    await ctx.store.write([writeMark(PHASES_MARK, day + 1)]);
  }
  return { slimmedPacks };
};

/** Whether there was anything to drop: a round that was stopped does not write the same pack again. */
const slim = (ctx: Housekeeping, pair: Pair, day: number): Promise<boolean> =>
  ctx.store.exclusive(async () => {
    const rows = await readPackedDay(ctx.store, pair, day);
    if (!rows?.some((row) => row.outcome === OK && row.phases !== null)) return false;
    const hot = await readHotDay(ctx.store, pair, day);
    await ctx.store.write(replacePack(pair, day, mergeFirstWins(rows, hot), (row) => row.outcome !== OK));
    return true;
  });
