/** Saturdays by hand: what the pages of maintenance say of windows announced in time, late, shortened, cancelled, done early, imported, and of none. */
import { describe, expect, test } from 'vitest';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { HOUR, type Instant, instant, MINUTE } from '#domain/time/instant.ts';
import { entryView, progressOf } from '#monitor/views/maintenance-entry.ts';
import {
  buildAnnouncementPage,
  buildMaintenancePage,
  expireAnnouncementPage,
  expireMaintenancePage,
  type MaintenancePageView,
} from '#monitor/views/maintenance-pages.ts';
import { comesAt, publicReleases, releasesAround } from '#monitor/views/public-release.ts';
import { buildUpkeep } from '#monitor/views/upkeep.ts';
import { believableFacts } from '../../support/believable-facts.ts';
import { believableLedger, noTurn } from '../../support/believable-ledger.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { announced, RELEASES, RUNNING, SATURDAY, SATURDAYS } from '../../support/maintenance-scenes.ts';

const facts = believableFacts(
  [
    { name: 'Checkout API', group: null, critical: true, troubles: 0 },
    { name: 'Nightly export', group: null, critical: false, troubles: 0 },
  ],
  SATURDAY,
);
/** All up but for what a test says was down. */
const ledger = (announcements: readonly AnnouncementFact[], asOf: Instant = SATURDAY, down: readonly [string, string] | null = null) => {
  const known = believableLedger(facts, asOf, { announcements });
  const began = at('2026-08-01T00:00:00Z');
  const span = (start: Instant, end: Instant, state: 'up' | 'down') =>
    ({ start, end, lenient: state, strict: state, slow: false }) as const;
  const until = instant(asOf + MINUTE);
  const spans = down
    ? [span(began, at(down[0]), 'up'), span(at(down[0]), at(down[1]), 'down'), span(at(down[1]), until, 'up')]
    : [span(began, until, 'up')];
  return {
    ...known,
    components: known.components.map((component) => ({
      ...component,
      timelines: component.timelines.map((lane) => ({ ...lane, spans, open: null })),
    })),
  };
};
const page = (
  announcements: readonly AnnouncementFact[] = SATURDAYS,
  asOf?: Instant,
  down?: readonly [string, string],
): Promise<MaintenancePageView> => {
  const known = ledger(announcements, asOf, down);
  return buildMaintenancePage(known, announcements, POLICY, noTurn);
};
const entry = (id: string) => {
  const fact = SATURDAYS.find((one) => one.id === id);
  if (!fact) throw new Error(`there is no ${id}`);
  return entryView(ledger(SATURDAYS), fact);
};

describe('how far a window has got', () => {
  const window = { start: at('2026-11-28T10:00:00-05:00'), end: at('2026-11-28T12:30:00-05:00') };
  test.each([
    ['a millisecond before its start: it does not run', -1, null],
    ['at its start: nothing of it has passed', 0, { wholeMs: 150 * MINUTE, passedMs: 0, leftMs: 150 * MINUTE }],
    ['a millisecond before its end', 150 * MINUTE - 1, { wholeMs: 150 * MINUTE, passedMs: 150 * MINUTE - 1, leftMs: 1 }],
    ['at its end: it is over', 150 * MINUTE, null],
  ])('%s', (_, after, expected) => {
    expect(progressOf(window, instant(window.start + after))).toEqual(expected);
  });

  test.each([
    [-1, 'upcoming', 0, 1],
    [0, 'running', 1, 0],
    [150 * MINUTE - 1, 'running', 1, 0],
    [150 * MINUTE, 'past', 0, 1],
  ])('%i ms after its start the page says %s', async (after, state, running, ahead) => {
    const view = await page([RUNNING], instant(window.start + after));
    expect(view.running).toHaveLength(running);
    // Its slot is not over, so a window that is stays among those of today.
    expect(view.ahead.filter(({ entries }) => entries.length > 0)).toHaveLength(ahead);
    expect([...view.running, ...view.ahead.flatMap(({ entries }) => entries)].map((one) => one.state)).toEqual([state]);
  });
});

