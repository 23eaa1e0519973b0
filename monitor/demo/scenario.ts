/**
 * What a scenario is: data. A configuration for every instant of it, what goes wrong when, and what people do when. Instants are
 * words of a calendar (calendar.ts), so that the same scenario happens before any `now`; what would lie after it has not happened.
 */
import type { Calendar } from './calendar.ts';
import type { Deed } from './deed.ts';
import type { Trouble } from './trouble.ts';

export interface TroubleLine {
  readonly at: string;
  readonly for: string;
  readonly is: Trouble['reason'];
  /** Slugs of components; `*`: all of them. */
  readonly of: '*' | readonly string[];
  /** The one location that sees it; absent: all of them. */
  readonly where?: string;
  readonly share?: number;
}

export interface Scenario {
  /** Zone of all its wall times. */
  readonly zone: string;
  /** The first check. */
  readonly begins: string;
  /** The text of the configuration file as it stood at an instant. */
  file(calendar: Calendar, at: Calendar['now']): string;
  /** How fast each component answers, ms, by slug. */
  readonly pace: Readonly<Record<string, number>>;
  readonly troubles: readonly TroubleLine[];
  readonly deeds: readonly Deed[];
}
