/** What ops are told besides incidents, over a real store under a virtual clock: blindness, disk, certificates, missing announcements. */
import { expect, test } from 'vitest';
import { saveCertificates } from '#db/queries/certificates.ts';
import { insertEvent } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { outboxAbove } from '#db/queries/notices.ts';
import type { Store } from '#db/store.ts';
import type { DiskUse } from '#domain/notice/disk.ts';
import { DAY, HOUR, instant, MINUTE, SECOND } from '#domain/time/instant.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { firstMinuteConfig } from '#monitor/config/first-minute.ts';
import { watchForNotices } from '#monitor/core/notice-watch.ts';
import { accepted } from '../../support/accepted.ts';
import { openDesk, POLICY } from '../../support/maintenance-desk.ts';
import { define } from '../../support/recording.ts';
import { announced, ready } from '../../support/release-desk.ts';
import { openTempStore, silentLog } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const percent = (used: number): DiskUse => ({ usedBytes: BigInt(used), freeBytes: BigInt(100 - used) });

/** A watch that looks when the test says so; `told`: the outbox since the beginning, as `type key`. */
const watching = async (startMs = Date.UTC(2026, 10, 24, 12), given?: { readonly store: Store; readonly clock: VirtualClock }) => {
  const { clock, store } = given ?? { clock: new VirtualClock(startMs), store: await openTempStore() };
  let use = percent(10);
  const start = () =>
    watchForNotices({
      store,
      clock,
      log: silentLog,
      config: () => ({ ...firstMinuteConfig(), policy: POLICY }),
      diskUse: () => Promise.resolve(use),
      onNotice: () => undefined,
    });
  let watch = start();
  /** The store answers from its own thread: between two steps of the clock its answers must come in. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 12; i++) {
      await store.read({ sql: 'SELECT 1' });
      await clock.advance(0);
    }
  };
  await settle();
  return {
    store,
    clock,
    fill: (used: number) => {
      use = percent(used);
    },
    /** In looks of five seconds, or in minutes where nothing else is asked. */
    async pass(ms: number, step: number = 5 * SECOND) {
      for (let gone = 0; gone < ms; gone += step) {
        await clock.advance(Math.min(step, ms - gone));
        await settle();
      }
    },
    async restart() {
      await watch.stop();
      watch = start();
      await settle();
    },
    async told() {
      return (await outboxAbove(store, 0, 1_000)).rows
        .filter(({ type }) => type.startsWith('ops.'))
        .map(({ type, payload }) => ({ type, payload }));
    },
    async [Symbol.asyncDispose]() {
      await watch.stop();
      if (!given && Symbol.asyncDispose in store) await (store as Store & AsyncDisposable)[Symbol.asyncDispose]();
    },
  };
};

test('blindness is told once and its end once, whatever the prober repeats and however often Avow starts', async () => {
  await using desk = await watching();
  const since = desk.clock.now();
  await desk.store.write([insertEvent('blind', since, {})]);
  await desk.pass(MINUTE);
  await desk.restart();
  await desk.store.write([insertEvent('blind', desk.clock.now(), {})]);
  await desk.pass(5 * MINUTE);
  expect(await desk.told()).toMatchObject([{ type: 'ops.monitor_blind', payload: { since } }]);
  const until = desk.clock.now();
  await desk.store.write([insertEvent('sighted', until, {})]);
  await desk.pass(MINUTE);
  expect(await desk.told()).toMatchObject([{ type: 'ops.monitor_blind' }, { type: 'ops.monitor_sighted', payload: { since, until } }]);
});

test('who was blind at the end of one process and sees in the next says so once it has settled', async () => {
  await using desk = await watching();
  await desk.store.write([insertEvent('blind', desk.clock.now(), {})]);
  await desk.pass(30 * SECOND);
  await desk.restart();
  await desk.pass(MINUTE);
  expect(await desk.told()).toHaveLength(1);
  await desk.pass(2 * MINUTE);
  expect((await desk.told()).map(({ type }) => type)).toEqual(['ops.monitor_blind', 'ops.monitor_sighted']);
});

