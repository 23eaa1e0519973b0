/**
 * What people and programs who sign in add to what runs: the secrets and links of identity, the link for the first admin, and the verbs
 * that the console, the API and the socket act by. Whoever reaches the socket is the owner of the folder, and may everything.
 */

import type { Store } from '#db/store.ts';
import { ALL_PERMISSIONS } from '#domain/access/permission.ts';
import type { AnchorBook } from '#monitor/actions/anchor-book.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import type { ReportContext } from '#monitor/actions/report-context.ts';
import { needsSetUp } from '#monitor/actions/set-up-first-admin.ts';
import { verifyRecords } from '#monitor/actions/verify-records.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Environment } from '#monitor/config/environment.ts';
import { type Actor, type Context, reachOfActor } from '#monitor/context.ts';
import { createIdentity, type Identity, type IdentityParts } from '#monitor/identity/identity.ts';
import type { Verbs } from '#site/api/verbs.ts';
import type { Backups } from './backups.ts';
import type { ConfigurationKeeper } from './configuration-keeper.ts';

interface Where {
  readonly clock: Clock;
  readonly environment: Environment;
}
/** `front` is asked only when a link is made: it listens by then. */
export const identityOf = (
  key: IdentityParts['key'],
  { clock, environment }: Where,
  front: () => { readonly origin: string; readonly selfOrigin: string },
): Identity =>
  createIdentity({
    clock,
    dataDir: environment.dataDir,
    key,
    origins: {
      console: () => environment.adminOrigin ?? front().origin,
      setUp: () => (environment.allowRemoteSetup ? (environment.adminOrigin ?? front().origin) : front().selfOrigin),
    },
  });

/** The link that makes the first admin, when there is none; a file of an earlier start goes. Null: there is one. */
export const setUpLinkFor = async (clock: Clock, store: Store, { setUp }: Identity): Promise<string | null> => {
  setUp.end();
  return (await needsSetUp({ store })) ? setUp.begin(clock.now()).link : null;
};

interface Parts extends Where {
  readonly store: Store;
  readonly identity: Identity;
  readonly anchors: AnchorBook | null;
  readonly configuration: ConfigurationKeeper;
  readonly backups: Backups;
  readonly context: () => Context;
  readonly acting: Verbs['maintenance'];
  readonly reports: (actor: Actor) => ReportContext;
  readonly changed: () => void;
}
export const verbsOf = ({
  store,
  clock,
  environment,
  identity,
  anchors,
  configuration,
  backups,
  context,
  acting,
  reports,
  changed,
}: Parts): Verbs => ({
  doctor: (told, actor) => doctorReport({ ...context(), anchors, reach: reachOfActor(actor) }, told),
  backup: backups.run,
  verifyRecords: (told, actor) => verifyRecords({ store, anchors, reach: reachOfActor(actor) }, told),
  maintenance: acting,
  incidents: acting,
  ledger: (actor) => ledgerVerbContext(acting(actor)),
  notices: acting,
  reports,
  people: (actor) => ({ store, clock, actor, identity, permissions: new Set(ALL_PERMISSIONS), proved: true }),
  secrets: (actor) => ({
    store,
    clock,
    actor,
    place: { dataDir: environment.dataDir, given: environment.secretsKey },
    use: identity.useKey,
  }),
  components: configuration.components,
  configuration: configuration.configuration,
  changed,
});
