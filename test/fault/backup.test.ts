/** P29: a backup during steady writes, kills at each step of a backup and of a restore, and the product killed while it makes one. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { avowIn, contentsOf, namesIn, putFilledStore } from '../support/backup-desk.ts';
import { openStoreIn } from '../support/command-rig.ts';
import { startManyTargets } from '../support/many-targets.ts';
import { storedKeys } from '../support/metrics-text.ts';
import { ask, productFolder } from '../support/product.ts';
import { examine } from '../support/product-store.ts';
import { runProduct } from '../support/running-product.ts';

const CHILD = fileURLToPath(new URL('../support/backup-child.ts', import.meta.url));
const AVOW = fileURLToPath(new URL('../../monitor/cli/main.ts', import.meta.url));
const atelier = mkdtempSync(join(tmpdir(), 'avow-backup-'));
const cleanUp: (() => unknown)[] = [() => rmSync(atelier, { recursive: true, force: true })];
afterAll(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});

/** Runs it, to be killed at a step (0: to its end); answers what it told and how it ended. */
const child = (what: 'backup' | 'restore', data: string, file: string, step: number) => {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [CHILD, what, data, file, String(step)], { encoding: 'utf8' });
  return { end: signal ?? status, told: stdout.trim().split('\n'), stderr };
};

