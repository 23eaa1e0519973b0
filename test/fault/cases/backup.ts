/** P29: a store of 1 GB (argv[2] components, 400 days of checks each) is backed up while the product runs on it, and restored. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
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
const avow = (
  ...argv: string[]
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string; readonly s: number }> =>
  new Promise((resolve) => {
    const startUs = systemClock.monotonicUs();
    const running = spawn(process.execPath, [AVOW, ...argv]);
    let [out, err] = ['', ''];
    running.stdout.on('data', (chunk) => (out += chunk));
    running.stderr.on('data', (chunk) => (err += chunk));
    running.on('close', (code) => resolve({ code, out, err, s: (systemClock.monotonicUs() - startUs) / 1e6 }));
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
  assert.equal(await product.ends('SIGTERM'), 0);
  const answers = [...targets.answered.values()].reduce((sum, one) => sum + one, 0);
  assert.deepEqual({ bad: product.bad, rows: checksIn(path) }, { bad: [], rows: answers });
  const quick = await avow('restore', file, '--data', join(folder.path, 'quick'), '--quick');
  assert.equal(quick.code, 0, quick.err);
  say(`restored with --quick in ${quick.s.toFixed(1)} s`);
  const whole = await avow('restore', file, '--data', join(folder.path, 'whole'));
  const restored = checksIn(join(folder.path, 'quick', 'avow.db'));
  assert.ok(restored >= before && restored <= answers, `${before} were stored before, ${restored} are restored, ${answers} in all`);
  say(`restored with every figure recomputed in ${whole.s.toFixed(1)} s (exit ${whole.code})`);
  assert.ok(whole.s <= 60, 'a restore of 1 GB that recomputes every figure takes a minute at most');
  // The removed components of the copied days have no rollups of their first day: differences of the fixture, not of the backup.
  assert.ok(whole.code === 0 || whole.code === 1, whole.err);
} finally {
  await targets.close();
  folder.remove();
}
process.exit(0);
