/** P19: jumps of the wall clock make no outage, no negative duration and no busy loop; cadence keeps to the monotonic hand. */
import { describe, expect, it } from 'vitest';
import { byOutcome, createModel, type Model } from '../monitor/worker/model.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHECKS = 60;

const sound = (model: Model): void => {
  for (const { at, finishedAt } of model.results) expect(finishedAt).toBeGreaterThanOrEqual(at);
  const bad = Object.keys(byOutcome(model.results)).filter((key) => !['ok/ok', 'error/own_stall'].includes(key));
  expect(bad).toEqual([]);
  expect(model.mostAtOnce()).toBe(1);
};
/** Starts per check in the last `minutes`: the cadence itself. */
const startsSince = (model: Model, fromMs: number): number => model.starts.filter(({ atMs }) => atMs >= fromMs).length;
const monoMs = (model: Model): number => model.clock.monotonicUs() / 1_000;

describe('the wall clock', () => {
  for (const [words, jumpMs] of [
    ['an hour forwards', HOUR],
    ['an hour back', -HOUR],
    ['a day forwards', DAY],
    ['a day back', -DAY],
    ['ten years back', -3_652 * DAY],
  ] as const)
    it(`jumps ${words}: checks keep their rhythm, none fails, the jump is told once`, async () => {
      const model = createModel();
      model.assign(CHECKS);
      await model.clock.advance(2 * MINUTE);
      const from = monoMs(model);
      model.clock.jumpWall(jumpMs);
      await model.clock.advance(5 * MINUTE);
      expect(startsSince(model, from)).toBe(5 * CHECKS);
      const jumps = model.events.filter(({ kind }) => kind === 'clock_jump');
      expect(jumps).toHaveLength(1);
      expect(Math.abs(Number(jumps[0]?.facts['jumpMs']) - jumpMs)).toBeLessThan(5);
      sound(model);
    });

  it('is set back a second again and again: no event, no failure, the same rhythm', async () => {
    const model = createModel();
    model.assign(CHECKS);
    await model.clock.advance(2 * MINUTE);
    const from = monoMs(model);
    for (let i = 0; i < 60; i++) {
      model.clock.jumpWall(-1_000);
      await model.clock.advance(5_000);
    }
    expect(startsSince(model, from)).toBe(5 * CHECKS);
    expect(model.events).toEqual([]);
    sound(model);
  });

  it('is slewed by 500 ppm for an hour: no event, no failure, the same rhythm', async () => {
    const model = createModel();
    model.assign(20);
    await model.clock.advance(2 * MINUTE);
    const from = monoMs(model);
    for (let i = 0; i < 60; i++) {
      model.clock.jumpWall(30);
      await model.clock.advance(MINUTE);
    }
    expect(startsSince(model, from)).toBe(60 * 20);
    expect(model.events).toEqual([]);
    sound(model);
  });

  it('jumps during a probe: that probe is no evidence', async () => {
    const model = createModel();
    model.world.latencyMs = 1_000;
    model.assign(1);
    await model.clock.advance(500);
    model.clock.jumpWall(HOUR);
    await model.clock.advance(1_000);
    expect(byOutcome(model.results)).toEqual({ 'error/own_stall': 1 });
  });
});

describe('a machine suspended for 8 hours', () => {
  it('samples nothing of that time, fails nobody, and goes on in its rhythm without a burst', async () => {
    const model = createModel();
    model.assign(CHECKS);
    await model.clock.advance(2 * MINUTE);
    const asleepAt = model.clock.now();
    const from = monoMs(model);
    model.clock.stall(8 * HOUR, { monotonic: false });
    const awakeAt = model.clock.now();
    await model.clock.advance(5 * MINUTE);
    expect(startsSince(model, from)).toBe(5 * CHECKS);
    expect(model.results.filter(({ at }) => at > asleepAt && at < awakeAt)).toEqual([]);
    expect(model.events.map(({ kind }) => kind)).toEqual(['clock_jump']);
    sound(model);
  });
  it('on a system whose monotonic hand goes on meanwhile, the overdue checks queue instead of bursting', async () => {
    const model = createModel();
    model.assign(CHECKS);
    await model.clock.advance(2 * MINUTE);
    model.starts.length = 0;
    model.clock.stall(8 * HOUR);
    await model.clock.advance(1_000);
    expect(model.starts.length).toBeLessThan(30);
    await model.clock.advance(5 * MINUTE);
    sound(model);
  });
});
