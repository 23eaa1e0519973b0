/**
 * `npm run fault [-- --seed N --only P5,P21]`: the faults that need minutes, root or tools of the machine. Prints the seed, each
 * case with its time, what was skipped and why, and as its last line `N passed, N failed`. Exit code 1 when one failed.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '#monitor/clock.ts';
import { cases, type FaultCase, missing } from './registry.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({ options: { seed: { type: 'string' }, only: { type: 'string', multiple: true } } });
const seed = values.seed ?? String(systemClock.now() % 1_000_000_000);
const only = (values.only ?? []).flatMap((list) => list.split(','));
const unknown = only.filter((id) => !cases.some((one) => one.id === id));
if (!/^\d+$/.test(seed) || unknown.length > 0) {
  process.stderr.write(
    unknown.length > 0
      ? `No case is called ${unknown.join(', ')}. There are: ${[...new Set(cases.map(({ id }) => id))].join(', ')}.\n`
      : `--seed must be a whole number, not "${seed}".\n`,
  );
  process.exit(2);
}

/** Runs it in a process group of its own, which is gone when this returns. Answers what went wrong, or null. */
const run = (one: FaultCase): Promise<string | null> =>
  new Promise((resolve) => {
    const [command = '', ...words] = one.argv;
    const child = spawn(command, words, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...one.env, AVOW_TEST_SEED: seed },
    });
    const endGroup = (): void => {
      try {
        process.kill(-(child.pid as number), 'SIGKILL');
      } catch {
        // Nobody is left.
      }
    };
    let text = '';
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    let late = false;
    const limit = systemClock.after(one.limitMs, () => {
      late = true;
      endGroup();
    });
    process.once('exit', endGroup);
    child.once('error', (fault) => resolve(`it could not be started: ${fault.message}`));
    child.once('close', (code, signal) => {
      limit.cancel();
      endGroup();
      process.off('exit', endGroup);
      const lines = text.trimEnd().split('\n');
      for (const line of lines.filter((told) => told.startsWith('- '))) say(`  ${line}`);
      if (late) resolve(`it hung for ${one.limitMs / 1_000} s:\n${text}`);
      else resolve(code === 0 ? null : `it ended with ${code ?? signal}:\n${text}`);
    });
  });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

say(`seed ${seed} (repeat with: npm run fault -- --seed ${seed})`);
let passed = 0;
let failed = 0;
for (const one of cases) {
  if (only.length > 0 && !only.includes(one.id)) continue;
  const lacking = missing(one);
  if (lacking.length > 0) {
    say(`skipped ${one.id} ${one.what}: this machine lacks ${lacking.join(', ')}`);
    continue;
  }
  say(`${one.id} ${one.what} …`);
  const startUs = systemClock.monotonicUs();
  const fault = await run(one);
  const seconds = Math.round((systemClock.monotonicUs() - startUs) / 1_000_000);
  if (fault === null) passed++;
  else failed++;
  say(`${fault === null ? 'passed' : 'FAILED'} ${one.id} ${one.what} (${seconds} s)${fault === null ? '' : `: ${fault}`}`);
}
say(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
