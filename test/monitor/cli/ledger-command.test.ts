/** `avow override`, `avow adjudicate` and `avow claim` as a person or a script meets them: through the running server's socket and with the store at hand. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addContractVersion } from '#db/queries/contracts.ts';
import { instant } from '#domain/time/instant.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { verifyLedgerChain } from '#monitor/actions/verify-ledger-chain.ts';
import { openStoreIn, runIn } from '../../support/command-rig.ts';
import { agreement, NOON, recordMorning } from '../../support/ledger-desk.ts';
import { POLICY } from '../../support/maintenance-desk.ts';
import { define } from '../../support/recording.ts';
import { servingIn } from '../../support/socket-rig.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { tempFolder } from '../../support/temp-store.ts';

/** A data folder with a morning of checks and one contract in it, and nobody running. */
const dataFolder = async () => {
  const folder = await tempFolder();
  const store = await openStoreIn(folder.path);
  await define(store, [{ slug: 'checkout' }, { slug: 'search' }], ['home']);
  await recordMorning(store);
  await storePolicy(store, POLICY);
  await store.write([addContractVersion(agreement('acme'), instant(1))]);
  await store.close();
  return folder;
};

const avow = (folder: string, ...argv: string[]) => runIn(folder, NOON, argv);

/** The same data folder held by a server, in which every month is indeterminate. */
const serving = (folder: string) =>
  servingIn(folder, NOON, (here) => ({
    ledger: () => ({ ...ledgerVerbContext(here), monthVerdict: async () => 'indeterminate' as const }),
  }));

const WORDS = ['--reason', 'The log says so.', '--evidence', 'lb.log'];
const UP = [
  'override',
  'add',
  '--component',
  'checkout',
  '--state',
  'up',
  '--start',
  '2026-11-27T04:15-05:00',
  '--end',
  '2026-11-27T09:45Z',
];

describe('avow override', () => {
  test.each(['the running server', 'the store itself'] as const)('adds, approves, revokes and lists through %s', async (way) => {
    await using folder = await dataFolder();
    const steps = async (...argv: string[]) => {
      if (way === 'the store itself') return avow(folder.path, ...argv);
      await using _server = await serving(folder.path);
      return await avow(folder.path, ...argv);
    };
    const added = await steps(...UP, ...WORDS, '--as', 'Ann', '--json');
    expect(added).toMatchObject({ code: 0, err: [] });
    const document = JSON.parse(added.out.join('\n'));
    expect(document).toEqual({
      id: expect.stringMatching(/^[a-z2-9]{12}$/),
      kind: 'override',
      recorded_at: '2026-11-27T12:00:00.000Z',
      component: 'checkout',
      start: '2026-11-27T09:15:00.000Z',
      end: '2026-11-27T09:45:00.000Z',
      state: 'up',
      revokes: null,
      revoked_by: null,
      reason: 'The log says so.',
      evidence: 'lb.log',
      author: 'Ann',
      approved_by: null,
      authenticated: false,
      approval_authenticated: null,
      needs_approval: true,
      in_effect: false,
      passed_ms: 1_800_000,
      before: { up_ms: 0, down_ms: 1_800_000, unknown_ms: 0 },
      after: { up_ms: 1_800_000, down_ms: 0, unknown_ms: 0 },
      slow_counts_as_down: {
        before: { up_ms: 0, down_ms: 1_800_000, unknown_ms: 0 },
        after: { up_ms: 1_800_000, down_ms: 0, unknown_ms: 0 },
      },
      warnings: [],
    });
    const { id } = document;
    const same = await steps('override', 'approve', id, '--as', ' ann', '--json');
    expect(same).toMatchObject({ code: 1, out: [] });
    expect(JSON.parse(same.err.join(''))).toMatchObject({
      detail: `Ann recorded ${id}; a second person must approve it.`,
      code: 'same_person',
      facts: { author: 'Ann' },
    });
    const approved = await steps('override', 'approve', id, '--as', 'Ben');
    expect(approved).toMatchObject({ code: 0, err: [] });
    expect(approved.out.at(-1)).toBe('It is in effect: Ann recorded it, and Ben approved it.');
    const revoked = await steps('override', 'revoke', id, '--reason', 'The wrong log.', '--as', 'Cleo');
    expect(revoked).toMatchObject({ code: 0, err: [] });
    expect(revoked.out.at(-1)).toBe('It is in effect: it takes nothing away, so one person is enough.');
    const list = await steps('override', 'list');
    expect(list.out).toHaveLength(11);
    expect(list.out.slice(0, 6)).toEqual([
      `${id} checkout up, Fri 2026-11-27 04:15 to 04:45 America/New_York (UTC-5) = Fri 2026-11-27 09:15 to 09:45 UTC`,
      '    recorded at Fri 2026-11-27 07:00 America/New_York (UTC-5) by Ann (not signed in), approved by Ben (not signed in)',
      '    reason: The log says so.',
      '    evidence: lb.log',
      '    Over the 1800000 ms (30 min) that it speaks of: up 0 ms before, 1800000 ms (30 min) after; down 1800000 ms (30 min) before, 0 ms after.',
      expect.stringMatching(/^ {4}It was revoked by [a-z2-9]{12}\.$/),
    ]);
    const documents = JSON.parse((await steps('override', 'list', '--json')).out.join(''));
    expect(documents).toMatchObject({ as_of: '2026-11-27T12:00:00.000Z', overrides: [{ id, kind: 'override' }, { revokes: id }] });
    const store = await openStoreIn(folder.path);
    expect(await verifyLedgerChain(store)).toMatchObject({ ok: true, links: 3 });
    await store.close();
  });

  test('both people at once, and a warning on standard error with --json', async () => {
    await using folder = await dataFolder();
    const both = await avow(folder.path, ...UP, ...WORDS, '--as', 'Ann', '--approved-by', 'Ben', '--json');
    expect(JSON.parse(both.out.join(''))).toMatchObject({ in_effect: true, approved_by: 'Ben' });
    const ahead = [
      'override',
      'add',
      '--component',
      'search',
      '--state',
      'unknown',
      '--start',
      '2026-11-27T11:00Z',
      ...WORDS,
      '--as',
      'Ann',
    ];
    const open = await avow(folder.path, ...ahead, '--json');
    expect(open.err).toEqual([
      'Warning: Nothing changes in what was up, down or unknown by now.',
      expect.stringMatching(/^Warning: It has no end: as soon as it takes downtime or doubt away, it waits for a second person/),
    ]);
    expect(JSON.parse(open.out.join(''))).toMatchObject({ end: null, warnings: [{ code: 'changes_nothing' }, { code: 'reaches_ahead' }] });
  });

  test('an empty ledger says so', async () => {
    await using folder = await dataFolder();
    expect(await avow(folder.path, 'override', 'list')).toMatchObject({ code: 0, out: ['Nobody has overridden the checks.'] });
  });
});

