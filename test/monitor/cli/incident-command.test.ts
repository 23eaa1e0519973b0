/** `avow incident` as people use it: through a running server, and with the store opened here. */

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import { serveSocket } from '#site/server/socket.ts';
import { openStoreIn, runIn } from '../../support/command-rig.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { define, result } from '../../support/recording.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { silentLog, tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const NIGHT = '2026-11-24T03:00-05:00';

/** A data folder as a first start leaves it, and nobody running. */
const dataFolder = async () => {
  const folder = await tempFolder();
  const store = await openStoreIn(folder.path);
  await define(store, [{ slug: 'checkout' }, { slug: 'search' }], ['home']);
  await storePolicy(store);
  await store.close();
  return folder;
};

const avow = (folder: string, now: string, ...argv: string[]) => runIn(folder, now, ['incident', ...argv]);
const OPEN = ['open', '--title', 'Checkout is slow', '--body', 'We are looking into it.', '--component', 'checkout=degraded'];
const idOf = (out: readonly string[]): string => String(JSON.parse(out.join('')).id);

const unasked = () => {
  throw new Error('incidents ask for nothing else');
};
/** The same data folder held by a server that stands at `now`; counts how often it was told that something changed. */
const serving = async (folder: string, now: string, changes: { count: number }) => {
  const store = await openStoreIn(folder);
  const clock = new VirtualClock(at(now));
  const app = createSocketApp({
    doctor: async () => ({}),
    verifyRecords: async () => ({}),
    maintenance: unasked,
    incidents: () => ({ store, clock, actor: SOCKET_OWNER, policy: POLICY }),
    ledger: unasked,
    notices: unasked,
    reports: unasked,
    changed: () => changes.count++,
  });
  const server = await serveSocket(join(folder, 'avow.sock'), app.fetch, systemClock);
  return {
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await store.close();
    },
  };
};

