/** The running Avow of a data folder, as far as the command line meets it: its verbs behind avow.sock, at an instant. */
import { join } from 'node:path';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { serveSocket } from '#site/server/socket.ts';
import { openStoreIn } from './command-rig.ts';
import { at, POLICY } from './maintenance-desk.ts';
import { VirtualClock } from './virtual-clock.ts';

const standing = async (folder: string, now: string) => ({
  store: await openStoreIn(folder),
  clock: new VirtualClock(at(now)),
  actor: SOCKET_OWNER,
  policy: POLICY,
});

/** `otherwise`: verbs that are not as usual. */
export const servingIn = async (
  folder: string,
  now: string,
  otherwise: (here: Awaited<ReturnType<typeof standing>>) => Partial<Verbs> = () => ({}),
): Promise<AsyncDisposable> => {
  const here = await standing(folder, now);
  const app = createSocketApp({
    doctor: async () => ({}),
    verifyRecords: async () => ({}),
    maintenance: () => here,
    incidents: () => here,
    notices: () => here,
    ledger: () => ledgerVerbContext(here),
    reports: () => {
      throw new Error('nobody asks for reports here');
    },
    changed: () => undefined,
    ...otherwise(here),
  });
  const server = await serveSocket(join(folder, 'avow.sock'), app.fetch, systemClock);
  return {
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await here.store.close();
    },
  };
};
