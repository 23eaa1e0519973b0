/** The console's pages about maintenance over a real store: components that are watched, contracts in several zones, a clock that stands where a test puts it. */
import { addContractVersion } from '#db/queries/contracts.ts';
import { minor } from '#domain/money.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { maintenanceRoutes } from '#site/server/console/maintenance-routes.ts';
import { type ConsoleRig, startConsoleRig } from './console-rig.ts';
import { config, type RigOptions } from './front-rig.ts';
import { agreement } from './ledger-desk.ts';
import { at, POLICY } from './maintenance-desk.ts';
import { define, result } from './recording.ts';
import { storePolicy } from './stored-policy.ts';
import { silentLog } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export const FRIDAY = '2026-11-27T14:00Z';
const MINUTE = 60_000;

export interface AnnouncingRig extends ConsoleRig {
  /** For a verb that somebody else runs meanwhile. */
  readonly ctx: MaintenanceContext;
  /** How often pages were told that something changed. */
  readonly changes: () => number;
  set(now: string | Instant): void;
  /** A form sent by somebody of that role; without a token of their session the guard refuses. */
  send(
    role: 'ops' | 'admin' | 'viewer' | 'account_manager',
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
  ): ReturnType<ConsoleRig['askAs']>;
}

export const CONTRACTS: readonly Agreement[] = [
  agreement('acme', { customerName: 'Acme Ltd', critical: ['checkout', 'search'], components: ['checkout', 'search'] }),
  agreement('tokyo', { customer: 'nihon', customerName: 'Nihon KK', reportZone: 'Asia/Tokyo', targetPpm: 999_000 }),
  agreement('gold', { customer: 'oslo', customerName: 'Oslo AS', reportZone: 'Europe/Oslo', monthlyFee: minor(1) }),
];

export const openAnnouncingRig = async (
  now = FRIDAY,
  { policy = {}, ...options }: RigOptions & { readonly policy?: Partial<Policy> } = {},
): Promise<AnnouncingRig> => {
  const clock = new VirtualClock(at(now));
  let changes = 0;
  const own: Policy = { ...POLICY, ...policy };
  let ctx: MaintenanceContext | null = null;
  const rig = await startConsoleRig(
    (store) =>
      maintenanceRoutes({
        maintenance: (actor) => {
          ctx = { store, clock, actor, policy: own };
          return ctx;
        },
        changed: () => {
          changes++;
        },
      }),
    { ...options, clock, settings: { ...config, policy: own } },
  );
  await define(rig.store, [{ slug: 'checkout' }, { slug: 'search' }], ['home'], at('2026-09-01T00:00Z'));
  await storePolicy(rig.store, own);
  await rig.store.write(CONTRACTS.map((one) => addContractVersion(one, instant(1))));
  // Both up for the last hours, with six minutes down: a budget of which something is used.
  const recorder = await createRecorder({ store: rig.store, clock, log: silentLog });
  const first = at(now) - 240 * MINUTE;
  await recorder.record(
    Array.from({ length: 240 }, (_, i) => i).flatMap((i) =>
      ['checkout', 'search'].map((slug) =>
        result(slug, 'home', first + i * MINUTE, slug === 'search' && i >= 60 && i < 66 ? 'fail' : 'ok'),
      ),
    ),
  );
  const actor = { kind: 'person', id: 'x', name: 'Ben Ito', from: '192.0.2.9', requestId: null } as const;
  return Object.assign(rig, {
    ctx: { store: rig.store, clock, actor, policy: own },
    changes: () => changes,
    set: (to: string | Instant) => clock.jumpWall((typeof to === 'string' ? at(to) : to) - clock.now()),
    send: (
      role: 'ops' | 'admin' | 'viewer' | 'account_manager',
      path: string,
      fields: Readonly<Record<string, string | readonly string[]>>,
    ) => {
      const body = new URLSearchParams([
        ['form_token', rig.people.as[role].formToken()],
        ...Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
      ] as string[][]).toString();
      return rig.askAs(role, path, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    },
  });
};