test('killed at any step of a backup there is no backup or a whole one, the store is as it was, and the next one leaves nothing behind (P29)', async () => {
  const data = join(atelier, 'b-data');
  const folder = join(atelier, 'b-backups');
  mkdirSync(folder);
  await putFilledStore(atelier, data);
  const before = await contentsOf(data);
  const whole = child('backup', data, join(folder, 'whole.db'), 0);
  expect(whole).toMatchObject({ end: 0, stderr: '' });
  const steps = whole.told.length - 1;
  expect(steps).toBeGreaterThanOrEqual(4);
  for (let step = 1; step <= steps; step++) {
    const file = join(folder, `${step}.db`);
    expect({ step, end: child('backup', data, file, step).end }).toEqual({ step, end: 'SIGKILL' });
    if (existsSync(file)) expect((await avowIn(data, 'verify', '--alone', file)).code).toBe(0);
    expect(await contentsOf(data)).toEqual(before);
  }
  expect(
    (await namesIn(folder)).filter((name) => name.endsWith('.part')),
    'what a kill must leave',
  ).toHaveLength(1);
  expect(child('backup', data, join(folder, 'after.db'), 0)).toMatchObject({ end: 0 });
  expect((await namesIn(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('killed at any step of a restore the folder holds the store it had or the restored one, and the next restore is done (P29)', async () => {
  const source = join(atelier, 'r-source');
  const old = join(atelier, 'r-old');
  const file = join(atelier, 'r.db');
  await putFilledStore(atelier, source);
  expect((await avowIn(source, 'backup', '--out', file)).code).toBe(0);
  const restored = await contentsOf(source);
  mkdirSync(old);
  // An older state of another store: empty but for its name.
  await (await openStoreIn(old)).close();
  const had = await contentsOf(old);
  const copyOld = async (to: string): Promise<void> => {
    mkdirSync(to);
    await copyFile(join(old, 'avow.db'), join(to, 'avow.db'));
  };
  const whole = join(atelier, 'r-whole');
  await copyOld(whole);
  const { told, end } = child('restore', whole, file, 0);
  expect(end).toBe(0);
  const steps = told.length - 1;
  const seen = new Set<string>();
  for (let step = 1; step <= steps; step++) {
    const data = join(atelier, `r-${step}`);
    await copyOld(data);
    expect({ step, end: child('restore', data, file, step).end }).toEqual({ step, end: 'SIGKILL' });
    const now = JSON.stringify(await contentsOf(data));
    const which = now === JSON.stringify(had) ? 'old' : now === JSON.stringify(restored) ? 'restored' : 'neither';
    seen.add(which);
    expect({ step, told: told[step - 1], which }).toEqual({ step, told: told[step - 1], which: expect.stringMatching(/^(old|restored)$/) });
    expect((await avowIn(data, 'restore', file, '--replace')).code).toBe(0);
    expect((await namesIn(data)).filter((name) => name !== 'avow.db' && !name.startsWith('replaced-'))).toEqual([]);
    expect(await contentsOf(data)).toEqual(restored);
    const aside = (await namesIn(data)).filter((name) => name.startsWith('replaced-'));
    const kept = await Promise.all(
      aside.filter((name) => existsSync(join(data, name, 'avow.db'))).map((name) => contentsOf(join(data, name))),
    );
    expect(
      kept.map((one) => JSON.stringify(one)),
      `what was there is kept (step ${step})`,
    ).toContain(JSON.stringify(had));
  }
  expect([...seen].sort()).toEqual(['old', 'restored']);
});

/** `avow …` beside the running product. */
const avow = (...argv: string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> =>
  new Promise((resolve) => {
    const running = spawn(process.execPath, [AVOW, ...argv]);
    let [out, err] = ['', ''];
    running.stdout.on('data', (chunk) => (out += chunk));
    running.stderr.on('data', (chunk) => (err += chunk));
    running.on('close', (code) => resolve({ code, out, err }));
  });

test('backups of the running product hold all that was stored before them, lose nothing of what comes meanwhile, and restore (P29)', async () => {
  const folder = productFolder();
  const targets = await startManyTargets(60);
  cleanUp.push(
    () => folder.remove(),
    () => targets.close(),
  );
  folder.writeConfig(targets.yaml());
  const product = await runProduct(folder);
  cleanUp.push(() => product.ends('SIGKILL'));
  const { metrics } = JSON.parse(await product.prints(/\{"pid".*\}/)) as { readonly metrics: number };
  const made: { readonly path: string; readonly before: ReadonlySet<string> }[] = [];
  for (let i = 0; i < 4; i++) {
    const least = (await product.metric('avow_recorder_stored_total')) + 60;
    await product.becomes('more is stored', async () => (await product.metric('avow_recorder_stored_total')) >= least);
    const before = new Set(storedKeys((await ask(metrics, '/metrics')).text));
    const { code, out, err } = await avow('backup', '--out', folder.path, '--data', folder.data, '--json');
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    made.push({ path: (JSON.parse(out) as { readonly path: string }).path, before });
  }
  expect((await avow('restore', made[0]?.path ?? '', '--data', folder.data, '--replace')).code).toBe(75);
  expect(await product.ends('SIGTERM')).toBe(0);
  const store = await examine(folder.data);
  const answers = [...targets.answered.values()].reduce((sum, one) => sum + one, 0);
  expect({ bad: product.bad, broken: store.broken, rows: store.rows }).toEqual({ bad: [], broken: [], rows: answers });
  expect(store.events.filter(({ kind }) => kind === 'backup')).toHaveLength(made.length);
  let rows = 0;
  for (const [i, { path, before }] of made.entries()) {
    const into = join(folder.path, `restored-${i}`);
    expect((await avow('restore', path, '--data', into)).code).toBe(0);
    const found = await examine(into);
    expect({ i, broken: found.broken, lost: [...before].filter((key) => !found.keys.has(key)) }).toEqual({ i, broken: [], lost: [] });
    expect(
      [...found.keys].filter((key) => !store.keys.has(key)),
      'nothing that the store has not',
    ).toEqual([]);
    expect(found.rows).toBeGreaterThanOrEqual(rows);
    rows = found.rows;
  }
});

test('the product killed while it makes a backup has lost nothing, and the next backup clears what it left (P29)', async () => {
  const folder = productFolder();
  const targets = await startManyTargets(20);
  cleanUp.push(
    () => folder.remove(),
    () => targets.close(),
  );
  folder.writeConfig(targets.yaml());
  await putFilledStore(atelier, folder.data);
  const product = await runProduct(folder);
  cleanUp.push(() => product.ends('SIGKILL'));
  await product.becomes('results are stored', async () => (await product.metric('avow_recorder_stored_total')) > 40);
  const backup = avow('backup', '--out', join(folder.path, 'killed.db'), '--data', folder.data);
  while (!(await namesIn(folder.path)).some((name) => name.endsWith('.part') || name === 'killed.db')) await systemClock.sleep(1);
  expect(await product.ends('SIGKILL')).toBe('SIGKILL');
  const { code } = await backup;
  const named = existsSync(join(folder.path, 'killed.db'));
  if (!named) expect(code).toBe(1);
  const before = await examine(folder.data);
  expect(before.broken).toEqual([]);
  expect((await avow('backup', '--out', join(folder.path, 'next.db'), '--data', folder.data)).code).toBe(0);
  expect((await namesIn(folder.path)).filter((name) => name.endsWith('.part'))).toEqual([]);
  for (const name of ['next.db', ...(named ? ['killed.db'] : [])])
    expect((await avow('verify', '--alone', join(folder.path, name))).code).toBe(0);
});
