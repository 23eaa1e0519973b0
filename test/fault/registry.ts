/**
 * The cases of the full lane. Each is a program of its own (or a file of the fast lane with larger numbers), so that one
 * may need root, a network of its own or a tracer and another may not. The seed arrives as AVOW_TEST_SEED.
 */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { FAKETIME } from '../support/faketime.ts';

export interface FaultCase {
  /** Of the promise in docs/reliability.md, or what else it is about. */
  readonly id: string;
  readonly what: string;
  readonly needs: readonly Need[];
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** It hangs when it takes longer. */
  readonly limitMs: number;
}

const onPath = (tool: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
const works = (...argv: readonly string[]): boolean => spawnSync(argv[0] ?? '', argv.slice(1), { stdio: 'ignore' }).status === 0;

/** What a case may need, with how to tell whether it is here. */
const NEEDS = {
  'a mount namespace (unshare -m, root)': () => works('unshare', '-m', 'true'),
  'a network namespace (unshare -n, root)': () => works('unshare', '-n', '-m', 'true'),
  ip: () => onPath('ip'),
  nsenter: () => onPath('nsenter'),
  prlimit: () => onPath('prlimit'),
  strace: () => works('strace', '-o', '/dev/null', 'true'),
  libfaketime: () => existsSync(FAKETIME),
  'the built pages (npm run build)': () => existsSync(fileURLToPath(new URL('../../dist/server/entry.mjs', import.meta.url))),
} as const;
export type Need = keyof typeof NEEDS;

export const missing = ({ needs }: FaultCase): readonly Need[] => needs.filter((need) => !NEEDS[need]());

const program = (name: string): string => fileURLToPath(new URL(`cases/${name}.ts`, import.meta.url));
const node = (name: string, ...words: readonly string[]): readonly string[] => [process.execPath, program(name), ...words];
const vitest = (file: string, ...words: readonly string[]): readonly string[] => [
  process.execPath,
  fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url)),
  'run',
  `test/fault/${file}`,
  ...words,
];
const MINUTE = 60_000;
const PAGES = 'the built pages (npm run build)';
const MOUNT = 'a mount namespace (unshare -m, root)';
const NETWORK = 'a network namespace (unshare -n, root)';

export const cases: readonly FaultCase[] = [
  {
    id: 'P1',
    what: 'recorder and store: 200 kills at random moments',
    needs: [],
    argv: vitest('crash.test.ts', '-t', 'kills at random moments'),
    env: { AVOW_TEST_KILLS: '200' },
    limitMs: 15 * MINUTE,
  },
  {
    id: 'P1',
    what: 'the whole product: 200 kills at random moments',
    needs: [PAGES],
    argv: node('kills', '200', '0.2'),
    limitMs: 25 * MINUTE,
  },
  {
    id: 'P1',
    what: 'the whole product: 100 kills during its start',
    needs: [PAGES],
    argv: node('kills', '100', '1'),
    limitMs: 10 * MINUTE,
  },
  { id: 'P1', what: 'a sync of the log before every acknowledgement', needs: ['strace'], argv: node('syncs'), limitMs: 5 * MINUTE },
  {
    id: 'P2',
    what: 'the network away in five ways, then every target really dead',
    needs: [NETWORK, 'ip', 'nsenter', PAGES],
    argv: ['unshare', '-n', '-m', ...node('offline')],
    limitMs: 6 * MINUTE,
  },
  {
    id: 'P3',
    what: 'one outage over more kills and restarts, before, during and after it',
    needs: [PAGES],
    argv: vitest('product-restart.test.ts', '-t', 'one outage'),
    env: { AVOW_TEST_EVERY: '1' },
    limitMs: 5 * MINUTE,
  },
  {
    id: 'P8',
    what: '30 hostile targets beside 30 good ones, 50 rounds',
    needs: [],
    argv: vitest('hostile.test.ts'),
    env: { AVOW_TEST_ROUNDS: '50' },
    limitMs: 10 * MINUTE,
  },
  { id: 'P19', what: 'the clock of the running product jumps', needs: ['libfaketime', PAGES], argv: node('clock'), limitMs: 6 * MINUTE },
  {
    id: 'P21',
    what: 'a disk of 4 MiB runs full and is freed',
    needs: [MOUNT, PAGES],
    argv: ['unshare', '-m', ...node('full-disk')],
    limitMs: 5 * MINUTE,
  },
  { id: 'P21', what: 'files may not grow, then may again', needs: ['prlimit', PAGES], argv: node('file-limit'), limitMs: 5 * MINUTE },
  {
    id: 'P21',
    what: 'a backup onto a disk that runs full meanwhile',
    needs: [MOUNT],
    argv: ['unshare', '-m', ...node('full-backup')],
    limitMs: 3 * MINUTE,
  },
  {
    id: 'P22',
    what: 'retention over 30 days of 200 components with 40 kills',
    needs: [],
    argv: vitest('retention.test.ts'),
    env: { AVOW_TEST_DAYS: '30', AVOW_TEST_COMPONENTS: '200', AVOW_TEST_KILLS: '40' },
    limitMs: 20 * MINUTE,
  },
  {
    id: 'P24',
    what: '200 connections ask for the front page for a minute',
    needs: [PAGES],
    argv: node('herd'),
    limitMs: 4 * MINUTE,
  },
  {
    id: 'P25',
    what: '10,000 checks a minute for three minutes, then a restart',
    needs: [PAGES],
    argv: node('ten-thousand'),
    limitMs: 10 * MINUTE,
  },
  {
    id: 'P28',
    what: '50 orderly ends under load',
    needs: [PAGES],
    argv: vitest('product-crash.test.ts', '-t', 'SIGTERM under load'),
    env: { AVOW_TEST_ROUNDS: '50' },
    limitMs: 10 * MINUTE,
  },
  {
    id: 'P29',
    what: 'a store of 1 GB is backed up while the product runs, and restored',
    needs: [PAGES],
    argv: node('backup'),
    limitMs: 20 * MINUTE,
  },
  {
    id: 'P29',
    what: 'kills at every step of a backup and of a restore',
    needs: [PAGES],
    argv: vitest('backup.test.ts'),
    env: { AVOW_TEST_EVERY: '1' },
    limitMs: 10 * MINUTE,
  },
  {
    id: 'P30',
    what: 'stores of every earlier schema, killed before each statement of the next step',
    needs: [],
    argv: vitest('migrations.test.ts'),
    env: { AVOW_TEST_EVERY: '1' },
    limitMs: 20 * MINUTE,
  },
  {
    id: 'demo',
    what: 'the whole demo from four presents: doctor, and each report from its evidence',
    needs: [],
    argv: node('demo'),
    limitMs: 20 * MINUTE,
  },
];
