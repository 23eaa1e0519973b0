/** P1, full: argv[2] kills of the whole product, a share of argv[3] of them during its start. */
import assert from 'node:assert/strict';
import process from 'node:process';
import { seeded } from '#monitor/demo/seeded.ts';
import { startManyTargets } from '../../support/many-targets.ts';
import { productFolder } from '../../support/product.ts';
import { killRepeatedly } from '../../support/product-kills.ts';
import { testSeed } from '../../support/seeded.ts';

const [, , kills = '200', early = '0.2'] = process.argv;
const folder = productFolder();
const targets = await startManyTargets(100);
try {
  folder.writeConfig(targets.yaml('interval: 1s, timeout: 900ms, confirmations: 1'));
  const report = await killRepeatedly({
    random: seeded(testSeed(1)),
    kills: Number(kills),
    early: Number(early),
    folder,
    targets,
    afterAcks: 150,
    flapping: 10,
    examineEvery: 5,
  });
  assert.deepEqual({ deaths: report.deaths, wrong: report.wrong }, { deaths: [], wrong: [] });
  if (Number(early) < 1) assert.ok(report.acked.size > Number(kills) * 20, `only ${report.acked.size} results were shown in all`);
  process.stdout.write(
    `- ${kills} kills, ${report.acked.size} results shown and none lost, ${report.store.rows} rows, ${report.store.incidents.length} incidents\n`,
  );
} finally {
  await targets.close();
  folder.remove();
}
process.exit(0);