describe('avow incident', () => {
  test.each(['the running server', 'the store itself'] as const)('opens, updates, resolves and lists through %s', async (way) => {
    await using folder = await dataFolder();
    const changes = { count: 0 };
    const steps = async (now: string, ...argv: string[]) => {
      if (way === 'the store itself') return avow(folder.path, now, ...argv);
      await using _server = await serving(folder.path, now, changes);
      // The client's own clock does not matter: the server's does.
      return await avow(folder.path, '2020-01-01T00:00Z', ...argv);
    };
    const opened = await steps(NIGHT, ...OPEN, '--as', 'Ann', '--json');
    expect(opened).toMatchObject({ code: 0, err: [] });
    const document = JSON.parse(opened.out.join('\n'));
    expect(document).toMatchObject({
      detected: false,
      title: 'Checkout is slow',
      status: 'investigating',
      impact: 'minor',
      started_at: '2026-11-24T08:00:00.000Z',
      resolved_at: null,
      components: [{ component: 'checkout', impact: 'degraded' }],
      warnings: [],
      updates: [
        {
          id: document.update,
          author: 'Ann',
          authenticated: false,
          body: 'We are looking into it.',
          display_at: '2026-11-24T08:00:00.000Z',
        },
      ],
    });
    const more = ['--status', 'identified', '--component', 'checkout=major_outage', '--component', 'search=degraded'];
    const updated = await steps(
      '2026-11-24T03:12-05:00',
      'update',
      document.id,
      '--body',
      'A disk is full.',
      ...more,
      '--title',
      'Payments fail',
    );
    expect(updated).toEqual({
      code: 0,
      err: [],
      out: [
        `Posted on ${document.id}: "Payments fail".`,
        'Identified; open since Tue 2026-11-24 03:00 America/New_York (UTC-5).',
        'Impact: checkout major_outage, search degraded; of the whole, at its worst: major.',
      ],
    });
    expect((await steps('2026-11-24T03:20:30-05:00', 'list')).out).toEqual([
      'One incident is open. It is Tue 2026-11-24 03:20:30 America/New_York (UTC-5). --all shows resolved ones too.',
      '',
      `${document.id}  Payments fail`,
      '    identified, open for 20 min 30 s, since Tue 2026-11-24 03:00 America/New_York (UTC-5)',
      '    opened by hand; impact major; now checkout major_outage, search degraded',
      '      Tue 2026-11-24 03:12 America/New_York (UTC-5), identified: now called "Payments fail". A disk is full.',
      '      Tue 2026-11-24 03:00 America/New_York (UTC-5), investigating by Ann (not signed in): We are looking into it.',
      '',
      `Post on one: avow incident update ${document.id} --body "What we know now."`,
    ]);
    expect(await steps('2026-11-24T03:30-05:00', 'resolve', document.id, '--body', 'The disk was emptied.')).toMatchObject({
      code: 0,
      err: [],
    });
    const again = await steps('2026-11-24T03:31-05:00', 'resolve', document.id, '--body', 'Really.', '--json');
    expect(again.code).toBe(1);
    expect(JSON.parse(again.err.join(''))).toMatchObject({ status: 409, code: 'already_resolved' });
    expect((await steps('2026-11-24T03:40-05:00', 'list')).out).toEqual([
      'No incident is open. It is Tue 2026-11-24 03:40 America/New_York (UTC-5). --all shows resolved ones too.',
    ]);
    const all = (await steps('2026-11-24T03:40-05:00', 'list', '--all')).out;
    expect(all).toContain('Resolved:');
    expect(all).toContain(
      '    resolved, lasted 30 min, Tue 2026-11-24 03:00 America/New_York (UTC-5) to Tue 2026-11-24 03:30 America/New_York (UTC-5)',
    );
    const list = JSON.parse((await steps('2026-11-24T03:40-05:00', 'list', '--all', '--json')).out.join(''));
    expect(list).toMatchObject({
      all: true,
      incidents: [{ id: document.id, status: 'resolved', resolved_at: '2026-11-24T08:30:00.000Z' }],
    });
    // Opened, updated, resolved: the pages were made anew for each, and for nothing else.
    expect(changes.count).toBe(way === 'the running server' ? 3 : 0);
  });

  test('what the checks found is listed with its post, and is not resolved by hand', async () => {
    await using folder = await dataFolder();
    const store = await openStoreIn(folder.path);
    const recorder = await createRecorder({ store, clock: new VirtualClock(at(NIGHT)), log: silentLog });
    for (const [second, outcome] of [
      [-120, 'ok'],
      [-60, 'fail'],
      [-50, 'fail'],
    ] as const)
      await recorder.record([result('checkout', 'home', at(NIGHT) + second * 1_000, outcome)]);
    await store.close();
    const id = JSON.parse((await avow(folder.path, NIGHT, 'list', '--json')).out.join('')).incidents[0].id;
    const tried = await avow(folder.path, NIGHT, 'resolve', id, '--body', 'It is fine.');
    expect(tried).toMatchObject({ code: 1, out: [] });
    expect(tried.err[0]).toMatch(
      /^The checks have seen checkout down since Tue 2026-11-24 02:59 America\/New_York \(UTC-5\), and no good check since\./,
    );
    expect((await avow(folder.path, NIGHT, 'update', id, '--body', 'A disk is full.', '--status', 'identified')).code).toBe(0);
    expect((await avow(folder.path, NIGHT, 'list')).out.slice(2, 6)).toEqual([
      `${id}  The checkout is not answering: connection refused`,
      '    identified, open for 1 min, since Tue 2026-11-24 02:59 America/New_York (UTC-5)',
      '    found by the checks; impact major; now checkout major_outage',
      '      Tue 2026-11-24 03:00 America/New_York (UTC-5), identified: A disk is full.',
    ]);
  });

  test('--body - takes the text from standard input, in whatever pieces it comes', async () => {
    await using folder = await dataFolder();
    const argv = ['incident', 'open', '--title', 'Checkout', '--body', '-', '--component', 'checkout=none', '--json'];
    const snow = Buffer.from('One ☃.\nTwo.\n');
    const opened = await runIn(folder.path, NIGHT, argv, [snow.subarray(0, 5), snow.subarray(5)]);
    expect(opened).toMatchObject({ code: 0, err: [] });
    expect(JSON.parse(opened.out.join('')).updates[0].body).toBe('One ☃.\nTwo.');
    const listed = await avow(folder.path, NIGHT, 'list');
    expect(listed.out.at(-3)).toBe('      Tue 2026-11-24 03:00 America/New_York (UTC-5), investigating: One ☃. …');
    const refusals: readonly (readonly [readonly (string | Uint8Array)[] | undefined, RegExp])[] = [
      [undefined, /--body - reads standard input, and there is none/],
      [['  \n'], /The body is empty/],
      [[Buffer.from([0x61, 0xff])], /Standard input is not UTF-8 text/],
      [['x'.repeat(40_000), 'x'.repeat(40_000)], /Standard input has more than 65536 bytes/],
    ];
    for (const [input, sentence] of refusals) {
      const answer = await runIn(folder.path, NIGHT, argv.slice(0, -1), input);
      expect(answer).toMatchObject({ code: 2, out: [] });
      expect(answer.err[0]).toMatch(sentence);
    }
  });

  const faults: readonly (readonly [number, readonly string[], RegExp])[] = [
    [2, [], /needs a verb: open, update, resolve, list, template\./],
    [2, ['opne'], /has no verb "opne"\. Did you mean "open"\? Known: open, update, resolve, list, template\./],
    [2, ['frobnicate'], /has no verb "frobnicate"\. Known:/],
    [2, ['open', '--title', 'A', '--body', 'B'], /incident open needs --component\./],
    [2, ['open', '--body', 'B', '--component', 'checkout=none'], /incident open needs --title\./],
    [2, [...OPEN, '--component', 'search'], /was given --component search; write --component SLUG=IMPACT, as in checkout=major_outage\./],
    [2, [...OPEN, '--component', 'serach=degraded'], /There is no component serach\. Did you mean search\? Known: checkout, search\./],
    [2, [...OPEN, '--component', 'search=major'], /"major" is no impact on search\. Did you mean major_outage\?/],
    [2, [...OPEN, '--component', 'checkout=none'], /checkout is named twice/],
    [2, [...OPEN, '--status', 'resolved'], /"resolved" is no status of a new incident/],
    [2, [...OPEN, '--status', 'identifed'], /"identifed" is no status\. Did you mean identified\?/],
    [2, [...OPEN, '--compnent', 'search=none'], /has no option --compnent\. Did you mean --component\?/],
    [2, ['update'], /needs the id of an incident; `avow incident list` shows them/],
    [2, ['update', 'nosuchthing2'], /incident update needs --body\./],
    [2, ['resolve', 'a', 'b', '--body', 'B'], /takes one incident, and "b" is a second/],
    [1, ['update', 'nosuchthing2', '--body', 'B'], /There is no incident nosuchthing2\. `avow incident list --all` shows them\./],
    [1, ['resolve', 'nosuchthing2', '--body', 'B'], /There is no incident nosuchthing2/],
  ];
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  beforeAll(async () => {
    folder = await dataFolder();
  });
  afterAll(() => folder[Symbol.asyncDispose]());
  test.each(faults.map(([code, argv, sentence]) => ({ code, argv, sentence })))('$argv: exit $code', async ({ code, argv, sentence }) => {
    const answer = await avow(folder.path, NIGHT, ...argv);
    expect(answer).toMatchObject({ code, out: [] });
    expect(answer.err[0]).toMatch(sentence);
  });

  test('a store that somebody holds without answering is exit 75', async () => {
    await using held = await dataFolder();
    const holder = await openStoreIn(held.path);
    expect(await avow(held.path, NIGHT, 'list')).toMatchObject({ code: 75, out: [] });
    await holder.close();
  });
  test('what is said twice in the same words is two posts, each with its id', async () => {
    const id = idOf((await avow(folder.path, NIGHT, ...OPEN, '--json')).out);
    const posts = [
      await avow(folder.path, NIGHT, 'update', id, '--body', 'A.', '--json'),
      await avow(folder.path, NIGHT, 'update', id, '--body', 'A.', '--json'),
    ];
    const updates = posts.map(({ out }) => JSON.parse(out.join('')).update);
    expect(new Set(updates).size).toBe(2);
  });
});

test('avow incident template keeps, lists and removes texts by their name', async () => {
  await using folder = await dataFolder();
  const save = ['template', 'save', 'Card payments', '--title', 'Cards are refused', '--identified', 'The provider fails.', '--as', 'Ann'];
  expect((await avow(folder.path, NIGHT, ...save)).out[0]).toMatch(/^The template "Card payments" is kept, with texts for identified\./);
  expect((await avow(folder.path, NIGHT, 'template', 'list')).out).toEqual(['Card payments  "Cards are refused"  for identified; by Ann']);
  const listed = JSON.parse((await avow(folder.path, NIGHT, 'template', 'list', '--json')).out.join(''));
  expect(listed.templates).toMatchObject([{ name: 'Card payments', texts: { identified: 'The provider fails.' }, version: 1 }]);
  const none = await avow(folder.path, NIGHT, 'template', 'save', 'Empty');
  expect([none.code, none.err.join(' ')]).toEqual([2, expect.stringContaining('The template says nothing.')]);
  expect((await avow(folder.path, NIGHT, 'template', 'remove', 'card payments')).code).toBe(0);
  expect((await avow(folder.path, NIGHT, 'template', 'remove', 'card payments')).code).toBe(1);
});
