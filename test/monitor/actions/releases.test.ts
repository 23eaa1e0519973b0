/** The verbs of releases on a real store, with a clock that a test sets: the examples of semantics E9, F and trap 37. */
import { describe, expect, test } from 'vitest';
import { readRelease } from '#db/queries/releases.ts';
import { askGate, type GateVerdict } from '#monitor/actions/ask-gate.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { markTested } from '#monitor/actions/mark-tested.ts';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { scheduleRelease } from '#monitor/actions/schedule-release.ts';
import { unscheduleRelease } from '#monitor/actions/unschedule-release.ts';
import { accepted } from '../../support/accepted.ts';
import { at, type Desk, openDesk, refused } from '../../support/maintenance-desk.ts';
import { announced, deploying, drafted, drafting, NOTES, published, ready, scheduled } from '../../support/release-desk.ts';

const FRIDAY = '2026-11-27T09:00-05:00';
const START = '2026-11-28T10:00-05:00';
const END = '2026-11-28T12:00-05:00';
const ms = (text: string, by: number) => (at(text) + by) as ReturnType<typeof at>;
const by = { author: 'Ben' };

const gate = async (desk: Desk, version: string): Promise<GateVerdict> => accepted(await askGate(desk.ctx, { version, emergency: null }));

describe('drafting', () => {
  test('keeps title and notes to ourselves, and a second draft is a revision of the notes', async () => {
    await using desk = await openDesk(FRIDAY);
    expect((await drafted(desk, '4.2.0', { tickets: ['T-2', 'T-1', 'T-2'] })).release).toMatchObject({
      state: 'draft',
      notes: null,
      publicFrom: null,
      tickets: ['T-1', 'T-2'],
    });
    await drafted(desk, '4.2.0', { title: null, notes: 'Other words.' });
    expect((await readRelease(desk.store, '4.2.0'))?.notes.map(({ rev, notes }) => [rev, notes])).toEqual([
      [1, NOTES],
      [2, 'Other words.'],
    ]);
    expect(await desk.count('SELECT count(*) FROM outbox')).toBe(0);
  });
  test.each([
    ['bad_version', { version: '' }],
    ['bad_version', { version: '-1' }],
    ['bad_version', { version: 'a/b' }],
    ['bad_version', { version: `1${'0'.repeat(64)}` }],
    ['bad_version', { version: '1 0' }],
    ['bad_version', { version: 'new' }],
    ['bad_text', { notes: ' ' }],
    ['bad_text', { notes: 'x'.repeat(100_001) }],
    ['bad_text', { title: null }],
    ['bad_text', { tickets: ['a\nb'] }],
  ])('is refused: %s for %o', async (code, more) => {
    await using desk = await openDesk(FRIDAY);
    expect(refused(await draftRelease(desk.ctx, drafting('4.2.0', more))).code).toBe(code);
    expect(await desk.count('SELECT count(*) FROM releases')).toBe(0);
  });
  test('64 characters and 100 000 characters of notes are accepted', async () => {
    await using desk = await openDesk(FRIDAY);
    const version = `1.0.0-rc.1+build_${'7'.repeat(47)}`;
    await drafted(desk, version, { notes: 'x'.repeat(100_000) });
    expect(await desk.count('SELECT count(*) FROM releases')).toBe(1);
  });
  test('what was said first stays: another title or kind is refused, and so is a revision that says the same', async () => {
    await using desk = await openDesk(FRIDAY);
    await drafted(desk, '4.2.0');
    expect(refused(await draftRelease(desk.ctx, drafting('4.2.0', { notes: 'New', title: 'Else' }))).code).toBe('already_drafted');
    expect(refused(await draftRelease(desk.ctx, drafting('4.2.0', { notes: 'New', kind: 'hotfix' }))).code).toBe('already_drafted');
    expect(refused(await draftRelease(desk.ctx, drafting('4.2.0'))).code).toBe('nothing_changes');
  });
});

