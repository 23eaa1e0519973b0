/** The real thread, the real dialler and real loopback targets. */
import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '#domain/check/check-result.ts';
import { millis } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { type ProberEvent, type ProberLink, startProber } from '#monitor/core/prober-link.ts';
import type { Acknowledgement } from '#monitor/core/recorder-types.ts';
import { silentLog } from '../../support/temp-store.ts';
import { loopbackTarget, planFor } from './model.ts';

/** A recorder over an array; `hold` keeps answers back, as a store that cannot commit does. */
class ListRecorder extends EventEmitter {
  readonly results: CheckResult[] = [];
  hold: Promise<void> = Promise.resolve();
  async record(results: readonly CheckResult[]): Promise<Acknowledgement> {
    this.emit('call');
    await this.hold;
    this.results.push(...results);
    this.emit('results');
    return { stored: true, fresh: results.length, duplicates: 0, refused: 0 };
  }
  async until(enough: (results: readonly CheckResult[]) => boolean): Promise<void> {
    while (!enough(this.results)) await once(this, 'results');
  }
}

const assignment = (ports: readonly number[], intervalMs = 1_000) => ({
  locationId: 'here',
  assignments: ports.map((port, i) => ({
    componentId: `component-${i}`,
    check: planFor('127.0.0.1', {
      definition: { kind: 'tcp', host: '127.0.0.1', port, send: null, expect: null },
      intervalMs: millis(intervalMs),
      timeoutMs: millis(900),
    }),
  })),
  sentinels: [],
  ownPorts: [],
  selfOrigin: null,
  lastAt: {},
});

describe('the prober thread', () => {
  it('probes real targets, tells the dead from the living, and its results reach the recorder', async () => {
    await using living = await loopbackTarget();
    const dead = await loopbackTarget();
    const recorder = new ListRecorder();
    const prober = startProber({ recorder, clock: systemClock, log: silentLog });
    try {
      prober.assign(assignment([living.port, dead.port]));
      await recorder.until((results) =>
        ['component-0', 'component-1'].every((id) => results.some(({ componentId }) => componentId === id)),
      );
      await dead[Symbol.asyncDispose]();
      await recorder.until((results) => results.some(({ componentId, outcome }) => componentId === 'component-1' && outcome === 'fail'));
    } finally {
      await prober.stop();
    }
    const living0 = recorder.results.filter(({ componentId }) => componentId === 'component-0');
    expect(living0.some(({ outcome }) => outcome === 'ok')).toBe(true);
    expect(living0.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    expect(recorder.results.find(({ outcome }) => outcome === 'fail')).toMatchObject({
      componentId: 'component-1',
      reason: 'connect_refused',
    });
    expect(living.accepted()).toBeGreaterThan(0);
    expect(prober.status.beats).toBeGreaterThan(0);
  });

  it('a real block of its loop makes the probes of that moment no evidence, and a stray rejection costs nothing', async () => {
    await using target = await loopbackTarget();
    const recorder = new ListRecorder();
    const events: ProberEvent[] = [];
    const prober = startProber({
      recorder,
      clock: systemClock,
      log: silentLog,
      entry: new URL('./blocking-entry.ts', import.meta.url),
      onEvent: (event) => void events.push(event),
    });
    try {
      prober.assign(assignment([target.port, target.port, target.port]));
      await recorder.until(
        (results) => results.some(({ reason }) => reason === 'own_stall') && results.filter(({ outcome }) => outcome === 'ok').length > 3,
      );
    } finally {
      await prober.stop();
    }
    expect(recorder.results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    expect(events.filter(({ kind }) => kind === 'stall').length).toBeGreaterThan(0);
    expect(events.filter(({ kind }) => kind === 'fault').map(({ facts }) => String(facts['message']))).toEqual([
      expect.stringContaining('nobody awaits me'),
    ]);
    expect(prober.status.restarts).toBe(0);
  });

  it('that dies is started again, says so, and goes on with the same checks', async () => {
    await using target = await loopbackTarget();
    const recorder = new ListRecorder();
    const errors: string[] = [];
    const prober = startProber({
      recorder,
      clock: systemClock,
      log: { ...silentLog, error: (line) => void errors.push(line) },
      entry: new URL('./dying-entry.ts', import.meta.url),
    });
    try {
      prober.assign(assignment([target.port]));
      await recorder.until((results) => results.length >= 3 && prober.status.restarts >= 2);
    } finally {
      await prober.stop();
    }
    expect(errors.some((line) => line.includes('starting it again in 500 ms'))).toBe(true);
    expect(errors.some((line) => line.includes('starting it again in 1000 ms'))).toBe(true);
    expect(new Set(recorder.results.map(({ at }) => at)).size).toBe(recorder.results.length);
  });

  it('hands over its last results when it is stopped, and the stop waits until they are durable', async () => {
    await using target = await loopbackTarget();
    const recorder = new ListRecorder();
    let release: () => void = () => undefined;
    recorder.hold = new Promise((resolve) => (release = resolve));
    const prober: ProberLink = startProber({ recorder, clock: systemClock, log: silentLog });
    prober.assign(assignment([target.port]));
    await once(recorder, 'call');
    const order: string[] = [];
    void recorder.hold.then(() => order.push('durable'));
    const stopping = prober.stop().then(() => order.push('stopped'));
    release();
    await stopping;
    expect(order).toEqual(['durable', 'stopped']);
    expect(recorder.results.length).toBeGreaterThan(0);
  });
});
