/** What the doors act on, over a store of a test: as core/run.ts hands it out. */
import type { Store } from '#db/store.ts';
import { ALL_PERMISSIONS } from '#domain/access/permission.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import type { PeopleContext } from '#monitor/actions/people-verb.ts';
import { thisAvow } from '#monitor/actions/report-context.ts';
import { verifyRecords } from '#monitor/actions/verify-records.ts';
import { componentsHere, configurationHere } from '#monitor/cli/rooms.ts';
import type { Here } from '#monitor/cli/verb-client.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { type Actor, reachOfActor } from '#monitor/context.ts';
import { createIdentity } from '#monitor/identity/identity.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { config } from './front-rig.ts';

/** `changed` counts. */
export const verbsOver = (
  store: Store,
  clock: Clock,
  policy: Policy,
  inForce: Config = config,
): Verbs & { readonly told: { times: number } } => {
  const told = { times: 0 };
  const acting = (actor: Actor) => ({ store, clock, actor, policy });
  const identity = createIdentity({ clock, dataDir: null, key: null, origins: null });
  const people = (actor: Actor): PeopleContext => ({
    store,
    clock,
    actor,
    identity,
    permissions: new Set(ALL_PERMISSIONS),
    proved: true,
  });
  const here = (actor: Actor): Here => ({ store, clock, actor, policy, folder: '/nowhere', io: { env: {}, cwd: '/nowhere' }, inForce });
  return {
    told,
    people,
    components: (actor) => componentsHere(here(actor)),
    configuration: (actor) => configurationHere(here(actor)),
    verifyRecords: (progress, actor) => verifyRecords({ store, anchors: null, reach: reachOfActor(actor) }, progress),
    doctor: (progress, actor) => doctorReport({ store, clock, anchors: null, reach: reachOfActor(actor) }, progress),
    maintenance: acting,
    incidents: acting,
    notices: acting,
    ledger: (actor) => ledgerVerbContext(acting(actor)),
    reports: (actor) => ({ store, clock, actor, maker: thisAvow(), reportKey: null }),
    changed: () => void told.times++,
  };
};
