/** P30: stores of every earlier schema, full of rows, are brought up to date with their figures unchanged, also when killed on the way. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { readMigrations } from '#db/migrate.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { makeDemoFolder } from '#monitor/demo/demo-folder.ts';
import { SKERRY } from '#monitor/demo/skerry.ts';
import { heldIn, makeEarlierStore, type Shape, stepsOf } from '../support/earlier-store.ts';
import { at } from '../support/maintenance-desk.ts';
import { lastTwoMonths } from '../support/short-scenario.ts';
import { silentLog } from '../support/temp-store.ts';

const CHILD = fileURLToPath(new URL('../support/migrate-child.ts', import.meta.url));
const NOW = at('2026-11-24T12:00Z');
const all = readMigrations();
/** The full lane strikes before every statement, the fast one before one in the middle and the commit. */
const EVERY = process.env['AVOW_TEST_EVERY'] === '1';

const folder = mkdtempSync(join(tmpdir(), 'avow-migrations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const today = join(folder, 'demo', 'avow.db');
const earlier = new Map<number, { readonly path: string; readonly shape: Shape }>();
beforeAll(async () => {
  const made = { scenario: lastTwoMonths(SKERRY), now: NOW, seed: 3, clock: systemClock, say: () => undefined, log: silentLog };
  mkdirSync(join(folder, 'demo'));
  await makeDemoFolder(join(folder, 'demo'), made);
  for (let steps = 1; steps < all.length; steps++) {
    const path = join(folder, `at-${steps}.db`);
    earlier.set(steps, { path, shape: await makeEarlierStore(path, steps, today) });
  }
});

const each = Array.from({ length: all.length - 1 }, (_, i) => [all[i]?.name ?? '', i + 1] as const);

test.each(each)(
  'a store at %s is brought up to date with every row as it was, and the doctor finds no difference (P30)',
  async (_, steps) => {
    const { path, shape } = earlier.get(steps) as { readonly path: string; readonly shape: Shape };
    const copy = join(folder, `upgraded-${steps}.db`);
    copyFileSync(path, copy);
    const before = heldIn(copy, shape);
    expect(Object.values(before).flat().length).toBeGreaterThan(1_000);
    const store = await openStore({ path: copy, clock: systemClock, log: silentLog });
    const upgraded = heldInOpen(await store.read({ sql: 'SELECT count(*) FROM avow_migrations' }));
    await bindEarlierRows({ store, clock: systemClock, actor: SOCKET_OWNER });
    const report = await doctorReport({ store, clock: systemClock });
    await store.close();
    expect({ upgraded, differences: report.differences }).toEqual({ upgraded: all.length, differences: [] });
    const after = heldIn(copy, shape);
    // Opening notes itself in these two, and takes nothing out.
    for (const [table, rows] of Object.entries(before))
      if (table === 'meta' || table === 'events' || table === 'ledger_chain')
        expect(after[table]).toEqual(expect.arrayContaining([...rows]));
      else expect(after[table], table).toEqual(rows);
  },
);
const heldInOpen = ({ rows }: { readonly rows: readonly (readonly unknown[])[] }): number => Number(rows[0]?.[0]);

test.each(each)(
  'a store at %s that is killed while it takes the next step is before it or after it, and a start completes it (P30)',
  {
    timeout: EVERY ? 600_000 : 90_000,
  },
  async (_, steps) => {
    const { path, shape } = earlier.get(steps) as { readonly path: string; readonly shape: Shape };
    const copy = join(folder, `killed-${steps}.db`);
    copyFileSync(path, copy);
    const before = heldIn(copy, shape);
    const next = all[steps];
    // The journal's table before, its row and the commit after.
    const last = (next?.statements.length ?? 0) + 3;
    const moments = EVERY ? Array.from({ length: last }, (__, i) => i + 1) : [Math.ceil(last / 2), last];
    for (const nth of moments) {
      const { signal } = spawnSync(process.execPath, [CHILD, copy, String(steps + 1), String(nth)], { encoding: 'utf8' });
      expect({ nth, signal }).toEqual({ nth, signal: 'SIGKILL' });
      expect({ nth, steps: stepsOf(copy), held: heldIn(copy, shape) }).toEqual({ nth, steps, held: before });
    }
    await (await openStore({ path: copy, clock: systemClock, log: silentLog })).close();
    expect(stepsOf(copy)).toBe(all.length);
  },
);
