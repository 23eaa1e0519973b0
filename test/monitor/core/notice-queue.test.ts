/** P5, P6, P32 in virtual time over a real store: retries, Retry-After, 410, five days, folding, order, and what survives a crash. */
import { expect, test } from 'vitest';
import { countUnqueued, holdOutbox, readChannels } from '#db/queries/notices.ts';
import { failed } from '#domain/notice/attempt.ts';
import { WAITS } from '#domain/notice/retry.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#domain/time/instant.ts';
import { retryDelivery } from '#monitor/actions/retry-delivery.ts';
import { sendTestNotice } from '#monitor/actions/send-test-notice.ts';
import { SYSTEM } from '#monitor/context.ts';
import { type NoticeDesk, noticeDesk, type Receiver, takes } from '../../support/notice-desk.ts';
import { opened, resolved } from '../../support/telling-rig.ts';

const down: Receiver = () => failed('The receiver answered 500.');
const context = (desk: NoticeDesk) => ({ store: desk.store, clock: desk.clock, policy: { zone: 'UTC' }, actor: SYSTEM });
const typesTaken = (desk: NoticeDesk, channel = 'webhook'): string[] =>
  desk.sent.filter((one) => one.taken && one.channel === channel).map(({ type, subject }) => `${type} ${subject}`);
const channelOf = async (desk: NoticeDesk, name = 'webhook') => {
  const found = (await readChannels(desk.store)).find((one) => one.name === name);
  if (!found) throw new Error(`no channel ${name}`);
  return found;
};

test('what is not taken is sent again after 5 s, 30 s, 2 min … 24 h, under one key with one body, and is a dead letter after about three days', async () => {
  await using desk = await noticeDesk();
  desk.receiver = down;
  await desk.say(opened('checkout'));
  await desk.round();
  for (const wait of WAITS) {
    await desk.clock.advance(wait - 1);
    const before = desk.sent.length;
    await desk.round();
    expect(desk.sent).toHaveLength(before);
    await desk.clock.advance(1);
    await desk.round();
    expect(desk.sent).toHaveLength(before + 1);
  }
  await desk.pass(3 * DAY, DAY);
  expect(desk.sent).toHaveLength(WAITS.length + 1);
  expect(new Set(desk.sent.map(({ key }) => key)).size).toBe(1);
  expect(new Set(desk.sent.map(({ body }) => body)).size).toBe(1);
  const last = desk.sent.at(-1)?.at ?? 0;
  expect(last - (desk.sent[0]?.at ?? 0)).toBe(67 * HOUR + 52 * MINUTE + 35 * SECOND);
  expect(await desk.deliveries('dead')).toMatchObject([{ attempts: 14, note: 'The receiver answered 500.', type: 'incident.opened' }]);
});

test('429 with Retry-After is waited for; a day is the most', async () => {
  await using desk = await noticeDesk();
  desk.receiver = () => failed('The receiver answered 429.', { retryAfterMs: 10 * MINUTE });
  await desk.say(opened('checkout'));
  await desk.round();
  await desk.pass(10 * MINUTE - 1, 10 * MINUTE - 1);
  expect(desk.sent).toHaveLength(1);
  await desk.pass(1, 1);
  expect(desk.sent).toHaveLength(2);
  desk.receiver = () => failed('The receiver answered 429.', { retryAfterMs: 400 * DAY });
  await desk.pass(10 * MINUTE, MINUTE);
  const before = desk.sent.length;
  await desk.pass(25 * HOUR, HOUR);
  expect(desk.sent.length).toBeGreaterThan(before);
});

test('410 disables the webhook at once, its backlog becomes dead letters, and the other channel is told', async () => {
  await using desk = await noticeDesk(['webhook', 'mail:ops@example.com']);
  desk.receiver = ({ channel }) =>
    channel === 'webhook' ? failed('The receiver answered 410 Gone.', { gone: true }) : { delivered: true };
  await desk.say(opened('checkout'), opened('search'));
  await desk.round();
  expect(await channelOf(desk)).toMatchObject({ disabledWhy: 'the receiver answered 410 Gone: it wants no more messages' });
  expect(desk.sent.filter(({ channel }) => channel === 'webhook')).toHaveLength(2);
  expect((await desk.deliveries('dead')).map(({ channel }) => channel)).toEqual(['webhook', 'webhook']);
  const told = desk.sent.filter(({ type }) => type === 'ops.channel_disabled');
  expect(told).toMatchObject([{ channel: 'mail:ops@example.com', taken: true }]);
  expect(told[0]?.body).toContain('Nothing is sent to the webhook any more');
  // Nothing is queued for it while it is disabled, and the first test that arrives enables it again.
  await desk.say(opened('billing'));
  await desk.round();
  desk.receiver = takes;
  await sendTestNotice(context(desk), { channel: null });
  await desk.round();
  expect(await channelOf(desk)).toMatchObject({ disabledAt: null, failingSince: null });
  await desk.say(resolved('billing'), opened('images'));
  await desk.round();
  expect(typesTaken(desk)).toEqual(['ops.test ', 'incident.opened images']);
});

