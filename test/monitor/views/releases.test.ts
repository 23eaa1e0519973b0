/** What anybody may know of releases, and from when. */
import { describe, expect, test } from 'vitest';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { publicReleases, releasesIn } from '#monitor/views/public-release.ts';
import { buildReleasePage, buildReleasesPage, releasePage, releasesPage } from '#monitor/views/releases.ts';
import { accepted } from '../../support/accepted.ts';
import { config, contextWith } from '../../support/front-rig.ts';
import { at, openDesk } from '../../support/maintenance-desk.ts';
import { announced, deploying, drafted, scheduled } from '../../support/release-desk.ts';
import { releaseFact, SCENE_NOW, SCENE_TERMS, sceneReleases, sceneWindows } from '../../support/release-scenes.ts';

const facts = { releases: sceneReleases, announcements: sceneWindows };
const settings = { terms: SCENE_TERMS, zone: 'America/New_York' };
const page = (now = SCENE_NOW) => buildReleasesPage(facts, settings, now);
const one = (version: string, now = SCENE_NOW) => buildReleasePage(version, facts, settings, now);

describe('releases', () => {
  test('show what changes per window, and what was released, the newest first', () => {
    const view = page();
    expect(view.coming.map(({ announcement, releases }) => [announcement, releases.map(({ version }) => version)])).toEqual([
      ['m-28', ['4.2.0', '4.2.1']],
    ]);
    expect(view.released.map(({ window, releases }) => [window?.announcement ?? null, releases.map(({ version }) => version)])).toEqual([
      [null, ['4.1.2']],
      [null, ['4.1.1']],
      ['m-14', ['4.1.0']],
    ]);
    expect(view.unplanned).toEqual([]);
  });
  test('never tell a person, a reason, a ticket, a draft, or what is not public yet', () => {
    const told = JSON.stringify([page(), ...sceneReleases.map(({ version }) => one(version))]);
    expect(told).not.toMatch(/secret/i);
    expect(one('6.0.0')).toBeNull();
    expect(one('5.0.0')).toBeNull();
    expect(one('nothing')).toBeNull();
  });
  test('appear exactly when their notes are public', () => {
    const from = at('2026-11-27T09:00-05:00');
    expect(one('5.0.0', (from - 1) as typeof from)).toBeNull();
    expect(one('5.0.0', from)).toMatchObject({ release: { title: 'Secret plan', notesPublicAt: from, state: 'coming' } });
    expect(page((from - 1) as typeof from).coming[0]?.releases).toHaveLength(2);
    expect(page(from).coming[0]?.releases).toHaveLength(3);
  });
  test('that were deployed without public notes show version and flag alone', () => {
    expect(one('4.1.2')).toMatchObject({
      release: { version: '4.1.2', title: null, state: 'released', outsideWindow: true, notesPublicAt: null, changes: [] },
      groups: [],
      revisions: [],
    });
  });
  test('show that notes were amended, with the time of each revision', () => {
    expect(one('4.1.0')).toMatchObject({
      release: {
        amended: true,
        outsideWindow: false,
        deployments: [{ place: 'inside', window: { start: at('2026-11-14T10:00-05:00'), end: at('2026-11-14T12:00-05:00') } }],
      },
      revisions: [
        { publicAt: at('2026-11-12T12:00-05:00'), amended: false },
        { publicAt: at('2026-11-14T10:40-05:00'), amended: true },
      ],
    });
    expect(one('4.1.0', at('2026-11-14T10:39-05:00'))?.groups).toHaveLength(1);
  });
  test('leave a window that is over, or that does not hold them any more', () => {
    const after = page(at('2026-11-28T12:30-05:00'));
    expect(after.coming).toEqual([]);
    expect(after.unplanned.map(({ version, plan }) => [version, plan?.unscheduled])).toEqual([
      ['5.0.0', 'over'],
      ['4.2.1', 'over'],
      ['4.2.0', 'over'],
    ]);
    const cancelled = sceneWindows.map((window) =>
      window.id === 'm-28'
        ? { ...window, ending: { kind: 'cancelled' as const, recordedAt: at('2026-11-26T11:00-05:00'), author: null } }
        : window,
    );
    const view = buildReleasesPage({ ...facts, announcements: cancelled }, settings, SCENE_NOW);
    expect(view.coming).toEqual([]);
    expect(view.unplanned.map(({ plan }) => plan?.unscheduled)).toEqual(['cancelled', 'cancelled']);
  });
  test('of one window are what is planned into it and what was deployed in it', () => {
    const all = publicReleases(sceneReleases, sceneWindows, SCENE_TERMS, SCENE_NOW);
    expect(releasesIn('m-28', all).map(({ version }) => version)).toEqual(['4.2.0', '4.2.1']);
    expect(releasesIn('m-14', all).map(({ version }) => version)).toEqual(['4.1.0']);
    const outside = releaseFact('7', {
      window: 'm-14',
      deployments: [{ deployedAt: at('2026-11-14T12:00-05:00'), place: 'outside_window' }],
    });
    expect(releasesIn('m-14', publicReleases([outside], sceneWindows, SCENE_TERMS, SCENE_NOW))).toEqual([]);
  });
  test('are read from the store as the verbs wrote them', async () => {
    await using desk = await openDesk('2026-11-27T09:00-05:00');
    const context = { ...contextWith(desk.store, desk.ctx.clock), config };
    await announced(desk);
    await drafted(desk, '4.2.0');
    await scheduled(desk, '4.2.0');
    await deploying(desk, '9.9.9');
    expect(await releasePage(context, '4.2.0')).toBeNull();
    accepted(await publishNotes(desk.ctx, { version: '4.2.0', at: null, author: null }));
    expect(await releasePage(context, '4.2.0')).toMatchObject({
      release: { state: 'coming', changes: ['Search by order number', 'Totals of carts over 100 items'] },
    });
    const list = await releasesPage(context);
    expect([list.coming.length, list.released.length]).toEqual([1, 1]);
    expect(JSON.stringify(list)).not.toMatch(/Ann|"9\.9\.9","kind":"standard","title":"9/);
  });
});
