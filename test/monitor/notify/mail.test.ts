/** Mail for ops over a real SMTP conversation on loopback: what is sent, and what a server that misbehaves gets. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '#domain/notice/attempt.ts';
import { instant } from '#domain/time/instant.ts';
import { type Clock, systemClock } from '#monitor/clock.ts';
import { createEgress } from '#monitor/egress/gateway.ts';
import type { Letter } from '#monitor/notify/channel.ts';
import { mailChannel } from '#monitor/notify/mail.ts';
import { messageFor } from '#monitor/notify/message.ts';
import { testRoot } from '../../support/certificates.ts';
import { type SmtpScript, startSmtpSink } from '../../support/smtp-sink.ts';
import { opened } from '../../support/telling-rig.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { PUBLIC_HOSTS, publicly } from '../../support/webhook-sink.ts';

const PASSWORD = 'canary-of-the-mail-password';
const never = new AbortController().signal;
const letterOf = (title?: string): Letter => {
  const message = opened('checkout', title);
  const row = { ...message, recordedAt: instant(Date.UTC(2026, 10, 24, 12, 1)) };
  return {
    key: 'msg_0123456789abcdef',
    type: message.type,
    openedBy: null,
    body: messageFor('mail:ops@example.com', row, { origin: 'https://status.example.com', zone: 'America/New_York' }),
  };
};

let folder: Awaited<ReturnType<typeof tempFolder>>;
let hosts = '';
beforeAll(async () => {
  folder = await tempFolder();
  hosts = join(folder.path, 'hosts');
  await writeFile(hosts, PUBLIC_HOSTS);
});
afterAll(() => folder[Symbol.asyncDispose]());

const channelTo = (smtpUrl: string, clock: Clock = systemClock) =>
  mailChannel({ egress: publicly(clock, hosts), clock, smtpUrl, from: 'avow@example.com', to: 'ops@example.com', ca: [testRoot()] });
/** `where`: the host of the URL; good.test counts as another machine. */
const sendTo = async (script: SmtpScript, where: string, user = '', clock?: Clock) => {
  const sink = await startSmtpSink(script);
  const outcome = await channelTo(`smtp://${user}${where}:${sink.port}`, clock).send(letterOf(), never);
  await sink.close();
  return { outcome, sink };
};
/** Folded lines as one, names in lower case. */
const headersOf = (message: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (message.split('\r\n\r\n')[0] ?? '')
      .replaceAll(/\r\n[ \t]/g, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
const whyOf = (outcome: Outcome): string => (outcome.delivered ? 'delivered' : outcome.why);

test('a message has its subject, sender, stable Message-ID, and plain sentences with a link', async () => {
  const { outcome, sink } = await sendTo({}, '127.0.0.1');
  expect(outcome).toEqual({ delivered: true });
  const [mail] = sink.mails;
  expect(mail?.to).toEqual(['ops@example.com']);
  expect(mail?.message).toContain('Message-ID: <msg_0123456789abcdef@example.com>');
  expect(mail?.message).toContain('From: Avow <avow@example.com>');
  expect(mail?.message).toContain('Subject: [Avow] checkout is not answering');
  expect(mail?.message).toMatch(/^Date: [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/m);
  expect(mail?.message).toContain('Auto-Submitted: auto-generated');
  // Soft line breaks of quoted-printable are no part of the text.
  const text = mail?.message.replaceAll('=\r\n', '');
  expect(text).toContain('Since Tue 2026-11-24 07:00 America/New_York (UTC-5), 12:00 UTC.');
  expect(text).toContain('https://status.example.com/incidents/checkout');
});

test('the end of an outage lies under its beginning, at every attempt under the same Message-ID', async () => {
  const sink = await startSmtpSink({ rcpt: '451 4.7.1 come back later' });
  const letter = { ...letterOf(), openedBy: 'msg_fedcba9876543210' };
  const channel = channelTo(`smtp://127.0.0.1:${sink.port}`);
  await channel.send(letter, never);
  sink.answer({});
  await channel.send(letter, never);
  sink.answer({ data: 'take-then-drop' });
  await channel.send(letter, never);
  await sink.close();
  expect(sink.mails.map(({ message }) => headersOf(message)).map(({ date: _date, ...rest }) => rest)).toEqual(
    Array(2).fill({
      'auto-submitted': 'auto-generated',
      'x-avow-type': 'incident.opened',
      from: 'Avow <avow@example.com>',
      to: 'ops@example.com',
      subject: '[Avow] checkout is not answering, since 07:00 UTC-5',
      'message-id': '<msg_0123456789abcdef@example.com>',
      'in-reply-to': '<msg_fedcba9876543210@example.com>',
      references: '<msg_fedcba9876543210@example.com>',
      'content-transfer-encoding': 'quoted-printable',
      'mime-version': '1.0',
      'content-type': 'text/plain; charset=utf-8',
    }),
  );
});

test('a title in any script is encoded, one line of header and no line longer than 78, and reads the same afterwards', async () => {
  const sink = await startSmtpSink();
  const title = `Zahlung für Müller & Söhne 支払い 💳 ${'é'.repeat(90)}\u202e ist nicht erreichbar`;
  await channelTo(`smtp://127.0.0.1:${sink.port}`).send(letterOf(title), never);
  await sink.close();
  const message = sink.mails[0]?.message ?? '';
  for (const one of message.split('\r\n')) {
    expect(one.length).toBeLessThanOrEqual(78);
    expect(one).toMatch(/^[\x20-\x7e\t]*$/);
  }
  const { subject = '' } = headersOf(message);
  const words = subject
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?(B|Q)\?(.*?)\?=/g, (_all, how: string, text: string) =>
      how === 'B'
        ? Buffer.from(text, 'base64').toString('latin1')
        : text.replaceAll('_', ' ').replaceAll(/=([0-9A-F]{2})/g, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  // The mark that turns the direction of what follows is gone.
  expect(Buffer.from(words, 'latin1').toString()).toBe(`[Avow] ${title.replace('\u202e', '')}, since 07:00 UTC-5`);
});

test('on the way to another machine STARTTLS is required: one that offers none gets neither message nor password', async () => {
  const { outcome, sink } = await sendTo({ auth: 'any' }, 'good.test', `avow:${PASSWORD}@`);
  expect(whyOf(outcome)).toMatch(/^The connection to the mail server could not be encrypted/);
  expect(sink.mails).toEqual([]);
  expect(sink.commands.filter((command) => !/^(EHLO|STARTTLS|QUIT)/.test(command))).toEqual([]);
});

test('with STARTTLS and a certificate that is right, the message passes encrypted and signed in', async () => {
  const { outcome, sink } = await sendTo({ startTls: true, auth: 'any' }, 'good.test', `avow:${PASSWORD}@`);
  expect(outcome).toEqual({ delivered: true });
  expect(sink.mails[0]?.encrypted).toBe(true);
  expect(sink.commands.find((command) => command.startsWith('AUTH'))).toBeDefined();
});

test.each(['other', 'expired', 'self-signed'] as const)('a certificate that is %s stops it before any message', async (shows) => {
  const sink = await startSmtpSink({ startTls: true, auth: 'any' }, shows);
  const outcome = await channelTo(`smtp://avow:${PASSWORD}@good.test:${sink.port}`).send(letterOf(), never);
  await sink.close();
  expect(whyOf(outcome)).toMatch(/could not be encrypted/);
  expect(sink.mails).toEqual([]);
  expect(sink.commands.some((command) => command.startsWith('AUTH'))).toBe(false);
});

test('smtps:// speaks TLS from the first byte, on this machine too', async () => {
  const sink = await startSmtpSink({}, 'good', true);
  const outcome = await channelTo(`smtps://127.0.0.1:${sink.port}`).send(letterOf(), never);
  await sink.close();
  expect(outcome).toEqual({ delivered: true });
  expect(sink.mails[0]?.encrypted).toBe(true);
});

test.each([
  ['greylisted for now', { rcpt: '451 4.7.1 come back later' }, false, 'The mail server did not take it: 451 4.7.1 come back later'],
  ['an address that does not exist', { rcpt: '550 5.1.1 no such user' }, true, 'The mail server did not take it: 550 5.1.1 no such user'],
  ['a message that is refused', { data: '554 5.6.0 not wanted' }, true, 'The mail server did not take it: 554 5.6.0 not wanted'],
  ['a message that is not wanted now', { data: '452 4.3.1 full' }, false, 'The mail server did not take it: 452 4.3.1 full'],
  ['dropped after DATA', { data: 'drop' }, false, /did not take it: Connection closed unexpectedly/],
  ['taken, then dropped', { data: 'take-then-drop' }, false, /did not take it: Connection closed unexpectedly/],
  ['a reply without end', { greeting: 'endless' }, false, /did not take it|more than 256 KiB/],
] as const)('%s', async (_name, script, permanent, why) => {
  const { outcome } = await sendTo(script, '127.0.0.1');
  expect(outcome).toMatchObject({ delivered: false, permanent, gone: false });
  if (typeof why === 'string') expect(whyOf(outcome)).toBe(why);
  else expect(whyOf(outcome)).toMatch(why);
});

test.each([
  ['never greets', { greeting: 'never' }],
  ['stalls after DATA', { data: 'stall' }],
] as const)('a server that %s costs at most the deadline', async (_name, script) => {
  let fire = (): void => undefined;
  const clock: Clock = {
    ...systemClock,
    after: (ms, work, options) => {
      if (ms !== 30_000) return systemClock.after(ms, work, options);
      fire = work;
      return { cancel: () => undefined };
    },
  };
  const sink = await startSmtpSink(script);
  const sending = channelTo(`smtp://127.0.0.1:${sink.port}`, clock).send(letterOf(), never);
  if ('data' in script) await sink.received(1);
  fire();
  expect(whyOf(await sending)).toMatch(/did not finish within 30 seconds|did not answer in time|no time left/);
  await sink.close();
});

test('a server that refuses the password, and repeats it, finds it in no message of ours', async () => {
  const { outcome } = await sendTo({ auth: 'wrong' }, '127.0.0.1', `avow:${PASSWORD}@`);
  expect(whyOf(outcome)).toBe('The mail server did not accept user and password; put AVOW_SMTP_URL right.');
  const echo = await sendTo({ auth: 'any', rcpt: `550 ${PASSWORD}` }, '127.0.0.1', `avow:${PASSWORD}@`);
  expect(whyOf(echo.outcome)).not.toContain('canary');
});

test('a text with line breaks makes no header', async () => {
  const sink = await startSmtpSink();
  await channelTo(`smtp://127.0.0.1:${sink.port}`).send(letterOf('down\r\nBcc: thief@example.com\r\n\r\nx'), never);
  await sink.close();
  expect(sink.mails[0]?.to).toEqual(['ops@example.com']);
  expect(sink.mails[0]?.message.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
});

test('the mail server may be on a private network, but metadata is never dialled', async () => {
  const dialled: string[] = [];
  const egress = createEgress({
    clock: systemClock,
    ownPorts: () => [4321],
    selfOrigin: () => null,
    connect(wire, address) {
      dialled.push(address);
      wire.destroy(Object.assign(new Error('not dialled in a test'), { code: 'ECONNREFUSED' }));
    },
  });
  const outcomes: string[] = [];
  for (const host of ['10.1.2.3', '127.0.0.1', '169.254.169.254', '[fd00:ec2::254]', '224.0.0.1', '0.0.0.0'])
    outcomes.push(
      whyOf(
        await mailChannel({ egress, clock: systemClock, smtpUrl: `smtp://${host}:4321`, from: 'a@example.com', to: 'b@example.com' }).send(
          letterOf(),
          never,
        ),
      ),
    );
  expect(dialled).toEqual(['10.1.2.3']);
  expect(outcomes.slice(1).every((why) => why.includes('is not dialled'))).toBe(true);
});
