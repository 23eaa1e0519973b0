/** What anybody sees of the demo: every kind of release, incident and maintenance, told in pages, feeds and calendar, and nothing of tomorrow but what is announced. */
import { describe, expect, test } from 'vitest';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { factsOf } from '#db/queries/facts.ts';
import type { Store } from '#db/store.ts';
import { HOUR, type Instant, instant } from '#domain/time/instant.ts';
import { instantOfIso, isoOf } from '#domain/time/iso.ts';
import { type Context, SYSTEM } from '#monitor/context.ts';
import { calendarOf } from '#monitor/demo/calendar.ts';
import { SKERRY } from '#monitor/demo/skerry.ts';
import { configurationAt } from '#monitor/demo/stage.ts';
import { maintenanceCalendar } from '#monitor/views/calendars.ts';
import { feedView } from '#monitor/views/feed-entries.ts';
import { historyPage } from '#monitor/views/history-pages.ts';
import { incidentPage } from '#monitor/views/incident-page.ts';
import { announcementPage, maintenancePage } from '#monitor/views/maintenance-pages.ts';
import { usedMaintenanceView } from '#monitor/views/maintenance-use.ts';
import { releasePage, releasesPage } from '#monitor/views/releases.ts';
import { statusPage } from '#monitor/views/status-page.ts';
import { type DemoAtHand, openDemo } from '../support/demo-store.ts';
import { testSeed } from '../support/seeded.ts';
import { lastTwoMonths } from '../support/short-scenario.ts';
import { silentLog } from '../support/temp-store.ts';

const seed = testSeed(7);
const at = (text: string): Instant => instantOfIso(text) ?? instant(0);
/** An ordinary day, and a Saturday on which an announced window runs. */
const [TUESDAY, SATURDAY] = [at('2026-11-24T10:00-05:00'), at('2026-11-28T10:40-05:00')];

const contextOf = ({ store, reports: { clock } }: DemoAtHand): Context => ({
  store,
  clock: { ...clock, sleep: () => Promise.resolve() },
  actor: SYSTEM,
  log: silentLog,
  config: configurationAt({ scenario: SKERRY, calendar: calendarOf(SKERRY.zone, clock.now()) }, clock.now()),
});
const release = async (context: Context, version: string) => {
  const page = await releasePage(context, version);
  if (!page) throw new Error(`There is no public page of ${version}.`);
  return page;
};

/** Columns of instants that hold any after `now`, as "table.column". */
const columnsAhead = async (store: Store, now: Instant): Promise<string[]> => {
  const { rows } = await store.read({
    sql: `SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
          WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND c.name LIKE '%\\_ms' ESCAPE '\\'`,
  });
  const ahead: string[] = [];
  for (const [table, column] of rows) {
    const found = await store.read({ sql: `SELECT 1 FROM "${table}" WHERE "${column}" > ? LIMIT 1`, args: [now] });
    if (found.rows.length > 0) ahead.push(`${table}.${column}`);
  }
  return ahead.sort();
};

