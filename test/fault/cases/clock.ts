/** P19: the wall clock of the running product jumps by hours, days and years, and back; its monotonic clock does not. */
import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { systemClock } from '#monitor/clock.ts';
import { faketimeEnvironment } from '../../support/faketime.ts';
import { startManyTargets } from '../../support/many-targets.ts';
import { productFolder } from '../../support/product.ts';
import { examine } from '../../support/product-store.ts';
import { runProduct } from '../../support/running-product.ts';

const STEPS = ['-3600', '+0', '+3600', '+0', '+86400', '+0', '-315360000', '+0', '-1', '-2', '-3', '-4', '-5', '+0', '+28800', '+0'];
const folder = productFolder();
const targets = await startManyTargets(20);
const total = (): number => [...targets.answered.values()].reduce((sum, one) => sum + one, 0);
folder.writeConfig(targets.yaml('interval: 1s, timeout: 900ms, confirmations: 1'));
const offset = join(folder.path, 'offset');
/** In one piece: a half-written offset would be a jump of its own. */
const set = (step: string): void => {
  writeFileSync(`${offset}.new`, `${step}\n`);
  renameSync(`${offset}.new`, offset);
};
set('+0');
const product = await runProduct(folder, { env: faketimeEnvironment(offset) });
try {
  await product.becomes('the page is operational', async () => /operational/i.test((await product.get('/')).text));
  const startUs = systemClock.monotonicUs();
  const before = total();
  for (const step of STEPS) {
    set(step);
    const now = total();
    await product.becomes(`the checks go on after ${step}`, () => total() >= now + 3 * targets.slugs.length, 30_000);
  }
  const seconds = (systemClock.monotonicUs() - startUs) / 1_000_000;
  const made = total() - before;
  // One check per second and component by the monotonic clock: neither a burst nor a pause (retries are not due: nothing fails).
  assert.ok(made <= (seconds + 3) * targets.slugs.length, `${made} checks in ${seconds} s are more than one per second and component`);
  await product.becomes('nothing waits', async () => (await product.metric('avow_recorder_queue_results')) < 20);
  assert.equal((await product.get('/readyz')).status, 200);
  await product.becomes('the page is operational again', async () => /operational/i.test((await product.get('/')).text));
  const open = (JSON.parse((await product.get('/api/v2/summary.json')).text) as { incidents: unknown[] }).incidents;
  assert.deepEqual(open, []);
  assert.equal(await product.ends('SIGTERM'), 0);
  const { incidents, outbox, outcomes, broken, events, negative, rows } = await examine(folder.data);
  const jumps = events.filter(({ kind }) => kind === 'clock_jump').length;
  assert.deepEqual(
    { incidents, outbox, fails: outcomes[2] ?? 0, negative, broken, bad: product.bad },
    { incidents: [], outbox: [], fails: 0, negative: 0, broken: [], bad: [] },
  );
  // Steps of one second are no jumps; the return from -5 s to 0 is one.
  assert.ok(jumps >= 11, `only ${jumps} jumps were recorded`);
  process.stdout.write(
    `- ${STEPS.length} steps, ${jumps} jumps recorded, ${made} checks in ${Math.round(seconds)} s, ${rows} rows, 0 outages\n`,
  );
} finally {
  await product.ends('SIGKILL');
  await targets.close();
  folder.remove();
}
process.exit(0);
