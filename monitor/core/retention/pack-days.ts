/** Packs the hot rows of days that ended 48 h ago: one day of one pair a transaction. */
import { mergeFirstWins, type Pair, readHotDay, readPackedDay } from '#db/queries/checks.ts';
import type { CheckRow } from '#db/queries/pack.ts';
import { readOldestHot, replacePack } from '#db/queries/packs.ts';
import { dayInterval } from '#domain/check/day-rollup.ts';
import { HOUR, type Instant } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import { type Housekeeping, inSlices, type RetentionStep } from './retention-step.ts';
import { OK, PHASE_DAYS } from './slim-phases.ts';

/** A day is packed this long after its end. */
const HOT_AFTER_END = 48 * HOUR;

export const packDays: RetentionStep<'packedDays' | 'packedChecks'> = async (ctx, round) => {
  let packedDays = 0;
  let packedChecks = 0;
  const before = dayInterval(dayOf((round.now - HOT_AFTER_END) as Instant) - 1).end;
  await inSlices(round, async (slice) => {
    for (;;) {
      const due = await readOldestHot(ctx.store, before, slice);
      if (due.length === 0) return true;
      for (const { at, ...pair } of due) {
        packedChecks += await packDay(ctx, pair, dayOf(at), round.now);
        packedDays++;
        if (!(await round.turn())) return false;
      }
    }
  });
  return { packedDays, packedChecks };
};

const keepPhases = (day: number, now: Instant): ((row: CheckRow) => boolean) => {
  const young = day >= dayOf(now) - PHASE_DAYS;
  return (row) => young || row.outcome !== OK;
};

/** Hot rows join the pack of their day; a row that the pack has already was stored first and stays. */
const packDay = (ctx: Housekeeping, pair: Pair, day: number, now: Instant): Promise<number> =>
  ctx.store.exclusive(async () => {
    const hot = await readHotDay(ctx.store, pair, day);
    if (hot.length === 0) return 0;
    const packed = (await readPackedDay(ctx.store, pair, day)) ?? [];
    await ctx.store.write(replacePack(pair, day, mergeFirstWins(packed, hot), keepPhases(day, now)));
    return hot.length;
  });
