/** P32: the webhook follows Standard Webhooks 1.0, as the public library of that standard reads it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { type Clock, systemClock } from '#monitor/clock.ts';
import { createEgress } from '#monitor/egress/gateway.ts';
import type { Letter } from '#monitor/notify/channel.ts';
import { signatures } from '#monitor/notify/signature.ts';
import { DEADLINE_MS, webhookChannel } from '#monitor/notify/webhook.ts';
import type { TestCertificate } from '../../support/certificates.ts';
import { OLD_SECRET, opened, resolved, SECRET, startTelling, webhookAt } from '../../support/telling-rig.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { type HookScript, PUBLIC_HOSTS, publicly, startWebhookSink } from '../../support/webhook-sink.ts';

const never = new AbortController().signal;
const letter: Letter = { key: 'msg_0123456789abcdef', type: 'ops.test', body: '{"type":"ops.test"}', openedBy: null };

test('an outage and its end reach the webhook, signed, in order, once each', async () => {
  const sink = await startWebhookSink();
  await using rig = await startTelling({ webhook: webhookAt(sink.url), mail: null });
  await rig.settled();
  await rig.say(opened('checkout', 'Checkout is not answering: connection refused'), resolved('checkout'));
  await sink.received(2);
  await rig.settled();
  const [first, second] = sink.posts;
  if (!first || !second) throw new Error('not told');
  const reader = new Webhook(SECRET);
  expect(reader.verify(first.body, { ...first.headers })).toMatchObject({
    type: 'incident.opened',
    data: {
      incident: 'checkout',
      title: 'Checkout is not answering: connection refused',
      started_at: '2026-11-24T12:00:00.000Z',
      link: 'https://status.example.com/incidents/checkout',
    },
  });
  expect(reader.verify(second.body, { ...second.headers })).toMatchObject({
    type: 'incident.resolved',
    data: { resolved_at: '2026-11-24T12:18:00.000Z' },
  });
  expect(first.path).toBe('/hooks/avow');
  expect(sink.posts).toHaveLength(2);
  await sink.close();
});

test('the reference vector of the standard is signed as it says, and each secret of a rotation signs for itself', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const [id, timestamp, body] = ['msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}'] as const;
  const wanted = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  expect(signatures([secret], id, timestamp, body)).toBe(wanted);
  const both = signatures([SECRET, secret], id, timestamp, body).split(' ');
  expect(both).toHaveLength(2);
  expect(both[1]).toBe(wanted);
});

test('a message that was not taken is sent again under the same id, signed anew at that instant', async () => {
  let now = Date.UTC(2026, 10, 24, 12);
  const clock: Clock = { ...systemClock, now: () => instant(now) };
  await using folder = await tempFolder();
  const hosts = join(folder.path, 'hosts');
  await writeFile(hosts, PUBLIC_HOSTS);
  const sink = await startWebhookSink((_post, nth) => ({ status: nth === 0 ? 500 : 204 }));
  const channel = webhookChannel({ egress: publicly(systemClock, hosts), clock, url: sink.url, secrets: [SECRET] });
  await channel.send(letter, never);
  now += 65_999;
  await channel.send(letter, never);
  await sink.close();
  const [first, second] = sink.posts;
  if (!first || !second) throw new Error('not sent twice');
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  expect(second.body).toBe(first.body);
  expect([first, second].map(({ headers }) => headers['webhook-timestamp'])).toEqual(['1795521600', '1795521665']);
  for (const { headers, body } of [first, second])
    expect(headers['webhook-signature']).toBe(signatures([SECRET], letter.key, Number(headers['webhook-timestamp']), body));
});

test('during a rotation every message carries both signatures, and a receiver with either secret reads it', async () => {
  const sink = await startWebhookSink();
  await using rig = await startTelling({ webhook: webhookAt(sink.url, [SECRET, OLD_SECRET]), mail: null });
  await rig.settled();
  await rig.say(opened('checkout'));
  await sink.received(1);
  const [post] = sink.posts;
  if (!post) throw new Error('not told');
  for (const secret of [SECRET, OLD_SECRET])
    expect(new Webhook(secret).verify(post.body, { ...post.headers })).toMatchObject({ type: 'incident.opened' });
  expect(() => new Webhook(`whsec_${Buffer.alloc(24, 1).toString('base64')}`).verify(post.body, { ...post.headers })).toThrow();
  await rig.settled();
  await sink.close();
});

/** One post to a sink that answers by `script`; `hurried`: the deadline passes as soon as the post has come. */
const postTo = async (
  script: HookScript,
  { shows, hurried = false }: { readonly shows?: TestCertificate; readonly hurried?: boolean } = {},
) => {
  await using folder = await tempFolder();
  const hosts = join(folder.path, 'hosts');
  await writeFile(hosts, PUBLIC_HOSTS);
  const sink = await startWebhookSink(script, shows);
  let fire = (): void => undefined;
  const clock: Clock = {
    ...systemClock,
    after: (ms, work, options) => {
      if (ms !== DEADLINE_MS || !hurried) return systemClock.after(ms, work, options);
      fire = work;
      return { cancel: () => undefined };
    },
  };
  const sending = webhookChannel({
    egress: publicly(systemClock, hosts),
    clock,
    url: `${sink.url}?token=canary-of-the-address`,
    secrets: [SECRET],
  }).send(letter, never);
  if (hurried) {
    await sink.received(1);
    fire();
  }
  const outcome = await sending;
  await sink.close();
  if (!outcome.delivered) expect(outcome.why).not.toMatch(/canary|hooks|ignored|whsec/);
  return { outcome, posts: sink.posts };
};

