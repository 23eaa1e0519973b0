/** A demo's store in a folder of its own, and the whole of a store as one hash: every row of every table. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '#db/client.ts';
import type { Store } from '#db/store.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type ReportContext, thisAvow } from '#monitor/actions/report-context.ts';
import { KEY_FILE, keyFromPem } from '#monitor/actions/report-key.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { makeDemoFolder } from '#monitor/demo/demo-folder.ts';
import type { Scenario } from '#monitor/demo/scenario.ts';
import { silentLog, tempFolder } from './temp-store.ts';

export interface DemoAtHand extends AsyncDisposable {
  readonly store: Store;
  readonly checks: number;
  /** What the verbs of months take, at the demo's now. */
  readonly reports: ReportContext;
}

export const openDemo = async (scenario: Scenario, now: Instant, seed: number): Promise<DemoAtHand> => {
  const folder = await tempFolder();
  const clock = { ...systemClock, now: () => now };
  const made = await makeDemoFolder(folder.path, { scenario, now, seed, clock: systemClock, say: () => undefined, log: silentLog });
  const store = await openStore({ path: join(folder.path, 'avow.db'), clock, log: silentLog });
  const reportKey = keyFromPem(readFileSync(join(folder.path, KEY_FILE), 'utf8'), KEY_FILE);
  return {
    store,
    checks: made.checks,
    reports: { store, clock, actor: SOCKET_OWNER, maker: thisAvow(), reportKey },
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await folder[Symbol.asyncDispose]();
    },
  };
};

/** SHA-256 of each table by its name. */
export const tableHashes = async (store: Store): Promise<Record<string, string>> => {
  const { rows } = await store.read({
    sql: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`,
  });
  const hashes: Record<string, string> = {};
  for (const [name] of rows) {
    const table = await store.read({ sql: `SELECT * FROM ${String(name)}` });
    const lines = table.rows.map((row) =>
      JSON.stringify(
        row.map((cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell)),
        (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
      ),
    );
    hashes[String(name)] = createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
  }
  return hashes;
};
