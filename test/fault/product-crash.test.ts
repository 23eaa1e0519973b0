/** P1 and P28 on the whole product: what it had shown as stored survives kill -9 at any moment; an orderly end loses nothing at all. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { type ManyTargets, startManyTargets } from '../support/many-targets.ts';
import { metric } from '../support/metrics-text.ts';
import { ask, type Product, type ProductFolder, productFolder, startProduct } from '../support/product.ts';
import { killRepeatedly } from '../support/product-kills.ts';
import { examine } from '../support/product-store.ts';
import { testSeed } from '../support/seeded.ts';

const cleanUp: (() => unknown)[] = [];
afterAll(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});
const scene = async (count: number): Promise<{ folder: ProductFolder; targets: ManyTargets }> => {
  const folder = productFolder();
  cleanUp.push(() => folder.remove());
  const targets = await startManyTargets(count);
  cleanUp.push(() => targets.close());
  folder.writeConfig(targets.yaml());
  return { folder, targets };
};
const started = async (folder: ProductFolder): Promise<{ product: Product; metrics: (name: string) => Promise<number> }> => {
  const product = await startProduct(folder, { args: ['--json'] });
  cleanUp.push(() => product.ends('SIGKILL'));
  const { metrics } = JSON.parse(await product.prints(/\{"pid".*\}/)) as { readonly metrics: number };
  return { product, metrics: async (name) => metric((await ask(metrics, '/metrics')).text, name) };
};
/** Asks until the number is reached. */
const reaches = async (value: () => Promise<number>, least: number): Promise<void> => {
  while (!((await value()) >= least)) await systemClock.sleep(20);
};

/** The full lane asks for 200 and more, and 100 during the start (cases/kills.ts). */
const KILLS = 7;
test.concurrent(`every result that /metrics showed as stored before each of ${KILLS} kills is there, once, and the doctor finds no difference (P1)`, async () => {
  const seed = testSeed(20_261_123);
  const { folder, targets } = await scene(80);
  folder.writeConfig(targets.yaml('interval: 1s, timeout: 900ms, confirmations: 1'));
  const report = await killRepeatedly({
    random: seeded(seed),
    kills: KILLS,
    folder,
    targets,
    afterAcks: 80,
    flapping: 60,
    examineEvery: 1,
  });
  expect({ deaths: report.deaths, wrong: report.wrong }, `seed ${seed}`).toEqual({ deaths: [], wrong: [] });
  expect(report.acked.size, `seed ${seed}`).toBeGreaterThan(100);
  expect(report.store.incidents.length, `seed ${seed}`).toBeGreaterThan(0);
});

/** 3 in the fast lane; the full lane asks for 50. */
const ROUNDS = Number(process.env['AVOW_TEST_ROUNDS'] ?? 3);
test.concurrent('SIGTERM under load ends with 0, and every answer a target gave is a stored result (P28)', {
  timeout: 90_000 + ROUNDS * 10_000,
}, async () => {
  const { folder, targets } = await scene(60);
  for (const slug of targets.slugs.slice(0, 10)) targets.behave(slug, { status: 200, afterMs: 250 });
  for (const slug of targets.slugs.slice(10, 15)) targets.behave(slug, { status: 503, afterMs: 100 });
  const answers = (): number => [...targets.answered.values()].reduce((sum, one) => sum + one, 0);
  for (let round = 1; round <= ROUNDS; round++) {
    const { product, metrics } = await started(folder);
    await reaches(() => metrics('avow_recorder_stored_total'), 40);
    expect(await product.ends('SIGTERM')).toBe(0);
    // Closed in order: no log to repair from, nobody named as its holder.
    expect(readdirSync(folder.data).sort()).toEqual(
      ['audit-anchor.key', 'audit-anchors.jsonl', 'avow.db', 'report-key.pem', 'secrets.key', 'snapshot.json'].filter((file) =>
        existsSync(join(folder.data, file)),
      ),
    );
    const store = await examine(folder.data);
    expect({ round, rows: store.rows, broken: store.broken }).toEqual({ round, rows: answers(), broken: [] });
    expect(store.events.at(-1)).toEqual({ kind: 'stopped', detail: { reason: 'SIGTERM', lost: 0 } });
  }
});

test.concurrent('a second SIGTERM does not wait for the check that hangs', async () => {
  const { folder, targets } = await scene(1);
  targets.behave('t0', null);
  folder.writeConfig(targets.yaml('interval: 1h, timeout: 30m'));
  const { product } = await started(folder);
  while (targets.waiting() === 0) await systemClock.sleep(20);
  product.signal('SIGTERM');
  // The front closes at once; the check is waited for.
  while (
    await product.get('/healthz').then(
      () => true,
      () => false,
    )
  )
    await systemClock.sleep(5);
  expect(targets.waiting()).toBe(1);
  // As a person does it: again, until it ends. Within half a second of the first it is taken for its echo.
  const ended = product.ends();
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    product.signal('SIGTERM');
    await systemClock.sleep(50);
  }
  expect(await ended).toBe(143);
  expect((await examine(folder.data)).broken).toEqual([]);
});