const DECISION = ['--decision', 'met', ...WORDS, '--as', 'Ann'];
describe('avow adjudicate', () => {
  test('decides an indeterminate month with two people', async () => {
    await using folder = await dataFolder();
    await using _server = await serving(folder.path);
    const asked = await avow(folder.path, 'adjudicate', '2026-10', '--contract', 'acme', ...DECISION, '--json');
    expect(asked).toMatchObject({ code: 0, err: [] });
    const document = JSON.parse(asked.out.join(''));
    expect(document).toEqual({
      id: expect.stringMatching(/^[a-z2-9]{12}$/),
      recorded_at: '2026-11-27T12:00:00.000Z',
      contract: 'acme',
      month: '2026-10',
      decision: 'met',
      reason: 'The log says so.',
      evidence: 'lb.log',
      author: 'Ann',
      approved_by: null,
      authenticated: false,
      approval_authenticated: null,
      stands: false,
      warnings: [],
    });
    const approved = await avow(folder.path, 'adjudicate', 'approve', document.id, '--as', 'Ben');
    expect(approved).toMatchObject({
      code: 0,
      out: [`Approved ${document.id}: 2026-10 of acme counts as met.`, 'Ann recorded it, and Ben approved it.'],
    });
    const both = [
      'adjudicate',
      '2026-09',
      '--contract',
      'acme',
      '--decision',
      'missed',
      ...WORDS,
      '--as',
      'Ann',
      '--approved-by',
      'Ben',
      '--json',
    ];
    expect(JSON.parse((await avow(folder.path, ...both)).out.join(''))).toMatchObject({ stands: true, decision: 'missed' });
  });
});