describe('publishing', () => {
  test('makes the last revision public now or ahead, with one outbox row', async () => {
    await using desk = await openDesk(FRIDAY);
    await drafted(desk, '4.2.0');
    expect((await published(desk, '4.2.0', '2026-11-27T18:00-05:00')).release).toMatchObject({
      state: 'draft',
      notes: null,
      publicFrom: at('2026-11-27T18:00-05:00'),
    });
    const { rows } = await desk.store.read({ sql: 'SELECT key, type, payload_json FROM outbox' });
    expect(rows.map(([key, type]) => [key, type])).toEqual([['release.published:4.2.0:1', 'release.published']]);
    expect(JSON.parse(String(rows[0]?.[2]))).toEqual({
      version: '4.2.0',
      rev: 1,
      title: 'Search by order number',
      kind: 'standard',
      notes: NOTES,
      public_at: '2026-11-27T23:00:00.000Z',
      amended: false,
    });
  });
  test('is refused without notes, in the past, twice, and before the revision it follows', async () => {
    await using desk = await openDesk(FRIDAY);
    const ask = async (when: string | null) =>
      refused(await publishNotes(desk.ctx, { version: '4.2.0', at: when === null ? null : at(when), ...by })).code;
    expect(await ask(null)).toBe('unknown_release');
    await deploying(desk, '4.2.0');
    expect(await ask(null)).toBe('nothing_to_publish');
    await drafted(desk, '4.2.0', { title: null });
    expect(await ask('2026-11-27T08:59:59.999-05:00')).toBe('in_the_past');
    await published(desk, '4.2.0', '2026-11-27T18:00-05:00');
    expect(await ask(null)).toBe('already_public');
    await drafted(desk, '4.2.0', { title: null, notes: 'Second.' });
    expect(await ask('2026-11-27T17:59:59.999-05:00')).toBe('before_earlier_revision');
    await published(desk, '4.2.0', '2026-11-27T18:00-05:00');
  });
});

describe('planning', () => {
  test('only into what is excluded, and at an instant inside of it (F1)', async () => {
    await using desk = await openDesk(FRIDAY);
    await drafted(desk, '4.2.0');
    const ask = async (window: string, time: string | null = null) =>
      refused(await scheduleRelease(desk.ctx, { version: '4.2.0', window, at: time, ...by }));
    expect((await ask('next')).code).toBe('no_window');
    expect((await ask('nothing')).code).toBe('unknown_announcement');
    const wednesday = await announced(desk, '20:00', '22:00', '2026-12-02');
    const empty = await ask(wednesday);
    expect(empty.code).toBe('nothing_excluded');
    expect(empty.message).toContain('because it lies outside the reserve');
    const id = await announced(desk);
    expect((await ask(id, '12:00')).code).toBe('outside_window');
    expect((await ask(id, '09:59')).code).toBe('outside_window');
    expect((await ask(id, 'noon')).code).toBe('bad_time');
    expect((await scheduled(desk, '4.2.0', id, '11:59')).release).toMatchObject({
      state: 'scheduled',
      plan: { announcement: id, plannedAt: at('2026-11-28T11:59-05:00'), unscheduled: null },
    });
    expect((await ask(id, '11:59')).code).toBe('nothing_changes');
    accepted(await cancelMaintenance(desk.ctx, id, by));
    expect((await ask(id)).code).toBe('window_cancelled');
    desk.set(END);
    const over = await announced(desk, '10:00', '12:00', '2026-12-05');
    desk.set('2026-12-05T12:00-05:00');
    expect((await ask(over)).code).toBe('window_over');
  });
  test('next is the first window that starts when it was tested or later (E9)', async () => {
    await using desk = await openDesk('2026-07-13T09:00-04:00');
    const [eleven, eighteen] = [
      await announced(desk, '10:00', '12:00', '2026-07-18'),
      await announced(desk, '10:00', '12:00', '2026-07-25'),
    ];
    await drafted(desk, '4.2.0');
    desk.set('2026-07-15T12:00-04:00');
    accepted(await markTested(desk.ctx, { version: '4.2.0', at: null, ...by }));
    expect((await scheduled(desk, '4.2.0')).release.plan).toMatchObject({ announcement: eleven, plannedAt: at('2026-07-18T14:00Z') });
    await drafted(desk, '4.2.1');
    desk.set('2026-07-18T10:00:00.001-04:00');
    expect((await scheduled(desk, '4.2.1')).release.plan).toMatchObject({ announcement: eighteen });
    expect(refused(await markTested(desk.ctx, { version: '4.2.0', at: null, ...by })).code).toBe('already_tested');
  });
  test('a release can be taken out of its window, once', async () => {
    await using desk = await openDesk(FRIDAY);
    await ready(desk, '4.2.0');
    expect(accepted(await unscheduleRelease(desk.ctx, { version: '4.2.0', ...by })).release).toMatchObject({
      state: 'published',
      plan: null,
    });
    expect(refused(await unscheduleRelease(desk.ctx, { version: '4.2.0', ...by })).code).toBe('not_scheduled');
  });
});

