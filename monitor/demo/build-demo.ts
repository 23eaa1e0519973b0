/**
 * Builds the store of a scenario: definitions first, then the evidence and what people did, in the order of time, through the
 * product's own verbs. Deterministic: the same scenario, seed and now give the same rows. Wants a store that is new and empty.
 */

import { readDefinitions } from '#db/queries/definitions.ts';
import type { Store } from '#db/store.ts';
import { dayInterval } from '#domain/check/day-rollup.ts';
import { after, DAY, type Instant, later } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import type { ReportKey } from '#monitor/actions/report-key.ts';
import type { Clock } from '#monitor/clock.ts';
import { SYSTEM } from '#monitor/context.ts';
import { calendarOf } from './calendar.ts';
import type { Deed } from './deed.ts';
import { derivedIds } from './derived.ts';
import { writePast } from './past.ts';
import { perform } from './perform.ts';
import { planPast } from './plan-past.ts';
import type { Scenario } from './scenario.ts';
import { type Stage, standingClock } from './stage.ts';

export interface DemoRequest {
  readonly scenario: Scenario;
  readonly now: Instant;
  readonly seed: number;
  /** Signs the months that were closed. */
  readonly reportKey: ReportKey;
  /** For progress and turns of the event loop; no time of it is written. */
  readonly clock: Clock;
  readonly say: (line: string) => void;
  /** Aborted: the building ends with its reason, and the store is left as it is then. */
  readonly stop?: AbortSignal;
}
export interface DemoBuilt {
  readonly checks: number;
  readonly deeds: number;
}

/** At least this long between two lines of progress. */
const SAY_EVERY_US = 2_000_000;

/** Deeds that need to know what the checks found up to that very instant; for the others the days that ended are enough. */
const TALKS_OF_CHECKS: ReadonlySet<Deed['do']> = new Set(['open incident', 'take over', 'post', 'resolve']);

/** Says the first line at once and later ones seldom. */
const seldom = (clock: Clock, say: (line: string) => void): ((line: string) => void) => {
  let saidUs = Number.NEGATIVE_INFINITY;
  return (line) => {
    if (clock.monotonicUs() - saidUs < SAY_EVERY_US) return;
    saidUs = clock.monotonicUs();
    say(line);
  };
};

export const buildDemo = async (store: Store, request: DemoRequest): Promise<DemoBuilt> => {
  const { scenario, now, seed, clock } = request;
  const calendar = calendarOf(scenario.zone, now);
  const begins = calendar.at(scenario.begins);
  const say = seldom(clock, request.say);
  const lines = scenario.deeds
    .map((deed) => ({ deed, at: calendar.at(deed.at) }))
    .filter(({ at }) => at < now)
    .toSorted((a, b) => a.at - b.at);
  const { reportKey } = request;
  const newId = derivedIds(seed);
  const stageFrom = (): Stage => ({ store, clock: standingClock(clock, begins), calendar, scenario, reportKey, newId, made: new Map() });
  const play = async (stage: Stage, deed: Deed, at: Instant): Promise<void> => {
    stage.clock.stand(at);
    await perform(stage, deed);
  };

  const definitions = stageFrom();
  await bindEarlierRows({ store, clock: definitions.clock, actor: SYSTEM });
  await play(definitions, { at: scenario.begins, do: 'configure' }, begins);
  for (const { deed, at } of lines) if (deed.do === 'configure') await play(definitions, deed, at);

  const past = await planPast({
    scenario,
    calendar,
    seed,
    definitions: await readDefinitions(store),
    turn: async (done, total) => {
      say(`Making up checks: component ${done} of ${total}.`);
      await clock.sleep(0, request.stop);
    },
  });
  const writer = writePast(store, past);
  const stage = stageFrom();
  let written = begins;
  for (const [i, { deed, at }] of lines.entries()) {
    if (deed.do === 'configure') continue;
    request.stop?.throwIfAborted();
    say(`Living through it: ${i + 1} of ${lines.length} events.`);
    const known = TALKS_OF_CHECKS.has(deed.do) ? at : dayInterval(dayOf(at)).start;
    if (known > written) await writer.until(known);
    written = later(written, known);
    await play(stage, deed, at);
  }
  await writer.until(after(now, DAY));
  return { checks: past.pairs.reduce((sum, { checks }) => sum + checks, 0), deeds: lines.length };
};