describe('avow claim', () => {
  test.each(['the running server', 'the store itself'] as const)('says whether it was in time, through %s', async (way) => {
    await using folder = await dataFolder();
    await using server = way === 'the store itself' ? null : await serving(folder.path);
    expect(server === null).toBe(way === 'the store itself');
    const CLAIM = ['claim', '2026-02', '--contract', 'acme', '--note', 'By mail.', '--as', 'Ann', '--received'];
    const claimed = await avow(folder.path, ...CLAIM, '2026-03-30T23:59:59.999-04:00', '--json');
    expect(claimed).toMatchObject({ code: 0, err: [] });
    expect(JSON.parse(claimed.out.join(''))).toEqual({
      id: expect.stringMatching(/^[a-z2-9]{12}$/),
      recorded_at: '2026-11-27T12:00:00.000Z',
      contract: 'acme',
      month: '2026-02',
      received_at: '2026-03-31T03:59:59.999Z',
      note: 'By mail.',
      author: 'Ann',
      authenticated: false,
      required: true,
      deadline: '2026-03-31T04:00:00.000Z',
      in_time: true,
      warnings: [],
    });
    const late = await avow(folder.path, ...CLAIM, '2026-03-31T00:00-04:00');
    expect(late.code).toBe(0);
    expect(late.out.at(-1)).toBe('Warning: It was received too late; it earns nothing, unless an earlier one was in time.');
  });
});

const faults: readonly (readonly [number, readonly string[], RegExp])[] = [
  [2, ['override'], /needs a verb: add, approve, revoke, list\./],
  [2, ['override', 'ad'], /avow override has no verb "ad"\. Did you mean "add"\? Known: add, approve, revoke, list\./],
  [2, ['override', 'add', '--component', 'checkout'], /avow override add needs --start, --state, --reason, --as\./],
  [2, [...UP, ...WORDS], /avow override add needs --as\./],
  [2, [...UP.with(5, 'fine'), ...WORDS, '--as', 'Ann'], /not as it must be at state: /],
  [2, [...UP.with(7, 'yesterday'), ...WORDS, '--as', 'Ann'], /at start: "yesterday" is no instant; write it as 2026-11-28T10:00-05:00\./],
  [2, [...UP.with(7, '2026-11-27T04:15'), ...WORDS, '--as', 'Ann'], /"2026-11-27T04:15" is no instant/],
  [2, [...UP.with(3, 'chekcout'), ...WORDS, '--as', 'Ann'], /There is no component chekcout\. Known: checkout, search\./],
  [2, [...UP, '--reason', 'Because.', '--as', 'Ann'], /This takes downtime or doubt away\. Say with --evidence/],
  [1, [...UP, ...WORDS, '--as', 'Ann', '--approved-by', 'ANN'], /a second person must approve it/],
  [2, ['override', 'approve'], /avow override approve needs the id of an override; `avow override list` shows them\./],
  [2, ['override', 'approve', 'a', 'b', '--as', 'Ben'], /avow override approve takes one override, and "b" is a second\./],
  [1, ['override', 'approve', 'nosuchthing2', '--as', 'Ben'], /There is no override nosuchthing2/],
  [1, ['override', 'revoke', 'nosuchthing2', '--reason', 'r', '--as', 'Ben'], /There is no override nosuchthing2/],
  [2, ['adjudicate', '--contract', 'acme', ...DECISION], /avow adjudicate needs a month, as 2026-04\./],
  [2, ['adjudicate', '2026-10', ...DECISION], /avow adjudicate needs --contract\./],
  [2, ['adjudicate', 'October', '--contract', 'acme', ...DECISION], /"October" is no month\. Write it as 2026-04\./],
  [1, ['adjudicate', '2026-10', '--contract', 'acne', ...DECISION], /There is no contract acne\. Known: acme\./],
  [1, ['adjudicate', 'approve', 'nosuchthing2', '--as', 'Ben'], /There is no adjudication nosuchthing2\./],
  [2, ['claim', '--contract', 'acme'], /avow claim needs a month, as 2026-04\./],
  [2, ['claim', '2026-02', '--contract', 'acme'], /avow claim needs --received, --note, --as\./],
  [
    1,
    ['claim', '2025-02', '--contract', 'acme', '--received', '2026-03-30T00:00Z', '--note', 'n', '--as', 'Ann'],
    /acme does not cover 2025-02\./,
  ],
];
describe('what is refused', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  beforeAll(async () => {
    folder = await dataFolder();
  });
  afterAll(() => folder[Symbol.asyncDispose]());
  test.each(faults.map(([code, argv, sentence]) => ({ code, argv, sentence })))('$argv: exit $code', async ({ code, argv, sentence }) => {
    const answer = await avow(folder.path, ...argv);
    expect(answer).toMatchObject({ code, out: [] });
    expect(answer.err[0]).toMatch(sentence);
  });
});
