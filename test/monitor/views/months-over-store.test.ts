/** The public face of the figure over a real store: what was recorded is what the pages of months say. */

import { describe, expect, test } from 'vitest';
import type { Store } from '#db/store.ts';
import { DAY, HOUR, MINUTE } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { componentPage } from '#monitor/views/component-page.ts';
import { explainedMonthPage } from '#monitor/views/explained-month-page.ts';
import { slaPage } from '#monitor/views/sla-page.ts';
import { statusPage } from '#monitor/views/status-page.ts';
import { accepted } from '../../support/accepted.ts';
import { config, contextWith, quiet } from '../../support/front-rig.ts';
import { asking } from '../../support/maintenance-desk.ts';
import { define, result } from '../../support/recording.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Saturday 21 November 2026, 16:00 in New York; measuring began at 8:00. The slot lies between 10:00 and 15:00. */
const NOW = Date.UTC(2026, 10, 21, 21);
const BEGAN = NOW - 8 * HOUR;

/** Down from 11:30 to 12:30, of which until 12:00 inside an announced window; a window announced late besides. */
const saturday = async (store: Store) => {
  await define(store, [{ slug: 'api' }, { slug: 'shop' }], ['here'], BEGAN);
  await storePolicy(store, config.policy);
  const clock = new VirtualClock(BEGAN - 3 * DAY);
  const desk = { store, clock, actor: SOCKET_OWNER, policy: config.policy };
  const announce = async (now: number, from: string, to: string, title: string, component: string): Promise<void> => {
    clock.jumpWall(now - clock.now());
    accepted(await announceMaintenance(desk, asking(from, to, { slot: '2026-11-21', title, components: [component] })));
  };
  await announce(BEGAN - 3 * DAY, '10:00', '12:00', 'Upgrade', 'api');
  await announce(BEGAN + 4 * HOUR, '13:00', '14:00', 'Forgotten', 'shop');
  clock.jumpWall(NOW - clock.now());
  const recorder = await createRecorder({ store, clock, log: quiet });
  const results = Array.from({ length: 480 }, (_, minute) => {
    const at = BEGAN + minute * MINUTE;
    const down = minute >= 210 && minute < 270;
    return [result('api', 'here', at, down ? 'fail' : 'ok'), result('shop', 'here', at, 'ok')];
  });
  await recorder.record(results.flat());
  return contextWith(store, clock);
};

describe('months over a store', () => {
  test('what was announced is left out, what came late counts, and the lines sum to the figure', async () => {
    await using store = await openTempStore();
    const context = await saturday(store);
    const month = await explainedMonthPage(context, '2026-11', null);
    // 8 h less 2 h announced are 21 600 000 ms; 30 min of them were down: 19 800 000 / 21 600 000.
    expect(month?.figure).toMatchObject({
      availability: '91.6666',
      lower: '91.6666',
      upper: '91.6666',
      running: true,
      sums: { periodMs: 8 * HOUR, excludedMs: 2 * HOUR, downtimeMs: 30 * MINUTE, unknownMs: 0 },
      budget: { usedMs: 30 * MINUTE },
    });
    expect(month?.downtime.lines).toMatchObject([
      { start: BEGAN + 4 * HOUR, ms: 30 * MINUTE, component: { slug: 'api', name: 'The api' }, byHand: false },
    ]);
    expect(month?.downtime.lines[0]?.said).toMatch(/^The api is not answering/);
    expect(month?.downtime.lines[0]?.incident?.title).toBe('The api is not answering: connection refused');
    expect(month?.exclusions.lines).toMatchObject([
      { ms: 2 * HOUR, announcements: [{ title: 'Upgrade', rev: 1, announcedAt: BEGAN - 3 * DAY }] },
    ]);
    expect(month?.refused.lines).toMatchObject([{ title: 'Forgotten', ms: HOUR, reason: 'late' }]);
    expect(month?.components.map(({ slug, figure }) => [slug, figure?.availability])).toEqual([
      ['api', '91.6666'],
      ['shop', '100.0000'],
    ]);
    expect(month).toMatchObject({ previousMonth: null, nextMonth: null });
  });

  test('front page, page of the promise, page of the component and explanation say the same figure', async () => {
    await using store = await openTempStore();
    const context = await saturday(store);
    const [front, promise, component, explained] = await Promise.all([
      statusPage(context),
      slaPage(context),
      componentPage(context, 'api'),
      explainedMonthPage(context, '2026-11', 'api'),
    ]);
    expect(front.month).toBe('2026-11');
    expect(front.figure?.availability).toBe('91.6666');
    expect(promise.months[0].figure).toEqual(front.figure);
    const api = front.groups.flatMap((group) => group.components).find(({ slug }) => slug === 'api');
    expect(api?.month?.availability).toBe('91.6666');
    expect(component?.months[0].figure).toEqual(explained?.figure);
    expect(promise.months.slice(1).every(({ figure }) => figure === null)).toBe(true);
    expect(promise.months).toHaveLength(13);
  });

  test('a month that is none, has not begun, or lies before the first check has no page; nor has an unknown component', async () => {
    await using store = await openTempStore();
    const context = await saturday(store);
    for (const month of ['2026-12', '2026-10', '2026-13', '2026-1', 'x', '', '2026-11-01', '9999-12', '0000-00'])
      expect([month, await explainedMonthPage(context, month, null), await explainedMonthPage(context, month, 'api')]).toEqual([
        month,
        null,
        null,
      ]);
    expect(await explainedMonthPage(context, '2026-11', 'nobody')).toBeNull();
  });
});
