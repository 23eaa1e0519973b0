/** The product's own command line on a clock whose waits of a minute and more pass a hundred times faster. For tests of patience. */
import process from 'node:process';
import { listenToLauncher } from '#monitor/cli/lifetime.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { type Clock, systemClock } from '#monitor/clock.ts';

const clock: Clock = { ...systemClock, after: (ms, work, options) => systemClock.after(ms >= 60_000 ? ms / 100 : ms, work, options) };
const io = {
  out: (line: string): void => void process.stdout.write(`${line}\n`),
  err: (line: string): void => void process.stderr.write(`${line}\n`),
  env: process.env,
  cwd: process.cwd(),
  clock,
  lifetime: listenToLauncher(process, clock.monotonicUs),
};
process.exit(await runVerb(process.argv.slice(2), io));