describe('the gate', () => {
  test('opens at the effective start and is shut at the effective end (trap 37)', async () => {
    await using desk = await openDesk(FRIDAY);
    await ready(desk, '4.2.0');
    const open: [number, boolean, string][] = [];
    for (const instant of [ms(START, -1), ms(START, 0), ms(END, -1), ms(END, 0)]) {
      desk.set(instant);
      const { allowed, code } = await gate(desk, '4.2.0');
      open.push([instant - at(START), allowed, code]);
    }
    expect(open).toEqual([
      [-1, false, 'window_not_open'],
      [0, true, 'window_open'],
      [7_199_999, true, 'window_open'],
      [7_200_000, false, 'window_over'],
    ]);
  });
  test('says what is missing, one after the other, and when it could be', async () => {
    await using desk = await openDesk(FRIDAY);
    expect(await gate(desk, '4.2.0')).toMatchObject({ allowed: false, code: 'not_drafted', nextAllowedAt: null });
    const id = await announced(desk);
    const next = { allowed: false, nextAllowedAt: at(START) };
    expect(await gate(desk, '4.2.0')).toMatchObject({ ...next, code: 'not_drafted', needs: ['draft', 'publish_notes', 'schedule'] });
    await drafted(desk, '4.2.0');
    expect(await gate(desk, '4.2.0')).toMatchObject({ ...next, code: 'notes_not_public', needs: ['publish_notes', 'schedule'] });
    await published(desk, '4.2.0', '2026-11-27T18:00-05:00');
    expect(await gate(desk, '4.2.0')).toMatchObject({ ...next, code: 'not_scheduled', needs: ['schedule'] });
    await scheduled(desk, '4.2.0', id);
    expect(await gate(desk, '4.2.0')).toMatchObject({ ...next, code: 'window_not_open', needs: [] });
  });
  test('stays shut when notes are public a millisecond after the start, whatever the hour (F2, trap 37)', async () => {
    await using desk = await openDesk(FRIDAY);
    const id = await announced(desk);
    for (const version of ['late', 'timely']) await drafted(desk, version);
    await published(desk, 'timely', START);
    await published(desk, 'late', '2026-11-28T10:00:00.001-05:00');
    for (const version of ['late', 'timely']) await scheduled(desk, version, id);
    desk.set('2026-11-28T11:00-05:00');
    expect(await gate(desk, 'timely')).toMatchObject({ allowed: true });
    expect(await gate(desk, 'late')).toMatchObject({ allowed: false, code: 'notes_late', nextAllowedAt: null });
    const deployed = accepted(await deploying(desk, 'late'));
    expect(deployed.release.deployment).toMatchObject({ place: 'inside', notesInTime: false });
    expect(deployed.warnings.map(({ code }) => code)).toEqual(['notes_late']);
  });
  test('asks for a lead where the policy sets one', async () => {
    await using desk = await openDesk(FRIDAY, { notesLeadMs: 3_600_000 as never });
    const id = await announced(desk);
    for (const version of ['late', 'timely']) await drafted(desk, version);
    await published(desk, 'timely', '2026-11-28T09:00-05:00');
    await published(desk, 'late', '2026-11-28T09:00:00.001-05:00');
    for (const version of ['late', 'timely']) await scheduled(desk, version, id);
    desk.set(START);
    expect([(await gate(desk, 'timely')).code, (await gate(desk, 'late')).code]).toEqual(['window_open', 'notes_late']);
  });
  test('shuts when the window is cancelled, completed or cut below the planned time (F6)', async () => {
    await using cancelled = await openDesk(FRIDAY);
    accepted(await cancelMaintenance(cancelled.ctx, await ready(cancelled, '4.2.0'), by));
    cancelled.set(START);
    expect((await gate(cancelled, '4.2.0')).code).toBe('window_cancelled');

    await using running = await openDesk(FRIDAY);
    const id = await ready(running, '4.2.0');
    running.set('2026-11-28T11:00-05:00');
    accepted(await cancelMaintenance(running.ctx, id, by));
    expect((await gate(running, '4.2.0')).code).toBe('window_cancelled');

    await using completed = await openDesk(FRIDAY);
    const done = await ready(completed, '4.2.0');
    completed.set('2026-11-28T11:00-05:00');
    accepted(await completeMaintenance(completed.ctx, done, by));
    expect(await gate(completed, '4.2.0')).toMatchObject({ code: 'window_over', nextAllowedAt: null });

    await using shrunk = await openDesk(FRIDAY);
    const short = await announced(shrunk);
    await drafted(shrunk, '4.2.0');
    await published(shrunk, '4.2.0');
    await scheduled(shrunk, '4.2.0', short, '11:30');
    shrunk.set('2026-11-28T10:30-05:00');
    expect((await gate(shrunk, '4.2.0')).code).toBe('window_open');
    accepted(await editMaintenance(shrunk.ctx, short, { to: '11:30', ...by }));
    expect(await gate(shrunk, '4.2.0')).toMatchObject({ allowed: false, code: 'window_shrunk' });
  });
  test('lets an emergency out with a reason, two people and public notes (F4)', async () => {
    await using desk = await openDesk(FRIDAY);
    await drafted(desk, '4.2.1', { kind: 'emergency' });
    const ask = async (reason: string | null, approvedBy: string | null, author: string | null) =>
      accepted(await askGate(desk.ctx, { version: '4.2.1', emergency: { reason, approvedBy, author } }));
    expect((await ask('Data loss', 'Ben', 'Ann')).code).toBe('notes_not_public');
    await published(desk, '4.2.1');
    expect((await ask(null, 'Ben', 'Ann')).code).toBe('emergency_incomplete');
    expect((await ask('Data loss', 'ann', 'Ann')).code).toBe('emergency_incomplete');
    // A variable of the pipeline that is not set, and letters that nobody sees.
    for (const nothing of ['', ' ', '\u200b', '\u2800']) {
      expect(await ask('Data loss', nothing, 'Ann')).toMatchObject({ allowed: false, code: 'emergency_incomplete' });
      expect(await ask('Data loss', 'Ben', nothing)).toMatchObject({ allowed: false, code: 'emergency_incomplete' });
      expect(await ask(nothing, 'Ben', 'Ann')).toMatchObject({ allowed: false, code: 'emergency_incomplete' });
    }
    expect(await ask('Data loss', 'Ben', 'Ann')).toMatchObject({ allowed: true, code: 'emergency' });
    expect((await gate(desk, '4.2.1')).allowed).toBe(false);
  });
});