test.each<readonly [name: string, script: HookScript, wanted: object]>([
  ['200', () => ({ status: 200 }), { delivered: true }],
  ['204', () => ({ status: 204 }), { delivered: true }],
  ['500', () => ({ status: 500 }), { delivered: false, why: 'The receiver answered 500.', retryAfterMs: null, gone: false }],
  ['404', () => ({ status: 404 }), { delivered: false, permanent: false, gone: false }],
  ['410', () => ({ status: 410 }), { delivered: false, gone: true }],
  ['429 with seconds', () => ({ status: 429, headers: { 'retry-after': '120' } }), { delivered: false, retryAfterMs: 120_000 }],
  [
    '503 with a date long past',
    () => ({ status: 503, headers: { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' } }),
    { delivered: false, retryAfterMs: 0 },
  ],
  [
    '500 with Retry-After, which only 429 and 503 may name',
    () => ({ status: 500, headers: { 'retry-after': '120' } }),
    { delivered: false, retryAfterMs: null },
  ],
  ['accepted, then dead', () => 'die', { delivered: false, why: /closed the connection/ }],
  ['a flood of headers', () => 'flood', { delivered: false, why: /more than 256 KiB/ }],
])('a receiver that answers %s', async (_name, script, wanted) => {
  const { outcome, posts } = await postTo(script);
  const { why, ...rest } = wanted as { readonly why?: string | RegExp };
  expect(outcome).toMatchObject(rest);
  if (why !== undefined && !outcome.delivered) expect(outcome.why).toMatch(why);
  expect(posts).toHaveLength(1);
});

test('a redirect is not followed', async () => {
  const { outcome, posts } = await postTo(() => ({ status: 308, headers: { location: 'https://good.test/elsewhere' } }));
  expect(outcome).toMatchObject({ delivered: false, why: expect.stringContaining('redirects are not followed') });
  expect(posts).toHaveLength(1);
});

test('a receiver that stalls costs the deadline and is sent the same again later', async () => {
  const { outcome } = await postTo(() => 'stall', { hurried: true });
  expect(outcome).toMatchObject({ delivered: false, why: 'The receiver did not take it: it did not answer within 15 seconds.' });
});

test.each<TestCertificate>(['expired', 'other', 'self-signed'])('nothing is sent to a receiver whose certificate is %s', async (shows) => {
  const { outcome, posts } = await postTo(() => ({ status: 200 }), { shows });
  expect(outcome).toMatchObject({ delivered: false });
  expect(posts).toEqual([]);
});

test('a webhook is never sent into private space, whatever the name leads to', async () => {
  await using folder = await tempFolder();
  const hosts = join(folder.path, 'hosts');
  await writeFile(hosts, '10.0.0.7 inside.test\n127.0.0.1 here.test\n169.254.169.254 meta.test\n');
  const dialled: string[] = [];
  const egress = createEgress({
    clock: systemClock,
    hostsFile: hosts,
    ownPorts: () => [],
    selfOrigin: () => null,
    connect(wire, address) {
      dialled.push(address);
      wire.destroy();
    },
  });
  for (const host of [
    'inside.test',
    'here.test',
    'meta.test',
    'localhost',
    '127.0.0.1',
    '10.0.0.7',
    '169.254.169.254',
    '[::1]',
    '[::ffff:10.0.0.7]',
  ]) {
    const outcome = await webhookChannel({ egress, clock: systemClock, url: `https://${host}/`, secrets: [SECRET] }).send(letter, never);
    expect(outcome, host).toMatchObject({ delivered: false });
  }
  expect(dialled).toEqual([]);
});
