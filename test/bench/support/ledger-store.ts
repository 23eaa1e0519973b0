/**
 * A store of many component-years for the ledger to read: copied days (copied-days.ts), one after the other, with their spans and
 * rollups; the checks themselves of the last days only, the very last of them hot. Seeded.
 */

import { DatabaseSync } from 'node:sqlite';
import { openStore } from '#db/client.ts';
import { readDefinitions } from '#db/queries/definitions.ts';
import { decodePack, decodeSeries } from '#db/queries/pack.ts';
import { writeSpans } from '#db/queries/spans.ts';
import { saveWorkerRun } from '#db/queries/worker-runs.ts';
import { DAY, instant } from '#domain/time/instant.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { systemClock } from '#monitor/clock.ts';
import { SYSTEM } from '#monitor/context.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { configOf } from '../../support/months-desk.ts';
import { silentLog } from '../../support/temp-store.ts';
import { type CopiedDay, copiedDays, ROLLUP_COLUMNS, spansOver } from './copied-days.ts';
import { movedPack } from './moved-pack.ts';

export interface LedgerStoreSpan {
  /** Numbers of UTC days; the store ends when `until` begins. */
  readonly from: number;
  readonly until: number;
  /** Of how many of the last days the checks are kept. */
  readonly keptDays: number;
}

const COPIED = { components: 20, days: 40, seed: 9 };
const ROLLUPS = ROLLUP_COLUMNS.split(', ').length;

interface Placed {
  readonly copy: CopiedDay;
  readonly day: number;
}

/** The rows of everything but spans, by statements prepared once: the file is ours alone. */
const fillerOf = (file: DatabaseSync) => {
  const pack = file.prepare('INSERT INTO check_packs (component_id, location_id, day, count, core) VALUES (?, ?, ?, ?, ?)');
  const daily = file.prepare(
    `INSERT INTO daily (component_id, location_id, day, ${ROLLUP_COLUMNS}) VALUES (?, ?, ?${', ?'.repeat(ROLLUPS)})`,
  );
  const hot = file.prepare('INSERT INTO checks (c, l, at, lag, took, delay, o, r, k, s, u, d) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  return {
    packed: (component: number, location: number, { copy, day }: Placed): void =>
      void pack.run(component, location, day, copy.count, movedPack(copy.core, (day - copy.day) * DAY)),
    rolled: (component: number, location: number, { copy, day }: Placed): void =>
      void daily.run(component, location, day, ...copy.rollup.map((value) => (typeof value === 'string' ? value : BigInt(value)))),
    hot: (component: number, location: number, { copy, day }: Placed): void => {
      for (const row of decodePack(movedPack(copy.core, (day - copy.day) * DAY), null))
        hot.run(
          component,
          location,
          row.at,
          row.lag,
          row.took,
          row.delay,
          row.outcome,
          row.reason,
          row.canary,
          row.status,
          row.latencyUs,
          row.detail,
        );
    },
  };
};

/** Makes the store of a configuration at `path`; answers how many checks it keeps. */
export const writeLedgerStore = async (
  path: string,
  yaml: string,
  { from: firstDay, until, keptDays }: LedgerStoreSpan,
  say: (line: string) => void,
): Promise<number> => {
  const startedUs = systemClock.monotonicUs();
  const copies = await copiedDays(COPIED.components, COPIED.days, COPIED.seed);
  say(`  ${copies.flat().length} days to copy written in ${Math.round((systemClock.monotonicUs() - startedUs) / 1e6)} s`);
  const random = seeded(COPIED.seed);
  const from = instant(firstDay * DAY);
  const config = configOf(yaml);
  const store = await openStore({ path, clock: systemClock, log: silentLog });
  await applyConfiguration({ store, clock: { ...systemClock, now: () => from }, actor: SYSTEM }, config);
  for (const { slug } of config.locations) await saveWorkerRun(store, slug, from, instant(until * DAY));
  const { components, locations } = await readDefinitions(store);
  const pairs = locations.flatMap((location) => components.map((component) => ({ componentId: component.id, locationId: location.id })));
  const lives = pairs.map((pair, n) => {
    const own = copies[(n * 7) % copies.length] as readonly CopiedDay[];
    const placed = Array.from(
      { length: until - firstDay },
      (_, i): Placed => ({
        copy: own[Math.floor(random() * own.length)] as CopiedDay,
        day: firstDay + i,
      }),
    );
    return { ...pair, placed };
  });
  for (const { componentId, locationId, placed } of lives) {
    const first = placed[0] as Placed;
    const start = instant((decodeSeries(first.copy.core).at[0] as number) + (first.day - first.copy.day) * DAY);
    await store.write(writeSpans([{ componentId, locationId, changes: { removed: [], put: spansOver(placed, start) } }]));
  }
  await store.close();
  const file = new DatabaseSync(path);
  file.exec('PRAGMA synchronous=OFF');
  const filler = fillerOf(file);
  let kept = 0;
  for (const [n, { componentId, locationId, placed }] of lives.entries()) {
    file.exec('BEGIN');
    for (const one of placed) {
      const isLast = one.day === until - 1;
      if (!isLast) filler.rolled(componentId, locationId, one);
      if (one.day < until - keptDays) continue;
      kept += one.copy.count;
      if (isLast) filler.hot(componentId, locationId, one);
      else filler.packed(componentId, locationId, one);
    }
    file.exec('COMMIT');
    if ((n + 1) % 50 === 0)
      say(`  ${n + 1} of ${lives.length} lives written, ${Math.round((systemClock.monotonicUs() - startedUs) / 1e6)} s`);
  }
  file.close();
  return kept;
};
