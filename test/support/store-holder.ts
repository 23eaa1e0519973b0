/** Opens the store at argv[2] in a process of its own, says `ready`, and holds it until it is killed; ends with 75 when it is held. */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { StoreFault } from '#db/store.ts';
import { systemClock } from '#monitor/clock.ts';
import { silentLog } from './temp-store.ts';

const [, , path = ''] = process.argv;
await openStore({ path, clock: systemClock, log: silentLog }).catch((error: unknown) => {
  if (error instanceof StoreFault && error.kind === 'held') process.exit(75);
  throw error;
});
writeSync(1, 'ready\n');
