/** What verbs and views are handed: never fetched from a global. */
import type { Store } from '#db/store.ts';
import { EVERY_CUSTOMER, NO_CUSTOMER, type Reach } from '#domain/access/reach.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';

/**
 * Who acts: Avow itself, the configuration file, the owner of the data folder by its socket, a person who signed in, or a person's token.
 * Names of the socket are claims; people and tokens have proved who they are.
 */
export interface Actor {
  readonly kind: 'system' | 'file' | 'socket' | 'person' | 'token';
  /** Of the person or token; null: nobody who signs in. */
  readonly id: string | null;
  readonly name: string;
  /** Address of the client; null: from this machine. */
  readonly from: string | null;
  /** Names the request in audit and log; null: none. */
  readonly requestId: string | null;
  /** Whose contracts and reports they reach; see `reachOfActor`. */
  readonly reach?: Reach;
}
/** Avow itself, its file and the owner of the data folder reach every customer; whoever signed in reaches what is said, and otherwise nobody. */
export const reachOfActor = ({ kind, reach }: Actor): Reach =>
  reach ?? (kind === 'person' || kind === 'token' ? NO_CUSTOMER : EVERY_CUSTOMER);
/** A verb's context says who acts. */
export interface Acting {
  readonly actor: Actor;
}
export const SYSTEM: Actor = { kind: 'system', id: null, name: 'Avow', from: null, requestId: null };
/** The owner of the data folder, who has said no name. */
export const SOCKET_OWNER: Actor = { kind: 'socket', id: null, name: 'the owner of the data folder', from: null, requestId: null };
/** The configuration file, or what holds while there is none. */
export const fileActor = ({ source }: Pick<Config, 'source'>): Actor => ({
  ...SYSTEM,
  kind: 'file',
  name: source ?? 'the configuration that is built in',
});
/** Whether the name is more than a claim. */
export const isAuthenticated = ({ kind }: Actor): boolean => kind === 'person' || kind === 'token';
/** Whether they read what is stored whatever Avow shows them, so that it may compare what they write with it. */
export const readsTheStore = (actor: Actor): boolean => !isAuthenticated(actor);

export interface Log {
  /** At AVOW_LOG_LEVEL=debug only, so that nothing is made for it otherwise: `log.debug?.(…)`. */
  debug?(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

export interface Context extends Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The configuration in force. */
  readonly config: Config;
}
