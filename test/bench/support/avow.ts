/** The product as the benchmarks run it: the real command line on a throw-away folder, on its own core, read through /metrics. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Running, run } from './process.ts';

const main = fileURLToPath(new URL('../../../monitor/cli/avow.mjs', import.meta.url));

/** As the start script of package.json has it. */
export const YOUNG: readonly string[] = ['--max-semi-space-size=8'];
export const ARENAS: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1' };

export interface Avow extends Running {
  readonly port: number;
  readonly data: string;
  /** A sample of /metrics by its full name, labels included. */
  metric(name: string): Promise<number>;
  /** Stops the process; the folder stays until `remove`. */
  remove(): void;
}

export interface AvowOptions {
  readonly yaml: string;
  /** An existing folder from an earlier run; made when absent. */
  readonly folder?: string;
  readonly core?: 0 | 1;
  readonly env?: Readonly<Record<string, string>>;
}

/** `core` 1 unless said otherwise: the measured process. */
export const startAvow = async ({
  yaml,
  folder = mkdtempSync(join(tmpdir(), 'avow-bench-')),
  core = 1,
  env = {},
}: AvowOptions): Promise<Avow> => {
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'avow.yaml'), yaml);
  const running = run(core, [...YOUNG, main, 'start', '--json', '--config', join(folder, 'avow.yaml'), '--data', data, '--port', '0'], {
    AVOW_METRICS_PORT: '0',
    ...ARENAS,
    AVOW_LOG_LEVEL: 'error',
    ...env,
  });
  const { port = 0, metrics = 0 } = await running.nextLine();
  return {
    ...running,
    port,
    data,
    async metric(name) {
      const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
      const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
      if (!line) throw new Error(`/metrics has no ${name}`);
      return Number(line.slice(name.length + 1));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** A configuration of many components, each watching `url`, whose certificate is not verified, as in the reference. Short, because a file may have 1 MiB. */
export const manyComponents = (count: number, url: string, lines: readonly string[]): string => {
  const check = url.startsWith('https:') ? `{ url: "${url}", tls: { verify: false } }` : `"${url}"`;
  return [
    'page: { name: Bench }',
    'components:',
    ...Array.from({ length: count }, (_, i) => `  - { name: C${i}, http: ${check}, ${lines.join(', ')} }`),
    '',
  ].join('\n');
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
