/** P25: 10,000 checks a minute. 99 % begin at most a second late, resident memory stays below 512 MB (the goal of 400 is missed: docs/reliability.md), and a restart does not ask all at once. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { systemClock } from '#monitor/clock.ts';
import { startManyTargets } from '../../support/many-targets.ts';
import { productFolder } from '../../support/product.ts';
import { examine } from '../../support/product-store.ts';
import { runProduct } from '../../support/running-product.ts';

const COUNT = 10_000;
const RESIDENT_MB = 512;
/** Not the page: one of ten thousand components is its own matter (docs/reliability.md, honest limits). */
const WATCHED = ['/healthz'] as const;
const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
const folder = productFolder();
const targets = await startManyTargets(COUNT);
const total = (): number => [...targets.answered.values()].reduce((sum, one) => sum + one, 0);
folder.writeConfig(targets.yaml('interval: 60s, timeout: 10s'));
let product = await runProduct(folder, {}, WATCHED);
try {
  let peakMb = 0;
  const startUs = systemClock.monotonicUs();
  while (systemClock.monotonicUs() - startUs < 180_000_000) {
    peakMb = Math.max(peakMb, residentMb(product.pid));
    await systemClock.sleep(1_000);
  }
  await product.becomes('nothing waits', async () => (await product.metric('avow_recorder_queue_results')) < 200);
  await product.ends('SIGKILL');
  const bad = [...product.bad];

  const before = total();
  product = await runProduct(folder, {}, WATCHED);
  const againUs = systemClock.monotonicUs();
  let most = 0;
  let last = before;
  while (systemClock.monotonicUs() - againUs < 62_000_000) {
    await systemClock.sleep(1_000);
    most = Math.max(most, total() - last);
    last = total();
  }
  const asked = [...targets.answered.values()].filter((times) => times > 0).length;
  assert.equal(await product.ends('SIGTERM'), 0);
  const { lags, broken, incidents, outcomes, rows } = await examine(folder.data);
  const sorted = [...lags].sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  process.stdout.write(
    `- ${rows} checks, start late p99 ${p99} ms (most ${sorted.at(-1)} ms), resident at most ${Math.round(peakMb)} MB, after the restart at most ${most} a second\n`,
  );
  assert.equal(asked, COUNT);
  assert.deepEqual(
    { broken, incidents, fails: outcomes[2] ?? 0, bad: [...bad, ...product.bad] },
    { broken: [], incidents: [], fails: 0, bad: [] },
  );
  assert.ok(p99 <= 1_000, `99 % began up to ${p99} ms late`);
  assert.ok(peakMb <= RESIDENT_MB, `${Math.round(peakMb)} MB were resident`);
  // Evenly spread these are 167 a second.
  assert.ok(most <= 1_000, `${most} checks in one second after the restart`);
} finally {
  await product.ends('SIGKILL');
  await targets.close();
  folder.remove();
}
process.exit(0);
