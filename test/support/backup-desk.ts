/** A data folder with some days of checks and a started chain in it, and `avow` as a person runs it there; for tests of backup and restore. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { announcementRow } from '#db/queries/announcements.ts';
import { writeBound } from '#db/queries/chain.ts';
import type { Store } from '#db/store.ts';
import { DAY, instant } from '#domain/time/instant.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { compact } from '#monitor/core/compaction.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { openStoreIn } from './command-rig.ts';
import { define, result, tableText } from './recording.ts';
import { silentLog } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

const FIRST = Math.floor(Date.UTC(2026, 8, 1) / DAY);

/** Five days of two components, an outage each day, packed but for the last two; one link of the chain. */
export const fillStore = async (store: Store): Promise<void> => {
  const clock = new VirtualClock((FIRST + 5) * DAY + 3_600_000);
  const components = ['checkout', 'search'];
  await define(
    store,
    components.map((slug) => ({ slug, intervalMs: 600_000 })),
    ['home'],
  );
  await bindEarlierRows({ store, clock, actor: SOCKET_OWNER });
  const announced = announcementRow({ id: 'a', recordedAt: instant(1), components: '*', imported: false, author: null });
  await writeBound(store, [announced], instant(1), []);
  const recorder = await createRecorder({ store, clock, log: silentLog });
  await recorder.record(
    Array.from({ length: 5 * 144 }, (_, i) =>
      components.map((slug) => result(slug, 'home', FIRST * DAY + i * 600_000 + 5, i % 144 > 140 ? 'fail' : 'ok')),
    ).flat(),
  );
  await compact({ store, clock: systemClock, config: { evidenceDays: 400 } }, clock.now());
};

let filled: Promise<string> | undefined;
/** Puts a filled store into `folder`; it is made once per process, under `atelier`. */
export const putFilledStore = async (atelier: string, folder: string): Promise<void> => {
  filled ??= (async () => {
    const made = join(atelier, 'filled');
    await mkdir(made, { recursive: true });
    const store = await openStoreIn(made);
    await fillStore(store);
    await store.close();
    return made;
  })();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await copyFile(join(await filled, 'avow.db'), join(folder, 'avow.db'));
};

/** `avow …` in a folder of its own, as a person runs it. */
export const avowIn = async (folder: string, ...argv: readonly string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { AVOW_DATA: folder },
    cwd: folder,
    clock: systemClock,
    lifetime: () => {
      throw new Error(`avow ${argv[0]} does not run until told to stop`);
    },
  };
  return { code: await runVerb(argv, io), out, err };
};

/** What a store says, to compare two. */
export const contentsOf = async (folder: string): Promise<unknown> => {
  const store = await openStoreIn(folder);
  try {
    const rows = async (sql: string) => (await store.read({ sql })).rows;
    return {
      instance: store.info.instanceId,
      spans: await tableText(store, 'spans'),
      daily: await tableText(store, 'daily'),
      checks: await tableText(store, 'checks', 'c, l, at, o, u'),
      packs: await rows('SELECT component_id, day, count, hex(core) FROM check_packs ORDER BY 1, 2'),
      chain: await rows('SELECT seq, row_hash FROM ledger_chain ORDER BY seq'),
      incidents: await tableText(store, 'incidents'),
    };
  } finally {
    await store.close();
  }
};

/** Names in a folder, none when it is not there. */
export const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.sort(),
    () => [],
  );
