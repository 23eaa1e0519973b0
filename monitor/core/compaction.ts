/**
 * Housekeeping of the evidence, in the order that loses nothing: pack hot rows of days that ended 48 h ago, roll up
 * finished days, drop the phases of good samples after 7 days, delete packs past the retention once spans and rollups
 * stand without them. Each step of one (component, location, day) is one transaction and can be repeated, so a kill
 * anywhere costs at most that step; between steps the event loop gets its turn. Source: reliability P22, performance G5.
 */

import { mergeFirstWins, type Pair, readEvidence, readHotDay, readLastSeen, readPackedDay } from '#db/queries/checks.ts';
import { insertDaily } from '#db/queries/daily.ts';
import { type ComponentHistory, judgementAt, readDefinitions } from '#db/queries/definitions.ts';
import { closedSpans } from '#db/queries/facts.ts';
import type { CheckRow } from '#db/queries/pack.ts';
import {
  deleteOldPacks,
  EVIDENCE_MARK,
  type RollupState,
  readMark,
  readOldestHot,
  readOldestPackDay,
  readPhasePacks,
  readRolledDays,
  readRollupStates,
  replacePack,
  writeMark,
} from '#db/queries/packs.ts';
import { readSpansTouching } from '#db/queries/spans.ts';
import { dayInterval, rollUpDay } from '#domain/check/day-rollup.ts';
import { after, HOUR, type Instant, MINUTE } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Context } from '#monitor/context.ts';

/** A day is packed this long after its end. */
const HOT_AFTER_END = 48 * HOUR;
/** Phases of good samples are kept this many days. */
const PHASE_DAYS = 7;
/** A day counts as finished this long after its last sample could still speak: time for results on their way. */
const GRACE = MINUTE;
const PHASES_MARK = 'phases_slimmed_before_day';
/** Days of evidence that one round deletes at most: a clock that runs years ahead for a moment must not empty the store. */
const MOST_DAYS_DELETED = 2;
const OK = 0;

export interface Compacted {
  readonly packedDays: number;
  readonly packedChecks: number;
  readonly rolledDays: number;
  readonly slimmedPacks: number;
  readonly deletedPacks: number;
}
export type Housekeeping = Pick<Context, 'store' | 'clock'> & { readonly config: { readonly evidenceDays: number } };

/** One round over everything that is due at `now`; stops between two steps when `signal` is aborted. */
export const compact = async (ctx: Housekeeping, now: Instant, signal?: AbortSignal): Promise<Compacted> => {
  const turn = async (): Promise<boolean> => {
    await ctx.clock.sleep(0);
    return signal?.aborted !== true;
  };
  const packed = await packAll(ctx, now, turn);
  const rolledDays = await rollUpAll(ctx, now, turn);
  const slimmedPacks = await slimAll(ctx, now, turn);
  const deletedPacks = await deleteAll(ctx, now, turn);
  return { ...packed, rolledDays, slimmedPacks, deletedPacks };
};
type Turn = () => Promise<boolean>;

const keepPhases = (day: number, now: Instant): ((row: CheckRow) => boolean) => {
  const young = day >= dayOf(now) - PHASE_DAYS;
  return (row) => young || row.outcome !== OK;
};

const packAll = async (ctx: Housekeeping, now: Instant, turn: Turn): Promise<{ packedDays: number; packedChecks: number }> => {
  let packedDays = 0;
  let packedChecks = 0;
  const lastDay = dayOf((now - HOT_AFTER_END) as Instant) - 1;
  for (;;) {
    const due = await readOldestHot(ctx.store, dayInterval(lastDay).end);
    if (due.length === 0) return { packedDays, packedChecks };
    for (const { at, ...pair } of due) {
      packedChecks += await packDay(ctx, pair, dayOf(at), now);
      packedDays++;
      if (!(await turn())) return { packedDays, packedChecks };
    }
  }
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

const rollUpAll = async (ctx: Housekeeping, now: Instant, turn: Turn): Promise<number> => {
  const definitions = await readDefinitions(ctx.store);
  const components = new Map(definitions.components.map((component) => [component.id, component]));
  const heard = new Map((await readLastSeen(ctx.store)).map((seen) => [`${seen.componentId}/${seen.locationId}`, seen.heardAt]));
  const keptFrom = (await readMark(ctx.store, EVIDENCE_MARK)) ?? 0;
  let rolled = 0;
  for (const state of await readRollupStates(ctx.store)) {
    const component = components.get(state.componentId);
    const heardAt = heard.get(`${state.componentId}/${state.locationId}`);
    if (!component || heardAt === null || heardAt === undefined) continue;
    for (const day of await daysToRoll(ctx, state, component, heardAt, now, keptFrom)) {
      await rollUp(ctx, state, component, day);
      rolled++;
      if (!(await turn())) return rolled;
    }
  }
  return rolled;
};

/** Finished days from the first span to the last covered instant that have no rollup. */
const daysToRoll = async (
  ctx: Housekeeping,
  state: RollupState,
  component: ComponentHistory,
  heardAt: Instant,
  now: Instant,
  keptFrom: number,
): Promise<number[]> => {
  const { hold } = judgementAt(component.versions, heardAt);
  // Where the retention has been the evidence is gone: a rollup made now would count nothing.
  const firstDay = Math.max(dayOf(state.firstSpanAt), keptFrom);
  const lastDay = Math.min(dayOf((now - hold - GRACE) as Instant) - 1, dayOf(after(heardAt, hold)));
  if (lastDay < firstDay) return [];
  if (firstDay === dayOf(state.firstSpanAt) && state.rolled === lastDay - firstDay + 1 && state.lastRolled === lastDay) return [];
  const rolled = new Set(await readRolledDays(ctx.store, state));
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

const slimAll = async (ctx: Housekeeping, now: Instant, turn: Turn): Promise<number> => {
  const before = dayOf(now) - PHASE_DAYS;
  const from = Math.max((await readMark(ctx.store, PHASES_MARK)) ?? 0, (await readOldestPackDay(ctx.store)) ?? before);
  let slimmed = 0;
  for (let day = from; day < before; day++) {
    for (const pair of await readPhasePacks(ctx.store, day)) {
      if (await slim(ctx, pair, day)) slimmed++;
      if (!(await turn())) return slimmed;
    }
    await ctx.store.write([writeMark(PHASES_MARK, day + 1)]);
  }
  return slimmed;
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

const deleteAll = async (ctx: Housekeeping, now: Instant, turn: Turn): Promise<number> => {
  let deleted = 0;
  const before = dayOf(now) - ctx.config.evidenceDays;
  const oldest = (await readOldestPackDay(ctx.store)) ?? before;
  for (let day = oldest; day < Math.min(before, oldest + MOST_DAYS_DELETED); day++) {
    const [answer] = await ctx.store.exclusive(() => ctx.store.write([deleteOldPacks(day), writeMark(EVIDENCE_MARK, day + 1)]));
    deleted += answer?.rowsAffected ?? 0;
    if (!(await turn())) return deleted;
  }
  return deleted;
};
