import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { decodePack, encodeCore } from '#db/queries/pack.ts';
import type { Store } from '#db/store.ts';
import { DAY } from '#domain/time/instant.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { command } from '#monitor/cli/commands/doctor.ts';
import { systemClock } from '#monitor/clock.ts';
import { compact } from '#monitor/core/compaction.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import { serveSocket } from '#site/server/socket.ts';
import { define, result } from '../../support/recording.ts';
import { silentLog, tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const FIRST = Math.floor(Date.UTC(2026, 8, 1) / DAY);

const filled = async (store: Store): Promise<void> => {
  await define(
    store,
    [
      { slug: 'checkout', intervalMs: 600_000 },
      { slug: 'search', intervalMs: 600_000 },
    ],
    ['home', 'away'],
  );
  const clock = new VirtualClock((FIRST + 5) * DAY + 3_600_000);
  const recorder = await createRecorder({ store, clock, log: silentLog });
  const all = Array.from({ length: 5 * 144 }, (_, i) =>
    ['checkout', 'search'].flatMap((slug) =>
      ['home', 'away'].map((place) =>
        result(slug, place, FIRST * DAY + i * 600_000 + 5, i % 200 > 195 && slug === 'checkout' ? 'fail' : 'ok'),
      ),
    ),
  ).flat();
  for (let i = 0; i < all.length; i += 1_000) await recorder.record(all.slice(i, i + 1_000));
  await compact({ store, clock: systemClock, config: { evidenceDays: 400 } }, clock.now());
};

/** Filled once; every test works on a copy of the file. */
let filledFolder: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  filledFolder = await tempFolder();
  const store = await openStore({ path: join(filledFolder.path, 'avow.db'), clock: systemClock, log: silentLog });
  await filled(store);
  await store.close();
});
afterAll(() => filledFolder[Symbol.asyncDispose]());
const openCopy = async (): Promise<Store & AsyncDisposable> => {
  const folder = await tempFolder();
  await copyFile(join(filledFolder.path, 'avow.db'), join(folder.path, 'avow.db'));
  const store = await openStore({ path: join(folder.path, 'avow.db'), clock: systemClock, log: silentLog });
  const dispose = () => store.close().then(() => folder[Symbol.asyncDispose]());
  return Object.assign(store, { [Symbol.asyncDispose]: dispose });
};
const doctor = (store: Store) => doctorReport({ store, clock: systemClock });
const found = async (store: Store): Promise<string[]> =>
  (await doctor(store)).differences.map(({ component, location, what, message }) => `${component}/${location} ${what}: ${message}`);

describe('doctor', () => {
  test('finds no difference in what the recorder and the compaction wrote, and changes nothing', async () => {
    await using store = await openCopy();
    const progress: string[] = [];
    const report = await doctorReport({ store, clock: systemClock }, ({ message, done, total }) =>
      progress.push(`${done}/${total} ${message}`),
    );
    expect(report).toMatchObject({ ok: true, differences: [], examined: { pairs: 4, checks: 2_880, days: 20 } });
    expect(progress.at(-1)).toBe('4/4 Done');
  });

  const plants: [string, string, RegExp][] = [
    [
      'an end of a span that was moved',
      "UPDATE spans SET end_ms = end_ms - 1 WHERE component_id = 1 AND location_id = 2 AND lenient = 'down' AND start_ms = (SELECT min(start_ms) FROM spans WHERE lenient = 'down')",
      /^checkout\/away spans: The evidence says down from 2026-09-02T08:40:00\.005Z to 2026-09-02T09:20:00\.005Z; the store says down from 2026-09-02T08:40:00\.005Z to 2026-09-02T09:20:00\.004Z\.$/,
    ],
    [
      'a state that was painted green',
      "UPDATE spans SET lenient = 'up', strict = 'up' WHERE component_id = 1 AND location_id = 1 AND lenient = 'down'",
      /^checkout\/home spans: .*says down.*store says up/,
    ],
    [
      'a span that was deleted',
      "DELETE FROM spans WHERE component_id = 1 AND location_id = 1 AND lenient = 'down'",
      /the store has no such span/,
    ],
    [
      'a pack that was deleted',
      `DELETE FROM check_packs WHERE component_id = 2 AND location_id = 1 AND day = ${FIRST + 1}`,
      /^search\/home (spans|daily)/,
    ],
    [
      'the oldest pack, deleted',
      `DELETE FROM check_packs WHERE component_id = 2 AND location_id = 1 AND day = ${FIRST}`,
      /^search\/home (spans|daily)/,
    ],
    ['all packs of a pair, deleted', 'DELETE FROM check_packs WHERE component_id = 2 AND location_id = 1', /^search\/home (spans|daily)/],
    [
      'a hot row that was deleted',
      `DELETE FROM checks WHERE c = 1 AND l = 1 AND at = (SELECT min(at) FROM checks WHERE c = 1 AND l = 1)`,
      /^checkout\/home daily: .* says ok 144; the evidence say 143/,
    ],
    [
      'a daily sum that was changed',
      `UPDATE daily SET down_ms = down_ms - 1, up_ms = up_ms + 1 WHERE component_id = 1 AND location_id = 1 AND day = ${FIRST + 1}`,
      /^checkout\/home daily: The rollup of 2026-09-02 says upMs \d+; the evidence say/,
    ],
    [
      'a daily latency that was changed',
      `UPDATE daily SET latency_json = replace(latency_json, '[144,', '[145,') WHERE component_id = 2 AND location_id = 2 AND day = ${FIRST}`,
      /^search\/away daily: .*other latencies/,
    ],
    [
      'an incident that ends before it starts',
      'UPDATE incidents SET resolved_at_ms = started_at_ms - 1',
      /^null\/null incidents: Incident [a-z2-9]{12} ends before it starts/,
    ],
    [
      'a pack with a damaged byte',
      `UPDATE check_packs SET core = CAST(substr(core, 1, 20) || x'ff' || substr(core, 22) AS BLOB) WHERE component_id = 1 AND location_id = 2 AND day = ${FIRST}`,
      /^checkout\/away evidence: The evidence cannot be read: The packed checks of day \d+ cannot be read\. A pack of checks is damaged/,
    ],
  ];
  test.each(plants)('finds %s', async (_name, sql, expected) => {
    await using store = await openCopy();
    const [changed] = await store.write([{ sql }]);
    expect(changed?.rowsAffected).toBeGreaterThan(0);
    expect((await found(store)).some((line) => expected.test(line)) ? 'found' : await found(store)).toBe('found');
  });

  test('finds a packed result that was turned from fail to ok', async () => {
    await using store = await openCopy();
    const where = `component_id = 1 AND location_id = 1 AND day = ${FIRST + 1}`;
    const { rows } = await store.read({ sql: `SELECT core FROM check_packs WHERE ${where}` });
    const forged = encodeCore(decodePack(rows[0]?.[0] as Uint8Array, null).map((row) => ({ ...row, outcome: 0 })));
    await store.write([{ sql: `UPDATE check_packs SET core = ? WHERE ${where}`, args: [forged] }]);
    const kinds = new Set((await doctor(store)).differences.map(({ what }) => what));
    expect([...kinds].sort()).toEqual(['daily', 'spans']);
  });
});

