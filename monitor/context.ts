/** What verbs and views are handed: never fetched from a global. */
import type { Store } from '#db/store.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';

/** Who acts: Avow itself, a person, or a token. Written into audit rows. */
export interface Actor {
  readonly kind: 'system' | 'file' | 'person' | 'token';
  readonly name: string;
}

export interface Log {
  /** At AVOW_LOG_LEVEL=debug only, so that nothing is made for it otherwise: `log.debug?.(…)`. */
  debug?(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

export interface Context {
  readonly store: Store;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly log: Log;
  /** The configuration in force. */
  readonly config: Config;
}