describe('whether a window counts', () => {
  test('announced in time: all of it is excluded', () => {
    expect(entry('in-time')).toMatchObject({ state: 'past', announcedMs: 2 * HOUR, excludedMs: 2 * HOUR, refused: [] });
  });
  test('announced after the deadline: none of it', () => {
    expect(entry('late')).toMatchObject({ excludedMs: 0, refused: [{ reason: 'late', ms: 90 * MINUTE }] });
  });
  test('shortened while it ran: what was taken away counts', () => {
    expect(entry('shortened')).toMatchObject({
      announcedMs: 4 * HOUR,
      excludedMs: 2 * HOUR,
      refused: [{ reason: 'late_edit', ms: 2 * HOUR }],
    });
  });
  test('cancelled while it ran: from then on it counts', () => {
    expect(entry('cancelled')).toMatchObject({
      state: 'cancelled',
      excludedMs: 90 * MINUTE,
      refused: [{ reason: 'cancelled', ms: 150 * MINUTE }],
      endedAt: at('2026-10-31T11:30:00-04:00'),
    });
  });
  test('done early: the rest counts', () => {
    expect(entry('completed')).toMatchObject({
      state: 'completed',
      excludedMs: 100 * MINUTE,
      refused: [{ reason: 'completed', ms: 200 * MINUTE }],
    });
  });
  test('imported: excluded once a second person has approved it, and not before', () => {
    expect(entry('import')).toMatchObject({ excludedMs: 2 * HOUR, imported: { approvedAt: at('2026-10-20T12:00:00-04:00') } });
    expect(entry('unapproved')).toMatchObject({
      excludedMs: 0,
      imported: { approvedAt: null },
      refused: [{ reason: 'unapproved_import' }],
    });
  });
  test('outside the reserve: none of it', () => {
    expect(entry('outside')).toMatchObject({ excludedMs: 0, refused: [{ reason: 'outside_reserve', ms: 30 * MINUTE }] });
  });
  test('of a component that does not decide: the figure of the service does not depend on it', () => {
    expect(entry('minor')).toMatchObject({ excludedMs: 2 * HOUR, decides: false });
    expect(entry('late').decides).toBe(true);
  });
});

describe('Saturdays by date', () => {
  test('what runs is told once; then every slot of three months with what is announced, and nothing where nothing is', async () => {
    const { running, ahead } = await page();
    expect(running.map(({ id }) => id)).toEqual(['running']);
    const told = ahead
      .slice(0, 4)
      .map(({ start, reserved, entries }) => [start, reserved, entries.map(({ id, state }) => `${id} ${state}`)]);
    expect(told).toEqual([
      [at('2026-12-05T10:00:00-05:00'), true, ['withdrawn cancelled']],
      [at('2026-12-12T10:00:00-05:00'), true, ['upcoming upcoming']],
      [at('2026-12-14T02:00:00-05:00'), false, ['outside upcoming']],
      [at('2026-12-19T10:00:00-05:00'), true, []],
    ]);
    expect(ahead).toHaveLength(14);
  });

  test('of a Saturday that is over: reserved, announced, excluded and used, and an unused one says so', async () => {
    const { past } = await page(SATURDAYS, SATURDAY, ['2026-11-21T11:30:00-05:00', '2026-11-21T12:20:00-05:00']);
    const numbers = past
      .slice(0, 6)
      .map(({ use, entries }) => [use?.reservedMs, use?.announcedMs, use?.excludedMs, use?.usedMs, entries.map(({ id }) => id)]);
    expect(numbers).toEqual([
      // Down from 11:30 to 12:20, announced from 10:00 to 12:00: half an hour of it was used.
      [5 * HOUR, 2 * HOUR, 2 * HOUR, 30 * MINUTE, ['in-time']],
      [5 * HOUR, 90 * MINUTE, 0, 0, ['late']],
      [5 * HOUR, 4 * HOUR, 2 * HOUR, 0, ['shortened']],
      [5 * HOUR, 4 * HOUR, 90 * MINUTE, 0, ['cancelled']],
      [5 * HOUR, 5 * HOUR, 100 * MINUTE, 0, ['completed']],
      [5 * HOUR, 2 * HOUR, 2 * HOUR, 0, ['import']],
    ]);
    expect(past.at(-1)).toMatchObject({ entries: [], use: { announcedMs: 0, usedMs: 0 } });
    expect(past.map(({ start }) => start)).toEqual(past.map(({ start }) => start).toSorted((a, b) => b - a));
  });

  test('what a window excludes and the service counts all the same, because something else was down, is told apart', async () => {
    const narrow = announced(
      'narrow',
      [{ at: '2026-11-17T12:00:00-05:00', from: '2026-11-21T10:00:00-05:00', to: '2026-11-21T12:00:00-05:00' }],
      {
        components: ['other'],
      },
    );
    const known = ledger([narrow], SATURDAY, ['2026-11-21T11:30:00-05:00', '2026-11-21T12:20:00-05:00']);
    const [down] = known.components;
    const up = ledger([narrow]).components[0];
    if (!down || !up) throw new Error('there are no components');
    const both = { ...known, components: [down, { ...up, slug: 'other', name: 'Other' }] };
    const { past } = await buildMaintenancePage(both, [narrow], POLICY, noTurn);
    expect(past[0]).toMatchObject({
      entries: [{ id: 'narrow', excludedMs: 2 * HOUR }],
      use: { announcedMs: 2 * HOUR, excludedMs: 90 * MINUTE, usedMs: 0, elsewhereMs: 30 * MINUTE },
    });
  });

  test('with nothing announced every Saturday is reserved and the running slot is told as such', async () => {
    const { running, ahead } = await page([]);
    expect(running).toEqual([]);
    expect(ahead[0]).toMatchObject({ start: at('2026-11-28T10:00:00-05:00'), reserved: true, entries: [] });
  });

  test('facts that are too old do not say that anything runs', async () => {
    const view = expireMaintenancePage(await page());
    expect(view).toMatchObject({ current: false, running: [] });
    expect(view.ahead[0]?.entries[0]).toMatchObject({ id: 'running', state: 'upcoming', progress: null });
  });
});

