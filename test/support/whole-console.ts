/** Every route of the console and of the API's writing side over one store, as the product wires them, with reports of the scenes or its own. */

import type { Store } from '#db/store.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { auditOf } from '#monitor/actions/audit.ts';
import type { ReportKey } from '#monitor/actions/report-key.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SYSTEM } from '#monitor/context.ts';
import { createIdentity } from '#monitor/identity/identity.ts';
import { type ReportSource, reportSource } from '#monitor/views/report-source.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { consoleRoutes } from '#site/server/console/console-routes.ts';
import { type People, signIn } from './console-people.ts';
import { contextWith, type Rig, startRig } from './front-rig.ts';
import { CHEAP } from './people-desk.ts';
import { sceneReports } from './report-scenes.ts';
import { openTempStore } from './temp-store.ts';
import { verbsOver } from './verbs-over.ts';

export interface WholeConsole extends Rig {
  readonly people: People;
  readonly store: Store;
  readonly origin: string;
  readonly verbs: Verbs;
}

const SETTINGS = `components:
  - {name: Checkout, slug: checkout, http: https://checkout.example.com/}
  - {name: Search, slug: search, tcp: search.example.com:443}
`;

/**
 * What the doors act on, before there is one. `text`: the configuration file. `reportKey`: reports are those of the store, signed with it.
 */
export interface Behind {
  readonly people: People;
  readonly store: Store & AsyncDisposable;
  readonly settings: Config;
  readonly verbs: ReturnType<typeof verbsOver>;
  readonly reports: ReportSource;
}
export const behindTheDoors = async (clock: Clock, text: string = SETTINGS, reportKey: ReportKey | null = null): Promise<Behind> => {
  const store = await openTempStore();
  const settings = parseConfiguration(Buffer.from(text), 'avow.yaml', { secret: () => null, ownPorts: [] });
  if (!isConfig(settings)) throw new Error(settings.map(({ message }) => message).join(' '));
  await applyConfiguration({ store, clock, actor: SYSTEM }, settings);
  const people = await signIn(store, clock);
  // So that the audit has a row whatever is asked first.
  const audited = { store, clock, actor: SYSTEM };
  await store.exclusive(async () =>
    store.write(await auditOf(audited, { verb: 'scene.begin', subject: 'scene/1', before: null, after: null })),
  );
  const over = verbsOver(store, clock, settings.policy, settings);
  const verbs: typeof over = { ...over, reports: (actor) => ({ ...over.reports(actor), reportKey }) };
  return { people, store, settings, verbs, reports: reportKey === null ? sceneReports : reportSource(verbs.reports) };
};

export const startWholeConsole = async (clock: Clock, behind?: Behind): Promise<WholeConsole> => {
  const { people, store, settings, verbs, reports } = behind ?? (await behindTheDoors(clock));
  const identity = createIdentity({ clock, dataDir: null, key: null, origins: null, cost: CHEAP });
  const parts = { clock, reports, verbs, publicOrigin: () => 'http://127.0.0.1', identity, allowRemoteSetUp: false };
  const rig = await startRig({
    console: consoleRoutes(parts),
    verbs,
    clock,
    context: () => ({ ...contextWith(store, clock), config: settings }),
  });
  return {
    ...rig,
    people,
    store,
    verbs,
    origin: `http://127.0.0.1:${rig.port}`,
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};
