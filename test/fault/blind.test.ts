/** P2: no outage is declared while our own network is down; when targets really die, all of them are told. */
import { describe, expect, it } from 'vitest';
import { byOutcome, createModel } from '../monitor/worker/model.ts';

const MINUTE = 60_000;
const CHECKS = 500;

describe('with sentinels', () => {
  it('ten minutes without any network: no check fails, one notice goes out and one says that it is over', async () => {
    const model = createModel();
    model.assign(CHECKS, { sentinels: 2 });
    await model.clock.advance(2 * MINUTE);
    model.world.network = false;
    await model.clock.advance(10 * MINUTE);
    model.world.network = true;
    await model.clock.advance(2 * MINUTE);
    const counts = byOutcome(model.results);
    expect(Object.keys(counts).sort()).toEqual(['error/own_network', 'ok/ok']);
    expect(counts['error/own_network']).toBeGreaterThan(9 * CHECKS);
    expect(model.events.map(({ kind }) => kind)).toEqual(['blind', 'sighted']);
    expect(model.results.filter(({ outcome }) => outcome === 'error').every(({ canaryOk }) => canaryOk === false)).toBe(true);
  });

  it('every target dead while a sentinel answers: every one of them fails, confirmed within two rounds', async () => {
    const model = createModel();
    model.assign(CHECKS, { sentinels: 2 });
    await model.clock.advance(2 * MINUTE);
    model.world.targets = false;
    const from = model.results.length;
    await model.clock.advance(2 * MINUTE + 15_000);
    const since = model.results.slice(from).filter(({ outcome }) => outcome !== 'ok');
    expect(byOutcome(since)).toEqual({ 'fail/timeout': since.length });
    expect(since.every(({ canaryOk }) => canaryOk === true)).toBe(true);
    const perCheck = new Map<string, number>();
    for (const { componentId } of since) perCheck.set(componentId, (perCheck.get(componentId) ?? 0) + 1);
    expect(perCheck.size).toBe(CHECKS);
    expect(Math.min(...perCheck.values())).toBeGreaterThanOrEqual(2);
    expect(model.events).toEqual([]);
  });

  it('a sentinel that is itself down costs nothing while another answers, and nothing at all while targets do', async () => {
    const model = createModel();
    model.world.sentinels = false;
    model.assign(20, { sentinels: 2 });
    await model.clock.advance(3 * MINUTE);
    expect(Object.keys(byOutcome(model.results))).toEqual(['ok/ok']);
    expect(model.events.map(({ kind }) => kind)).toEqual(['blind']);
  });

  it('short losses of every length and phase never make a failure', async () => {
    const model = createModel();
    model.assign(60, { sentinels: 1 });
    await model.clock.advance(MINUTE);
    for (const lostMs of [200, 1_000, 3_000, 9_000, 10_500, 12_000, 31_000]) {
      model.world.network = false;
      await model.clock.advance(lostMs);
      model.world.network = true;
      await model.clock.advance(37_000 - lostMs / 10);
    }
    const failed = model.results.filter(({ outcome }) => outcome === 'fail');
    expect(failed.map(({ componentId, at }) => [componentId, at])).toEqual([]);
  });

  it('failures of one moment share one round: five hundred dead targets cost a sentinel at most a dial a second', async () => {
    const model = createModel();
    model.assign(CHECKS, { sentinels: 1 });
    model.world.targets = false;
    await model.clock.advance(MINUTE);
    expect(model.results.length).toBeGreaterThan(400);
    expect(model.sentinelDials()).toBeLessThanOrEqual(61);
  });

  it('a failing loopback target is the target of nobody else: sentinels are not asked and the failure stands', async () => {
    const model = createModel();
    model.assign(4, { sentinels: 1, host: (i) => ['127.0.0.1', 'localhost', '::1', '127.8.9.10'][i] ?? '' });
    model.world.targets = false;
    model.world.sentinels = false;
    await model.clock.advance(30_000);
    expect(byOutcome(model.results)).toEqual({ 'fail/timeout': model.results.length });
    expect(model.results.every(({ canaryOk }) => canaryOk === null)).toBe(true);
  });
});

describe('without sentinels', () => {
  it('the rule is off: a failure stands and says that nobody vouched for it', async () => {
    const model = createModel();
    model.assign(5);
    model.world.network = false;
    await model.clock.advance(MINUTE);
    expect(byOutcome(model.results)).toEqual({ 'fail/timeout': model.results.length });
    expect(model.results.every(({ canaryOk }) => canaryOk === null)).toBe(true);
    expect(model.sentinelDials()).toBe(0);
  });
});