describe('avow doctor', () => {
  const run = async (argv: string[], cwd: string) => {
    const out: string[] = [];
    const err: string[] = [];
    const io = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      env: {},
      cwd,
      clock: systemClock,
      lifetime: () => {
        throw new Error('doctor does not run until told to stop');
      },
    };
    return { code: await command.run(argv, io), out, err };
  };

  test('opens the store itself when no server runs: 0 without, 1 with differences, 2 without a store', async () => {
    await using folder = await tempFolder();
    expect(await run(['--data', folder.path], folder.path)).toMatchObject({ code: 2, out: [] });
    await copyFile(join(filledFolder.path, 'avow.db'), join(folder.path, 'avow.db'));
    const well = await run(['--data', folder.path], folder.path);
    expect(well).toMatchObject({ code: 0 });
    expect(well.out.at(-1)).toBe('No difference was found.');
    expect(well.err.length).toBeGreaterThan(3);
    const again = await openStore({ path: join(folder.path, 'avow.db'), clock: systemClock, log: silentLog });
    await again.write([{ sql: "UPDATE spans SET lenient = 'up' WHERE lenient = 'down' AND component_id = 1 AND location_id = 1" }]);
    await again.close();
    const ill = await run(['--data', folder.path, '--json'], folder.path);
    expect(ill.code).toBe(1);
    expect(JSON.parse(ill.out.join(''))).toMatchObject({
      ok: false,
      differences: [{ component: 'checkout', location: 'home', what: 'spans' }, {}, {}],
    });
  });

  test('asks the running server through avow.sock, which holds the store', async () => {
    await using folder = await tempFolder();
    await using store = await openCopy();
    let fails = false;
    const nothing = () => {
      throw new Error('doctor asks for nothing else');
    };
    const app = createSocketApp({
      doctor: (told) => (fails ? Promise.reject(new Error('The store is closed.')) : doctorReport({ store, clock: systemClock }, told)),
      verifyRecords: nothing,
      maintenance: nothing,
      incidents: nothing,
      ledger: nothing,
      notices: nothing,
      reports: nothing,
      changed: () => undefined,
    });
    const server = await serveSocket(join(folder.path, 'avow.sock'), app.fetch, systemClock);
    const asked = await run(['--data', folder.path], folder.path);
    expect(asked.code).toBe(0);
    expect(asked.out.at(-1)).toBe('No difference was found.');
    expect(asked.err.at(-1)).toBe('4/4 Done');
    fails = true;
    await expect(run(['--data', folder.path], folder.path)).rejects.toThrow('The running Avow could not finish: The store is closed.');
    await server.close();
  });
});
