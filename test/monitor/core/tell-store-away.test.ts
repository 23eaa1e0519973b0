/** Who starts Avow without a good store, or a second time, is told by mail, once for each reason, and hears when it is well again (reliability D2). */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Store, StoreFault } from '#db/store.ts';
import { PATIENCE } from '#domain/notice/store-trouble.ts';
import { type Clock, systemClock } from '#monitor/clock.ts';
import type { OpsSettings } from '#monitor/config/config.ts';
import { firstMinuteConfig } from '#monitor/config/first-minute.ts';
import type { Log } from '#monitor/context.ts';
import type { Setting } from '#monitor/core/listen.ts';
import { tellStartRefused, waitForHolder } from '#monitor/core/refused-start.ts';
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
const startWithout = async (dataDir: string, message: string, log: Log = silentLog, spare = dataDir): Promise<void> => {
  const telling = await tellStoreAway({
    clock: systemClock,
    log,
    config: { ...firstMinuteConfig(), ops },
    origin: 'https://status.example.com',
    smtpUrl: smtpUrl(),
    ownPorts: () => [],
    dataDir,
    spare,
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
  for (const subject of subjects())
    expect(subject).toMatch(/^\[Avow\] Nothing is checked: Avow has started without its store, since \d\d:\d\d UTC/);
  const text = (sink.mails[0]?.message ?? '').replaceAll('=\r\n', '');
  expect(text).toMatch(
    /Since .*: The store is damaged\. Restore a backup\.\s+Console: https:\/\/status\.example\.com\/admin\s[\s\S]*Nothing is checked/,
  );
  expect(statSync(join(folder.path, TROUBLE_FILE)).mode & 0o777).toBe(0o600);

  await startWithout(folder.path, 'The store is damaged. Restore a backup.');
  expect(sink.mails).toHaveLength(2);
  await startWithout(folder.path, 'The store is missing.');
  expect(sink.mails).toHaveLength(4);

  await using store = await openTempStore();
  await using rig = await startTelling(ops, { store, dataDir: folder.path, smtpUrl: smtpUrl() });
  await rig.settled();
  expect(subjects().slice(4)).toEqual(Array(2).fill(expect.stringMatching(/^\[Avow\] Avow has its store again after /)));
  const { rows } = await store.read({ sql: `SELECT type, json_extract(payload_json, '$.message') FROM outbox ORDER BY id` });
  expect(rows).toEqual([
    ['ops.store_trouble', 'The store is missing.'],
    ['ops.store_well', null],
  ]);
  expect(existsSync(join(folder.path, TROUBLE_FILE))).toBe(false);
});

test('a data folder that takes no note has it in the spare one; where neither does, each start tells', async () => {
  await using folder = await tempFolder();
  const lines: string[] = [];
  const before = sink.mails.length;
  const gone = join(folder.path, 'gone');
  await startWithout(gone, 'The disk is not there.', collectingLog(lines), join(folder.path, 'gone too'));
  expect(sink.mails).toHaveLength(before + 2);
  expect(lines.join('\n')).toContain('could not be noted; the next start tells them again');
  for (let start = 0; start < 3; start++) await startWithout(gone, 'The disk is not there.', silentLog, folder.path);
  expect(sink.mails).toHaveLength(before + 4);
  const [name = ''] = readdirSync(folder.path);
  expect(name).toMatch(/^avow-[0-9a-f]{16}-store-trouble\.json$/);
  expect(statSync(join(folder.path, name)).mode & 0o777).toBe(0o600);
});

test('a note that is none is none', async () => {
  await using folder = await tempFolder();
  const before = sink.mails.length;
  writeFileSync(join(folder.path, TROUBLE_FILE), '{"since": "soon"}');
  await startWithout(folder.path, 'The disk is not there.');
  expect(sink.mails).toHaveLength(before + 2);
  expect(JSON.parse(readFileSync(join(folder.path, TROUBLE_FILE), 'utf8'))).toMatchObject({
    message: 'The disk is not there.',
    told: expect.arrayContaining(['mail:ops@example.com', 'mail:night@example.com']),
  });
});

const held = (pid: number) => new StoreFault('held', `The store is held by process ${pid}.`);
/** A start as main.ts makes it, up to the store; ten seconds of patience are over at once. `found`: what is there then. */
const start = async (
  dataDir: string,
  fault: StoreFault,
  { found = () => Promise.reject(fault), tell = ops, stop = new AbortController() }: StartOptions = {},
): Promise<{ readonly waited: boolean; readonly err: readonly string[]; readonly store: Store | null }> => {
  let waited = false;
  const err: string[] = [];
  const clock: Clock = {
    ...systemClock,
    sleep: (ms, signal) => {
      if (ms !== PATIENCE) return systemClock.sleep(ms, signal);
      waited = true;
      return signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve();
    },
  };
  const environment = {
    smtpUrl: smtpUrl(),
    dataDir,
    port: 4321,
    metricsPort: null,
    publicOrigin: 'https://status.example.com',
    adminOrigin: null,
  };
  const io = {
    clock,
    err: (line: string) => void err.push(line),
    env: { RUNTIME_DIRECTORY: dataDir },
    lifetime: () => ({ stop: stop.signal, onReload: () => undefined }),
  };
  const setting = { environment, io, log: silentLog } as unknown as Setting;
  const config = { ...firstMinuteConfig(), ops: tell };
  try {
    return { waited, err, store: await waitForHolder(setting, config, fault, found) };
  } catch (last) {
    await tellStartRefused(setting, config, last as StoreFault);
    return { waited, err, store: null };
  }
};
interface StartOptions {
  readonly found?: () => Promise<Store>;
  readonly tell?: OpsSettings;
  readonly stop?: AbortController;
}

test('a start while another process has the store is told once, whatever a supervisor does, and again after a start that succeeded', async () => {
  await using folder = await tempFolder();
  const before = sink.mails.length;
  const told = (): string[] => subjects().slice(before);
  for (let times = 0; times < 3; times++) expect((await start(folder.path, held(1))).waited).toBe(true);
  const hangs = '[Avow] Avow could not start: another process holds its store, and does not answer';
  expect(told()).toEqual([hangs, hangs]);

  // Now it answers, which is another reason.
  const holder = createServer((_request, response) => void response.end());
  await new Promise<void>((resolve) => holder.listen(join(folder.path, 'avow.sock'), resolve));
  for (let times = 0; times < 2; times++) await start(folder.path, held(1));
  expect(told().slice(2)).toEqual(Array(2).fill('[Avow] A second Avow was started, and ended: the first one has the store'));
  holder.close();

  await using store = await openTempStore();
  {
    await using rig = await startTelling(ops, { store, dataDir: folder.path, smtpUrl: smtpUrl() });
    await rig.settled();
    expect(await rig.deliveries('delivered')).toMatchObject([{ type: 'ops.start_refused' }, { type: 'ops.start_refused' }]);
  }
  expect(told()).toHaveLength(4);
  await start(folder.path, held(1));
  expect(told()).toHaveLength(6);
});

test('a store that is free ten seconds later is nothing to tell: Avow starts', async () => {
  await using folder = await tempFolder();
  const before = sink.mails.length;
  await using store = await openTempStore();
  const { store: got, err } = await start(folder.path, held(1), { found: () => Promise.resolve(store) });
  expect(got).toBe(store);
  expect(err).toEqual([
    'The store is held by process 1. Avow looks again in 10 seconds; if it is held then, ops are told and this start ends.',
  ]);
  expect(sink.mails).toHaveLength(before);
});

test('where nobody is to be told a start that is refused ends at once, and whoever stops it by hand knows of it', async () => {
  await using folder = await tempFolder();
  const before = sink.mails.length;
  expect(await start(folder.path, held(1), { tell: { webhook: null, mail: null } })).toMatchObject({ waited: false, err: [] });
  const stop = new AbortController();
  stop.abort('SIGINT');
  await start(folder.path, held(1), { stop });
  expect(sink.mails).toHaveLength(before);
  expect(readdirSync(folder.path)).toEqual([]);
});

test('a first start that fails is told once, and that Avow has a store at last', async () => {
  await using folder = await tempFolder();
  const before = sink.mails.length;
  const readOnly = new StoreFault('readonly', 'The store cannot be used: the folder is read-only for this user.');
  for (let times = 0; times < 3; times++) expect((await start(folder.path, readOnly)).waited).toBe(false);
  expect(subjects().slice(before)).toEqual(
    Array(2).fill(expect.stringMatching(/^\[Avow\] Nothing is checked: Avow could not start without its store, since /)),
  );
  await using store = await openTempStore();
  await using rig = await startTelling(ops, { store, dataDir: folder.path, smtpUrl: smtpUrl() });
  await rig.settled();
  expect(subjects().slice(before + 2)).toEqual(Array(2).fill(expect.stringMatching(/^\[Avow\] Avow has its store again after /)));
});
