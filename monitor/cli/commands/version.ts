/** `avow version`: which Avow, on which Node. */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { parseArguments } from '../arguments.ts';
import { type Command, exit } from '../command.ts';

export const command: Command = {
  name: 'version',
  summary: 'says which Avow this is, and on which Node it runs',
  usage: `avow version [--json]

Exit code: 0.`,
  async run(argv, io) {
    const { values } = parseArguments('version', argv, { options: { json: { type: 'boolean' } } });
    const { version }: { version: string } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
    const node = process.versions.node;
    const zones = process.versions['tz'] ?? 'unknown';
    io.out(values.json ? JSON.stringify({ avow: version, node, tz: zones }) : `avow ${version} on Node ${node}, time zones ${zones}`);
    return exit.done;
  },
};
