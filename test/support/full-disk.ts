/** P21, for any way in which a store cannot grow: what was measured meanwhile waits, the page answers, and all of it is stored after. */
import assert from 'node:assert/strict';
import process from 'node:process';
import { startManyTargets } from './many-targets.ts';
import type { ProductFolder } from './product.ts';
import { examine } from './product-store.ts';
import { runProduct } from './running-product.ts';

export interface GrowthFault {
  /** The store cannot grow from now on. */
  begin(pid: number): void;
  end(pid: number): void;
}

export const proveFullDisk = async (folder: ProductFolder, fault: GrowthFault): Promise<void> => {
  const targets = await startManyTargets(80);
  const answers = (): number => [...targets.answered.values()].reduce((sum, one) => sum + one, 0);
  folder.writeConfig(targets.yaml());
  const product = await runProduct(folder);
  const ready = async (): Promise<boolean> => (await product.get('/readyz')).status === 200;
  try {
    await product.becomes('the page is operational', async () => /operational/i.test((await product.get('/')).text));
    await product.becomes('200 results are stored', async () => (await product.metric('avow_recorder_stored_total')) > 200);
    fault.begin(product.pid);
    await product.becomes('the store fails to commit', async () => !(await ready()), 120_000);
    const stuck = answers();
    await product.becomes('results wait', async () => (await product.metric('avow_recorder_queue_results')) > 100);
    await product.becomes('the page says how old it is', async () => (await product.get('/')).text.includes('Data as of'));
    await product.becomes('the checks go on', () => answers() > stuck + 400);
    fault.end(product.pid);
    await product.becomes('the store commits again', ready);
    await product.becomes('nothing waits', async () => (await product.metric('avow_recorder_queue_results')) < 20);
    await product.becomes('the page is fresh again', async () => !(await product.get('/')).text.includes('Data as of'));
    const dropped = await product.metric('avow_recorder_dropped_total');
    assert.equal(await product.ends('SIGTERM'), 0);
    const store = await examine(folder.data);
    assert.deepEqual(
      { bad: product.bad, broken: store.broken, dropped, rows: store.rows, incidents: store.incidents },
      { bad: [], broken: [], dropped: 0, rows: answers(), incidents: [] },
    );
    process.stdout.write(`- ${store.rows} answers of targets, ${store.rows} stored, none lost or dropped\n`);
  } finally {
    await product.ends('SIGKILL');
    await targets.close();
    folder.remove();
  }
};
