/**
 * Who sent a request, how it reached us, and how much they may ask: what the console and the writing side of the API judge alike.
 * Source: reliability P14, P15, P16, section 4 (Rate limits).
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Store } from '#db/store.ts';
import type { Clock } from '#monitor/clock.ts';
import { exportLimit, limitOf, linkExportLimit } from '../limits.ts';
import { cookieName, type Reached, readCookie } from './cookies.ts';
import { BAD_TOKEN, type Principal, principalOf } from './principal.ts';

/** What is known of a request before anybody looks at what it asks. */
export interface Known {
  readonly principal: Principal;
  readonly reached: Reached;
  readonly address: string;
  /** What limits go by. */
  readonly addressKey: string;
  readonly local: boolean;
  readonly requestId: string;
}
/** It came neither over https nor from this machine itself. */
export const IN_THE_OPEN = 'in the open';
export const openSentence = (origin: string): string =>
  `The console is for https or for this machine itself: over ${origin} a password or a token would travel in the open.`;

export interface AskerDeps {
  /** Where the console is, as people type it. */
  readonly origin: () => string;
  /** The same from this machine itself, in every spelling. */
  readonly localOrigins: () => ReadonlySet<string>;
  readonly client: (request: IncomingMessage) => { readonly address: string; readonly key: string; readonly local: boolean };
  readonly clock: Clock;
}
export interface Asker {
  readonly origin: () => string;
  /** Origins whose pages are ours. */
  ownOrigins(): ReadonlySet<string>;
  /** `header`: a header as sent, by its name. Rejects with the store's fault. */
  knownOf(
    incoming: IncomingMessage,
    header: (name: string) => string | null,
    store: Store,
  ): Promise<Known | typeof IN_THE_OPEN | typeof BAD_TOKEN>;
  /** Seconds to wait; 0: go on. `look`: at a page of the console, which whoever has signed in does as often as they like. */
  wait(known: Pick<Known, 'principal' | 'addressKey'>, deed: 'change' | 'read' | 'look'): number;
  /** The same for whoever takes something out of Avow, a person and their tokens together. */
  waitOfExport(known: Pick<Known, 'principal' | 'addressKey'>): number;
  /** The same for whoever sends what opens nothing. */
  waitOfStranger(incoming: IncomingMessage): number;
}

const isPlainLoopback = (origin: string): boolean => /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(origin);

export const askers = ({ origin, localOrigins, client, clock }: AskerDeps): Asker => {
  const known = { change: limitOf(clock, 'change'), read: limitOf(clock, 'read') };
  const strangers = limitOf(clock, 'stranger');
  const [exports, linkExports] = [exportLimit(clock), linkExportLimit(clock)];
  /** Whether the client talks to us over https, or plainly at this machine itself; null: what it sends would travel in the open. */
  const reachedBy = (host: string, local: boolean): Reached | null => {
    if (local && localOrigins().has(`http://${host}`)) return { secure: false };
    if (origin().startsWith('https:')) return { secure: true };
    return isPlainLoopback(origin()) ? { secure: false } : null;
  };
  return {
    origin,
    ownOrigins: () => new Set([origin().toLowerCase(), ...localOrigins()]),
    async knownOf(incoming, header, store) {
      const { address, key, local } = client(incoming);
      const reached = reachedBy((header('host') ?? '').toLowerCase(), local);
      if (!reached) return IN_THE_OPEN;
      const cookie = readCookie(header('cookie'), cookieName('session', reached));
      const principal = await principalOf({ store, clock }, { authorization: header('authorization'), cookie, address });
      return principal === BAD_TOKEN ? principal : { principal, reached, address, addressKey: key, local, requestId: randomUUID() };
    },
    wait({ principal, addressKey }, deed) {
      if (principal.kind === 'nobody') return strangers.take(addressKey);
      return deed === 'look' ? 0 : known[deed].take(principal.kind === 'token' ? principal.token.id : principal.person.id);
    },
    waitOfExport: ({ principal, addressKey }) =>
      principal.kind === 'nobody' ? linkExports.take(addressKey) : exports.take(principal.person.id),
    waitOfStranger: (incoming) => strangers.take(client(incoming).key),
  };
};
