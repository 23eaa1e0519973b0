/** `avow maintenance` as a person or a script meets it: through the running server's socket and with the store at hand, with one answer. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Policy } from '#domain/sla/terms.ts';
import { openStoreIn, runIn } from '../../support/command-rig.ts';
import { POLICY } from '../../support/maintenance-desk.ts';
import { define } from '../../support/recording.ts';
import { servingIn } from '../../support/socket-rig.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { tempFolder } from '../../support/temp-store.ts';

const FRIDAY = '2026-11-27T09:00-05:00';

/** A data folder as a first start leaves it, and nobody running. */
const dataFolder = async (policy: Policy | null = POLICY) => {
  const folder = await tempFolder();
  const store = await openStoreIn(folder.path);
  await define(store, [{ slug: 'checkout' }, { slug: 'search' }], ['home']);
  if (policy) await storePolicy(store, policy);
  await store.close();
  return folder;
};

const avow = (folder: string, now: string, ...argv: string[]) => runIn(folder, now, ['maintenance', ...argv]);
const ANNOUNCE = ['announce', '--title', 'Database upgrade', '--body', 'Some minutes away.'];
const TEN_TO_TWELVE = [...ANNOUNCE, '--slot', 'next', '--from', '10:00', '--to', '12:00'];

/** The same data folder held by a server that stands at `now`. */
const serving = servingIn;

