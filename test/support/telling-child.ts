/**
 * The small program that tests of crashes kill: opens the store in argv[2] and tells what its outbox holds, over a webhook (argv[3]) and mail
 * (argv[4]). argv[5]: how many stories there are; they are written at the first start. Prints `ready`, and `settled` once nothing waits.
 */
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { deliveriesIn } from '#db/queries/notices.ts';
import { enqueueOnce } from '#db/queries/outbox.ts';
import { systemClock } from '#monitor/clock.ts';
import { firstMinuteConfig } from '#monitor/config/first-minute.ts';
import { keepTelling } from '#monitor/core/keep-telling.ts';
import { createLog } from '#monitor/core/log.ts';
import { opened, resolved, SECRET, webhookAt } from './telling-rig.ts';
import { silentLog } from './temp-store.ts';
import { PUBLIC_HOSTS, publicly } from './webhook-sink.ts';

const [, , folder = '', url = '', smtpUrl = '', stories = '0'] = process.argv;
const hosts = join(folder, 'hosts');
writeFileSync(hosts, PUBLIC_HOSTS);
const store = await openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog });
const ops = { webhook: webhookAt(url, [SECRET]), mail: { to: ['ops@example.com'], from: 'avow@example.com' } };
const config = { ...firstMinuteConfig(), ops };
const telling = await keepTelling({
  store,
  clock: systemClock,
  log: createLog('info'),
  config: () => config,
  origin: 'https://status.example.com',
  smtpUrl,
  dataDir: folder,
  spare: folder,
  ownPorts: () => [],
  egress: publicly(systemClock, hosts),
  diskUse: () => Promise.resolve({ usedBytes: 1n, freeBytes: 9n }),
});
const names = Array.from({ length: Number(stories) }, (_, i) => `story-${i}`);
for (let i = 0; i < names.length; i += 50)
  await store.write(
    names.slice(i, i + 50).flatMap((name) => [opened(name), resolved(name)].map((message) => enqueueOnce(message, systemClock.now()))),
  );
telling.wake();
writeSync(1, 'ready\n');
for (;;) {
  const open = [...(await deliveriesIn(store, 'waiting', 1)), ...(await deliveriesIn(store, 'sending', 1))];
  if (open.length === 0) break;
  await systemClock.sleep(20);
}
writeSync(1, 'settled\n');
await telling.stop();
await store.close();
