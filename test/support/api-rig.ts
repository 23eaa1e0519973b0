/** The product's own front over a store in which everything public happened: what tests of the public JSON share. */

import { factsOf } from '#db/queries/facts.ts';
import { insertDeployment, insertNotes, insertPlan, insertPublication, insertRelease } from '#db/queries/releases.ts';
import type { Store } from '#db/store.ts';
import { DAY, HOUR, MINUTE } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { accepted } from './accepted.ts';
import { config, contextWith, quiet, type Rig, startRig } from './front-rig.ts';
import { asking } from './maintenance-desk.ts';
import { at, define, result } from './recording.ts';
import { storePolicy } from './stored-policy.ts';
import { openTempStore } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Saturday 21 November 2026, 12:30 in New York; measuring began at 8:00. The slot lies between 10:00 and 15:00. */
export const API_NOW = Date.UTC(2026, 10, 21, 17, 30);
const BEGAN = API_NOW - 4.5 * HOUR;
export const RELEASES = 23;

export interface ApiRig extends AsyncDisposable {
  readonly rig: Rig;
  readonly store: Store;
  readonly clock: VirtualClock;
}

const releases = async (store: Store, maintenance: string): Promise<void> => {
  for (let i = 1; i <= RELEASES; i++) {
    const version = `1.${i}.0`;
    const recordedAt = at(API_NOW - (100 - i) * HOUR);
    await store.write([
      insertRelease({ version, recordedAt, kind: 'standard', title: `Number ${i}`, tickets: [], author: 'Ann' }),
      insertNotes(version, { rev: 1, recordedAt, notes: `* change ${i}`, author: 'Ann' }),
      insertPublication(version, { rev: 1, recordedAt, publicAt: recordedAt, author: 'Ann' }),
      insertPlan(version, 1, { recordedAt, announcement: maintenance, plannedAt: null, author: 'Ann' }),
    ]);
  }
  const recordedAt = at(API_NOW - HOUR);
  await store.write([
    insertDeployment('1.1.0', 1, {
      recordedAt,
      deployedAt: recordedAt,
      kind: 'deploy',
      place: 'inside',
      announcement: maintenance,
      reason: null,
      approvedBy: null,
      author: 'Ann',
    }),
    insertRelease({ version: '9.0.0', recordedAt, kind: 'standard', title: 'A draft', tickets: [], author: 'Ann' }),
  ]);
};

/** Watched: api and shop. Running maintenance concerns api; shop is down; windows are upcoming, cancelled and over. */
export const startApiRig = async (): Promise<ApiRig> => {
  const store = await openTempStore();
  await define(store, [{ slug: 'api' }, { slug: 'shop' }, { slug: 'docs' }], ['here'], BEGAN);
  await storePolicy(store, config.policy);
  const clock = new VirtualClock(BEGAN - 3 * DAY);
  const desk = { store, clock, actor: SOCKET_OWNER, policy: config.policy };
  const announce = async (slot: string, from: string, to: string, title: string, components: '*' | readonly string[]): Promise<string> =>
    accepted(await announceMaintenance(desk, asking(from, to, { slot, title, components }))).announcement.id;
  await announce('2026-11-21', '10:00', '11:00', 'Early window', ['docs']);
  const running = await announce('2026-11-21', '12:00', '14:00', 'Upgrade', ['api']);
  await announce('2026-11-28', '10:00', '12:00', 'Next week', '*');
  const dropped = await announce('2026-12-05', '10:00', '12:00', 'Dropped', '*');
  accepted(await cancelMaintenance(desk, dropped, { author: 'Ann' }));
  clock.jumpWall(API_NOW - clock.now());
  await releases(store, running);
  const recorder = await createRecorder({ store, clock, log: quiet });
  const minutes = Array.from({ length: 270 }, (_, minute) => minute);
  await recorder.record(
    minutes.flatMap((minute) => {
      const when = BEGAN + minute * MINUTE;
      const shop = (minute >= 60 && minute < 90) || minute >= 250 ? 'fail' : 'ok';
      return [result('api', 'here', when, 'ok'), result('shop', 'here', when, shop), result('docs', 'here', when, 'ok')];
    }),
  );
  const rig = await startRig({
    routes: pageRoutes,
    clock,
    facts: () => factsOf(store),
    context: () => contextWith(store, clock),
  });
  return {
    rig,
    store,
    clock,
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await (store as Store & AsyncDisposable)[Symbol.asyncDispose]();
    },
  };
};