test('a disk that is nearly full is told once, also over a restart, and that it has room again once', async () => {
  await using desk = await watching();
  desk.fill(91);
  await desk.pass(3 * MINUTE);
  await desk.restart();
  await desk.pass(3 * MINUTE);
  desk.fill(88);
  await desk.pass(3 * MINUTE);
  expect(await desk.told()).toMatchObject([{ type: 'ops.disk_nearly_full', payload: { percent: 91 } }]);
  desk.fill(50);
  await desk.pass(2 * MINUTE);
  desk.fill(95);
  await desk.pass(2 * MINUTE);
  expect((await desk.told()).map(({ type }) => type)).toEqual(['ops.disk_nearly_full', 'ops.disk_eased', 'ops.disk_nearly_full']);
});

test('a certificate is told 21, 7, 3 and 1 days before it runs out, once each; a renewed one begins anew', async () => {
  await using desk = await watching();
  await define(desk.store, [{ slug: 'checkout' }], ['home']);
  const [component] = await factsOf(desk.store).components();
  const [location] = await factsOf(desk.store).locations();
  if (!component || !location) throw new Error('nothing is defined');
  const { rows } = await desk.store.read({ sql: 'SELECT id FROM locations' });
  const locationId = Number(rows[0]?.[0]);
  const expiresAt = instant(desk.clock.now() + 30 * DAY);
  const save = (expires: number, seen: number) =>
    desk.store.write([saveCertificates([{ componentId: component.id, locationId, expiresAt: instant(expires), seenAt: instant(seen) }])]);
  await save(expiresAt, desk.clock.now());
  await desk.pass(31 * DAY, 12 * HOUR);
  await desk.restart();
  await desk.pass(MINUTE);
  expect(await desk.told()).toMatchObject(
    [21, 7, 3, 1].map((days) => ({ type: 'ops.certificate_expiring', payload: { component: 'checkout', expiresAt, days } })),
  );
  await save(desk.clock.now() + 2 * DAY, desk.clock.now());
  await desk.pass(2 * MINUTE);
  expect((await desk.told()).at(-1)).toMatchObject({ payload: { days: 3 } });
});

test('a release whose window was cancelled is told a day before the slot has to be announced, and once more when that has passed', async () => {
  await using desk = await openDesk('2026-11-23T09:00-05:00');
  const id = await ready(desk, '2.0');
  await using watch = await watching(0, { store: desk.store, clock: desk.ctx.clock as VirtualClock });
  await watch.pass(2 * MINUTE);
  expect(await watch.told()).toEqual([]);
  accepted(await cancelMaintenance(desk.ctx, id, { author: null }));
  await watch.pass(4 * DAY + HOUR - 2 * MINUTE, 10 * MINUTE);
  expect(await watch.told()).toEqual([]);
  await watch.pass(10 * MINUTE, MINUTE);
  expect((await watch.told()).map(({ type, payload }) => [type, payload['version'], payload['passed']])).toEqual([
    ['ops.announcement_missing', '2.0', false],
  ]);
  await watch.pass(3 * DAY, HOUR);
  expect((await watch.told()).map(({ payload }) => payload['passed'])).toEqual([false, true]);
});

test('a release whose window holds it, or whose slot somebody announced anew, is not told', async () => {
  await using desk = await openDesk('2026-11-23T09:00-05:00');
  const id = await ready(desk, '2.0');
  await using watch = await watching(0, { store: desk.store, clock: desk.ctx.clock as VirtualClock });
  accepted(await cancelMaintenance(desk.ctx, id, { author: null }));
  await announced(desk);
  await watch.pass(6 * DAY, HOUR);
  expect(await watch.told()).toEqual([]);
});
