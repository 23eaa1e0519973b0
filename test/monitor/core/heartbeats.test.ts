import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '#domain/check/check-result.ts';
import { millis } from '#domain/time/instant.ts';
import { createHeartbeats, type Heartbeats } from '#monitor/core/heartbeats.ts';
import type { Acknowledgement } from '#monitor/core/recorder-types.ts';
import { silentLog } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { planFor } from '../worker/model.ts';

const TOKEN = 'a-token-that-is-long-enough-to-be-one';
const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');
const job = (componentId: string, token: string, intervalMs = 60_000) => ({
  componentId,
  check: planFor('', {
    definition: { kind: 'heartbeat', tokenSha256: sha256(token), graceMs: millis(30_000) },
    intervalMs: millis(intervalMs),
  }),
});

const start = (options: { readonly seen?: readonly string[]; readonly record?: () => Promise<Acknowledgement> } = {}) => {
  const clock = new VirtualClock();
  const results: CheckResult[] = [];
  const record = async (given: readonly CheckResult[]): Promise<Acknowledgement> => {
    results.push(...given);
    return options.record?.() ?? { stored: true, fresh: given.length, duplicates: 0, refused: 0 };
  };
  const heartbeats: Heartbeats = createHeartbeats({ recorder: { record }, clock, log: silentLog });
  heartbeats.assign('here', [job('backup', TOKEN), job('invoice', `${TOKEN}-2`)], new Set(options.seen));
  const startedAt = clock.now();
  const told = (): [string, string, number][] =>
    results.map(({ componentId, reason, at }) => [componentId, reason, (at - startedAt) / 1_000]);
  return { clock, results, heartbeats, told, startedAt };
};

describe('a beat', () => {
  it('with a known token is an ok sample at its receipt, for that component alone', async () => {
    const { clock, heartbeats, results, told } = start();
    await clock.advance(10_000);
    expect(await heartbeats.beat(TOKEN)).toBe('accepted');
    expect(told()).toEqual([['backup', 'beat', 10]]);
    expect(results[0]).toMatchObject({ outcome: 'ok', locationId: 'here', canaryOk: null });
  });
  it('with an unknown, empty or nearly right token changes nothing', async () => {
    const { heartbeats, results } = start();
    for (const token of ['', 'x', TOKEN.slice(1), `${TOKEN} `, sha256(TOKEN)]) expect(await heartbeats.beat(token)).toBe('unknown');
    expect(results).toEqual([]);
  });
  it('is accepted even while the store cannot commit: it waits in the queue like every result', async () => {
    const { clock, heartbeats, results } = start({ record: () => new Promise(() => undefined) });
    const answer = heartbeats.beat(TOKEN);
    await clock.advance(2_000);
    expect(await answer).toBe('accepted');
    expect(results).toHaveLength(1);
  });
});

describe('silence', () => {
  it('before the first beat ever is unknown: no sample', async () => {
    const { clock, results } = start();
    await clock.advance(3_600_000);
    expect(results).toEqual([]);
  });
  it('is told at last beat + interval + grace, then once per interval, until the next beat', async () => {
    const { clock, heartbeats, told, results } = start();
    await heartbeats.beat(TOKEN);
    await clock.advance(215_000);
    await heartbeats.beat(TOKEN);
    await clock.advance(85_000);
    expect(told()).toEqual([
      ['backup', 'beat', 0],
      ['backup', 'beat_missing', 90],
      ['backup', 'beat_missing', 150],
      ['backup', 'beat_missing', 210],
      ['backup', 'beat', 215],
    ]);
    expect(results[1]).toMatchObject({ outcome: 'fail', detail: 'No heartbeat came within 60 s and 30 s of grace.' });
  });
  it('ended by a beat that comes a moment too late is still told, and one that comes in the last millisecond is in time', async () => {
    const late = start();
    await late.heartbeats.beat(TOKEN);
    await late.clock.advance(89_990);
    late.clock.stall(11);
    await late.heartbeats.beat(TOKEN);
    expect(late.told()).toEqual([
      ['backup', 'beat', 0],
      ['backup', 'beat_missing', 90],
      ['backup', 'beat', 90.001],
    ]);
    const inTime = start();
    await inTime.heartbeats.beat(TOKEN);
    await inTime.clock.advance(89_990);
    inTime.clock.stall(10);
    await inTime.heartbeats.beat(TOKEN);
    await inTime.clock.advance(5_000);
    expect(inTime.told().map(([, reason]) => reason)).toEqual(['beat', 'beat']);
  });
  it('after a restart is told only when a full interval and grace have passed since the start', async () => {
    const { clock, told } = start({ seen: ['backup'] });
    await clock.advance(160_000);
    expect(told()).toEqual([
      ['backup', 'beat_missing', 90],
      ['backup', 'beat_missing', 150],
    ]);
  });
  it('while the machine slept, or the loop stood still, is nobody’s', async () => {
    for (const monotonic of [true, false]) {
      const { clock, heartbeats, results, startedAt } = start();
      await heartbeats.beat(TOKEN);
      clock.stall(8 * 3_600_000, { monotonic });
      const awake = clock.now();
      await clock.advance(89_000);
      expect(results).toHaveLength(1);
      await clock.advance(3_000);
      expect(results).toHaveLength(2);
      expect((results[1]?.at ?? startedAt) - awake).toBeGreaterThanOrEqual(90_000);
    }
  });
  it('is judged in time again after the clock was set back ten years', async () => {
    const { clock, heartbeats, results } = start();
    await heartbeats.beat(TOKEN);
    clock.jumpWall(-3_652 * 86_400_000);
    await clock.advance(93_000);
    expect(results.map(({ reason }) => reason)).toEqual(['beat', 'beat_missing']);
  });
  it('survives a new configuration: what has not changed keeps its last beat, what is gone is silent', async () => {
    const { clock, heartbeats, told } = start();
    await heartbeats.beat(TOKEN);
    await heartbeats.beat(`${TOKEN}-2`);
    await clock.advance(60_000);
    heartbeats.assign('here', [job('backup', TOKEN)], new Set());
    await clock.advance(40_000);
    expect(told().slice(2)).toEqual([['backup', 'beat_missing', 90]]);
    expect(await heartbeats.beat(`${TOKEN}-2`)).toBe('unknown');
  });
});
