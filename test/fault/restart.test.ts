/** P4: a restart is invisible. The recorder is made anew at a thousand moments of one history, with results delivered again. */
import { expect, test } from 'vitest';
import type { Store } from '#db/store.ts';
import type { CheckResult, Outcome } from '#domain/check/check-result.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { define, result, tableText } from '../support/recording.ts';
import { openTempStore, silentLog } from '../support/temp-store.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20260701);
/** mulberry32: a small generator, so that a run can be repeated from its seed. */
const random = (from: number) => {
  let state = from;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const T0 = Date.UTC(2026, 8, 15);
const ROUNDS = 500;
const COMPONENTS = [
  { slug: 'one', confirmations: 1 },
  { slug: 'two', confirmations: 2 },
  { slug: 'four', confirmations: 4 },
];
const PLACES = ['home', 'away', 'far'];

/** Outages of all lengths, some of one place only, with silences and spells of our own network's loss. */
const history = (next: () => number): CheckResult[] => {
  const bad = new Map<string, number>();
  const list: CheckResult[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const { slug } of COMPONENTS) {
      const together = next() < 0.05 ? Math.ceil(next() * 9) : 0;
      for (const place of PLACES) {
        const key = slug + place;
        const left = Math.max((bad.get(key) ?? 0) - 1, together, next() < 0.03 ? Math.ceil(next() * 6) : 0);
        bad.set(key, left);
        if (next() < 0.06) continue;
        const outcome: Outcome = next() < 0.03 ? 'error' : left > 0 ? 'fail' : next() < 0.05 ? 'slow' : 'ok';
        list.push(result(slug, place, T0 + round * 60_000 + Math.floor(next() * 50_000), outcome));
      }
    }
  }
  return list.sort((a, b) => a.at - b.at);
};

const told = async (store: Store) => ({
  spans: await tableText(store, 'spans'),
  incidents: await tableText(store, 'incidents', 'id, component_id, title, started_at_ms, confirmed_at_ms, resolved_at_ms'),
  updates: await tableText(store, 'incident_updates', 'id, status, body'),
  outbox: await tableText(store, 'outbox', 'key, type, payload_json'),
});

test('a thousand restarts with repeated deliveries leave the same spans, incidents and messages as none', async () => {
  const list = history(random(seed));
  await using calm = await openTempStore();
  await using restless = await openTempStore();
  const clock = new VirtualClock(T0 + ROUNDS * 60_000 + 3_600_000);
  for (const store of [calm, restless]) await define(store, COMPONENTS, PLACES);

  const steady = await createRecorder({ store: calm, clock, log: silentLog });
  for (let i = 0; i < list.length; i += 200) await steady.record(list.slice(i, i + 200));

  const next = random(seed + 1);
  let recorder = await createRecorder({ store: restless, clock, log: silentLog });
  let restarts = 0;
  for (let i = 0; i < list.length; ) {
    const size = Math.ceil(next() * 7);
    const again = Math.floor(next() * 6);
    await recorder.record(list.slice(Math.max(0, i - again), i + size));
    i += size;
    recorder = await createRecorder({ store: restless, clock, log: silentLog });
    restarts++;
  }
  expect(restarts).toBeGreaterThanOrEqual(1_000);
  const expected = await told(calm);
  expect(expected.incidents.length).toBeGreaterThan(40);
  expect(await told(restless)).toEqual(expected);
});
