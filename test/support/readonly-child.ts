/** Tries to open the store at argv[2] as an ordinary user (root would be allowed everything) and prints the refusal. */
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { systemClock } from '#monitor/clock.ts';
import { silentLog } from './temp-store.ts';

const [, , path = ''] = process.argv;
const NOBODY = 65_534;
if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
await openStore({ path, clock: systemClock, log: silentLog }).then(
  (store) => store.close().then(() => process.stdout.write('opened\n')),
  (error: Error & { kind?: string }) => process.stdout.write(`${error.kind}: ${error.message}\n`),
);
