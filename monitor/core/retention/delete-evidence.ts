/**
 * Deletes packs past the retention, once spans and rollups stand without them: some pairs of one day a transaction, and with it the
 * mark that says how far evidence may be missing. Spans, rollups and everything of the ledger are never deleted.
 */
import { deleteOldPacks, EVIDENCE_MARK, readMark, readOldestPackDay, writeMark } from '#db/queries/packs.ts';
import { dayOf } from '#domain/time/zone.ts';
import { inSlices, type RetentionStep } from './retention-step.ts';

/** Days of evidence that one round deletes at most: a clock that runs years ahead for a moment must not empty the store. */
const MOST_DAYS_DELETED = 2;
/** A pack of a day lies on pages of its own; to free it takes about 0.3 ms when it is not in memory. */
const PAIRS_AT_ONCE = 25;

export const deleteEvidence: RetentionStep<'deletedPacks'> = async (ctx, round) => {
  let deletedPacks = 0;
  const before = dayOf(round.now) - ctx.config.evidenceDays;
  const mark = await readMark(ctx.store, EVIDENCE_MARK);
  // The day before the mark may have been left half done. What stays of days before that has no rollup, and holds up nothing.
  let from = mark === null ? before : mark - 1;
  if (mark === null) {
    const whole = await inSlices(round, async (slice) => {
      from = Math.min(from, (await readOldestPackDay(ctx.store, slice)) ?? before);
      return true;
    });
    if (!whole) return { deletedPacks };
  }
  const most = from + MOST_DAYS_DELETED + (mark === null ? 0 : 1);
  for (let day = from; day < Math.min(before, most); day++) {
    const whole = await inSlices(
      round,
      async (slice) => {
        const [answer] = await ctx.store.exclusive(() => ctx.store.write([deleteOldPacks(day, slice), writeMark(EVIDENCE_MARK, day + 1)]));
        deletedPacks += answer?.rowsAffected ?? 0;
        return true;
      },
      PAIRS_AT_ONCE,
    );
    if (!whole) return { deletedPacks };
  }
  return { deletedPacks };
};
