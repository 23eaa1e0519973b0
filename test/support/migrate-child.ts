/** Opens the store at argv[2] with the first argv[3] steps of the schema and kills itself before statement argv[4] of what it applies. */
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { readMigrations } from '#db/migrate.ts';
import { systemClock } from '#monitor/clock.ts';
import { hooksFor } from './store-hooks.ts';
import { silentLog } from './temp-store.ts';

const [, , path = '', steps = '', nth = ''] = process.argv;
const store = await openStore({
  path,
  clock: systemClock,
  log: silentLog,
  migrations: readMigrations().slice(0, Number(steps)),
  hooks: hooksFor({ op: 'steps', point: 'before', nth: Number(nth), fault: 'kill' }),
});
await store.close();
