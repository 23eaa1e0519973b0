/** What was recorded later is not there, wherever it lies: an earlier instant is folded as it was known then. */
import { describe, expect, it } from 'vitest';
import { readDefinitions } from '#db/queries/definitions.ts';
import { readLedgerFacts } from '#db/queries/ledger-facts.ts';
import { readTimelines } from '#db/queries/timelines.ts';
import type { Store } from '#db/store.ts';
import { evidenceOf } from '#domain/sla/evidence.ts';
import { DAY, type Instant, instant, SECOND } from '#domain/time/instant.ts';
import { compact } from '#monitor/core/compaction.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { define, result } from '../support/recording.ts';
import { storePolicy } from '../support/stored-policy.ts';
import { openTempStore, silentLog } from '../support/temp-store.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const BEGAN = Date.UTC(2026, 9, 5, 12);
const second = (n: number): Instant => instant(BEGAN + n * SECOND);

/** Down from 60 to 180 s as it was known within the hour; a day later a good result of 100 s and one of 185 s arrive. */
const told = async (store: Store): Promise<VirtualClock> => {
  await define(store, [{ slug: 'api' }], ['here'], BEGAN - DAY);
  await storePolicy(store);
  const clock = new VirtualClock(second(3_600));
  const recorder = await createRecorder({ store, clock, log: silentLog });
  const record = (outcomes: readonly (readonly [number, 'ok' | 'fail' | 'error'])[]) =>
    recorder.record(outcomes.map(([at, outcome]) => result('api', 'here', second(at), outcome)));
  await record([
    [0, 'ok'],
    [60, 'fail'],
    [120, 'fail'],
    [180, 'ok'],
    [600, 'ok'],
  ]);
  clock.jumpWall(DAY);
  await record([
    [100, 'ok'],
    [400, 'error'],
  ]);
  return clock;
};

describe('as of before a late result', () => {
  it.each(['hot', 'packed'])('a stretch that begins behind it is what it was then, from %s rows', async (where) => {
    await using store = await openTempStore();
    const clock = await told(store);
    if (where === 'packed') {
      clock.jumpWall(10 * DAY);
      const ctx = { store, clock: { ...clock, sleep: () => Promise.resolve() } as unknown as VirtualClock, config: { evidenceDays: 400 } };
      expect((await compact(ctx, clock.now())).packedChecks).toBeGreaterThan(0);
    }
    const definitions = await readDefinitions(store);
    const range = { start: second(150), end: second(185) };
    const states = async (recordedBy: Instant | null) => {
      const [found] = await readTimelines(store, definitions, { range, source: 'evidence', recordedBy, components: null });
      const { timelines, panels } = found ?? { timelines: [], panels: [] as never };
      return evidenceOf(timelines, panels, 'lenient', range, range.end).map(({ start, end, state }) => [start, end, state]);
    };
    expect(await states(second(7_200))).toEqual([
      [second(150), second(180), 'down'],
      [second(180), second(185), 'up'],
    ]);
    expect(await states(null)).toEqual([[second(150), second(185), 'up']]);
  });

  it('nobody knows yet that the probe was at fault', async () => {
    await using store = await openTempStore();
    await told(store);
    const range = { start: second(0), end: second(600) };
    const causes = async (asOf: Instant) => {
      const { silences } = await readLedgerFacts(store, { range, asOf, source: 'evidence' });
      return silences.filter(({ cause }) => cause === 'probe_error').map(({ start, end }) => [start, end]);
    };
    expect(await causes(second(7_200))).toEqual([]);
    expect(await causes(second(200_000))).toEqual([[second(400), second(550)]]);
  });
});
