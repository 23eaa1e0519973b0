/** P27: an event loop that stands still is our fault, never an outage. P7b: Avow notices its own death, both ways. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '#domain/check/check-result.ts';
import { millis } from '#domain/time/instant.ts';
import { EXIT_SOFTWARE, startWatchdog } from '#monitor/core/watchdog.ts';
import type { Probe } from '#monitor/probe/probe.ts';
import { createProber } from '#monitor/worker/prober.ts';
import { answering, byOutcome, createModel, hostOf, noEgress, planFor } from '../monitor/worker/model.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const MINUTE = 60_000;

describe('a stalled loop', () => {
  for (const stallMs of [500, 2_000, 5_000, 20_000])
    it(`of ${stallMs} ms never turns a target down: what was under way is no evidence, nothing is replayed`, async () => {
      const model = createModel();
      model.world.latencyMs = 300;
      model.assign(600, { plan: { timeoutMs: millis(1_000) } });
      await model.clock.advance(2 * MINUTE);
      const before = model.results.length;
      for (let i = 0; i < 5; i++) {
        model.clock.stall(stallMs);
        await model.clock.advance(MINUTE);
      }
      const counts = byOutcome(model.results);
      expect(Object.keys(counts).sort()).toEqual(['error/own_stall', 'ok/ok']);
      expect(model.events.filter(({ kind }) => kind === 'stall')).toHaveLength(5);
      const asked = model.results.length - before;
      expect(asked).toBeLessThanOrEqual(600 * Math.ceil((5 * (MINUTE + stallMs)) / MINUTE));
      expect(model.mostAtOnce()).toBe(1);
    });

  it('of 20 s does not let the overdue checks start all at once', async () => {
    const model = createModel();
    model.assign(600);
    await model.clock.advance(2 * MINUTE);
    model.starts.length = 0;
    model.clock.stall(20_000);
    await model.clock.advance(1_000);
    expect(model.starts.length).toBeLessThan(60);
    await model.clock.advance(MINUTE);
    expect(new Set(model.starts.map(({ host }) => host)).size).toBe(600);
  });

  it('shows even when the late answer says that the target failed', async () => {
    const model = createModel();
    model.assign(1);
    model.world.targets = false;
    await model.clock.advance(5_000);
    model.clock.stall(20_000);
    await model.clock.advance(2_000);
    expect(byOutcome(model.results)).toEqual({ 'error/own_stall': 1 });
  });
});

describe('a probe that breaks', () => {
  it('by hanging for ever, rejecting or throwing is recorded as our own fault, and changes no other check', async () => {
    const clock = new VirtualClock();
    const results: CheckResult[] = [];
    const healthy = answering(clock);
    const broken: Record<string, Probe> = {
      hangs: () => new Promise<never>(() => undefined),
      rejects: () => Promise.reject(new Error('no such thing')),
      throws: () => {
        throw new Error('at once');
      },
    };
    const probe: Probe = (definition, ctx) => (broken[hostOf(definition)] ?? healthy)(definition, ctx);
    const prober = createProber({
      clock,
      egress: () => noEgress,
      probes: { tcp: probe },
      post: (message) => void (message.type === 'results' && results.push(...message.results)),
    });
    const hosts = ['hangs', 'rejects', 'throws', 'a', 'b', 'c'];
    prober.receive({
      type: 'assign',
      locationId: 'here',
      assignments: hosts.map((host) => ({ componentId: host, check: planFor(host) })),
      sentinels: [],
      ownPorts: [],
      selfOrigin: null,
      lastAt: {},
    });
    await clock.advance(5 * MINUTE);
    for (const host of hosts) {
      const own = results.filter(({ componentId }) => componentId === host);
      expect(own.length).toBeGreaterThanOrEqual(5);
      expect(new Set(own.map(({ outcome, reason }) => `${outcome}/${reason}`))).toEqual(
        new Set([host in broken ? 'error/own_fault' : 'ok/ok']),
      );
    }
    const [hung] = results.filter(({ componentId }) => componentId === 'hangs');
    expect((hung?.finishedAt ?? 0) - (hung?.at ?? 0)).toBe(11_000);
    expect(results.find(({ componentId }) => componentId === 'rejects')?.detail).toContain('no such thing');
  });
});

describe('the watchdog', () => {
  const lines: string[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (line: string) => void lines.push(line) };

  it('ends the process with code 70 when the prober has been silent for 30 s, and not before', async () => {
    const clock = new VirtualClock();
    const codes: number[] = [];
    let beats = 0;
    startWatchdog({ clock, log, beats: () => beats, exit: (code) => codes.push(code) });
    for (let i = 0; i < 100; i++) {
      beats++;
      await clock.advance(1_000);
    }
    await clock.advance(28_000);
    expect(codes).toEqual([]);
    await clock.advance(2_000);
    expect(codes).toEqual([EXIT_SOFTWARE]);
    expect(lines.at(-1)).toContain('silent for 30 s');
  });
  it('does not take a suspended or stopped process for a dead prober', async () => {
    const clock = new VirtualClock();
    const codes: number[] = [];
    let beats = 0;
    startWatchdog({ clock, log, beats: () => beats, exit: (code) => codes.push(code) });
    for (let i = 0; i < 20; i++) {
      clock.stall(120_000, { monotonic: i % 2 === 0 });
      beats++;
      await clock.advance(1_000);
    }
    expect(codes).toEqual([]);
  });
});

describe('a main thread that stands still', () => {
  it('is noticed by the prober, which says so and ends the process, for nobody else can', async () => {
    const program = fileURLToPath(new URL('./stall-main-program.ts', import.meta.url));
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code, signal] = await once(child, 'close');
    expect([code, signal]).toEqual([null, 'SIGKILL']);
    expect(said).toContain("Avow's main thread has not moved for 2 s.");
  });
});