describe('avow maintenance', () => {
  test.each(['the running server', 'the store itself'] as const)('announces, changes, completes and lists through %s', async (way) => {
    await using folder = await dataFolder();
    const steps = async (now: string, ...argv: string[]) => {
      if (way === 'the store itself') return avow(folder.path, now, ...argv);
      await using _server = await serving(folder.path, now);
      // The client's own clock does not matter: the server's does.
      return await avow(folder.path, '2020-01-01T00:00Z', ...argv);
    };
    const announced = await steps(FRIDAY, ...TEN_TO_TWELVE, '--as', 'Ann', '--json');
    expect(announced).toMatchObject({ code: 0, err: [] });
    const document = JSON.parse(announced.out.join('\n'));
    expect(document).toMatchObject({
      start: '2026-11-28T15:00:00.000Z',
      end: '2026-11-28T17:00:00.000Z',
      components: '*',
      reserved_ms: 18_000_000,
      announced_ms: 7_200_000,
      excluded_ms: 7_200_000,
      not_excluded: [],
      warnings: [],
      revisions: [{ rev: 1, recorded_at: '2026-11-27T14:00:00.000Z', author: 'Ann', authenticated: false }],
    });
    const edited = await steps('2026-11-28T10:30-05:00', 'edit', document.id, '--to', '14:00', '--as', 'Ben', '--json');
    expect(edited).toMatchObject({ code: 0, err: [expect.stringContaining('a change can only take excluded time away')] });
    expect(JSON.parse(edited.out.join(''))).toMatchObject({
      rev: 2,
      excluded_ms: 7_200_000,
      excluded_before_ms: 7_200_000,
      not_excluded: [{ ms: 7_200_000, reason: 'late_edit', start: '2026-11-28T17:00:00.000Z' }],
      warnings: [{ code: 'late_edit' }],
    });
    const taken = await steps('2026-11-28T10:30-05:00', ...ANNOUNCE, '--slot', '2026-11-28', '--from', '13:00', '--to', '14:00', '--json');
    expect(taken.code).toBe(1);
    expect([taken.out, JSON.parse(taken.err.join(''))]).toEqual([
      [],
      expect.objectContaining({ status: 409, code: 'slot_taken', facts: expect.objectContaining({ next_free: '2026-12-05' }) }),
    ]);
    expect(taken.err[0]).toContain(`That slot already has an announcement for all components: ${document.id}`);
    const done = await steps('2026-11-28T11:00-05:00', 'complete');
    expect(done).toMatchObject({ code: 0, err: [] });
    expect(done.out.slice(0, 3)).toEqual([
      `Completed ${document.id}: "Database upgrade".`,
      'The window is Sat 2026-11-28 10:00 to 14:00 America/New_York (UTC-5) = Sat 2026-11-28 15:00 to 19:00 UTC.',
      'Counts as excluded: 3600000 ms (1 h) of the 14400000 ms (4 h) announced, Sat 2026-11-28 10:00 to 11:00 America/New_York (UTC-5). The rest counts as any other time.',
    ]);
    const list = await steps('2026-11-28T12:00-05:00', 'list', '--json');
    const view = JSON.parse(list.out.join(''));
    expect(view).toMatchObject({ running: [], upcoming: [], past: [{ id: document.id, state: 'completed', revisions: [{}, {}] }] });
    expect(view.slots.find(({ state }: { state: string }) => state === 'running')).toMatchObject({
      start: '2026-11-28T15:00:00.000Z',
      reserved_ms: 18_000_000,
      announced_ms: 14_400_000,
      excluded_ms: 3_600_000,
      announcements: [document.id],
    });
    expect(
      (await steps('2026-11-28T12:00-05:00', 'list')).out.some((line) => line.includes('revision 2, public at Sat 2026-11-28 10:30')),
    ).toBe(true);
  });

  test('next shows the coming Saturdays, and that unannounced ones count', async () => {
    await using folder = await dataFolder();
    await avow(folder.path, FRIDAY, ...TEN_TO_TWELVE);
    const { code, out } = await avow(folder.path, FRIDAY, 'next');
    expect(code).toBe(0);
    expect(out.slice(0, 3)).toEqual([
      'The reserve is Sat 10:00 for 5 h, America/New_York. An announcement is in time until a slot starts.',
      '    Sat 2026-11-28 10:00 to 15:00 America/New_York (UTC-5) = Sat 2026-11-28 15:00 to 20:00 UTC',
      '      reserved 18000000 ms (5 h), announced 7200000 ms (2 h), excluded 7200000 ms (2 h)',
    ]);
    expect(out.filter((line) => line.includes('nothing is announced'))).toHaveLength(3);
    const json = JSON.parse((await avow(folder.path, FRIDAY, 'next', '--json')).out.join(''));
    expect(json.slots.map((slot: { start: string; excluded_ms: number }) => [slot.start, slot.excluded_ms])).toEqual([
      ['2026-11-28T15:00:00.000Z', 7_200_000],
      ['2026-12-05T15:00:00.000Z', 0],
      ['2026-12-12T15:00:00.000Z', 0],
      ['2026-12-19T15:00:00.000Z', 0],
    ]);
    expect(json.announcements).toHaveLength(1);
  });

  const faults: readonly (readonly [number, readonly string[], RegExp])[] = [
    [2, [], /needs a verb: announce, edit, complete, cancel, list, next, import, approve\./],
    [2, ['anounce'], /has no verb "anounce"\. Did you mean "announce"\?/],
    [2, [...ANNOUNCE, '--slot', 'next', '--from', '10:00'], /announce needs --to\./],
    [2, [...ANNOUNCE, '--slot', 'next', '--from', '12:00', '--to', '10:00'], /not after its start/],
    [2, [...ANNOUNCE, '--slot', 'next', '--from', 'ten', '--to', '12:00'], /"ten" is no time of day/],
    [2, [...ANNOUNCE, '--slot', '2026-11-21', '--from', '10:00', '--to', '12:00'], /Nothing is announced after the fact/],
    [2, [...TEN_TO_TWELVE, '--components', 'chekcout'], /There is no component chekcout\. Known: checkout, search\./],
    [2, [...TEN_TO_TWELVE, '--form', '10:00'], /has no option --form\. Did you mean --from\?/],
    [2, ['edit'], /needs the id of an announcement/],
    [2, ['cancel', 'a', 'b'], /takes one announcement, and "b" is a second/],
    [1, ['cancel', 'nosuchthing2'], /There is no announcement nosuchthing2/],
    [1, ['complete'], /No announced window is running/],
    [
      2,
      ['import', '--start', 'yesterday', '--end', 'x', '--announced-at', 'y', '--title', 'a', '--body', 'b', '--as', 'Ann'],
      /"yesterday" is no instant/,
    ],
  ];
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  beforeAll(async () => {
    folder = await dataFolder();
  });
  afterAll(() => folder[Symbol.asyncDispose]());
  test.each(faults.map(([code, argv, sentence]) => ({ code, argv, sentence })))('$argv: exit $code', async ({ code, argv, sentence }) => {
    const answer = await avow(folder.path, FRIDAY, ...argv);
    expect(answer).toMatchObject({ code, out: [] });
    expect(answer.err[0]).toMatch(sentence);
  });

  test('without a store, and without a policy in it, it says what to do; a store that is held is exit 75', async () => {
    await using empty = await tempFolder();
    expect(await avow(empty.path, FRIDAY, 'next')).toMatchObject({ code: 2, err: [expect.stringContaining('There is no store at')] });
    await using folder = await dataFolder(null);
    expect(await avow(folder.path, FRIDAY, 'next')).toMatchObject({ code: 2, err: [expect.stringContaining('Start Avow once')] });
    const holder = await openStoreIn(folder.path);
    expect(await avow(folder.path, FRIDAY, 'next')).toMatchObject({ code: 75, out: [] });
    await holder.close();
  });

  test('a record of former times needs two people', async () => {
    await using folder = await dataFolder();
    const record = ['--start', '2026-10-31T10:00-04:00', '--end', '2026-10-31T12:00-04:00', '--announced-at', '2026-10-28T09:00-04:00'];
    const imported = await avow(
      folder.path,
      FRIDAY,
      'import',
      ...record,
      '--title',
      'Old',
      '--body',
      'Mail of 28 October.',
      '--as',
      'Ann',
      '--json',
    );
    const { id, ...document } = JSON.parse(imported.out.join(''));
    expect(document).toMatchObject({ imported: true, excluded_ms: 0, not_excluded: [{ ms: 7_200_000, reason: 'unapproved_import' }] });
    const same = await avow(folder.path, FRIDAY, 'approve', id, '--as', ' ANN', '--evidence', 'The mail.');
    expect(same).toMatchObject({ code: 1, err: [`Ann imported ${id}; a second person must approve it.`] });
    const approved = await avow(folder.path, FRIDAY, 'approve', id, '--as', 'Ben', '--evidence', 'The mail.', '--json');
    expect(JSON.parse(approved.out.join(''))).toMatchObject({
      excluded_before_ms: 0,
      excluded_ms: 7_200_000,
      approval: { approved_by: 'Ben' },
    });
    expect((await avow(folder.path, FRIDAY, 'edit', id, '--title', 'New')).code).toBe(1);
  });
});