describe('the demo in public', () => {
  test('on an ordinary day all systems are operational, and nothing is dated ahead but windows and notes to come', async () => {
    await using demo = await openDemo(lastTwoMonths(SKERRY), TUESDAY, seed);
    const context = contextOf(demo);
    const page = await statusPage(context);
    expect(page.overall.indicator, `seed ${seed}`).toBe('none');
    expect(page.openIncidents).toEqual([]);
    const told = page.story.flatMap(({ incidents }) => incidents.map(({ title }) => title));
    expect(told).toEqual(
      expect.arrayContaining(['Tickets by mail arrive late', 'The booking site is away for the announced works', 'The timetable is slow']),
    );
    const { coming } = await releasesPage(context);
    expect(coming.map(({ title, releases }) => [title, releases.map(({ version }) => version)])).toEqual([['New seat maps', ['4.8.0']]]);
    expect(await columnsAhead(demo.store, TUESDAY)).toEqual([
      'announcement_revisions.end_ms',
      'announcement_revisions.start_ms',
      'release_publications.public_at_ms',
    ]);
  });

  test('on an announced Saturday maintenance runs, and pages, feeds and calendar show every kind of release, window and incident', async () => {
    await using demo = await openDemo(SKERRY, SATURDAY, seed);
    const context = contextOf(demo);
    // Page and API tell one story of every Saturday that is over.
    const { slots } = await usedMaintenanceView(context);
    const told = (await maintenancePage(context)).past.flatMap(({ use }) => (use && use.start >= (slots[0]?.start ?? 0) ? [use] : []));
    expect(told.length).toBeGreaterThan(10);
    for (const { start, announcedMs, excludedMs, usedMs, elsewhereMs } of told)
      expect(slots.find((slot) => slot.start === start)).toMatchObject({ announcedMs, excludedMs, usedMs, elsewhereMs });
    expect(told.some(({ usedMs }) => usedMs > 0)).toBe(true);

    const { coming, unplanned, released } = await releasesPage(context);
    const all = new Map(released.flatMap(({ releases }) => releases.map((one) => [one.version, one] as const)));
    expect([...all.keys()].sort(), `seed ${seed}`).toEqual(
      ['4.0.0', '4.0.1', '4.0.2', '4.1.0', '4.2.0', '4.2.1', '4.3.0', '4.4.0', '4.4.1', '4.5.0', '4.6.0', '4.6.1', '4.6.2', '4.7.0'].sort(),
    );
    expect([coming.flatMap(({ releases }) => releases.map(({ version }) => version)), unplanned]).toEqual([['4.8.0'], []]);
    expect([...all.values()].filter(({ amended }) => amended).map(({ version }) => version)).toEqual(['4.1.0']);
    expect([...all.values()].filter(({ outsideWindow }) => outsideWindow).map(({ version }) => version)).toEqual([
      '4.6.2',
      '4.2.1',
      '4.0.2',
    ]);
    expect(all.get('4.0.2')).toMatchObject({ kind: 'emergency', deployments: [{ emergency: true }] });
    expect(all.get('4.6.1')).toMatchObject({ kind: 'hotfix', deployments: [{ place: 'inside' }] });
    expect(all.get('4.6.2')).toMatchObject({ title: null, notesPublicAt: null, changes: [] });
    expect(all.get('4.4.0')?.state).toBe('rolled_back');
    expect(all.get('4.4.0')?.deployments.map(({ kind, place }) => [kind, place])).toEqual([
      ['deploy', 'inside'],
      ['rollback', 'inside'],
    ]);
    expect((await release(context, '4.3.0')).announcement?.title).toBe('Payment provider moves');
    expect((await release(context, '4.8.0')).groups.map(({ kind }) => kind)).toEqual(['other', 'added', 'changed', 'fixed', 'removed']);
    expect([await releasePage(context, '4.8.1'), await releasePage(context, '4.9.0')]).toEqual([null, null]);

    const { running, ahead } = await maintenancePage(context);
    expect(running.map(({ title, state }) => [title, state])).toEqual([['Waiting lists', 'running']]);
    expect(ahead.flatMap(({ entries }) => entries.map(({ title, state }) => [title, state]))).toEqual([
      ['New seat maps', 'upcoming'],
      ['Mail moves to another provider', 'cancelled'],
      ['Receipts in the currency of the card', 'upcoming'],
      ['New network at the harbours', 'upcoming'],
      ['Database upgrade', 'upcoming'],
    ]);
    const announcements = await readAnnouncements(demo.store);
    const pages = await Promise.all(announcements.map(({ id }) => announcementPage(context, id)));
    const entries = pages.flatMap((page) => (page ? [page.entry] : []));
    expect(new Set(entries.map(({ state }) => state))).toEqual(new Set(['upcoming', 'running', 'past', 'cancelled', 'completed']));
    expect(new Set(entries.flatMap(({ refused }) => refused.map(({ reason }) => reason)))).toEqual(
      new Set(['cancelled', 'completed', 'late', 'late_edit', 'outside_reserve', 'unapproved_import']),
    );
    expect(entries.filter(({ imported }) => imported).map(({ imported }) => imported?.approvedAt !== null)).toEqual([false, true]);
    const shortened = pages.find((page) => page?.entry.title === 'Waiting lists');
    expect([shortened?.revisions.length, shortened?.entry.announcedMs, shortened?.entry.refused]).toEqual([2, 3 * HOUR, []]);

    const incidents = await factsOf(demo.store).incidents(instant(0));
    const posted = incidents.filter(({ updates }) => updates.some(({ author }) => author !== null));
    const stories = (await Promise.all(posted.map(({ id }) => incidentPage(context, id)))).flatMap((page) => page ?? []);
    expect(new Set(stories.map(({ detected }) => detected))).toEqual(new Set([true, false]));
    expect(stories.filter(({ status }) => status === 'postmortem').length).toBeGreaterThan(4);
    const scanners = stories.find(({ title }) => title === 'Scanners refuse tickets at Lake Orrin');
    expect(scanners?.posts.map(({ status, impacts }) => [status, impacts.map(({ impact }) => impact)]).toReversed()).toEqual([
      ['investigating', ['partial_outage']],
      ['identified', []],
      ['monitoring', ['degraded']],
      ['resolved', []],
    ]);
    const slow = stories.find(({ title }) => title === 'The timetable is slow');
    expect([slow?.detected, slow?.components.map(({ slug, worst }) => [slug, worst])]).toEqual([false, [['timetable', 'degraded']]]);

    const feeds = await Promise.all(
      ([null, 'incident', 'maintenance', 'release'] as const).map((topic) => feedView(context, { topic, slug: null })),
    );
    for (const feed of feeds)
      expect(
        feed?.entries.every((entry) => entry.at <= SATURDAY),
        `seed ${seed}`,
      ).toBe(true);
    const steps = feeds.flatMap((feed) => feed?.entries.flatMap((entry) => (entry.about === 'incident' ? [] : [entry.step])) ?? []);
    expect(new Set(steps)).toEqual(new Set(['announced', 'revised', 'cancelled', 'completed', 'published', 'deployed', 'rolled_back']));
    const calendar = await maintenanceCalendar(context);
    expect(calendar.events.filter(({ start }) => start > SATURDAY).map(({ title }) => title)).toContain('Database upgrade');
    expect((await historyPage(context)).story.incidents.length).toBeGreaterThan(2);

    const open = JSON.stringify([feeds, calendar, stories, pages, [...all.values()], coming]);
    for (const name of ['Haugland', 'Erstad', 'Quist', 'Ahlström', 'pipeline', 'Saturday is too late', 'SK-1', 'Bicycles', '"4.8.1"'])
      expect(open, `${name} at ${isoOf(SATURDAY)}`).not.toContain(name);
  });
});
