/** The verbs of maintenance on a real store, with a clock that a test sets: the examples of semantics B2 and its traps. */

import { describe, expect, test } from 'vitest';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { accepted } from '../../support/accepted.ts';
import { asking, at, notCounted, openDesk, refused } from '../../support/maintenance-desk.ts';

const HOUR = 3_600_000;
const FRIDAY = '2026-11-27T09:00-05:00';
const by = { author: 'Ben' };

describe('announcing', () => {
  test('10:00 to 12:00 of a Saturday counts 7 200 000 ms as excluded, and the answer says so in three zones', async () => {
    await using desk = await openDesk(FRIDAY, { zone: 'Asia/Tokyo' });
    const answer = accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00', { slot: 'next' })));
    expect(answer.announcement).toMatchObject({
      state: 'upcoming',
      rev: 1,
      start: at('2026-11-28T15:00Z'),
      end: at('2026-11-28T17:00Z'),
      announcedMs: 7_200_000,
      excludedMs: 7_200_000,
      notCounted: [],
    });
    expect(answer.warnings).toEqual([]);
    expect(answer.says).toEqual([
      `Announced ${answer.announcement.id}: "Database upgrade".`,
      'The window is Sat 2026-11-28 10:00 to 12:00 America/New_York (UTC-5) = Sun 2026-11-29 00:00 to 02:00 Asia/Tokyo (UTC+9) = Sat 2026-11-28 15:00 to 17:00 UTC.',
      'Counts as excluded: 7200000 ms (2 h) of the 7200000 ms (2 h) announced, Sat 2026-11-28 10:00 to 12:00 America/New_York (UTC-5).',
    ]);
  });

  test('eight hours from 09:00 to 17:00 count five, and the other three lie outside the reserve (trap 6)', async () => {
    await using desk = await openDesk(FRIDAY);
    const answer = accepted(await announceMaintenance(desk.ctx, asking('09:00', '17:00')));
    expect(answer.announcement).toMatchObject({ announcedMs: 8 * HOUR, excludedMs: 18_000_000 });
    expect(notCounted(answer)).toEqual({ outside_reserve: 3 * HOUR });
    expect(answer.warnings.map(({ code }) => code)).toEqual(['outside_reserve']);
    expect(answer.says.slice(3, 5)).toEqual([
      'Not excluded: 3600000 ms (1 h), Sat 2026-11-28 09:00 to 10:00 America/New_York (UTC-5), because it lies outside the reserve (Sat 10:00 for 5 h, America/New_York).',
      'Not excluded: 7200000 ms (2 h), Sat 2026-11-28 15:00 to 17:00 America/New_York (UTC-5), because it lies outside the reserve (Sat 10:00 for 5 h, America/New_York).',
    ]);
  });

  test('a Wednesday is accepted with a warning and counts 0 ms', async () => {
    await using desk = await openDesk(FRIDAY);
    const answer = accepted(await announceMaintenance(desk.ctx, asking('20:00', '22:00', { slot: '2026-12-02' })));
    expect(answer.announcement).toMatchObject({ excludedMs: 0, announcedMs: 2 * HOUR, slot: null });
    expect(answer.warnings).toEqual([
      {
        code: 'outside_reserve',
        message: 'The whole window lies outside the reserve (Sat 10:00 for 5 h, America/New_York) and is never excluded.',
      },
    ]);
  });

  test('at the first millisecond of the slot it is in time, one millisecond later it counts 0 ms (trap 7)', async () => {
    await using desk = await openDesk('2026-11-28T10:00-05:00');
    expect(accepted(await announceMaintenance(desk.ctx, asking('10:00', '15:00'))).announcement.excludedMs).toBe(18_000_000);
    await using later = await openDesk('2026-11-28T10:00:00.001-05:00');
    const answer = accepted(await announceMaintenance(later.ctx, asking('10:01', '15:00')));
    expect(answer.announcement.excludedMs).toBe(0);
    expect(notCounted(answer)).toEqual({ late: 5 * HOUR - 60_000 });
    expect(answer.warnings).toEqual([
      {
        code: 'late',
        message:
          'The deadline of this slot was Sat 2026-11-28 10:00 America/New_York (UTC-5): nothing of it is excluded. The next slot that is still in time and free is 2026-12-05.',
      },
    ]);
  });

  test('with 48 h of notice the deadline is 48 h before the slot, even if the work starts at 13:00 (trap 8)', async () => {
    const notice = { minNoticeMs: (48 * HOUR) as never };
    await using inTime = await openDesk('2026-11-26T10:00-05:00', notice);
    expect(accepted(await announceMaintenance(inTime.ctx, asking('13:00', '15:00'))).announcement.excludedMs).toBe(2 * HOUR);
    await using late = await openDesk('2026-11-26T10:00:00.001-05:00', notice);
    expect(accepted(await announceMaintenance(late.ctx, asking('13:00', '15:00'))).announcement.excludedMs).toBe(0);
  });

  test('a second one for the same slot is refused, unless they share no component (trap 13)', async () => {
    await using desk = await openDesk(FRIDAY);
    const first = accepted(await announceMaintenance(desk.ctx, asking('10:00', '13:00', { components: ['checkout'] })));
    for (const components of ['*', ['checkout'], ['checkout', 'search']] as const) {
      const refusal = refused(await announceMaintenance(desk.ctx, asking('13:00', '15:00', { components })));
      expect(refusal).toMatchObject({ code: 'slot_taken', facts: { announcement: first.announcement.id, next_free: '2026-12-05' } });
    }
    accepted(await announceMaintenance(desk.ctx, asking('12:00', '15:00', { components: ['search'] })));
    accepted(await announceMaintenance(desk.ctx, asking('10:00', '15:00', { slot: '2026-12-05' })));
    expect(await desk.count('SELECT count(*) FROM announcements')).toBe(3);
  });

  test('twenty at once for one slot: one is accepted, nineteen are told of it', async () => {
    await using desk = await openDesk(FRIDAY);
    const answers = await Promise.all(Array.from({ length: 20 }, () => announceMaintenance(desk.ctx, asking('10:00', '12:00'))));
    expect(answers.filter((answer) => 'refused' in answer)).toHaveLength(19);
    expect(await desk.count('SELECT count(*) FROM announcement_revisions')).toBe(1);
    expect(await desk.count("SELECT count(*) FROM outbox WHERE type = 'maintenance.announced'")).toBe(1);
  });

  test('nothing is announced after the fact, and a window needs an end after its start', async () => {
    await using desk = await openDesk('2026-11-28T11:30-05:00');
    expect(refused(await announceMaintenance(desk.ctx, asking('11:29', '12:00')))).toMatchObject({ code: 'in_the_past' });
    expect(refused(await announceMaintenance(desk.ctx, asking('10:00', '11:00', { slot: '2026-11-21' })))).toMatchObject({
      code: 'in_the_past',
    });
    expect(refused(await announceMaintenance(desk.ctx, asking('14:00', '13:00')))).toMatchObject({ code: 'ends_before_it_starts' });
    expect(refused(await announceMaintenance(desk.ctx, asking('14:00', '14:00')))).toMatchObject({ code: 'ends_before_it_starts' });
    expect(
      await desk.count('SELECT (SELECT count(*) FROM announcements) + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM events)'),
    ).toBe(0);
  });

  test('one over two slots is refused and both are named', async () => {
    await using desk = await openDesk(FRIDAY);
    const window = { start: at('2026-11-28T14:00-05:00'), end: at('2026-12-05T11:00-05:00') };
    expect(refused(await announceMaintenance(desk.ctx, { ...asking('10:00', '12:00'), window }))).toMatchObject({
      code: 'spans_two_slots',
      facts: {
        slots: ['Sat 2026-11-28 10:00 to 15:00 America/New_York (UTC-5)', 'Sat 2026-12-05 10:00 to 15:00 America/New_York (UTC-5)'],
      },
    });
  });

  const bad: readonly (readonly [string, Parameters<typeof asking>[2], RegExp])[] = [
    ['a title of two lines', { title: 'one\ntwo' }, /The title holds a control character or a line break/],
    ['no title', { title: '  ' }, /The title is empty/],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, /has 201 characters, and 200 is the most/],
    ['a body with a zero byte', { body: 'a\u0000b' }, /The body holds a control character/],
    ['half a character', { body: 'a\ud800b' }, /The body holds a control character/],
    ['a component that is not watched', { components: ['chekcout'] }, /There is no component chekcout\. Known: checkout, search\./],
    ['no component', { components: [] }, /No component is named/],
    ['a date that is none', { slot: '2026-02-30' }, /"2026-02-30" is no date/],
    ['an empty name', { author: '' }, /The name is empty/],
  ];
  test.each(bad)('refuses %s', async (_name, more, sentence) => {
    await using desk = await openDesk(FRIDAY);
    expect(refused(await announceMaintenance(desk.ctx, asking('10:00', '12:00', more))).message).toMatch(sentence);
  });
  test.each(['25:00', '9:00', '10.30', ''])('refuses "%s" as a time', async (time) => {
    await using desk = await openDesk(FRIDAY);
    expect(refused(await announceMaintenance(desk.ctx, asking(time, '12:00'))).code).toBe('bad_time');
  });

  test('the store holds revision, outbox row and event with the time of the server, all or none', async () => {
    await using desk = await openDesk(FRIDAY);
    const { announcement } = accepted(
      await announceMaintenance(desk.ctx, asking('10:00', '12:00', { components: ['search', 'checkout'] })),
    );
    expect(await readAnnouncements(desk.store)).toEqual([
      {
        id: announcement.id,
        recordedAt: at(FRIDAY),
        components: ['checkout', 'search'],
        imported: false,
        author: 'Ann',
        authenticated: false,
        revisions: [
          {
            rev: 1,
            recordedAt: at(FRIDAY),
            publicAt: at(FRIDAY),
            start: at('2026-11-28T15:00Z'),
            end: at('2026-11-28T17:00Z'),
            title: 'Database upgrade',
            body: 'Checkout is away for some minutes.',
            author: 'Ann',
            authenticated: false,
          },
        ],
        ending: null,
        approval: null,
      },
    ]);
    const { rows } = await desk.store.read({ sql: 'SELECT key, type, payload_json, recorded_at_ms FROM outbox' });
    expect(rows.map(([key, type, payload, when]) => ({ key, type, payload: JSON.parse(String(payload)), when }))).toEqual([
      {
        key: `maintenance.announced:${announcement.id}:1`,
        type: 'maintenance.announced',
        payload: {
          maintenance: announcement.id,
          rev: 1,
          title: 'Database upgrade',
          body: 'Checkout is away for some minutes.',
          components: ['checkout', 'search'],
          start: '2026-11-28T15:00:00.000Z',
          end: '2026-11-28T17:00:00.000Z',
          announced_ms: 7_200_000,
          excluded_ms: 7_200_000,
        },
        when: at(FRIDAY),
      },
    ]);
    expect(await desk.count("SELECT count(*) FROM events WHERE kind = 'maintenance_announced'")).toBe(1);
    await desk.store.write([{ sql: "CREATE TRIGGER no_events BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'planted'); END" }]);
    await expect(announceMaintenance(desk.ctx, asking('10:00', '12:00', { slot: '2026-12-05' }))).rejects.toThrow('planted');
    expect(await desk.count('SELECT count(*) FROM announcements')).toBe(1);
  });
});

