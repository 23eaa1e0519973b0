/** Where a scenario is played: a store, a clock that stands where the event was, and what its lines have made so far. */
import type { Store } from '#db/store.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import type { ReportKey } from '#monitor/actions/report-key.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import type { Calendar } from './calendar.ts';
import type { Scenario } from './scenario.ts';

export interface StandingClock extends Clock {
  /** Never goes back. */
  stand(at: Instant): void;
}
export interface Stage {
  readonly store: Store;
  readonly clock: StandingClock;
  readonly calendar: Calendar;
  readonly scenario: Scenario;
  readonly reportKey: ReportKey;
  /** Names of new rows. */
  readonly newId: () => string;
  /** Ids of what was made, by the key of its line. */
  readonly made: Map<string, string>;
}

/** The wall hand stands; timers and the monotonic hand are those of `clock`. */
export const standingClock = (clock: Clock, first: Instant): StandingClock => {
  let now = first;
  return { ...clock, now: () => now, stand: (at) => void (now = later(now, at)) };
};

/** The name of the file, as its versions are recorded. */
const FILE = 'avow.yaml';

/** The configuration as it stood at an instant; throws what is wrong with it. */
export const configurationAt = ({ scenario, calendar }: Pick<Stage, 'scenario' | 'calendar'>, at: Instant): Config => {
  const read = parseConfiguration(Buffer.from(scenario.file(calendar, at)), FILE, { secret: () => null, ownPorts: [] });
  if (isConfig(read)) return read;
  throw new Error(`The scenario's configuration has faults: ${read.map(({ line, message }) => `line ${line} ${message}`).join('; ')}`);
};
