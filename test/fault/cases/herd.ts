/** P24: everybody looks at once. For a minute 200 connections ask for the front page as fast as they can; nobody is turned away, the page is drawn now and then, and checks go on as if nobody looked. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { systemClock } from '#monitor/clock.ts';
import { startManyTargets } from '../../support/many-targets.ts';
import { productFolder } from '../../support/product.ts';
import { examine } from '../../support/product-store.ts';
import { runProduct } from '../../support/running-product.ts';

const COMPONENTS = 50;
const CONNECTIONS = 200;
const SECONDS = 60;
const LOAD = fileURLToPath(new URL('../../bench/support/load.ts', import.meta.url));

interface Load {
  readonly requests: number;
  readonly errors: number;
  readonly perSecond: number;
  readonly p99Us: number;
}

const folder = productFolder();
const targets = await startManyTargets(COMPONENTS);
folder.writeConfig(targets.yaml('interval: 10s, timeout: 5s'));
const product = await runProduct(folder, {}, ['/healthz']);
try {
  await systemClock.sleep(15_000);
  assert.equal((await product.get('/')).status, 200);
  const drawnBefore = await product.metric('avow_page_renders_total');
  const { stdout } = await promisify(execFile)(process.execPath, [LOAD, String(product.port), '/', String(CONNECTIONS), String(SECONDS)]);
  const load = JSON.parse(stdout) as Load;
  const drawn = (await product.metric('avow_page_renders_total')) - drawnBefore;
  assert.equal(await product.ends('SIGTERM'), 0);
  const { lags, incidents, outcomes, broken } = await examine(folder.data);
  const sorted = [...lags].sort((a, b) => a - b);
  const late = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  process.stdout.write(
    `- ${load.requests} requests, ${load.perSecond} a second, p99 ${Math.round(load.p99Us / 1_000)} ms, ${load.errors} not 200; drawn ${drawn} times in ${SECONDS} s; checks start late p99 ${late} ms\n`,
  );
  assert.deepEqual(
    { errors: load.errors, incidents, fails: outcomes[2] ?? 0, broken, bad: product.bad },
    { errors: 0, incidents: [], fails: 0, broken: [], bad: [] },
  );
  assert.ok(load.perSecond >= 2_000, `${load.perSecond} requests a second`);
  assert.ok(load.p99Us < 300_000, `p99 of ${load.p99Us} µs`);
  assert.ok(drawn <= SECONDS, `the page was drawn ${drawn} times in ${SECONDS} s`);
  assert.ok(late <= 1_000, `99 % of the checks began up to ${late} ms late`);
} finally {
  await product.ends('SIGKILL');
  await targets.close();
  folder.remove();
}
process.exit(0);