describe('changing and ending', () => {
  const announced = async (from = '10:00', to = '12:00') => {
    const desk = await openDesk(FRIDAY);
    const { id } = accepted(await announceMaintenance(desk.ctx, asking(from, to))).announcement;
    return Object.assign(desk, { id });
  };

  test('before the deadline an extension counts whole', async () => {
    await using desk = await announced();
    desk.set('2026-11-28T09:59:59.999-05:00');
    const answer = accepted(await editMaintenance(desk.ctx, desk.id, { to: '14:00', ...by }));
    expect(answer).toMatchObject({ excludedBeforeMs: 7_200_000, warnings: [], announcement: { rev: 2, excludedMs: 14_400_000 } });
    expect(answer.announcement.revisions.map(({ rev, author, publicAt }) => [rev, author, publicAt])).toEqual([
      [1, 'Ann', at(FRIDAY)],
      [2, 'Ben', at('2026-11-28T09:59:59.999-05:00')],
    ]);
  });

  test('a late extension from 12:00 to 14:00 gains nothing (trap 9)', async () => {
    await using desk = await announced();
    desk.set('2026-11-28T11:00-05:00');
    const answer = accepted(await editMaintenance(desk.ctx, desk.id, { to: '14:00', ...by }));
    expect(answer.announcement).toMatchObject({ excludedMs: 7_200_000, announcedMs: 14_400_000 });
    expect(notCounted(answer)).toEqual({ late_edit: 7_200_000 });
    expect(answer.warnings.map(({ code }) => code)).toEqual(['late_edit']);
  });

  test('a late shortening to 12:00 takes away, and it says how much (trap 10)', async () => {
    await using desk = await announced('10:00', '15:00');
    desk.set('2026-11-28T11:00-05:00');
    const answer = accepted(await editMaintenance(desk.ctx, desk.id, { to: '12:00', ...by }));
    expect(answer.announcement.excludedMs).toBe(7_200_000);
    expect(answer.warnings.at(-1)).toEqual({
      code: 'takes_away',
      message: '10800000 ms (3 h) that counted as excluded before no longer do.',
    });
  });

  test('cancelled at 11:30 it keeps 5 400 000 ms (trap 11), completed at 11:00 3 600 000 (trap 12)', async () => {
    await using desk = await announced('10:00', '15:00');
    desk.set('2026-11-28T11:30-05:00');
    const cancelled = accepted(await cancelMaintenance(desk.ctx, desk.id, by));
    expect(cancelled.announcement).toMatchObject({ state: 'cancelled', excludedMs: 5_400_000 });
    expect(notCounted(cancelled)).toEqual({ cancelled: 12_600_000 });
    await using other = await announced('10:00', '15:00');
    other.set('2026-11-28T11:00-05:00');
    const completed = accepted(await completeMaintenance(other.ctx, other.id, by));
    expect(completed.announcement).toMatchObject({ state: 'completed', excludedMs: 3_600_000 });
    expect(notCounted(completed)).toEqual({ completed: 14_400_000 });
  });

  test('cancelling what is over changes nothing of what counts, and says so', async () => {
    await using desk = await announced();
    desk.set('2026-11-28T12:00-05:00');
    const answer = accepted(await cancelMaintenance(desk.ctx, desk.id, by));
    expect(answer).toMatchObject({ excludedBeforeMs: 7_200_000, announcement: { excludedMs: 7_200_000, notCounted: [] } });
    expect(answer.warnings.map(({ code }) => code)).toEqual(['no_effect']);
  });

  test('what is cancelled frees its slot, and is neither changed nor ended again', async () => {
    await using desk = await announced();
    accepted(await cancelMaintenance(desk.ctx, desk.id, by));
    for (const again of [
      await cancelMaintenance(desk.ctx, desk.id, by),
      await completeMaintenance(desk.ctx, desk.id, by),
      await editMaintenance(desk.ctx, desk.id, { title: 'Other', ...by }),
    ])
      expect(refused(again)).toMatchObject({ code: 'already_ended', facts: { cancelled_at_ms: at(FRIDAY) } });
    expect(accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00'))).announcement.excludedMs).toBe(7_200_000);
  });

  test('what has not begun cannot be completed; what is unknown, or changes nothing, is refused', async () => {
    await using desk = await announced();
    expect(refused(await completeMaintenance(desk.ctx, desk.id, by)).code).toBe('not_started');
    expect(refused(await completeMaintenance(desk.ctx, 'nosuchthing2', by)).code).toBe('unknown_announcement');
    expect(refused(await editMaintenance(desk.ctx, desk.id, { from: '10:00', title: 'Database upgrade', ...by })).code).toBe(
      'nothing_changes',
    );
    desk.set('2026-11-28T11:00-05:00');
    expect(refused(await editMaintenance(desk.ctx, desk.id, { from: '10:30', ...by })).code).toBe('in_the_past');
    expect(refused(await editMaintenance(desk.ctx, desk.id, { to: '10:59', ...by })).code).toBe('in_the_past');
  });

  test('moved to another Saturday it needs that slot to be free', async () => {
    await using desk = await announced();
    accepted(await announceMaintenance(desk.ctx, asking('10:00', '11:00', { slot: '2026-12-05' })));
    expect(refused(await editMaintenance(desk.ctx, desk.id, { slot: '2026-12-05', ...by })).code).toBe('slot_taken');
    const moved = accepted(await editMaintenance(desk.ctx, desk.id, { slot: '2026-12-12', ...by })).announcement;
    expect(moved).toMatchObject({ start: at('2026-12-12T15:00Z'), end: at('2026-12-12T17:00Z'), excludedMs: 7_200_000 });
    accepted(await announceMaintenance(desk.ctx, asking('10:00', '11:00')));
  });

  test('a clock that is set back dates no revision before the one it follows', async () => {
    await using desk = await announced();
    desk.set('2026-11-28T11:00-05:00');
    accepted(await editMaintenance(desk.ctx, desk.id, { to: '13:00', ...by }));
    desk.set('2026-11-27T08:00-05:00');
    const answer = accepted(await editMaintenance(desk.ctx, desk.id, { to: '15:00', ...by }));
    expect(answer.announcement.revisions.at(-1)?.recordedAt).toBe(at('2026-11-28T11:00-05:00'));
    expect(answer.announcement.excludedMs).toBe(7_200_000);
  });
});