test('five days of failure disable a channel, with a notice on the other one', async () => {
  await using desk = await noticeDesk(['webhook', 'mail:ops@example.com']);
  desk.receiver = ({ channel }) => (channel === 'webhook' ? failed('The receiver answered 500.') : { delivered: true });
  for (let day = 0; day < 6; day++) {
    await desk.say(opened(`day-${day}`));
    await desk.pass(DAY, HOUR);
  }
  const { disabledAt, failingSince, disabledWhy } = await channelOf(desk);
  expect(disabledWhy).toBe('every attempt has failed for five days');
  expect((disabledAt ?? 0) - (desk.sent[0]?.at ?? 0)).toBeGreaterThanOrEqual(5 * DAY);
  expect(failingSince).not.toBeNull();
  expect(desk.sent.filter(({ type }) => type === 'ops.channel_disabled')).toHaveLength(1);
  // Channels do not feel each other: the mail of every day came on its day.
  expect(typesTaken(desk, 'mail:ops@example.com').filter((one) => one.startsWith('incident.opened'))).toHaveLength(6);
});

test('after six hours away the backlog folds: what is over is named in one summary, what goes on is told, and folding is logged', async () => {
  await using desk = await noticeDesk();
  await desk.say(opened('told-before'));
  await desk.round();
  desk.receiver = down;
  await desk.say(opened('first'));
  await desk.pass(HOUR, 10 * MINUTE);
  await desk.say(resolved('told-before'), opened('came-and-went', 'Search is not answering: timeout'));
  await desk.pass(HOUR, 10 * MINUTE);
  await desk.say(resolved('came-and-went'), opened('goes-on'));
  await desk.pass(4 * HOUR, 10 * MINUTE);
  const before = typesTaken(desk).length;
  desk.receiver = takes;
  await desk.pass(3 * HOUR, 10 * MINUTE);
  const told = typesTaken(desk).slice(before);
  expect(told).toContain('incident.opened first');
  expect(told).toContain('incident.resolved told-before');
  expect(told).toContain('incident.opened goes-on');
  expect(told.filter((one) => one.includes('came-and-went'))).toEqual([]);
  const summary = desk.sent.filter(({ type, taken }) => type === 'ops.told_late' && taken);
  expect(summary).toHaveLength(1);
  expect(summary[0]?.body).toContain('Search is not answering: timeout');
  expect(desk.logged.some((line) => line.includes('its backlog was folded') && line.includes('"folded":2'))).toBe(true);
  expect((await desk.deliveries('dropped')).map(({ note }) => note)).toEqual([
    'folded after a long outage of the channel',
    'folded after a long outage of the channel',
  ]);
});

test('of a story whose beginning was given up in four days of outage the summary tells the end', async () => {
  await using desk = await noticeDesk();
  desk.receiver = down;
  await desk.say(opened('long', 'Search is not answering: timeout'));
  await desk.pass(4 * DAY, HOUR);
  expect(await desk.deliveries('dead')).toHaveLength(1);
  await desk.say(resolved('long', 'Search is not answering: timeout'), opened('new'));
  desk.receiver = ({ type }) => (type === 'incident.opened' ? { delivered: true } : failed('not yet'));
  await desk.pass(2 * HOUR, 10 * MINUTE);
  desk.receiver = takes;
  await desk.pass(2 * HOUR, 10 * MINUTE);
  expect(typesTaken(desk)).toEqual(['incident.opened new', 'ops.told_late ']);
  expect(desk.sent.at(-1)?.body).toContain(': Search is not answering: timeout');
});

