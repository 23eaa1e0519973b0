/** A store, the sample policy and a clock that stands where a test puts it: what tests of maintenance share. */

import type { Store } from '#db/store.ts';
import type { MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { type Instant, millis } from '#domain/time/instant.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import type { AnnounceRequest } from '#monitor/actions/announce-maintenance.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { define } from './recording.ts';
import { openTempStore } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

/** `2026-11-28T10:00-05:00` */
export const at = (text: string): Instant => {
  const instant = instantOfIso(text);
  if (instant === null) throw new Error(`${text} is no instant`);
  return instant;
};

export const POLICY: Policy = {
  reserve: { weekday: 'SAT', start: '10:00', durationMin: 300, zone: 'America/New_York' },
  targetPpm: 995_000,
  minNoticeMs: millis(0),
  notesLeadMs: millis(0),
  unknownPolicy: 'exclude',
  countDegraded: false,
  zone: 'America/New_York',
};

export interface Desk extends AsyncDisposable {
  readonly ctx: MaintenanceContext;
  readonly store: Store;
  /** Sets the wall clock. */
  set(now: string | Instant): void;
  count(sql: string): Promise<number>;
}

/** Components checkout and search are watched. */
export const openDesk = async (now: string, policy: Partial<Policy> = {}): Promise<Desk> => {
  const store = await openTempStore();
  await define(store, [{ slug: 'checkout' }, { slug: 'search' }], ['home']);
  const clock = new VirtualClock(at(now));
  return {
    store,
    ctx: { store, clock, actor: SOCKET_OWNER, policy: { ...POLICY, ...policy } },
    set: (to) => clock.jumpWall((typeof to === 'string' ? at(to) : to) - clock.now()),
    count: async (sql) => Number((await store.read({ sql })).rows[0]?.[0]),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
};

export const asking = (from: string, to: string, more: Partial<AnnounceRequest> & { readonly slot?: string } = {}): AnnounceRequest => ({
  window: { slot: more.slot ?? '2026-11-28', from, to },
  title: 'Database upgrade',
  body: 'Checkout is away for some minutes.',
  components: '*',
  author: 'Ann',
  ...more,
});

export const refused = (answer: object): Refusal => {
  if (!isRefusal(answer)) throw new Error(`this should have been refused: ${JSON.stringify(answer)}`);
  return answer;
};
/** Reason → ms of what does not count. */
export const notCounted = ({ announcement }: MaintenanceAnswer): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { reason, ms } of announcement.notCounted) sums[reason] = (sums[reason] ?? 0) + ms;
  return sums;
};