describe('recording a deployment', () => {
  test('at the effective end is outside, one millisecond earlier inside (trap 37)', async () => {
    await using desk = await openDesk(FRIDAY);
    const id = await announced(desk);
    for (const version of ['1', '2']) {
      await drafted(desk, version);
      await published(desk, version);
      await scheduled(desk, version, id);
    }
    desk.set('2026-11-28T13:00-05:00');
    expect(accepted(await deploying(desk, '1', { at: ms(END, -1) })).release).toMatchObject({ state: 'deployed', outsideWindow: false });
    const outside = accepted(await deploying(desk, '2', { at: ms(END, 0) }));
    expect(outside.release).toMatchObject({ state: 'deployed', outsideWindow: true });
    expect(outside.warnings.map(({ code }) => code)).toEqual(['outside_window']);
  });
  test('a plan that was made after it covers nothing, and one that was taken back after it still does', async () => {
    await using desk = await openDesk(FRIDAY);
    const id = await announced(desk);
    for (const version of ['unplanned', 'planned']) {
      await drafted(desk, version);
      await published(desk, version);
    }
    await scheduled(desk, 'planned', id);
    desk.set('2026-11-28T10:40-05:00');
    await scheduled(desk, 'unplanned', id);
    accepted(await unscheduleRelease(desk.ctx, { version: 'planned', author: 'Ann' }));
    const then = ms(START, 30 * 60_000);
    const late = accepted(await deploying(desk, 'unplanned', { at: then }));
    expect(late.release).toMatchObject({ outsideWindow: true });
    expect(late.warnings.map(({ code }) => code)).toEqual(['outside_window']);
    expect(accepted(await deploying(desk, 'planned', { at: then })).release).toMatchObject({ outsideWindow: false });
  });
  test('of a version nobody drafted is kept and flagged, and tells nobody what it is called', async () => {
    await using desk = await openDesk(FRIDAY);
    expect(accepted(await deploying(desk, '9.9.9')).release).toMatchObject({ kind: 'standard', outsideWindow: true, notes: null });
    const { rows } = await desk.store.read({ sql: 'SELECT type, payload_json FROM outbox' });
    expect(rows[0]?.[0]).toBe('release.deployed');
    expect(JSON.parse(String(rows[0]?.[1]))).toEqual({
      version: '9.9.9',
      kind: 'standard',
      title: null,
      deployed_at: '2026-11-27T14:00:00.000Z',
      rollback: false,
      maintenance: null,
      outside_window: true,
      emergency: false,
    });
  });
  test('is refused ahead of time, and an emergency without a reason and two people', async () => {
    await using desk = await openDesk(FRIDAY);
    const ask = async (more: object) => refused(await deploying(desk, '4.2.1', more)).code;
    expect(await ask({ at: ms(FRIDAY, 1) })).toBe('in_the_future');
    expect(await ask({ emergency: { reason: null, approvedBy: 'Ben' } })).toBe('emergency_incomplete');
    expect(await ask({ emergency: { reason: 'Data loss', approvedBy: null } })).toBe('emergency_incomplete');
    expect(await ask({ emergency: { reason: 'Data loss', approvedBy: 'Ben' }, author: null })).toBe('emergency_incomplete');
    expect(await ask({ emergency: { reason: 'Data loss', approvedBy: ' ANN ' } })).toBe('same_person');
    expect(await ask({ kind: 'rollback' })).toBe('never_deployed');
    const urgent = accepted(await deploying(desk, '4.2.1', { emergency: { reason: 'Data loss', approvedBy: 'Ben' } }));
    expect(urgent.release.deployment).toMatchObject({ place: 'outside_window', emergency: true, notesInTime: false });
    expect(JSON.stringify(urgent)).not.toMatch(/Data loss|Ben|Ann/);
  });
  test('a rollback inside the window is part of it, one outside is flagged (F7)', async () => {
    await using desk = await openDesk(FRIDAY);
    await ready(desk, '4.2.0');
    desk.set('2026-11-28T11:00-05:00');
    await deploying(desk, '4.2.0');
    desk.set('2026-11-28T11:30-05:00');
    expect(accepted(await deploying(desk, '4.2.0', { kind: 'rollback' })).release).toMatchObject({
      state: 'rolled_back',
      outsideWindow: false,
    });
    desk.set('2026-11-28T12:30-05:00');
    expect(accepted(await deploying(desk, '4.2.0', { kind: 'rollback' })).release).toMatchObject({
      state: 'rolled_back',
      outsideWindow: true,
    });
  });
  test('what was inside is outside once a late edit has taken its place away, and stays so', async () => {
    await using desk = await openDesk(FRIDAY);
    const id = await ready(desk, '4.2.0');
    desk.set('2026-11-28T10:30-05:00');
    expect(accepted(await deploying(desk, '4.2.0')).release.outsideWindow).toBe(false);
    desk.set('2026-11-28T10:40-05:00');
    accepted(await editMaintenance(desk.ctx, id, { from: '11:00', ...by }));
    const answer = await drafted(desk, '4.2.0', { title: null, notes: 'Later words.' });
    expect(answer.release.outsideWindow).toBe(true);
  });
  test('notes that are changed after the start show as amended (F5)', async () => {
    await using desk = await openDesk(FRIDAY);
    await ready(desk, '4.2.0');
    await drafted(desk, '4.2.0', { title: null, notes: 'At the start.' });
    expect((await published(desk, '4.2.0', START)).release.amended).toBe(false);
    await drafted(desk, '4.2.0', { title: null, notes: 'After it.' });
    desk.set(ms(START, 1));
    expect((await published(desk, '4.2.0')).release).toMatchObject({
      amended: true,
      notes: { rev: 3, notes: 'After it.' },
      revisions: [{ amended: false }, { amended: false }, { amended: true }],
    });
  });
});

