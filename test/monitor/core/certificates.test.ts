import { expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import { instant } from '#domain/time/instant.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { define, result } from '../../support/recording.ts';
import { openTempStore, silentLog } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const T = Date.UTC(2026, 6, 1);
const presenting = (at: number, expires: number | null) => ({
  ...result('web', 'here', T + at, 'ok'),
  certExpiresAt: expires === null ? null : instant(expires),
});

test('the certificate a target presented last is known with its last result, also after a restart, and a renewal replaces it', async () => {
  await using store = await openTempStore();
  await define(store, [{ slug: 'web' }], ['here']);
  const clock = new VirtualClock(T + 600_000);
  const expiry = async () => (await factsOf(store).lastResults())[0]?.certExpiresAt;
  const first = await createRecorder({ store, clock, log: silentLog });
  await first.record([presenting(0, T + 1_000_000)]);
  expect(await expiry()).toBe(T + 1_000_000);

  const restarted = await createRecorder({ store, clock, log: silentLog });
  await restarted.record([presenting(60_000, null)]);
  expect(await expiry(), 'a check that saw none does not forget it').toBe(T + 1_000_000);
  await restarted.record([presenting(120_000, T + 9_000_000)]);
  expect(await expiry()).toBe(T + 9_000_000);
  await restarted.record([presenting(30_000, T + 1_000_000)]);
  expect(await expiry(), 'an older check that comes late changes nothing').toBe(T + 9_000_000);
});

test('a certificate that stays the same is written once', async () => {
  await using store = await openTempStore();
  await define(store, [{ slug: 'web' }], ['here']);
  const recorder = await createRecorder({ store, clock: new VirtualClock(T + 600_000), log: silentLog });
  for (const at of [0, 60_000, 120_000]) await recorder.record([presenting(at, T + 5_000_000)]);
  const { rows } = await store.read({ sql: 'SELECT expires_at_ms, seen_at_ms FROM certificates' });
  expect(rows).toEqual([[T + 5_000_000, T]]);
});
