/** P29: kills at the steps of a backup and of a restore, backups during steady writes, and the product killed while it makes one. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { avowIn, contentsOf, namesIn, putFilledStore } from '../support/backup-desk.ts';
import { openStoreIn } from '../support/command-rig.ts';
import { startManyTargets } from '../support/many-targets.ts';
import { storedKeys } from '../support/metrics-text.ts';
import { ask, COMPILED, productFolder } from '../support/product.ts';
import { examine } from '../support/product-store.ts';
import { runProduct } from '../support/running-product.ts';
import { testSeed } from '../support/seeded.ts';

const CHILD = fileURLToPath(new URL('../support/backup-child.ts', import.meta.url));
const atelier = mkdtempSync(join(tmpdir(), 'avow-backup-'));
const cleanUp: (() => unknown)[] = [() => rmSync(atelier, { recursive: true, force: true })];
afterAll(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});

/** The full lane kills at every step, the fast one at the first, the last and a seeded one between. */
const EVERY = process.env['AVOW_TEST_EVERY'] === '1';
const seed = testSeed(20_261_129);
const random = seeded(seed);
const stepsToKill = (steps: number): readonly number[] =>
  EVERY ? Array.from({ length: steps }, (_, i) => i + 1) : [1, 2 + Math.floor(random() * (steps - 2)), steps];

/** Runs it, to be killed at a step (0: to its end); answers what it told and how it ended. */
const child = (what: 'backup' | 'restore', data: string, file: string, step: number) => {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [CHILD, what, data, file, String(step)], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
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
  for (const step of stepsToKill(steps)) {
    const file = join(folder, `${step}.db`);
    expect({ seed, step, end: child('backup', data, file, step).end }).toEqual({ seed, step, end: 'SIGKILL' });
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
  for (const step of stepsToKill(steps)) {
    const data = join(atelier, `r-${step}`);
    await copyOld(data);
    expect({ seed, step, end: child('restore', data, file, step).end }).toEqual({ seed, step, end: 'SIGKILL' });
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

test('backups of the running product hold all that was stored before them and restore, and one that is killed with it leaves nothing that the next does not clear (P29)', async () => {
  const folder = productFolder();
  const targets = await startManyTargets(60);
  cleanUp.push(
    () => folder.remove(),
    () => targets.close(),
  );
  folder.writeConfig(targets.yaml());
  await putFilledStore(atelier, folder.data);
  const product = await runProduct(folder);
  cleanUp.push(() => product.ends('SIGKILL'));
  const { metrics } = JSON.parse(await product.prints(/\{"pid".*\}/)) as { readonly metrics: number };
  const shown = async (): Promise<ReadonlySet<string>> => new Set(storedKeys((await ask(metrics, '/metrics')).text));
  const moreIsStored = async (): Promise<void> => {
    const least = (await product.metric('avow_recorder_stored_total')) + 60;
    await product.becomes('more is stored', async () => (await product.metric('avow_recorder_stored_total')) >= least);
  };
  const made: { readonly path: string; readonly before: ReadonlySet<string> }[] = [];
  for (let i = 0; i < (EVERY ? 4 : 2); i++) {
    await moreIsStored();
    const before = await shown();
    const path = join(folder.path, `${i}.db`);
    const { code, err } = await avowIn(folder.data, 'backup', '--out', path);
    expect({ code, err: code === 0 ? [] : err }).toEqual({ code: 0, err: [] });
    made.push({ path, before });
  }
  expect((await avowIn(folder.data, 'restore', made[0]?.path ?? '', '--replace')).code).toBe(75);
  await moreIsStored();
  const before = await shown();
  const killed = join(folder.path, 'killed.db');
  const backup = avowIn(folder.data, 'backup', '--out', killed);
  while (!(await namesIn(folder.path)).some((name) => name.endsWith('.part') || name === 'killed.db')) await systemClock.sleep(1);
  expect(await product.ends('SIGKILL')).toBe('SIGKILL');
  const told = await backup;
  const named = existsSync(killed);
  if (!named) expect({ code: told.code, said: told.err.at(-1) }).toEqual({ code: 1, said: expect.stringMatching(/broke off/) });

  const store = await examine(folder.data);
  const lost = (keys: ReadonlySet<string>, from: ReadonlySet<string>): string[] => [...from].filter((key) => !keys.has(key));
  expect({ bad: product.bad, broken: store.broken, lost: lost(store.keys, before) }).toEqual({ bad: [], broken: [], lost: [] });
  expect(store.events.filter(({ kind }) => kind === 'backup').length).toBeGreaterThanOrEqual(made.length);
  const next = join(folder.path, 'next.db');
  expect((await avowIn(folder.data, 'backup', '--out', next)).code).toBe(0);
  expect((await namesIn(folder.path)).filter((name) => name.endsWith('.part'))).toEqual([]);
  for (const path of [next, ...(named ? [killed] : [])]) expect((await avowIn(folder.data, 'verify', '--alone', path)).code).toBe(0);
  let rows = 0;
  for (const [i, one] of made.entries()) {
    const into = join(folder.path, `restored-${i}`);
    expect((await avowIn(into, 'restore', one.path)).code).toBe(0);
    const found = await examine(into);
    expect({ i, broken: found.broken, lost: lost(found.keys, one.before) }).toEqual({ i, broken: [], lost: [] });
    expect(lost(store.keys, found.keys), 'nothing that the store has not').toEqual([]);
    expect(found.rows).toBeGreaterThan(rows);
    rows = found.rows;
  }
});
