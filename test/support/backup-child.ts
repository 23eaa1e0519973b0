/**
 * Makes or restores a backup and kills itself at a step: argv[2] `backup` or `restore`, argv[3] the data folder, argv[4] the
 * backup (for `backup`: the file to make), argv[5] at which step, counted from 1 by what it tells; 0: never. Ends with 0 when it is done.
 */
import { join } from 'node:path';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import type { Told } from '#monitor/actions/long-verb.ts';
import { makeBackup } from '#monitor/actions/make-backup.ts';
import { restoreBackup } from '#monitor/actions/restore-backup.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { silentLog } from './temp-store.ts';

const [, , what = '', data = '', file = '', step = '0'] = process.argv;
let steps = 0;
const told: Told = ({ message }) => {
  steps++;
  process.stdout.write(`${message}\n`);
  if (steps === Number(step)) process.kill(process.pid, 'SIGKILL');
};
const clock = systemClock;
if (what === 'backup') {
  const store = await openStore({ path: join(data, 'avow.db'), clock, log: silentLog });
  const answer = await makeBackup.run({ store, clock, actor: SOCKET_OWNER }, { out: file }, told);
  await store.close();
  if ('refused' in answer) throw new Error(answer.message);
} else {
  const answer = await restoreBackup(
    { clock },
    { file, dataDir: data, replace: true, check: false, quick: false, despite: false, sendNotices: false },
    told,
  );
  if ('refused' in answer) throw new Error(answer.message);
}
process.stdout.write(`steps ${steps}\n`);