describe('one announcement', () => {
  const told = (id: string) =>
    buildAnnouncementPage(
      ledger(SATURDAYS),
      SATURDAYS.find((one) => one.id === id),
      publicReleases(RELEASES, SATURDAYS, POLICY, SATURDAY),
    );

  test('says what changed from version to version, the last one first', () => {
    const view = told('running');
    expect(view?.revisions.map(({ rev, recordedAt }) => [rev, recordedAt])).toEqual([
      [2, at('2026-11-26T16:20:00-05:00')],
      [1, at('2026-11-24T09:00:00-05:00')],
    ]);
    expect(view?.revisions[0]?.changes.map((change) => [change.what, change.before])).toEqual([
      ['end', at('2026-11-28T12:00:00-05:00')],
      ['title', 'New database servers'],
      ['body', RUNNING.revisions[0].body],
    ]);
    expect(view?.revisions[1]?.changes).toEqual([]);
  });

  test('gives every stretch that was announced, in order, with the reason where it counts', () => {
    expect(told('shortened')?.account.map(({ ms, reason }) => [ms, reason])).toEqual([
      [2 * HOUR, null],
      [2 * HOUR, 'late_edit'],
    ]);
    expect(told('late')?.slot).toMatchObject({ deadline: at('2026-11-14T10:00:00-05:00') });
    expect(told('outside')?.slot).toBeNull();
  });

  test('leads to the figure of its month once that is told', () => {
    expect([told('cancelled')?.month, told('upcoming')?.month]).toEqual(['2026-10', null]);
  });

  test('names the releases that it brings and that are public, no draft and none that is to be published', () => {
    expect(told('running')?.releases.map(({ version }) => version)).toEqual(['3.9.0']);
    expect(told('upcoming')?.releases.map(({ version }) => version)).toEqual(['4.1.0']);
  });

  test('what nobody announced is not there, nor what was recorded later than anything is known', () => {
    expect(told('nothing')).toBeNull();
    const later = announced('later', [
      { at: '2026-11-28T11:00:00-05:00', from: '2026-12-19T10:00:00-05:00', to: '2026-12-19T11:00:00-05:00' },
    ]);
    expect(buildAnnouncementPage(ledger([later]), later, [])).toBeNull();
  });

  test('no author, approver, evidence, reason or draft is in any view', async () => {
    const views = [...SATURDAYS.map(({ id }) => told(id)), await page(), buildUpkeep(ledger(SATURDAYS), SATURDAYS, RELEASES, POLICY)];
    expect(JSON.stringify(views)).not.toContain('kanarien');
  });

  test('facts that are too old do not say that it runs', () => {
    const view = told('running');
    expect(view && expireAnnouncementPage(view)).toMatchObject({ current: false, entry: { state: 'upcoming', progress: null } });
  });
});

describe('what the front page says', () => {
  const upkeep = (announcements: readonly AnnouncementFact[], asOf?: Instant) =>
    buildUpkeep(ledger(announcements, asOf), announcements, RELEASES, POLICY);

  test('what runs with the releases it brings, the next slot though nothing is announced in it, and what is announced after it', () => {
    const view = upkeep(SATURDAYS);
    expect(view.running).toMatchObject([{ id: 'running', releases: [{ version: '3.9.0' }] }]);
    expect(view.next).toMatchObject({ start: at('2026-12-05T10:00:00-05:00'), reserved: true, entries: [] });
    expect(view.later).toMatchObject({ entries: [{ id: 'upcoming' }] });
  });

  test('an announced Saturday is the next one, with what changes', () => {
    const view = upkeep(SATURDAYS, at('2026-12-06T12:00:00-05:00'));
    expect(view.next).toMatchObject({
      start: at('2026-12-12T10:00:00-05:00'),
      entries: [{ id: 'upcoming', releases: [{ version: '4.1.0' }, { version: '4.2.0' }] }],
    });
    expect(view.later).toBeNull();
  });

  test('the last releases and the next ones, by their windows', () => {
    const { releases } = upkeep(SATURDAYS);
    expect(releases.last.map(({ version }) => version)).toEqual(['3.8.1', '3.8.0']);
    expect(releases.next.map((one) => [one.version, comesAt(one)])).toEqual([
      ['3.9.0', RUNNING.revisions[0].start],
      ['4.1.0', at('2026-12-12T10:00:00-05:00')],
    ]);
  });

  test('one that waits for a window comes last', () => {
    const told = publicReleases(
      RELEASES,
      SATURDAYS.filter(({ id }) => id !== 'running'),
      POLICY,
      SATURDAY,
    );
    expect(releasesAround(told).next.map(({ version }) => version)).toEqual(['4.1.0', '3.9.0']);
  });
});
