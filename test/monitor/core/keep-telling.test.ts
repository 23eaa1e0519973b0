/** Telling as a whole, with real receivers on loopback: channels do not feel each other, the store may be away, secrets stay where they are. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { PATIENCE } from '#domain/notice/store-trouble.ts';
import { type Clock, systemClock } from '#monitor/clock.ts';
import { IN_FLIGHT } from '#monitor/notify/deliver.ts';
import { startSmtpSink } from '../../support/smtp-sink.ts';
import { switchedBy } from '../../support/switched-hooks.ts';
import { opened, resolved, SECRET, startTelling, webhookAt } from '../../support/telling-rig.ts';
import { openTempStore, tempFolder } from '../../support/temp-store.ts';
import { startWebhookSink } from '../../support/webhook-sink.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `story-${i}`);
const typesIn = (sink: { readonly posts: readonly { readonly body: string }[] }): string[] =>
  sink.posts.map(({ body }) => (JSON.parse(body) as { type: string }).type);

test('a webhook that never answers holds up eight messages of its own and none of the mail; what it held is put back at the stop', async () => {
  const webhook = await startWebhookSink(() => 'stall');
  const mail = await startSmtpSink();
  const ops = { webhook: webhookAt(webhook.url), mail: { to: ['ops@example.com'], from: 'avow@example.com' } };
  {
    await using rig = await startTelling(ops, { smtpUrl: `smtp://127.0.0.1:${mail.port}` });
    await rig.say(...names(30).map((name) => opened(name)));
    await mail.received(30);
    await webhook.received(IN_FLIGHT);
    expect(webhook.posts).toHaveLength(IN_FLIGHT);
    await rig.telling.stop();
    const waiting = await rig.deliveries('waiting');
    expect(waiting.filter(({ channel }) => channel === 'webhook')).toHaveLength(30);
    expect(waiting.every(({ attempts }) => attempts === 0)).toBe(true);
    expect(await rig.deliveries('sending')).toEqual([]);
  }
  await webhook.close();
  await mail.close();
});

test('each address of ops is told by a message of its own, and one that does not exist keeps nobody else from hearing', async () => {
  const mail = await startSmtpSink();
  const to = ['first@example.com', 'second@example.com'];
  await using rig = await startTelling(
    { webhook: null, mail: { to, from: 'avow@example.com' } },
    { smtpUrl: `smtp://127.0.0.1:${mail.port}` },
  );
  await rig.say(opened('checkout'));
  await mail.received(2);
  await rig.settled();
  expect(mail.mails.map((one) => one.to).sort()).toEqual([['first@example.com'], ['second@example.com']]);
  const ids = mail.mails.map(({ message }) => /^Message-ID: (.*)$/m.exec(message)?.[1]);
  expect(new Set(ids).size).toBe(2);
  await mail.close();
});

test('a new configuration moves the webhook; what was told before is not told again', async () => {
  const first = await startWebhookSink();
  const second = await startWebhookSink();
  await using rig = await startTelling({ webhook: webhookAt(first.url), mail: null });
  await rig.say(opened('checkout'));
  await first.received(1);
  await rig.settled();
  await rig.use({ webhook: webhookAt(second.url), mail: null });
  await rig.say(resolved('checkout'));
  await second.received(1);
  await rig.settled();
  expect(typesIn(first)).toEqual(['incident.opened']);
  expect(typesIn(second)).toEqual(['incident.resolved']);
  await first.close();
  await second.close();
});

test('trouble of the store is told while it lasts, written down when it is over, and told to nobody twice', async () => {
  await using folder = await tempFolder();
  const fault = join(folder.path, 'fault');
  const store = await openTempStore({ hooks: switchedBy(fault) });
  const webhook = await startWebhookSink();
  // Patience is time, and the test has none.
  const clock: Clock = { ...systemClock, after: (ms, work, options) => systemClock.after(ms === PATIENCE ? 0 : ms, work, options) };
  await using rig = await startTelling({ webhook: webhookAt(webhook.url), mail: null }, { store, clock });
  writeFileSync(fault, 'writes SQLITE_FULL');
  await expect(rig.say(opened('checkout'))).rejects.toThrow();
  await webhook.received(1);
  rmSync(fault);
  await rig.say(opened('checkout'));
  await webhook.received(3);
  await rig.settled();
  expect(typesIn(webhook).sort()).toEqual(['incident.opened', 'ops.store_trouble', 'ops.store_well']);
  expect(typesIn(webhook).indexOf('ops.store_trouble')).toBe(0);
  const [trouble] = webhook.posts;
  if (!trouble) throw new Error('not told');
  expect(new Webhook(SECRET).verify(trouble.body, { ...trouble.headers })).toMatchObject({
    data: { title: 'Nothing is recorded: the store cannot be written', lost: false },
  });
  const told = await rig.deliveries('delivered');
  expect(told.find(({ type }) => type === 'ops.store_trouble')?.key).toBe(trouble.headers['webhook-id']);
  await webhook.close();
});

test('secrets and the address of the webhook are in no log and in no delivery, also where receivers fail', async () => {
  const webhook = await startWebhookSink((_post, nth) => (nth === 0 ? { status: 500 } : 'die'));
  const mail = await startSmtpSink({ auth: 'wrong' });
  const password = 'canary-of-the-mail-password';
  const ops = {
    webhook: webhookAt(`${webhook.url}?token=canary-of-the-address`),
    mail: { to: ['ops@example.com'], from: 'avow@example.com' },
  };
  await using rig = await startTelling(ops, { smtpUrl: `smtp://avow:${password}@127.0.0.1:${mail.port}` });
  await rig.say(opened('a'), opened('b'));
  await webhook.received(2);
  while ((await rig.deliveries('waiting')).filter(({ attempts, note }) => attempts > 0 && note !== null).length < 4)
    await new Promise((resolve) => setImmediate(resolve));
  const everything = JSON.stringify([rig.logged, await rig.deliveries('waiting')]);
  expect(rig.logged.length).toBeGreaterThanOrEqual(4);
  for (const canary of [password, 'canary-of-the-address', SECRET.slice(6), '/hooks/avow']) expect(everything.includes(canary)).toBe(false);
  await webhook.close();
  await mail.close();
});
