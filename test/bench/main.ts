/**
 * `npm run bench [-- G1 G5 …]`: measures the goals of docs/performance.md, each beside its reference in the same
 * interleaved run, and prints one table row per figure. Never judges by exit code: figures are for reading.
 */
import { cpus } from 'node:os';
import process from 'node:process';
import { registry } from './registry.ts';
import { row } from './support/goal.ts';
import { pinning } from './support/process.ts';

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !registry.has(name));
if (unknown.length > 0) {
  process.stderr.write(`No goal is called ${unknown.join(', ')}. There are: ${[...registry.keys()].join(', ')}.\n`);
  process.exit(2);
}
const say = (line: string): void => void process.stderr.write(`${line}\n`);
say(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}; ${pinning}`);
process.stdout.write('| goal | what | measured | reference | ratio | goal says | |\n|---|---|---|---|---|---|---|\n');
for (const [name, load] of registry) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(`${name} …`);
  const { benchmark } = await load();
  for (const figure of await benchmark(say)) process.stdout.write(`${row(figure)}\n`);
}
process.exit(0);
