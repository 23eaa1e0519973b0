/** The views over a real store: what the recorder wrote is what the pages say. */
import { describe, expect, test } from 'vitest';
import { DAY, instant, MINUTE, millis } from '#domain/time/instant.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { componentPage } from '#monitor/views/component-page.ts';
import { statusPage } from '#monitor/views/status-page.ts';
import { config, contextWith, quiet } from '../../support/front-rig.ts';
import { define, result } from '../../support/recording.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Monday 23 November 2026, 14:20 in New York; measuring began two hours earlier. */
const NOW = Date.UTC(2026, 10, 23, 19, 20);
const BEGAN = NOW - 120 * MINUTE;

describe('pages over a store', () => {
  test('an outage of ten minutes, a silence of twenty and an outage that lasts are told alike by bars, stretches and incidents', async () => {
    await using store = await openTempStore();
    await define(store, [{ slug: 'api' }, { slug: 'shop' }], ['here'], BEGAN - DAY);
    await storePolicy(store, config.policy);
    const clock = new VirtualClock(NOW);
    const recorder = await createRecorder({ store, clock, log: quiet });
    const results = Array.from({ length: 120 }, (_, minute) => {
      const at = BEGAN + minute * MINUTE;
      const down = (minute >= 30 && minute < 40) || minute >= 115;
      // Twenty minutes without a sample; the one before them speaks for two and a half minutes of it.
      return minute >= 60 && minute < 80 ? [] : [result('api', 'here', at, down ? 'fail' : 'ok'), result('shop', 'here', at, 'ok')];
    }).flat();
    await recorder.record(results);

    const context = contextWith(store, clock);
    const page = await statusPage(context);
    const [api, shop] = page.groups.flatMap((group) => group.components);
    expect(page.overall).toMatchObject({ headline: 'down', down: ['The api'] });
    expect(api).toMatchObject({
      slug: 'api',
      state: 'major_outage',
      since: instant(NOW - 5 * MINUTE),
      cause: { reason: 'connect_refused', httpStatus: null },
    });
    expect(shop).toMatchObject({ slug: 'shop', state: 'operational', cause: null });
    expect(page.lastCheckAt).toBe(NOW - MINUTE);
    const silence = { start: instant(BEGAN + 61.5 * MINUTE), end: instant(BEGAN + 80 * MINUTE) };
    expect(page.unmeasured).toEqual([{ ...silence, component: null }]);
    expect(page.openIncidents.map((incident) => incident.startedAt)).toEqual([NOW - 5 * MINUTE]);
    expect(page.story[0]?.incidents.map((incident) => incident.startedAt)).toEqual([NOW - 5 * MINUTE, BEGAN + 30 * MINUTE]);
    expect(api?.bars.at(-1)).toMatchObject({ downMs: 15 * MINUTE, unknownMs: millis(silence.end - silence.start) });
    expect(api?.bars.slice(0, -1).every((bar) => bar.notYetMs === bar.end - bar.start)).toBe(true);

    const component = await componentPage(context, 'api');
    expect(component?.stretches.map(({ state, lengthMs }) => [state, lengthMs / MINUTE])).toEqual([
      ['major_outage', 5],
      ['operational', 35],
      ['unknown', 18.5],
      ['operational', 21.5],
      ['major_outage', 10],
      ['operational', 30],
    ]);
    expect(component?.lastChecks[0]).toMatchObject({
      location: 'HERE',
      cause: { reason: 'connect_refused', httpStatus: null },
      phases: [],
    });
    expect(component?.latency[0]?.buckets[0]?.summary?.count).toBeGreaterThan(0);
    expect(component?.latency[1]?.buckets.reduce((sum, bucket) => sum + (bucket.summary?.count ?? 0), 0)).toBe(85);
    expect(await componentPage(context, 'nobody')).toBeNull();

    await clock.advance(10 * MINUTE);
    const later = await statusPage(context);
    expect(later.overall.headline).toBe('unknown');
    expect(later.unmeasured[0]).toEqual({ start: instant(NOW + 1.5 * MINUTE), end: null, component: null });
  });

  test('with no configuration file and an empty store the page knows that nothing is watched', async () => {
    await using store = await openTempStore();
    await storePolicy(store, config.policy);
    const page = await statusPage({ ...contextWith(store, new VirtualClock(NOW)), config: { ...config, source: null } });
    expect(page).toMatchObject({ groups: [], lastCheckAt: null, watchesItself: true, overall: { headline: 'unknown', unknown: [] } });
  });
});
