import { describe, expect, it } from 'vitest';
import { saveWorkerRun, workerRuns } from '#db/queries/worker-runs.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { createLiveness } from '#monitor/core/worker-liveness.ts';
import { openTempStore, silentLog } from '../../support/temp-store.ts';

const t = (seconds: number): Instant => instant(Date.UTC(2026, 6, 1) + seconds * 1_000);

describe('the runs of a prober', () => {
  it('go from first to last beat; missing beats and jumps of the clock begin another', async () => {
    await using store = await openTempStore();
    await store.write([{ sql: "INSERT INTO locations (slug, created_at_ms) VALUES ('here', ?)", args: [t(0)] }]);
    const liveness = createLiveness({
      log: silentLog,
      save: (startedAt, lastBeatAt) => saveWorkerRun(store, 'here', startedAt, lastBeatAt),
    });
    for (let second = 0; second <= 150; second++) liveness.beat(t(second));
    for (let second = 900; second <= 910; second++) liveness.beat(t(second));
    for (let second = 500; second <= 505; second++) liveness.beat(t(second));
    await liveness.stop();
    expect(await workerRuns(store, 'here', t(0), t(1_000))).toEqual([
      { startedAt: t(0), lastBeatAt: t(150) },
      { startedAt: t(500), lastBeatAt: t(505) },
      { startedAt: t(900), lastBeatAt: t(910) },
    ]);
    expect(await workerRuns(store, 'here', t(151), t(500))).toEqual([]);
    expect(await saveWorkerRun(store, 'nowhere', t(0), t(1))).toBe(false);
  });
  it('are stored once a minute and at the end, not at each beat', async () => {
    const saves: number[] = [];
    const liveness = createLiveness({ log: silentLog, save: async (_, lastBeatAt) => void saves.push((lastBeatAt - t(0)) / 1_000) });
    for (let second = 0; second <= 130; second++) liveness.beat(t(second));
    await liveness.stop();
    expect(saves).toEqual([0, 60, 120, 130]);
  });
  it('wait for a store that cannot take them', async () => {
    const warnings: string[] = [];
    const liveness = createLiveness({
      log: { ...silentLog, warn: (line) => void warnings.push(line) },
      save: () => Promise.reject(new Error('full')),
    });
    liveness.beat(t(0));
    await liveness.stop();
    expect(warnings).toHaveLength(2);
  });
});
