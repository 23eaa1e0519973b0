/** Runs one step of the self-test as a child process: its lines as they come, its whole output and exit code at the end. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Clock } from '#monitor/clock.ts';
import type { Step } from './steps.ts';

export interface Ended {
  readonly output: string;
  /** null: ended by a signal. */
  readonly code: number | null;
  readonly tookMs: number;
}

/** A run that takes longer hangs. All of it takes a fraction of this on two cores. */
const limitMs = 20 * 60_000;

export async function runStep(step: Step, root: string, clock: Clock, stop: AbortSignal, onLine: (line: string) => void): Promise<Ended> {
  const start = clock.monotonicUs();
  const child = spawn(process.execPath, [...step.words], { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const hear = (line: string): void => {
    lines.push(line);
    onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear);
  const end = (): void => void child.kill('SIGTERM');
  stop.addEventListener('abort', end, { once: true });
  const limit = clock.after(limitMs, () => {
    hear(`${step.name} did not end within ${limitMs / 60_000} minutes and is stopped.`);
    child.kill('SIGKILL');
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) => reject(new Error(`${step.words[0]} could not be started.`, { cause })));
    child.on('close', resolve);
  });
  limit.cancel();
  stop.removeEventListener('abort', end);
  return { output: lines.join('\n'), code, tookMs: (clock.monotonicUs() - start) / 1_000 };
}

/** The tests decide about their own settings: whatever this shell says to Avow must not reach them. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('AVOW_') || ['AVOW_TEST_SEED', 'AVOW_TEST_RUNS'].includes(name),
  );
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { FORCE_COLOR: undefined, NO_COLOR: '1' };
  return { ...Object.fromEntries(kept), ...colours, ASTRO_TELEMETRY_DISABLED: '1' };
}