test('a channel that was away for less than an hour is told everything, in order', async () => {
  await using desk = await noticeDesk();
  desk.receiver = down;
  await desk.say(opened('a'), resolved('a'), opened('b'));
  await desk.pass(40 * MINUTE, MINUTE);
  desk.receiver = takes;
  await desk.pass(30 * MINUTE, MINUTE);
  expect(typesTaken(desk).sort()).toEqual(['incident.opened a', 'incident.opened b', 'incident.resolved a']);
  expect(typesTaken(desk).indexOf('incident.opened a')).toBeLessThan(typesTaken(desk).indexOf('incident.resolved a'));
});

test('an end is never told to whom the beginning was not: it is left out, and the log says so', async () => {
  await using desk = await noticeDesk();
  desk.receiver = () => failed('The mail server did not take it: 550', { permanent: true });
  await desk.say(opened('checkout'));
  await desk.round();
  desk.receiver = takes;
  await desk.say(resolved('checkout'));
  await desk.round();
  expect(typesTaken(desk)).toEqual([]);
  expect(await desk.deliveries('dropped')).toMatchObject([{ type: 'incident.resolved', note: 'its beginning was not told' }]);
  // Sent again by hand the story comes whole and in order, under the keys it had.
  const [dead] = await desk.deliveries('dead');
  const keys = [...(await desk.deliveries('dead')), ...(await desk.deliveries('dropped'))].map(({ key }) => key);
  expect(await retryDelivery(context(desk), { delivery: dead?.id ?? 0 })).toMatchObject({
    keys,
    says: [expect.stringContaining('one more message of the same story')],
  });
  await desk.round();
  expect(typesTaken(desk)).toEqual(['incident.opened checkout', 'incident.resolved checkout']);
});

test('what is not a dead letter is not sent again, and says what it is', async () => {
  await using desk = await noticeDesk();
  await desk.say(opened('checkout'));
  await desk.round();
  const [row] = await desk.deliveries('delivered');
  expect(await retryDelivery(context(desk), { delivery: row?.id ?? 0 })).toMatchObject({
    code: 'not_dead',
    message: `Delivery ${row?.id} was delivered. Only dead letters are sent again.`,
  });
  expect(await retryDelivery(context(desk), { delivery: 999 })).toMatchObject({ code: 'unknown_delivery' });
});

test('release notes that become public later are told to nobody before', async () => {
  await using desk = await noticeDesk();
  await desk.say({
    key: 'release.published:2.0:1',
    type: 'release.published',
    payload: { version: '2.0', rev: 1, title: 'Two', notes: 'Secret until then', public_at: '2026-11-24T18:00:00.000Z' },
  });
  await desk.pass(6 * HOUR - MINUTE, MINUTE * 30);
  const early = desk.sent.length;
  await desk.pass(31 * MINUTE, MINUTE);
  expect(desk.sent.slice(0, early).every(({ at }) => at >= Date.UTC(2026, 10, 24, 18))).toBe(true);
  expect(desk.sent).toMatchObject([{ type: 'release.published', at: Date.UTC(2026, 10, 24, 18) }]);
});

test('the end names the letter that told its beginning to that channel, for threads', async () => {
  await using desk = await noticeDesk(['mail:a@example.com', 'mail:b@example.com']);
  const named: unknown[] = [];
  desk.receiver = ({ channel, type, openedBy }) => {
    named.push([channel, type, openedBy]);
    return { delivered: true };
  };
  await desk.say(opened('checkout'), resolved('checkout'));
  await desk.round();
  const keyOf = (channel: string) => desk.sent.find((one) => one.channel === channel && one.type === 'incident.opened')?.key;
  expect(named).toEqual(
    ['mail:a@example.com', 'mail:b@example.com'].flatMap((channel) => [
      [channel, 'incident.opened', null],
      [channel, 'incident.resolved', keyOf(channel)],
    ]),
  );
});

test('what was on its way when the process died is sent again under the same key; what was remembered is not', async () => {
  await using desk = await noticeDesk();
  await desk.say(opened('a'), opened('b'));
  await desk.queue.plan(desk.channels);
  const claimed = await desk.queue.claim('webhook', 8);
  const [first, second] = claimed;
  if (!first || !second) throw new Error('nothing was due');
  await desk.queue.remember(first, { delivered: true });
  await desk.restart();
  await desk.round();
  expect(desk.sent.map(({ key }) => key)).toEqual([second.key]);
  expect(await desk.deliveries('delivered')).toHaveLength(2);
});

