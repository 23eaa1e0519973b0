/** Who starts Avow without a good store is told by mail at once, once for each reason, and hears when it is well again (reliability D2). */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StoreFault } from '#db/store.ts';
import { systemClock } from '#monitor/clock.ts';
import { firstMinuteConfig } from '#monitor/config/first-minute.ts';
import type { Log } from '#monitor/context.ts';
import { TROUBLE_FILE, tellStoreAway } from '#monitor/core/tell-store-away.ts';
import { type SmtpSink, startSmtpSink } from '../../support/smtp-sink.ts';
import { collectingLog, startTelling } from '../../support/telling-rig.ts';
import { openTempStore, silentLog, tempFolder } from '../../support/temp-store.ts';

let sink: SmtpSink;
beforeAll(async () => {
  sink = await startSmtpSink();
});
afterAll(() => sink.close());
const ops = { webhook: null, mail: { to: ['ops@example.com', 'night@example.com'], from: 'avow@example.com' } };
const smtpUrl = (): string => `smtp://127.0.0.1:${sink.port}`;

/** A start in that folder, until everybody was told. */
const startWithout = async (dataDir: string, message: string, log: Log = silentLog): Promise<void> => {
  const telling = await tellStoreAway({
    clock: systemClock,
    log,
    config: { ...firstMinuteConfig(), ops },
    origin: 'https://status.example.com',
    smtpUrl: smtpUrl(),
    ownPorts: () => [],
    dataDir,
    fault: new StoreFault('corrupt', message),
  });
  await telling.sending;
  await telling.stop();
};
const subjects = (): string[] =>
  sink.mails.map(({ message }) => /^Subject: (.*(?:\r\n .*)*)/m.exec(message)?.[1]?.replace(/\r\n /g, ' ') ?? '');

test('each address is told once per reason over any number of starts, and afterwards only that it is well', async () => {
  await using folder = await tempFolder();
  await startWithout(folder.path, 'The store is damaged. Restore a backup.');
  expect(sink.mails.map(({ to }) => to).sort()).toEqual([['night@example.com'], ['ops@example.com']]);
  for (const subject of subjects()) expect(subject).toMatch(/^\[Avow\] Avow has started without its store, since \d\d:\d\d UTC/);
  const text = (sink.mails[0]?.message ?? '').replaceAll('=\r\n', '');
  expect(text).toMatch(/Since .*: The store is damaged\. Restore a backup\.\s+https:\/\/status\.example\.com\/\s+Nothing is checked/);
  expect(statSync(join(folder.path, TROUBLE_FILE)).mode & 0o777).toBe(0o600);

  await startWithout(folder.path, 'The store is damaged. Restore a backup.');
  expect(sink.mails).toHaveLength(2);
  await startWithout(folder.path, 'The store is missing.');
  expect(sink.mails).toHaveLength(4);

  await using store = await openTempStore();
  await using rig = await startTelling(ops, { store, dataDir: folder.path, smtpUrl: smtpUrl() });
  await rig.settled();
  expect(subjects().slice(4)).toEqual(Array(2).fill('[Avow] Avow has its store again'));
  const { rows } = await store.read({ sql: `SELECT type, json_extract(payload_json, '$.message') FROM outbox ORDER BY id` });
  expect(rows).toEqual([
    ['ops.store_trouble', 'The store is missing.'],
    ['ops.store_well', null],
  ]);
  expect(existsSync(join(folder.path, TROUBLE_FILE))).toBe(false);
});

test('a folder that takes no note is told about all the same, and a note that is none is none', async () => {
  await using folder = await tempFolder();
  const lines: string[] = [];
  const before = sink.mails.length;
  await startWithout(join(folder.path, 'gone'), 'The disk is not there.', collectingLog(lines));
  expect(sink.mails).toHaveLength(before + 2);
  expect(lines.join('\n')).toContain('could not be noted; the next start tells them again');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(folder.path, TROUBLE_FILE), '{"since": "soon"}');
  await startWithout(folder.path, 'The disk is not there.');
  expect(sink.mails).toHaveLength(before + 4);
  expect(JSON.parse(readFileSync(join(folder.path, TROUBLE_FILE), 'utf8'))).toMatchObject({
    message: 'The disk is not there.',
    told: expect.arrayContaining(['mail:ops@example.com', 'mail:night@example.com']),
  });
});
