/** Runs the retention on the store at argv[2] as of argv[3] (ms), keeping argv[4] days, until nothing is left to do; kills itself at commit argv[5] (0: never). Prints how many commits it took. */
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { instant } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { compact } from '#monitor/core/compaction.ts';
import { hooksFor } from './store-hooks.ts';
import { silentLog } from './temp-store.ts';

const [, , path = '', now = '', days = '', nth = '0'] = process.argv;
const hooks = nth === '0' ? undefined : hooksFor({ op: 'batch', point: 'before', nth: Number(nth), fault: 'kill' });
const store = await openStore({ path, clock: systemClock, log: silentLog, hooks });
const write = store.write.bind(store);
let commits = 0;
store.write = (statements) => {
  commits++;
  return write(statements);
};
const ctx = { store, clock: systemClock, config: { evidenceDays: Number(days) } };
while (Object.values(await compact(ctx, instant(Number(now)))).some((count) => count > 0));
await store.close();
process.stdout.write(String(commits));
