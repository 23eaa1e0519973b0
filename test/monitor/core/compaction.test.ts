import { describe, expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import { deleteOldPacks, readPairs } from '#db/queries/packs.ts';
import { type Store, StoreFault } from '#db/store.ts';
import type { Outcome } from '#domain/check/check-result.ts';
import { DAY, type Instant, instant } from '#domain/time/instant.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { systemClock } from '#monitor/clock.ts';
import { compact } from '#monitor/core/compaction.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import type { Recorder } from '#monitor/core/recorder-types.ts';
import { count, define, result, tableText } from '../../support/recording.ts';
import { openTempStore, silentLog } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const FIRST = Math.floor(Date.UTC(2026, 8, 1) / DAY);
const HALF_HOUR = 1_800_000;

/** Ten days of checks every half hour: an outage over midnight, a blip, slow spells, errors of our own, a silence. */
const tenDays = () =>
  Array.from({ length: 480 }, (_, i) => {
    const outcome: Outcome = i >= 94 && i < 99 ? 'fail' : i === 200 ? 'fail' : i % 97 === 0 ? 'slow' : i === 300 ? 'error' : 'ok';
    return result('checkout', 'home', FIRST * DAY + i * HALF_HOUR + 7, outcome);
  }).filter((_, i) => i < 150 || i > 160);

const setUp = async (store: Store): Promise<{ recorder: Recorder; clock: VirtualClock }> => {
  await define(store, [{ slug: 'checkout', intervalMs: HALF_HOUR }], ['home']);
  const clock = new VirtualClock(FIRST * DAY + 10 * DAY + 7_200_000);
  const recorder = await createRecorder({ store, clock, log: silentLog });
  await recorder.record(tenDays());
  return { recorder, clock };
};
const keeper = (store: Store, evidenceDays = 400) => ({ store, clock: systemClock, config: { evidenceDays } });
const doctor = (store: Store) => doctorReport({ store, clock: systemClock });
const facts = async (store: Store) => {
  const read = factsOf(store);
  return {
    daily: await read.daily(FIRST, FIRST + 10),
    latencies: await read.latencies(1, 1, instant(FIRST * DAY), instant((FIRST + 10) * DAY)),
    last: await read.lastResults(),
    spans: await read.spans(instant(FIRST * DAY), instant((FIRST + 11) * DAY)),
  };
};

describe('compaction', () => {
  test('changes no fact: pages and ledger read the same before and after', async () => {
    await using store = await openTempStore();
    const { clock } = await setUp(store);
    const before = await facts(store);
    const done = await compact(keeper(store), clock.now());
    expect(done).toMatchObject({ packedDays: 8, packedChecks: 373, rolledDays: 10, deletedPacks: 0 });
    expect(await facts(store)).toEqual(before);
    expect(await count(store, 'SELECT count(*) FROM checks')).toBe(96);
    expect((await doctor(store)).differences).toEqual([]);
  });

  test('the parts of every day sum to the day', async () => {
    await using store = await openTempStore();
    await setUp(store);
    const days = await factsOf(store).daily(FIRST, FIRST + 10);
    expect(days.map(({ upMs, downMs, unknownMs }) => upMs + downMs + unknownMs)).toEqual(Array(10).fill(DAY));
    // The outage: failing samples 94 to 98 of the half hours, so from 47 h to 49.5 h: one hour of day 1, 1.5 h of day 2.
    expect(days.map(({ downMs }) => downMs)).toEqual([0, 3_600_000 - 7, 5_400_000 + 7, 0, 0, 0, 0, 0, 0, 0]);
    expect(days[4]).toMatchObject({ blips: 1, blipMs: HALF_HOUR, fail: 1, ok: 46, slow: 1 });
  });

  test('a second round finds nothing to do', async () => {
    await using store = await openTempStore();
    const { clock } = await setUp(store);
    await compact(keeper(store), clock.now());
    expect(await compact(keeper(store), clock.now())).toEqual({
      packedDays: 0,
      packedChecks: 0,
      rolledDays: 0,
      slimmedPacks: 0,
      deletedPacks: 0,
      purgedAccess: 0,
      purgedNotices: 0,
    });
  });

  test('stopped after any commit it goes on later, and the end is the same', async () => {
    await using whole = await openTempStore();
    const { clock } = await setUp(whole);
    await compact(keeper(whole), clock.now());
    await using store = await openTempStore();
    await setUp(store);
    let rounds = 0;
    for (let done = false; !done; rounds++) {
      let commits = 0;
      const dying = new Proxy(store, {
        get(target, property) {
          if (property === 'write')
            return async (statements: Parameters<Store['write']>[0]) => {
              if (commits++ > 0) throw new StoreFault('io', 'killed');
              return target.write(statements);
            };
          const value = Reflect.get(target, property) as unknown;
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      done = await compact(keeper(dying), clock.now()).then(
        () => true,
        () => false,
      );
    }
    expect(rounds).toBeGreaterThan(18);
    expect(await tableText(store, 'daily')).toEqual(await tableText(whole, 'daily'));
    expect((await doctor(store)).differences).toEqual([]);
    expect(await facts(store)).toEqual(await facts(whole));
  });

  test('a late result for a packed day is recorded, judged, packed again, and its rollup made anew', async () => {
    await using store = await openTempStore();
    const { recorder, clock } = await setUp(store);
    await compact(keeper(store), clock.now());
    const late = [60_000, 120_000].map((ms) => result('checkout', 'home', FIRST * DAY + 3 * DAY + ms, 'fail'));
    expect(await recorder.record(late)).toMatchObject({ fresh: 2 });
    expect(await recorder.record(late)).toMatchObject({ duplicates: 2 });
    expect(await factsOf(store).incidents(instant(0))).toHaveLength(2);
    expect((await doctor(store)).differences).toEqual([]);
    await compact(keeper(store), clock.now());
    expect(await recorder.record(late)).toMatchObject({ duplicates: 2 });
    const [day] = await factsOf(store).daily(FIRST + 3, FIRST + 4);
    expect(day?.fail).toBe(2);
    expect(day?.downMs).toBe(HALF_HOUR + 7 - 60_000);
    expect(await count(store, `SELECT count(*) FROM checks WHERE at < ${(FIRST + 8) * DAY}`)).toBe(0);
    expect((await doctor(store)).differences).toEqual([]);
  });

  test('phases of good samples go after 7 days, those of the others stay', async () => {
    await using store = await openTempStore();
    const { clock } = await setUp(store);
    await compact(keeper(store), clock.now());
    const later = (clock.now() + 5 * DAY) as Instant;
    expect((await compact(keeper(store), later)).slimmedPacks).toBeGreaterThan(0);
    expect((await compact(keeper(store), later)).slimmedPacks).toBe(0);
    const { rows } = await store.read({ sql: 'SELECT day, length(phases) FROM check_packs ORDER BY day' });
    const young = rows.filter(([day]) => Number(day) >= FIRST + 8).map(([, length]) => Number(length));
    const old = rows.filter(([day]) => Number(day) < FIRST + 8).map(([, length]) => Number(length ?? 0));
    expect(Math.min(...young)).toBeGreaterThan(Math.max(...old));
    expect((await doctor(store)).differences).toEqual([]);
  });

  test('past the retention the packs go, spans and rollups stay, and doctor says what it could not see', async () => {
    await using store = await openTempStore();
    const { recorder, clock } = await setUp(store);
    await compact(keeper(store, 5), clock.now());
    expect(await count(store, 'SELECT count(*) FROM check_packs'), 'one round deletes two days at most, whatever the clock says').toBe(6);
    while ((await compact(keeper(store, 5), clock.now())).deletedPacks > 0);
    expect(await count(store, 'SELECT count(*) FROM check_packs')).toBe(3);
    const read = await factsOf(store).daily(FIRST, FIRST + 10);
    expect(read.map(({ downMs }) => downMs)).toEqual([0, 3_600_000 - 7, 5_400_000 + 7, 0, 0, 0, 0, 0, 0, 0]);
    const report = await doctor(store);
    expect(report.differences).toEqual([]);
    expect(report.notes.join(' ')).toContain('5 rolled-up days are older than the evidence that is kept (since 2026-09-06)');
    expect(await recorder.record([result('checkout', 'home', FIRST * DAY + 60_000, 'fail')])).toMatchObject({ refused: 1 });
    expect((await doctor(store)).differences).toEqual([]);
  });

  test('a pack is never deleted while its day has no rollup', async () => {
    await using store = await openTempStore();
    const { clock } = await setUp(store);
    await compact(keeper(store), clock.now());
    await store.write([{ sql: `DELETE FROM daily WHERE day = ${FIRST + 2}` }]);
    const deletedOf = async (day: number) => (await store.write([deleteOldPacks(day, await readPairs(store))]))[0]?.rowsAffected;
    expect([await deletedOf(FIRST + 2), await deletedOf(FIRST + 3)]).toEqual([0, 1]);
  });
});
