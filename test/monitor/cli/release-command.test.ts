/** `avow release` as a person or a pipeline meets it: through the running server's socket and with the store at hand, with one answer. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStoreIn, runIn } from '../../support/command-rig.ts';
import { define } from '../../support/recording.ts';
import { NOTES } from '../../support/release-desk.ts';
import { servingIn } from '../../support/socket-rig.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { tempFolder } from '../../support/temp-store.ts';

const FRIDAY = '2026-11-27T09:00-05:00';
const SATURDAY = '2026-11-28T10:00-05:00';

/** A data folder as a first start leaves it, with notes beside it, and nobody running. */
const dataFolder = async () => {
  const folder = await tempFolder();
  const store = await openStoreIn(folder.path);
  await define(store, [{ slug: 'checkout' }], ['home']);
  await storePolicy(store);
  await store.close();
  await writeFile(join(folder.path, 'notes.md'), NOTES);
  return folder;
};
const avow = (folder: string, now: string, ...argv: string[]) => runIn(folder, now, argv);

const serving = servingIn;
const ANNOUNCE = 'maintenance announce --slot next --from 10:00 --to 12:00 --title Upgrade --body Short.'.split(' ');

describe('avow release', () => {
  test.each(['the running server', 'the store itself'] as const)('drafts, publishes, plans, asks and records through %s', async (way) => {
    await using folder = await dataFolder();
    const step = async (now: string, ...argv: string[]) => {
      if (way === 'the store itself') return avow(folder.path, now, ...argv);
      await using _server = await serving(folder.path, now);
      return await avow(folder.path, '2020-01-01T00:00Z', ...argv);
    };
    const release = (now: string, words: string) => step(now, 'release', ...words.split(' '));
    expect((await step(FRIDAY, ...ANNOUNCE)).code).toBe(0);
    expect(await release(FRIDAY, 'may-deploy 4.2.0')).toMatchObject({
      code: 1,
      out: [
        'Not allowed. Nobody has drafted 4.2.0: avow release draft 4.2.0 --title … --notes …',
        'It would be allowed at Sat 2026-11-28 10:00 America/New_York (UTC-5) = Sat 2026-11-28 15:00 UTC, once it is drafted, its notes are public and it is planned into that window.',
      ],
    });
    const drafted = await release(
      FRIDAY,
      `draft 4.2.0 --title Search --notes ${folder.path}/notes.md --ticket T-1 --ticket T-2 --as Ann --json`,
    );
    expect(drafted).toMatchObject({ code: 0, err: [] });
    expect(JSON.parse(drafted.out.join(''))).toMatchObject({ version: '4.2.0', state: 'draft', notes: null, tickets: ['T-1', 'T-2'] });
    expect((await release(FRIDAY, 'schedule 4.2.0 --window next --at 10:30')).code).toBe(0);
    expect((await release(FRIDAY, 'publish-notes 4.2.0')).code).toBe(0);
    expect((await release(FRIDAY, 'tested 4.2.0')).code).toBe(0);
    const early = await release(FRIDAY, 'may-deploy 4.2.0 --json');
    expect(early.code).toBe(1);
    expect(JSON.parse(early.out.join(''))).toEqual({
      version: '4.2.0',
      allowed: false,
      code: 'window_not_open',
      reason: 'The window of 4.2.0 opens at Sat 2026-11-28 10:00 America/New_York (UTC-5).',
      next_allowed_at: '2026-11-28T15:00:00.000Z',
      needs: [],
    });
    expect(await release(SATURDAY, 'may-deploy 4.2.0')).toMatchObject({
      code: 0,
      out: ['Allowed. The window of 4.2.0 is open until Sat 2026-11-28 12:00 America/New_York (UTC-5).'],
    });
    const deployed = await release(SATURDAY, 'deployed 4.2.0 --json');
    expect(JSON.parse(deployed.out.join(''))).toMatchObject({ state: 'deployed', outside_window: false, warnings: [] });
    const outside = await release('2026-11-28T12:00-05:00', 'deployed 9.9.9');
    expect(outside).toMatchObject({ code: 0 });
    expect(outside.out.at(-2)).toBe('Warning: 9.9.9 is flagged as outside of an effective window: on the page, in the report, for ever.');
    const list = await release('2026-11-28T13:00-05:00', 'list');
    expect(list.code).toBe(0);
    expect(list.out.join('\n')).toMatch(/9\.9\.9 "9\.9\.9" \(standard\): deployed[\s\S]*4\.2\.0 "Search" \(standard\): deployed/);
    const all = JSON.parse((await release('2026-11-28T13:00-05:00', 'list --json')).out.join(''));
    expect(all.releases.map(({ version }: { version: string }) => version)).toEqual(['9.9.9', '4.2.0']);
    expect(JSON.stringify(all)).not.toContain('Ann');
  });

  test.each([
    [2, 'publsh-notes 1', /has no verb "publsh-notes"\. Did you mean "publish-notes"\?/],
    [2, 'may-deploy', /needs a version/],
    [2, 'may-deploy -- -1', /is no version/],
    [2, 'may-deploy 1 --reason x', /takes --reason and --approved-by with --emergency only/],
    [2, 'draft 1 --title T', /needs --notes/],
    [2, 'draft 1 --title T --notes /nowhere', /cannot be read/],
    [2, 'draft 1 --title T --notes NOTES --kind big', /is no kind of release/],
    [2, 'schedule 1', /needs --window ID, --window next, or --none/],
    [2, 'schedule 1 --none --at 10:00', /takes --none alone/],
    [2, 'deployed 1 --at tomorrow', /is no instant/],
    [2, 'deployed 1 --at 2026-11-27T09:00:00.001-05:00', /still to come/],
    [2, 'deployed 1 --emergency --reason x --as Ann', /needs a second person/],
    [1, 'publish-notes 1', /There is no release 1/],
    [1, 'deployed 1 --rollback', /never went to production/],
  ])('exits %d for `%s`', async (code, words, sentence) => {
    await using folder = await dataFolder();
    const said = await avow(folder.path, FRIDAY, 'release', ...words.replace('NOTES', `${folder.path}/notes.md`).split(' '));
    expect(said.code).toBe(code);
    expect(said.err.join('\n')).toMatch(sentence);
  });
});