test('what the outbox of a backup held and no channel had yet is a dead letter that can be sent again; what is recorded later is told', async () => {
  await using desk = await noticeDesk(['webhook', 'mail:ops@example.com']);
  await desk.say(opened('held'));
  expect(await countUnqueued(desk.store)).toBe(2);
  await desk.store.write([holdOutbox('it waited when the backup was made')]);
  await desk.say(opened('after'));
  await desk.restart();
  await desk.round();
  await desk.restart();
  await desk.round();
  expect(typesTaken(desk)).toEqual(['incident.opened after']);
  const dead = await desk.deliveries('dead');
  expect(dead.map(({ channel, note }) => `${channel}: ${note}`).sort()).toEqual([
    'mail:ops@example.com: it waited when the backup was made',
    'webhook: it waited when the backup was made',
  ]);
  expect(await countUnqueued(desk.store)).toBe(0);
  const webhook = dead.find(({ channel }) => channel === 'webhook');
  await retryDelivery(context(desk), { delivery: webhook?.id ?? 0 });
  await desk.round();
  expect(typesTaken(desk)).toEqual(['incident.opened after', 'incident.opened held']);
  expect(desk.sent.at(-1)?.key).toBe(webhook?.key);
});

test('nobody is told what the outbox held before the channel was configured, nor what waits for one that no longer is', async () => {
  await using desk = await noticeDesk([]);
  await desk.say(opened('before'));
  desk.channels = ['webhook'];
  await desk.round();
  await desk.say(resolved('before'), opened('after'));
  await desk.round();
  expect(typesTaken(desk)).toEqual(['incident.opened after']);
  desk.receiver = down;
  await desk.say(opened('late'));
  await desk.round();
  desk.channels = ['mail:ops@example.com'];
  desk.receiver = takes;
  await desk.pass(HOUR, 10 * MINUTE);
  expect(desk.sent.filter(({ taken }) => taken)).toHaveLength(1);
  expect((await desk.deliveries('dropped')).at(0)).toMatchObject({ note: 'the channel is no longer configured' });
});

test('a test is tried once, and to one channel when one is named', async () => {
  await using desk = await noticeDesk(['webhook', 'mail:ops@example.com']);
  desk.receiver = down;
  expect(await sendTestNotice(context(desk), { channel: 'mail:ops@example.com' })).toMatchObject({ channels: ['mail:ops@example.com'] });
  await desk.pass(HOUR, 10 * MINUTE);
  expect(desk.sent).toMatchObject([{ channel: 'mail:ops@example.com', type: 'ops.test', taken: false }]);
  expect(await desk.deliveries('dead')).toMatchObject([{ type: 'ops.test', attempts: 1 }]);
  expect(await sendTestNotice(context(desk), { channel: 'pager' })).toMatchObject({ code: 'unknown_channel' });
});

test('without channels nobody can be sent a test, and the refusal says what to do', async () => {
  await using desk = await noticeDesk([]);
  expect(await sendTestNotice(context(desk), { channel: null })).toMatchObject({
    code: 'no_channel',
    message: expect.stringContaining('Write "ops" into it'),
  });
});

test('a row that nobody can put into words, or that a newer Avow wrote, holds nobody up', async () => {
  await using desk = await noticeDesk();
  await desk.store.write([
    { sql: `INSERT INTO outbox (key, type, payload_json, recorded_at_ms) VALUES ('x', 'incident.renamed', '{}', 1)` },
    {
      sql: `INSERT INTO outbox (key, type, payload_json, recorded_at_ms) VALUES ('y', 'incident.opened', '{"incident":"odd","startedAt":9e15}', 1)`,
    },
  ]);
  await desk.say(opened('checkout'));
  await desk.round();
  expect(typesTaken(desk)).toHaveLength(2);
  expect(typesTaken(desk)[1]).toBe('incident.opened checkout');
});

test('a body is never longer than 20 KB: long texts give way, title and link stay', async () => {
  await using desk = await noticeDesk();
  await desk.say({
    key: 'release.published:2.0:1',
    type: 'release.published',
    payload: { version: '2.0', rev: 1, title: 'Two', notes: 'ü'.repeat(90_000), public_at: '2026-11-24T12:00:00.000Z' },
  });
  await desk.round();
  const body = desk.sent[0]?.body ?? '';
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(20_000);
  expect(JSON.parse(body)).toMatchObject({ data: { version: '2.0', shortened: true, link: 'https://status.example.com/releases/2.0' } });
});
