/**
 * Every check of one component at one location, ascending, a UTC day at a time: on the grid that the prober keeps, with the
 * retries that follow a first failure (semantics A3), and none while its location is silent.
 */
import type { CheckRow } from '#db/queries/pack.ts';
import { OUTCOMES } from '#domain/check/check-result.ts';
import { dayInterval } from '#domain/check/day-rollup.ts';
import { phaseOf, RETRY_AFTER_MS } from '#domain/check/schedule.ts';
import { after, type Instant, instant, type Millis, millis, SECOND } from '#domain/time/instant.ts';
import { contains, type Interval, overlaps } from '#domain/time/interval.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Random } from './seeded.ts';
import { type Manner, rowOf, type Trouble } from './trouble.ts';

export interface Watch extends Manner {
  readonly slug: string;
  readonly intervalMs: Millis;
  /** From when until when it is watched there. */
  readonly over: Interval;
  readonly troubles: readonly Trouble[];
  /** Days from this one on show where the time of an answer went. */
  readonly phasesFrom: number;
}
export interface CheckDay {
  readonly day: number;
  readonly rows: readonly CheckRow[];
}

const FAIL = OUTCOMES.indexOf('fail');
/** Starts this much before the end at the latest, so that what goes on from there is not in its way. */
const LAST_BEFORE_END = millis(-15 * SECOND);
/** The first instant at which whoever goes on from a past that ends at `until` has to check. */
export const goesOnFrom = (until: Instant): Instant => after(until, LAST_BEFORE_END);

/** The first slot of its grid at or after `from`. */
export const firstSlot = (slug: string, intervalMs: Millis, from: Instant): number => {
  const phase = phaseOf(slug, intervalMs);
  return Math.ceil((from - phase) / intervalMs) * intervalMs + phase;
};

/** What a check that starts at `at` meets. */
export const met = (troubles: readonly Trouble[], at: Instant, random: Random): Trouble['reason'] => {
  const trouble = troubles.findLast((one) => contains(one, at));
  if (!trouble) return 'ok';
  return trouble.share === undefined || random() < trouble.share ? trouble.reason : 'ok';
};

export function* checkDays(watch: Watch, random: Random): Generator<CheckDay> {
  const { slug, intervalMs, over, troubles, phasesFrom } = watch;
  const last = goesOnFrom(over.end);
  let due = firstSlot(slug, intervalMs, over.start);
  let failing = false;
  for (let day = dayOf(over.start); day <= dayOf(over.end); day++) {
    const whole = dayInterval(day);
    const today = troubles.filter((trouble) => overlaps(trouble, whole));
    const rows: CheckRow[] = [];
    const check = (slot: number): void => {
      const at = instant(Math.min(slot + Math.floor(random() * 12), whole.end - 1));
      const reason = today.length === 0 ? 'ok' : met(today, at, random);
      if (reason !== 'silence') rows.push(rowOf(random, at, at - slot, reason, watch, day >= phasesFrom || reason !== 'ok'));
    };
    for (; due < Math.min(last, whole.end); due += intervalMs) {
      const before = rows.length;
      check(due);
      const fails = rows.length > before && rows.at(-1)?.outcome === FAIL;
      if (fails && !failing)
        for (const ms of RETRY_AFTER_MS) if (ms < intervalMs - SECOND && due + ms < Math.min(last, whole.end - SECOND)) check(due + ms);
      if (rows.length > before) failing = rows.at(-1)?.outcome === FAIL;
    }
    yield { day, rows };
  }
}
