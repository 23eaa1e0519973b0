/**
 * The small program that crash tests kill: opens the store at argv[2] and stores checks for ever, some of them twice,
 * printing `ack c:l:at:batch` for each row once its transaction is durable. argv[3] numbers the run, argv[4] is the seed.
 * AVOW_CRASHPOINT (a StoreFaultPlan as JSON) names a moment at which it kills itself.
 * Row encoding for the verifier: `delay` = batch number, `took` = rows in the batch.
 */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { systemClock } from '#monitor/clock.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { hooksFor, type StoreFaultPlan } from './store-hooks.ts';
import { silentLog } from './temp-store.ts';

const [, , path = '', run = '0', seed = '1'] = process.argv;
const plan = process.env['AVOW_CRASHPOINT'];
const random = seeded(Number(seed) + Number(run));

const store = await openStore({
  path,
  clock: systemClock,
  log: silentLog,
  hooks: plan === undefined ? undefined : hooksFor(JSON.parse(plan) as StoreFaultPlan),
});
writeSync(1, 'ready\n');

const INSERT = `INSERT INTO checks (c, l, at, lag, took, delay, o, r)
  SELECT value->>0, value->>1, value->>2, 0, value->>3, value->>4, 0, 0 FROM json_each(?) WHERE true
  ON CONFLICT DO NOTHING`;

let before: readonly (readonly number[])[] = [];
for (let n = 0; n < 5_000; n++) {
  const batch = Number(run) * 10_000 + n;
  const size = 1 + Math.floor(random() * 40);
  const rows = Array.from({ length: size }, (_, i) => [1 + ((i * 7) % 50), 1 + Math.floor(i / 50), batch * 1_000 + i, size, batch]);
  // A sixth of the batches arrives together with the one before it once more, as after an unclear commit.
  const again = random() < 0.17 ? before.map(([c = 0, l = 0, at = 0]) => [c, l, at, 999, 999]) : [];
  await store.write([{ sql: INSERT, args: [JSON.stringify([...again, ...rows])] }]);
  writeSync(1, rows.map(([c, l, at]) => `ack ${c}:${l}:${at}:${batch}\n`).join(''));
  before = rows;
}
await store.close();
