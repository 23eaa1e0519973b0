import { describe, expect, it } from 'vitest';
import { instant, millis } from '#domain/time/instant.ts';
import { byOutcome, createModel, planFor } from './model.ts';

const MINUTE = 60_000;

describe('cadence', () => {
  it('500 checks every minute run 500 times a minute, each at its own second, never two of one component at once', async () => {
    const model = createModel();
    model.assign(500);
    await model.clock.advance(MINUTE);
    const first = model.starts.length;
    await model.clock.advance(4 * MINUTE);
    expect(model.starts.length - first).toBe(4 * 500);
    expect(model.mostAtOnce()).toBe(1);
    const places = new Map<string, Set<number>>();
    for (const { host, atMs } of model.starts.slice(first))
      places.set(host, (places.get(host) ?? new Set()).add(Math.round(atMs % MINUTE)));
    expect([...places.values()].every((seconds) => seconds.size === 1)).toBe(true);
  });
  it('new checks begin at once, twenty a second, and all have run within one interval', async () => {
    const model = createModel();
    model.assign(300);
    await model.clock.advance(1_000);
    expect(model.starts.length).toBeGreaterThanOrEqual(20);
    expect(model.starts.length).toBeLessThan(40);
    await model.clock.advance(MINUTE);
    expect(new Set(model.starts.map(({ host }) => host)).size).toBe(300);
  });
  it('after a restart checks go on by their last sample instead of bunching', async () => {
    const before = createModel();
    before.assign(300);
    await before.clock.advance(3 * MINUTE);
    const lastAt = Object.fromEntries(before.results.map(({ componentId, at }) => [componentId, at]));
    const after = createModel();
    after.clock.stall(3 * MINUTE + 5_000);
    const startMs = after.clock.monotonicUs() / 1_000;
    after.assign(300, { lastAt });
    await after.clock.advance(MINUTE);
    expect(new Set(after.starts.map(({ host }) => host)).size).toBe(300);
    const perSecond = new Map<number, number>();
    for (const { atMs } of after.starts) {
      const second = Math.floor((atMs - startMs) / 1_000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(20 + 20);
    const gaps = after.results.map(({ componentId, at }) => at - (lastAt[componentId] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * MINUTE);
  });
  it('an assignment that changes nothing keeps every place; a changed check runs at once; a removed one never again', async () => {
    const model = createModel();
    model.assign(3);
    await model.clock.advance(2 * MINUTE);
    const dueBefore = model.starts.filter(({ host }) => host === 'target-1.example').at(-1)?.atMs ?? 0;
    model.prober.receive({
      type: 'assign',
      locationId: 'here',
      assignments: [
        { componentId: 'component-0', check: planFor('target-0.example', { intervalMs: millis(30_000) }) },
        { componentId: 'component-1', check: planFor('target-1.example') },
      ],
      sentinels: [],
      ownPorts: [],
      selfOrigin: null,
      lastAt: {},
    });
    model.starts.length = 0;
    await model.clock.advance(2 * MINUTE);
    const startsOf = (host: string): number[] => model.starts.filter((start) => start.host === host).map(({ atMs }) => atMs);
    expect(startsOf('target-1.example').map((at) => Math.round(at - dueBefore))).toEqual([MINUTE, 2 * MINUTE]);
    expect(startsOf('target-0.example').length).toBeGreaterThanOrEqual(4);
    expect(startsOf('target-2.example')).toEqual([]);
  });
  it('kinds that the core judges are not probed', async () => {
    const model = createModel();
    model.prober.receive({
      type: 'assign',
      locationId: 'here',
      assignments: [
        { componentId: 'the-record', check: planFor('x', { definition: { kind: 'store' } }) },
        { componentId: 'job', check: planFor('x', { definition: { kind: 'heartbeat', tokenSha256: 'ab', graceMs: millis(1) } }) },
      ],
      sentinels: [],
      ownPorts: [],
      selfOrigin: null,
      lastAt: {},
    });
    await model.clock.advance(3 * MINUTE);
    expect(model.results).toEqual([]);
  });
});

describe('ten thousand checks every minute', () => {
  it('all start within a second of their time, also in the minute after a restart that finds all of them overdue', async () => {
    const model = createModel();
    model.assign(10_000);
    await model.clock.advance(MINUTE + 1_000);
    expect(new Set(model.results.map(({ componentId }) => componentId)).size).toBe(10_000);
    expect(model.results.filter(({ at, scheduledAt }) => at - scheduledAt > 1_000)).toEqual([]);
    const perSecond = new Map<number, number>();
    for (const { atMs } of model.starts) perSecond.set(Math.floor(atMs / 1_000), (perSecond.get(Math.floor(atMs / 1_000)) ?? 0) + 1);
    expect(Math.max(...perSecond.values())).toBeLessThan(2 * (10_000 / 60));
    expect(model.events).toEqual([]);
  });
});

describe('a result', () => {
  it('carries the place, the due instant, the start and the end', async () => {
    const model = createModel();
    model.assign(1);
    await model.clock.advance(MINUTE);
    const [first] = model.results;
    expect(first).toMatchObject({
      componentId: 'component-0',
      locationId: 'here',
      outcome: 'ok',
      reason: 'ok',
      canaryOk: null,
      latencyUs: 30_000,
    });
    expect((first?.finishedAt ?? 0) - (first?.at ?? 0)).toBe(30);
    expect(first?.scheduledAt).toBeLessThanOrEqual(first?.at ?? 0);
  });
  it('that was right but over the limit is slow', async () => {
    const model = createModel();
    model.world.latencyMs = 200;
    model.assign(1, { plan: { degradedMs: millis(100) } });
    await model.clock.advance(MINUTE);
    expect(model.results[0]).toMatchObject({ outcome: 'slow', reason: 'over_latency_limit' });
  });
  it('of a target that fails is followed by retries 10 s and 20 s after its start', async () => {
    const model = createModel();
    model.assign(1);
    await model.clock.advance(2 * MINUTE);
    model.world.targets = false;
    const before = model.starts.length;
    await model.clock.advance(3 * MINUTE);
    const [first = 0, ...rest] = model.starts.slice(before).map(({ atMs }) => atMs);
    expect(rest.slice(0, 4).map((at) => Math.round((at - first) / 1_000))).toEqual([10, 20, 60, 120]);
  });
});

describe('a prober', () => {
  it('keeps results until they are stored and sends them again, bounded', async () => {
    const model = createModel();
    model.assign(1);
    const { receive } = model.prober;
    model.prober.receive = () => undefined;
    await model.clock.advance(MINUTE);
    const batches = () => model.messages.filter((message) => message.type === 'results').map(({ batch }) => batch);
    expect(batches().filter((batch) => batch === 1).length).toBe(2);
    receive({ type: 'stored', batch: 1 });
    model.messages.length = 0;
    await model.clock.advance(MINUTE / 2);
    expect(batches()).not.toContain(1);
  });
  it('beats once a second', async () => {
    const model = createModel();
    await model.clock.advance(10_000);
    expect(model.messages.filter(({ type }) => type === 'beat')).toHaveLength(11);
  });
  it('that is told to stop ends what is in flight, hands over its results and leaves no timer behind', async () => {
    const model = createModel();
    model.world.latencyMs = 2_000;
    model.assign(5);
    await model.clock.advance(500);
    const begun = model.starts.length;
    expect(begun).toBeGreaterThan(0);
    model.prober.receive({ type: 'stop' });
    await model.clock.advance(4_000);
    expect(model.messages.at(-1)).toEqual({ type: 'stopped' });
    expect(model.results).toHaveLength(begun);
    expect(byOutcome(model.results)).toEqual({ 'ok/ok': begun });
    expect(model.clock.waiting).toBe(0);
  });
  it('that is told to stop waits 5 s at most; what has not answered by then is not recorded as a failure', async () => {
    const model = createModel();
    model.assign(1, { plan: { timeoutMs: millis(30_000) } });
    model.world.targets = false;
    await model.clock.advance(100);
    model.prober.receive({ type: 'stop' });
    await model.clock.advance(5_100);
    expect(model.messages.at(-1)).toEqual({ type: 'stopped' });
    await model.clock.advance(MINUTE);
    expect(model.results).toEqual([]);
  });
  it('names its results by the wall clock at their start', async () => {
    const model = createModel();
    const start = model.clock.now();
    model.assign(1);
    await model.clock.advance(1_000);
    expect(model.results[0]?.at).toBe(instant(start + 1));
  });
});
