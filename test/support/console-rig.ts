/** The real front with the console over a real store, people signed in, asked over the wire. */

import type { Store } from '#db/store.ts';
import { type Clock, systemClock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import type { ConsoleRoute } from '#site/server/console/console-route.ts';
import { type People, signIn } from './console-people.ts';
import { config, contextWith, type Rig, type RigOptions, startRig } from './front-rig.ts';
import { ask, type RawAnswer } from './raw-http.ts';
import { openTempStore } from './temp-store.ts';
import { verbsOver } from './verbs-over.ts';

export interface ConsoleRig extends Rig {
  readonly people: People;
  readonly store: Store;
  readonly origin: string;
  /** As somebody of that role, from a page of the console. */
  askAs(role: keyof People['as'], path: string, options?: Parameters<typeof ask>[2]): Promise<RawAnswer>;
}

/** Routes that act on the store are made when it is there. */
export type RoutesOver = (store: Store, clock: Clock) => readonly ConsoleRoute[];

export const startConsoleRig = async (
  routes: readonly ConsoleRoute[] | RoutesOver,
  { settings = config, ...options }: RigOptions & { readonly settings?: Config } = {},
): Promise<ConsoleRig> => {
  const store = await openTempStore();
  const clock = options.clock ?? systemClock;
  const people = await signIn(store, clock);
  const console = typeof routes === 'function' ? routes(store, clock) : routes;
  const rig = await startRig({
    console,
    verbs: verbsOver(store, clock, settings.policy),
    context: () => ({ ...contextWith(store, clock), config: settings }),
    ...options,
  });
  const origin = `http://127.0.0.1:${rig.port}`;
  return {
    ...rig,
    people,
    store,
    origin,
    askAs: (role, path, asked = {}) => ask(rig.port, path, { ...asked, headers: { ...people.as[role].headers(origin), ...asked.headers } }),
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};
