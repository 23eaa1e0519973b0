/** Processes of a benchmark: started on a chosen core, asked for one JSON line, read for CPU and memory, ended. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const taskset = spawnSync('taskset', ['-V']).status === 0;
/** Pinning needs `taskset`; without it the kernel places the processes, and the table says so. */
export const pinning = taskset ? 'client and targets on core 0, the measured process on core 1' : 'not pinned (no taskset here)';

export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Resolves with the next JSON line on standard output. */
  nextLine(): Promise<Record<string, number>>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export const run = (core: 0 | 1, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running => {
  const [command, ...rest] = taskset ? ['taskset', '-c', String(core), process.execPath, ...args] : [process.execPath, ...args];
  const child = spawn(command as string, rest, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  let buffered = '';
  let complaint = '';
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  child.stdout?.on('data', (chunk: Buffer) => {
    buffered += chunk.toString();
    for (let cut = buffered.indexOf('\n'); cut >= 0; cut = buffered.indexOf('\n')) {
      const line = buffered.slice(0, cut);
      buffered = buffered.slice(cut + 1);
      if (!line.startsWith('{')) continue;
      const reader = waiting.shift();
      if (reader) reader(line);
      else lines.push(line);
    }
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    child,
    pid: child.pid as number,
    nextLine: () =>
      Promise.race([
        new Promise<Record<string, number>>((resolve) => {
          const ready = lines.shift();
          if (ready) resolve(JSON.parse(ready));
          else waiting.push((line) => resolve(JSON.parse(line)));
        }),
        ended.then((code) => Promise.reject(new Error(`${args.join(' ')} ended with ${code} before it answered: ${complaint}`))),
      ]),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
};

const ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK']).stdout?.toString() ?? '100') || 100;
/** User and system time of all threads, seconds. Linux only. */
export const cpuSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};
/** Resident memory, bytes. Linux only. */
export const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
