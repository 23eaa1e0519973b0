import { describe, expect, it } from 'vitest';
import type { StoreCondition } from '#db/store.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import type { Acknowledgement } from '#monitor/core/recorder-types.ts';
import { createStoreCheck } from '#monitor/core/store-check.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { planFor } from '../worker/model.ts';

const STORED: Acknowledgement = { stored: true, fresh: 1, duplicates: 0, refused: 0 };
const theRecord = { componentId: 'the-record', check: planFor('', { definition: { kind: 'store' } }) };

const start = () => {
  const clock = new VirtualClock();
  const results: CheckResult[] = [];
  const world: { commits: Promise<unknown>; condition: StoreCondition; copying: boolean } = {
    commits: Promise.resolve(),
    condition: { state: 'open' },
    copying: false,
  };
  const check = createStoreCheck({
    clock,
    condition: () => world.condition,
    copying: () => world.copying,
    recorder: {
      record: async (given) => {
        results.push(...given);
        await world.commits;
        return STORED;
      },
    },
  });
  check.assign('here', [theRecord, { componentId: 'api', check: planFor('api.example') }]);
  return { clock, results, world, check };
};

describe('the store check', () => {
  it('samples once per interval, only its own component, and is ok while commits come through', async () => {
    const { clock, results } = start();
    await clock.advance(181_500);
    expect(results.map(({ componentId, outcome }) => [componentId, outcome])).toEqual(
      Array.from({ length: 4 }, () => ['the-record', 'ok']),
    );
    expect(results.map(({ at }) => at - (results[0]?.at ?? 0))).toEqual([0, 60_000, 120_000, 180_000]);
    expect(results[1]?.latencyUs).not.toBeNull();
  });
  it('fails, dated when it was seen, while a commit does not come through, and is ok again after', async () => {
    const { clock, results, world } = start();
    await clock.advance(1_500);
    let recovered: () => void = () => undefined;
    world.commits = new Promise<void>((resolve) => (recovered = resolve));
    await clock.advance(120_000);
    recovered();
    await clock.advance(60_000);
    expect(results.map(({ outcome, reason }) => `${outcome}/${reason}`)).toEqual(['ok/ok', 'ok/ok', 'fail/store_unhealthy', 'ok/ok']);
    expect(results[2]?.detail).toBe('The store has not committed for 60 s; results wait in memory.');
    expect((results[2]?.at ?? 0) - (results[0]?.at ?? 0)).toBe(120_000);
  });
  it('is slow, not failing, while commits wait for a backup that is being copied', async () => {
    const { clock, results, world } = start();
    await clock.advance(1_500);
    let recovered: () => void = () => undefined;
    world.commits = new Promise<void>((resolve) => (recovered = resolve));
    world.copying = true;
    await clock.advance(120_000);
    world.copying = false;
    recovered();
    await clock.advance(60_000);
    expect(results.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'slow', 'ok']);
    expect(results[2]).toMatchObject({ detail: 'A backup is being copied; results wait in memory.', latencyUs: 60_000_000 });
  });
  it('fails at once when the store says that it cannot commit', async () => {
    const { clock, results, world } = start();
    world.condition = { state: 'ailing', kind: 'full', message: 'the disk is full' };
    await clock.advance(1_500);
    expect(results[0]).toMatchObject({ outcome: 'fail', reason: 'store_unhealthy', detail: 'The store cannot record: the disk is full' });
  });
  it('keeps its place when the same is assigned again, skips slots that a stall has missed, and stops', async () => {
    const { clock, results, check } = start();
    await clock.advance(1_500);
    check.assign('here', [theRecord]);
    clock.stall(200_000);
    await clock.advance(60_000);
    expect(results).toHaveLength(3);
    check.stop();
    await clock.advance(600_000);
    expect(results).toHaveLength(3);
    expect(clock.waiting).toBe(0);
  });
});
