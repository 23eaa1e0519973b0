import { describe, expect, test } from 'vitest';
import { latencySummary } from '#domain/check/day-rollup.ts';
import { DAY, HOUR, instant, MINUTE, millis } from '#domain/time/instant.ts';
import { buildComponentPage, expireComponentPage, RANGES } from '#monitor/views/component-view.ts';
import { bucketed } from '#monitor/views/latency.ts';
import { believableComponent, believableFacts } from '../../support/believable-facts.ts';

const NOW = instant(Date.UTC(2026, 10, 23, 19, 20, 10));
const settings = { zone: 'America/New_York', sentinels: 0 };
const page = (now: 'up' | 'down', ageDays = 400) => {
  const facts = believableFacts([{ name: 'Checkout API', group: null, now, ageDays, troubles: 3 }], NOW, 5);
  const input = { ...believableComponent(facts, 0, NOW), months: [{ month: '2026-11', figure: null }] as const };
  return { input, view: buildComponentPage(input, settings, NOW) };
};

describe('the component page as data', () => {
  test('the phases of the last check come in the order in which they happen', () => {
    expect(page('up').view.lastChecks[0]?.phases.map(({ phase }) => phase)).toEqual(['dns', 'connect', 'tls', 'ttfb', 'transfer']);
    expect(page('down').view.lastChecks[0]).toMatchObject({
      cause: { reason: 'connect_refused', httpStatus: null },
      phases: [{ phase: 'dns' }, { phase: 'connect' }],
    });
  });

  test('stretches tile the ninety days without a hole, newest first, and the last one lasts', () => {
    const { view } = page('down');
    expect(view.stretches[0]).toMatchObject({ state: 'major_outage', end: null });
    expect(view.stretches.at(-1)?.start).toBeNull();
    for (const [i, stretch] of view.stretches.entries()) if (i > 0) expect(stretch.end).toBe(view.stretches[i - 1]?.start);
    const from = view.bars[0]?.start ?? NOW;
    expect(view.stretches.reduce((sum, { lengthMs }) => sum + lengthMs, 0)).toBe(NOW - from);
  });

  test('the bars and the stretches agree on how long it was down', () => {
    const { view } = page('down');
    const inBars = view.bars.reduce((sum, bar) => sum + bar.downMs, 0);
    const inStretches = view.stretches.filter((s) => s.state === 'major_outage').reduce((sum, s) => sum + s.lengthMs, 0);
    expect(inBars).toBe(inStretches);
    expect(inBars).toBeGreaterThan(0);
  });

  test('four ranges: ten minutes a point for a day, hours for a week, days beyond', () => {
    const { view } = page('up');
    expect(view.latency.map(({ range }) => range)).toEqual(RANGES);
    const widths = view.latency.map(({ buckets }) => (buckets[0] ? buckets[0].end - buckets[0].start : 0));
    expect(widths).toEqual([10 * MINUTE, HOUR, DAY, DAY]);
    expect(view.latency.map(({ buckets }) => buckets.length)).toEqual([144, 168, 30, 90]);
  });

  test('a young component draws from its first answer on, not an empty plot', () => {
    const { view } = page('up', 2);
    expect(view.latency[3]?.buckets.length).toBeLessThanOrEqual(3);
    expect(view.latency[3]?.buckets[0]?.summary).not.toBeNull();
  });

  test('nothing of the target leaves: neither its address nor what it answered', () => {
    const { input } = page('down');
    const secret = { ...input, lastResults: input.lastResults.map((r) => ({ ...r, detail: 'http://10.1.2.3/internal said "password"' })) };
    expect(JSON.stringify(buildComponentPage(secret, settings, NOW))).not.toMatch(/10\.1\.2\.3|password|127\.0\.0\.1/);
  });

  test('without sentinels the page says that the rule is off', () => {
    const { input, view } = page('up');
    expect(view.sentinelsOff).toBe(true);
    expect(buildComponentPage(input, { ...settings, sentinels: 2 }, NOW).sentinelsOff).toBe(false);
  });

  test('an expired page knows no present state and keeps the rest', () => {
    const { view } = page('up');
    expect(expireComponentPage(view)).toMatchObject({ state: 'unknown', cause: null, bars: view.bars });
  });
});

describe('latency in buckets', () => {
  const point = (ms: number, latencyUs: number, outcome: 'ok' | 'slow' | 'fail' = 'ok') => ({ at: instant(ms), latencyUs, outcome });

  test('percentiles are values that were measured: of 1 to 20, the median is 10 and the 95th is 19', () => {
    const twenty = Array.from({ length: 20 }, (_, i) => 20 - i);
    expect(latencySummary(twenty)).toEqual({ count: 20, p50: 10, p95: 19, max: 20 });
    expect(latencySummary([7])).toEqual({ count: 1, p50: 7, p95: 7, max: 7 });
    expect(latencySummary([])).toBeNull();
  });

  test('a bucket holds its start and not its end, failures have no latency, and silence is null', () => {
    const range = { start: instant(0), end: instant(3_000) };
    const points = [point(0, 5), point(999, 7), point(1_000, 9), point(1_500, 1, 'fail'), point(3_000, 99)];
    expect(bucketed(points, range, millis(1_000)).map((bucket) => bucket.summary)).toEqual([
      { count: 2, p50: 5, p95: 7, max: 7 },
      { count: 1, p50: 9, p95: 9, max: 9 },
      null,
    ]);
  });
});