describe('the rows', () => {
  test('are never edited, deleted, nor added out of their order', async () => {
    await using desk = await openDesk(FRIDAY);
    await ready(desk, '4.2.0');
    accepted(await markTested(desk.ctx, { version: '4.2.0', at: null, ...by }));
    await deploying(desk, '4.2.0');
    for (const table of ['releases', 'release_notes', 'release_publications', 'release_tests', 'release_plans', 'release_deployments']) {
      await expect(desk.store.write([{ sql: `UPDATE ${table} SET author = 'Eve'` }])).rejects.toThrow(/never edited/);
      await expect(desk.store.write([{ sql: `DELETE FROM ${table}` }])).rejects.toThrow(/never edited|FOREIGN KEY/);
    }
    const late = `INSERT INTO release_notes (version, rev, recorded_at_ms, notes_md, authenticated) VALUES ('4.2.0', 3, ${at(FRIDAY)}, 'x', 0)`;
    await expect(desk.store.write([{ sql: late }])).rejects.toThrow(/follows the last one/);
  });
  test('a clock that was set back dates nothing back', async () => {
    await using desk = await openDesk(FRIDAY);
    await drafted(desk, '4.2.0');
    desk.set('2026-11-26T09:00-05:00');
    await published(desk, '4.2.0');
    await drafted(desk, '4.2.0', { title: null, notes: 'Second.' });
    expect((await readRelease(desk.store, '4.2.0'))?.notes.map(({ recordedAt }) => recordedAt)).toEqual([at(FRIDAY), at(FRIDAY)]);
  });
});
