/** Rotates the key of the data folder at argv[2]; kills itself at the commit, before it or right after it (argv[3]). */
import { join } from 'node:path';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { rotateSecrets } from '#monitor/actions/rotate-secrets.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { hooksFor, type StoreFaultPlan } from './store-hooks.ts';
import { silentLog } from './temp-store.ts';

const [, , folder = '', point = ''] = process.argv;
// The first batch is that of the opening.
const hooks = hooksFor({ op: 'batch', point: point as StoreFaultPlan['point'], nth: 2, fault: 'kill' });
const store = await openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog, hooks });
const place = { dataDir: folder, given: null };
await rotateSecrets({ store, clock: systemClock, actor: SOCKET_OWNER, place, use: () => undefined });
