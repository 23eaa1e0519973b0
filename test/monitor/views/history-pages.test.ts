/** History by hand: what began in a month, its figures (those of the explanation pages), and that a month before the first measurement is none. */

import { describe, expect, test } from 'vitest';
import { HOUR, instant, MINUTE } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { explainedMonthPage } from '#monitor/views/explained-month-page.ts';
import { buildHistoryMonth, buildHistoryPage, expireHistory, historyMonthPage, historyPage } from '#monitor/views/history-pages.ts';
import { announcementPage, maintenancePage } from '#monitor/views/maintenance-pages.ts';
import { slaPage } from '#monitor/views/sla-page.ts';
import { accepted } from '../../support/accepted.ts';
import { believableFacts } from '../../support/believable-facts.ts';
import { believableLedger, noTurn } from '../../support/believable-ledger.ts';
import { config, contextWith, quiet } from '../../support/front-rig.ts';
import { asking, at } from '../../support/maintenance-desk.ts';
import { SATURDAY, SATURDAYS } from '../../support/maintenance-scenes.ts';
import { define, result } from '../../support/recording.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const young = believableFacts([{ name: 'Web shop', group: null, critical: true, troubles: 0, ageDays: 45 }], SATURDAY);
const ledger = believableLedger(young, SATURDAY, {
  announcements: SATURDAYS,
  incidents: [
    { id: 'open', title: 'Lasts', start: instant(SATURDAY - HOUR), end: SATURDAY, components: ['web-shop'] },
    { id: 'short', title: 'Short', start: at('2026-11-03T10:00:00-05:00'), end: at('2026-11-03T10:12:00-05:00'), components: ['web-shop'] },
    {
      id: 'over-midnight',
      title: 'Over',
      start: at('2026-10-31T23:50:00-04:00'),
      end: at('2026-11-01T00:20:00-04:00'),
      components: ['gone'],
    },
  ],
});
const month = (name: string) => buildHistoryMonth(ledger, name, SATURDAYS, new Set(['open']), noTurn);

describe('one month', () => {
  test('tells the incidents that began in it, the latest first, and which of them last', async () => {
    expect((await month('2026-11'))?.story.incidents.map(({ id, resolvedAt }) => [id, resolvedAt])).toEqual([
      ['open', null],
      ['short', at('2026-11-03T10:12:00-05:00')],
    ]);
    const october = (await month('2026-10'))?.story.incidents;
    expect(october?.map(({ id }) => id)).toEqual(['over-midnight']);
    // What is no longer watched has no page to lead to.
    expect(october?.[0]?.components).toEqual([{ slug: 'gone', name: 'gone', watched: false }]);
  });

  test('tells the windows that begin in it, with what became of the slot once that is over', async () => {
    const november = (await month('2026-11'))?.story.maintenance.map(({ entry, use }) => [entry.id, use?.announcedMs]);
    expect(november).toEqual([
      ['running', undefined],
      ['in-time', 2 * HOUR],
      ['late', 90 * MINUTE],
      ['shortened', 4 * HOUR],
    ]);
  });

  test('leads to its neighbours; a month before the first measurement and one that has not begun are none', async () => {
    expect(await month('2026-11')).toMatchObject({ previousMonth: '2026-10', nextMonth: null });
    expect(await month('2026-10')).toMatchObject({ previousMonth: null, nextMonth: '2026-11' });
    expect(await month('2026-09')).toBeNull();
  });

  test('when the facts are old a running month is told as of then, one that is over stays', async () => {
    const [november, october] = [await month('2026-11'), await month('2026-10')];
    expect(november && expireHistory(november)).toMatchObject({ current: false });
    expect(october && expireHistory(october)).toMatchObject({ current: true });
  });
});

test('all months: the running one first, none from before the first measurement, with what is in each', async () => {
  const view = await buildHistoryPage(ledger, SATURDAYS, new Set(['open']), noTurn);
  expect(view.months.map((row) => [row.month, row.incidents, row.maintenance])).toEqual([
    ['2026-11', 2, 4],
    ['2026-10', 1, 5],
  ]);
  expect(view).toMatchObject({ previousMonth: null, story: { month: '2026-11' } });
});

test('before anything is watched the running month is there and empty', async () => {
  const facts = believableFacts([], SATURDAY);
  const view = await buildHistoryPage(believableLedger(facts, SATURDAY, { announcements: [] }), [], new Set(), noTurn);
  expect(view.months).toMatchObject([{ month: '2026-11', figure: null, incidents: 0, maintenance: 0 }]);
  expect(view.story).toMatchObject({ incidents: [], maintenance: [], components: [], figure: null });
});

describe('over a store', () => {
  /** Saturday 21 November 2026, 16:00 in New York; measuring began at 8:00. Down from 11:30 to 12:30, announced until 12:00. */
  const NOW = Date.UTC(2026, 10, 21, 21);
  const BEGAN = NOW - 8 * HOUR;
  const context = async (store: Awaited<ReturnType<typeof openTempStore>>) => {
    await define(store, [{ slug: 'api' }, { slug: 'shop' }], ['here'], BEGAN);
    await storePolicy(store, config.policy);
    const clock = new VirtualClock(BEGAN - HOUR);
    const asked = asking('10:00', '12:00', { slot: '2026-11-21', title: 'Upgrade', components: ['api'] });
    const { announcement } = accepted(await announceMaintenance({ store, clock, actor: SOCKET_OWNER, policy: config.policy }, asked));
    clock.jumpWall(NOW - clock.now());
    const recorder = await createRecorder({ store, clock, log: quiet });
    await recorder.record(
      Array.from({ length: 480 }, (_, minute) => [
        result('api', 'here', BEGAN + minute * MINUTE, minute >= 210 && minute < 270 ? 'fail' : 'ok'),
        result('shop', 'here', BEGAN + minute * MINUTE, 'ok'),
      ]).flat(),
    );
    return { ctx: contextWith(store, clock), id: announcement.id };
  };

  test('history, promise and explanation say the same figures; the Saturday says reserved, announced and used', async () => {
    await using store = await openTempStore();
    const { ctx, id } = await context(store);
    const history = await historyPage(ctx);
    const november = await historyMonthPage(ctx, '2026-11');
    const promise = await slaPage(ctx);
    const explained = await explainedMonthPage(ctx, '2026-11', null);
    expect(history.months[0]?.figure).toEqual(promise.months[0].figure);
    expect(november?.story.figure).toEqual(explained?.figure);
    expect(november?.story.components).toEqual(explained?.components);
    expect(november?.story.incidents).toMatchObject([
      { title: 'The api is not answering: connection refused', startedAt: BEGAN + 210 * MINUTE },
    ]);
    expect(november?.story).toEqual(history.story);
    const maintenance = await maintenancePage(ctx);
    expect(maintenance.past[0]).toMatchObject({
      use: { reservedMs: 5 * HOUR, announcedMs: 2 * HOUR, excludedMs: 2 * HOUR, usedMs: 30 * MINUTE },
      entries: [{ id, title: 'Upgrade', components: [{ slug: 'api', name: 'The api', watched: true }] }],
    });
    expect(await announcementPage(ctx, id)).toMatchObject({ entry: { id, excludedMs: 2 * HOUR }, month: '2026-11' });
    expect(await announcementPage(ctx, 'nothing')).toBeNull();
  });

  test('what is no month, has not begun, or lies before the first check has no page', async () => {
    await using store = await openTempStore();
    const { ctx } = await context(store);
    for (const name of ['2026-12', '2026-10', '2026-13', 'november']) expect(await historyMonthPage(ctx, name), name).toBeNull();
  });
});
