/**
 * P5: kill −9 in the middle of telling. Every message arrives at each channel at least once, under one key and with one body; a kill may
 * repeat what was on its way, eight per channel, and nothing else; order and sense hold for a receiver that knows keys. And no secret is
 * in a log, an output or the store. Of three kills one strikes between a post that arrived and its mark, one between a mail that arrived and
 * its mark, and one anywhere.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { IN_FLIGHT } from '#monitor/notify/deliver.ts';
import { spawnProgram } from '../support/crash-driver.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { SECRET } from '../support/telling-rig.ts';
import { tempFolder } from '../support/temp-store.ts';
import { startWebhookSink } from '../support/webhook-sink.ts';

const CHILD = new URL('../support/telling-child.ts', import.meta.url);
const STORIES = 120;
const KILLS = 12;
const PASSWORD = 'canary-of-the-mail-password';

const keyOf = (message: string): string => /^Message-ID: <(msg_[0-9a-f]+)@/m.exec(message)?.[1] ?? '';

test('killed twelve times while it tells 240 messages over two channels', async () => {
  await using folder = await tempFolder();
  const random = seeded(32);
  const webhook = await startWebhookSink();
  const mail = await startSmtpSink();
  const smtpUrl = `smtp://avow:${PASSWORD}@127.0.0.1:${mail.port}`;
  mail.answer({ auth: 'any' });
  let said = '';
  let kills = 0;
  /** Arrived whole, and the sender died before it heard so. */
  const unmarked = { webhook: new Set<string>(), mail: new Set<string>() };
  const strike = ['webhook', 'mail', 'anywhere'] as const;
  for (let run = 0; ; run++) {
    const child = spawnProgram(CHILD, [folder.path, `${webhook.url}?token=canary-of-the-address`, smtpUrl, String(STORIES)]);
    let settled = false;
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const collect = (chunk: Buffer): void => {
      const text = chunk.toString();
      said += text;
      if (text.includes('settled')) settled = true;
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    if (run < KILLS) {
      const [posts, mails] = [webhook.posts.length, mail.mails.length];
      const at = strike[run % 3] ?? 'anywhere';
      const some = 1 + Math.floor(random() * IN_FLIGHT);
      if (at === 'webhook') webhook.answer(() => 'stall');
      if (at === 'mail') mail.answer({ auth: 'any', data: 'stall' });
      // Some die at the start, the others once a few more have arrived.
      if (at === 'mail') await Promise.race([mail.received(mails + some), ended]);
      else if (at === 'webhook' || random() > 0.2) await Promise.race([webhook.received(posts + some), ended]);
      if (at === 'anywhere') await systemClock.sleep(random() * 30);
      if (!settled) kills++;
      child.kill('SIGKILL');
      await ended;
      if (at === 'webhook') for (const { headers } of webhook.posts.slice(posts)) unmarked.webhook.add(headers['webhook-id'] ?? '');
      if (at === 'mail') for (const { message } of mail.mails.slice(mails)) unmarked.mail.add(keyOf(message));
      webhook.answer(() => ({ status: 204 }));
      mail.answer({ auth: 'any' });
    }
    await ended;
    if (run >= KILLS) break;
  }
  expect(said).toContain('settled');
  expect(kills).toBeGreaterThan(KILLS / 2);

  const hooks = webhook.posts.map(({ headers, body }) => ({ key: headers['webhook-id'] ?? '', body }));
  const mails = mail.mails.map(({ message }) => ({
    key: keyOf(message),
    body: message.replace(/^Date:.*$/m, ''),
  }));
  for (const [channel, received] of [
    ['webhook', hooks],
    ['mail', mails],
  ] as const) {
    // What nobody could mark came again, under the same key.
    expect(unmarked[channel].size).toBeGreaterThan(0);
    for (const key of unmarked[channel]) expect(received.filter((one) => one.key === key).length).toBeGreaterThan(1);
    const bodies = new Map<string, string>();
    for (const { key, body } of received) {
      expect(key).toMatch(/^msg_[0-9a-f]{32}$/);
      expect(bodies.get(key) ?? body).toBe(body);
      bodies.set(key, body);
    }
    expect(bodies.size).toBe(2 * STORIES);
    expect(received.length - bodies.size).toBeLessThanOrEqual(IN_FLIGHT * kills);
  }
  const firstOf = new Map<string, number>();
  for (const [index, { body }] of hooks.entries()) {
    const { type, data } = JSON.parse(body) as { type: string; data: { incident: string } };
    const name = `${type} ${data.incident}`;
    if (!firstOf.has(name)) firstOf.set(name, index);
  }
  for (let i = 0; i < STORIES; i++)
    expect(firstOf.get(`incident.opened story-${i}`)).toBeLessThan(firstOf.get(`incident.resolved story-${i}`) ?? -1);

  const store = ['avow.db', 'avow.db-wal'].map((file) => {
    try {
      return readFileSync(`${folder.path}/${file}`).toString('latin1');
    } catch {
      return '';
    }
  });
  for (const text of [said, ...store])
    for (const canary of [PASSWORD, 'canary-of-the-address', SECRET, SECRET.slice(6)]) expect(text.includes(canary)).toBe(false);
  await webhook.close();
  await mail.close();
}, 90_000);
