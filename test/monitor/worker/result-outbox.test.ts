import { describe, expect, it } from 'vitest';
import type { CheckResult } from '#domain/check/check-result.ts';
import { instant } from '#domain/time/instant.ts';
import { createResultOutbox } from '#monitor/worker/result-outbox.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const result = (i: number): CheckResult => ({
  componentId: `component-${i}`,
  locationId: 'here',
  scheduledAt: instant(i),
  at: instant(i),
  finishedAt: instant(i),
  canaryOk: null,
  outcome: 'ok',
  reason: 'ok',
  detail: '',
  httpStatus: null,
  latencyUs: null,
  phases: {},
  certExpiresAt: null,
});

describe('results on their way', () => {
  it('leave after 25 ms, or as soon as there are fifty', async () => {
    const clock = new VirtualClock();
    const sent: [number, number][] = [];
    const outbox = createResultOutbox(clock, (batch, results) => void sent.push([batch, results.length]));
    for (let i = 0; i < 60; i++) outbox.add(result(i));
    expect(sent).toEqual([[1, 50]]);
    await clock.advance(25);
    expect(sent).toEqual([
      [1, 50],
      [2, 10],
    ]);
    expect(outbox.kept).toBe(60);
    outbox.stored(1);
    outbox.stored(1);
    outbox.stored(99);
    expect(outbox.kept).toBe(10);
  });
  it('are kept without limit of time, and beyond ten thousand the oldest go, counted', async () => {
    const clock = new VirtualClock();
    const seen = new Set<string>();
    const outbox = createResultOutbox(clock, (_, results) => results.forEach(({ componentId }) => void seen.add(componentId)));
    for (let i = 0; i < 10_120; i++) outbox.add(result(i));
    outbox.flush();
    expect(outbox.kept).toBeLessThanOrEqual(10_000);
    expect(outbox.tend().dropped).toBe(10_120 - outbox.kept);
    expect(outbox.tend().dropped).toBe(0);
    seen.clear();
    for (let round = 0; round < 12; round++) {
      await clock.advance(30_000);
      outbox.tend();
    }
    expect(seen.has('component-0')).toBe(false);
    expect(seen.size).toBe(outbox.kept);
  });
});
