/** `avow demo` asked wrongly: a sentence each, and nothing is made or written over. */
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const asked = async (cwd: string, env: Io['env'], ...words: string[]): Promise<{ code: number; err: string[] }> => {
  const err: string[] = [];
  const io: Io = {
    out: () => undefined,
    err: (line) => void err.push(line),
    env,
    cwd,
    clock: new VirtualClock(),
    lifetime: () => {
      throw new Error('Nothing of this test is built.');
    },
  };
  return { code: await runVerb(['demo', ...words], io), err };
};

describe('avow demo', () => {
  it('writes over nothing: a folder with something in it is refused', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'avow.db'), 'somebody else');
    const { code, err } = await asked(folder.path, {}, '--data', '.');
    expect(code).toBe(2);
    expect(err[0]).toBe(
      `${folder.path} is not empty, and a demo writes over nothing. Name a new or empty folder with --data, or leave it out.`,
    );
    expect(await readdir(folder.path)).toEqual(['avow.db']);
  });

  it('names what is wrong with an instant, a seed, a port and a variable, before anything is made', async () => {
    await using folder = await tempFolder();
    const refused = async (env: Io['env'], ...words: string[]): Promise<string | undefined> => {
      const { code, err } = await asked(folder.path, env, '--data', 'new', ...words);
      expect(code).toBe(2);
      expect(existsSync(join(folder.path, 'new'))).toBe(false);
      return err[0];
    };
    expect(await refused({}, '--now', '2026-11-28')).toBe(
      '--now takes an instant such as 2026-11-28T10:00-05:00, and "2026-11-28" is none.',
    );
    expect(await refused({}, '--seed', '1.5')).toBe('--seed takes a whole number from 0 to 999999999, and "1.5" is none.');
    expect(await refused({}, '--port', '99999')).toBe('--port must be a port from 0 to 65535, not "99999"');
    expect(await refused({ AVOW_HOST: 'no host' })).toMatch(/^AVOW_HOST must be an address/);
  });
});
