/** The shared cases: 48 months and stretches whose figures were worked by hand, answered through the verb that people use. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const folder = fileURLToPath(new URL('availability', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

const avow = async (...argv: string[]): Promise<{ code: number; out: string[]; err: string[] }> => {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    cwd: folder,
    clock: new VirtualClock(),
    lifetime: () => {
      throw new Error('No verb of this test runs until stopped.');
    },
  };
  return { code: await runVerb(argv, io), out, err };
};

describe('avow availability --case', () => {
  it('is given all 48 cases', () => {
    expect(files).toHaveLength(48);
  });
  it.each(files)('%s comes out exactly', async (file) => {
    const { name, expected } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { name: string; expected: object };
    const { code, out, err } = await avow('availability', '--case', file);
    expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(7);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ name, result: expected });
  });
  it('answers many files in one go, one line each, in their order', async () => {
    const { code, out } = await avow('availability', '--case', ...files);
    expect(code).toBe(0);
    expect(out.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(files.map((file) => file.replace('.json', '')));
  });
});
