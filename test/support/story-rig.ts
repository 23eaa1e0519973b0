/**
 * The console's stories over a real store: components checkout and search, people of every role, a clock that a test sets, and the verbs
 * as the server wires them. `form` sends one as a page of the console does.
 */
import type { Store } from '#db/store.ts';
import type { Role } from '#domain/access/permission.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import type { Config } from '#monitor/config/config.ts';
import type { Actor } from '#monitor/context.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { incidentRoutes } from '#site/server/console/incident-routes.ts';
import { overrideRoutes } from '#site/server/console/override-routes.ts';
import { releaseRoutes } from '#site/server/console/release-routes.ts';
import { textRoutes } from '#site/server/console/text-routes.ts';
import type { PageRoute } from '#site/server/prepared.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { type People, signIn } from './console-people.ts';
import { config, contextWith, type Rig, type RigOptions, startRig } from './front-rig.ts';
import { at, POLICY } from './maintenance-desk.ts';
import { ask, type RawAnswer } from './raw-http.ts';
import { define } from './recording.ts';
import { storePolicy } from './stored-policy.ts';
import { openTempStore } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface StoryRig extends Rig {
  readonly people: People;
  readonly origin: string;
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly verbs: Verbs;
  set(now: string | number): void;
  get(role: Role, path: string): Promise<RawAnswer>;
  form(role: Role, path: string, fields: Readonly<Record<string, string>>): Promise<RawAnswer>;
  /** The view that the plain renderer was handed. */
  shown<V = Record<string, unknown>>(answer: RawAnswer): V;
}

/** Friday 27 November 2026, 12:00Z, without it. */
export const startStoryRig = async (
  now = '2026-11-27T12:00Z',
  { prepare, ...options }: RigOptions & { readonly prepare?: (store: Store) => Promise<void> } = {},
): Promise<StoryRig> => {
  const store = await openTempStore();
  await define(store, [{ slug: 'checkout' }, { slug: 'search' }], ['home']);
  await storePolicy(store, POLICY);
  await prepare?.(store);
  const clock = new VirtualClock(at(now));
  const people = await signIn(store, clock);
  const settings: Config = { ...config, policy: POLICY };
  const acting = (actor: Actor) => ({ store, clock, actor, policy: POLICY });
  const verbs = {
    maintenance: acting,
    incidents: acting,
    ledger: (actor: Actor) => ledgerVerbContext(acting(actor)),
    changed: () => undefined,
  } as unknown as Verbs;
  const rig = await startRig({
    console: [
      ...incidentRoutes(verbs),
      ...overrideRoutes(verbs),
      ...releaseRoutes(verbs, () => 'https://status.example.com'),
      ...textRoutes,
    ],
    context: () => ({ ...contextWith(store, clock), config: settings }),
    routes: pageRoutes as readonly PageRoute[],
    clock,
    ...options,
  });
  const origin = `http://127.0.0.1:${rig.port}`;
  const headers = (role: Role) => ({ ...people.as[role].headers(origin), Accept: 'text/html' });
  return {
    ...rig,
    people,
    origin,
    store,
    clock,
    verbs,
    set: (to) => clock.jumpWall((typeof to === 'string' ? at(to) : to) - clock.now()),
    get: (role, path) => ask(rig.port, path, { headers: headers(role) }),
    form: (role, path, fields) =>
      ask(rig.port, path, {
        method: 'POST',
        headers: { ...headers(role), 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...fields, form_token: people.as[role].formToken() }).toString(),
      }),
    shown: (answer) => JSON.parse(/<pre>([\s\S]*?)<\/pre>/.exec(answer.body.toString())?.[1] ?? 'null'),
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};
