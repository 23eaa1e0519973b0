/**
 * Rolls up finished days, one day of one pair a transaction. Each round looks at the last days; once a day at all of them, because a late
 * result drops the rollup of its day, and to look for the holes reads the whole table.
 */
import { type Pair, readEvidence, readLastSeen } from '#db/queries/checks.ts';
import { insertDaily } from '#db/queries/daily.ts';
import { type ComponentHistory, judgementAt, readDefinitions } from '#db/queries/definitions.ts';
import { closedSpans } from '#db/queries/facts.ts';
import { EVIDENCE_MARK, type RollupState, readMark, readRolledDays, readRollupStates, writeMark } from '#db/queries/packs.ts';
import { readSpansTouching } from '#db/queries/spans.ts';
import { dayInterval, rollUpDay } from '#domain/check/day-rollup.ts';
import { after, type Instant, MINUTE } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import { type Housekeeping, inSlices, type RetentionStep } from './retention-step.ts';

/** A day counts as finished this long after its last sample could still speak: time for results on their way. */
const GRACE = MINUTE;
/** Days that every round looks at; older results are late beyond all reason, and wait for the next day. */
const RECENT_DAYS = 10;
const CHECKED_MARK = 'rollups_checked_on_day';
/** To look at all days of a pair reads 250 kB after 400 of them. */
const PAIRS_AT_ALL = 20;

export const rollUpDays: RetentionStep<'rolledDays'> = async (ctx, round) => {
  const today = dayOf(round.now);
  const all = ((await readMark(ctx.store, CHECKED_MARK)) ?? 0) < today;
  const fromDay = all ? 0 : today - RECENT_DAYS;
  const keptFrom = (await readMark(ctx.store, EVIDENCE_MARK)) ?? 0;
  const newest = dayOf((round.now - GRACE) as Instant) - 1;
  let components: ReadonlyMap<number, ComponentHistory> | undefined;
  let rolledDays = 0;
  const whole = await inSlices(
    round,
    async (slice) => {
      for (const state of await readRollupStates(ctx.store, slice, fromDay)) {
        if (isComplete(state, fromDay, newest)) continue;
        components ??= new Map((await readDefinitions(ctx.store)).components.map((component) => [component.id, component]));
        const component = components.get(state.componentId);
        const heardAt = (await readLastSeen(ctx.store, state))[0]?.heardAt;
        if (!component || heardAt === null || heardAt === undefined) continue;
        for (const day of await daysToRoll(ctx, state, component, heardAt, round.now, Math.max(keptFrom, fromDay))) {
          await rollUp(ctx, state, component, day);
          rolledDays++;
          if (!(await round.turn())) return false;
        }
      }
      return true;
    },
    all ? PAIRS_AT_ALL : undefined,
  );
  if (whole && all) await ctx.store.write([writeMark(CHECKED_MARK, today)]);
  return { rolledDays };
};

/** Whether every day from the first to `last` has its rollup. */
const isComplete = ({ firstSpanAt, rolled, lastRolled }: RollupState, fromDay: number, last: number): boolean =>
  lastRolled === last && rolled === last - Math.max(dayOf(firstSpanAt), fromDay) + 1;

/** Finished days from the first span to the last covered instant that have no rollup. */
const daysToRoll = async (
  ctx: Housekeeping,
  state: RollupState,
  component: ComponentHistory,
  heardAt: Instant,
  now: Instant,
  leastDay: number,
): Promise<number[]> => {
  const { hold } = judgementAt(component.versions, heardAt);
  // Where the retention has been the evidence is gone: a rollup made now would count nothing.
  const firstDay = Math.max(dayOf(state.firstSpanAt), leastDay);
  const lastDay = Math.min(dayOf((now - hold - GRACE) as Instant) - 1, dayOf(after(heardAt, hold)));
  if (lastDay < firstDay) return [];
  const rolled = new Set(await readRolledDays(ctx.store, state, firstDay));
  return Array.from({ length: lastDay - firstDay + 1 }, (_, i) => firstDay + i).filter((day) => !rolled.has(day));
};

const rollUp = (ctx: Housekeeping, pair: Pair, component: ComponentHistory, day: number): Promise<void> =>
  ctx.store.exclusive(async () => {
    const { start, end } = dayInterval(day);
    const [pieces, evidence, seen] = await Promise.all([
      readSpansTouching(ctx.store, pair, start, end),
      readEvidence(ctx.store, pair, start, end),
      readLastSeen(ctx.store, pair),
    ]);
    const heardAt = seen[0]?.heardAt ?? null;
    const coveredUntil = heardAt === null ? undefined : after(heardAt, judgementAt(component.versions, heardAt).hold);
    await ctx.store.write([insertDaily(pair, day, rollUpDay(day, evidence, closedSpans(pieces, coveredUntil)))]);
  });
