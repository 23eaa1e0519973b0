/** A front with the audit of the console over a store in which things were changed, and people of every role who may look. */
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { type Actor, fileActor, SOCKET_OWNER } from '#monitor/context.ts';
import { auditRoutes } from '#site/server/console/audit-routes.ts';
import { accepted } from './accepted.ts';
import { signIn } from './console-people.ts';
import { config, contextWith, type RigOptions, startRig } from './front-rig.ts';
import { asking, at, POLICY } from './maintenance-desk.ts';
import { configOf } from './months-desk.ts';
import { ask } from './raw-http.ts';
import { drafting } from './release-desk.ts';
import { openTempStore } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export const FRIDAY = '2026-11-27T14:00Z';
const person = (name: string): Actor => ({ kind: 'person', id: name.toLowerCase(), name, from: '192.0.2.7', requestId: 'r-18' });

/** Rows 1 to 4 by the file, then an announcement of Ann's, moved by Ben and cancelled at the socket, and a release with a long text. */
/** `options`: of the front, such as the renderer of built pages. */
export const startAuditRig = async (options: RigOptions = {}) => {
  const store = await openTempStore();
  const clock = new VirtualClock(at(FRIDAY));
  const yaml = 'components:\n  - { name: Checkout, http: "http://127.0.0.1:9/" }\n  - { name: Search, http: "http://127.0.0.1:9/" }\n';
  const file = configOf(yaml);
  accepted(await applyConfiguration({ store, clock, actor: fileActor(file) }, file));
  const as = (actor: Actor) => ({ store, clock, actor, policy: POLICY });
  clock.jumpWall(60_000);
  const asked = asking('10:00', '12:00', { author: null, title: '<b>Larger</b> disks' });
  const { id } = accepted(await announceMaintenance(as(person('Ann')), asked)).announcement;
  clock.jumpWall(60_000);
  accepted(await editMaintenance(as(person('Ben')), id, { to: '13:00', author: null }));
  clock.jumpWall(60_000);
  accepted(await cancelMaintenance(as(SOCKET_OWNER), id, { author: 'Cleo' }));
  accepted(await draftRelease(as(person('Ann')), drafting('4.2.0', { author: null, notes: `${'Word '.repeat(500)}end.` })));
  const people = await signIn(store, clock);
  const rig = await startRig({ console: auditRoutes, context: () => ({ ...contextWith(store, clock), config }), clock, ...options });
  const origin = `http://127.0.0.1:${rig.port}`;
  return {
    ...rig,
    store,
    id,
    people,
    origin,
    askAs: (role: keyof typeof people.as, path: string, options: Parameters<typeof ask>[2] = {}) =>
      ask(rig.port, path, { ...options, headers: { ...people.as[role].headers(origin), Accept: 'text/html', ...options?.headers } }),
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};
