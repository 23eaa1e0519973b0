/** P30: stores of every earlier schema, full of rows, are killed while they are brought up to date, and come to it with their figures unchanged. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
import { seeded } from '#monitor/demo/seeded.ts';
import { SKERRY } from '#monitor/demo/skerry.ts';
import { heldIn, makeEarlierStore, type Shape, stepsOf } from '../support/earlier-store.ts';
import { at } from '../support/maintenance-desk.ts';
import { COMPILED } from '../support/product.ts';
import { testSeed } from '../support/seeded.ts';
import { lastTwoMonths } from '../support/short-scenario.ts';
import { silentLog } from '../support/temp-store.ts';

const CHILD = fileURLToPath(new URL('../support/migrate-child.ts', import.meta.url));
const CHILD_ENV = { ...process.env, NODE_COMPILE_CACHE: COMPILED };
const NOW = at('2026-11-24T12:00Z');
const all = readMigrations();
/** The full lane strikes before every statement and recomputes every figure; the fast one strikes at a seeded one of each step, and recomputes once. */
const EVERY = process.env['AVOW_TEST_EVERY'] === '1';
const seed = testSeed(20_261_124);
const random = seeded(seed);

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
  'a store at %s is before its next step or after it when it is killed there, and a start brings it up to date with every row as it was and nothing for the doctor (P30)',
  { timeout: EVERY ? 600_000 : 90_000 },
  async (_, steps) => {
    const { path, shape } = earlier.get(steps) as { readonly path: string; readonly shape: Shape };
    const before = heldIn(path, shape);
    expect(Object.values(before).flat().length).toBeGreaterThan(1_000);
    // The journal's table before, its row and the commit after.
    const last = (all[steps]?.statements.length ?? 0) + 3;
    const moments = EVERY ? Array.from({ length: last }, (__, i) => i + 1) : [1 + Math.floor(random() * last)];
    for (const nth of moments) {
      const told = `seed ${seed}, killed before statement ${nth} of ${last}`;
      const { signal } = spawnSync(process.execPath, [CHILD, path, String(steps + 1), String(nth)], { encoding: 'utf8', env: CHILD_ENV });
      expect(signal, told).toBe('SIGKILL');
      expect({ steps: stepsOf(path), held: heldIn(path, shape) }, told).toEqual({ steps, held: before });
    }
    const store = await openStore({ path, clock: systemClock, log: silentLog });
    await bindEarlierRows({ store, clock: systemClock, actor: SOCKET_OWNER });
    const { differences } = await doctorReport({ store, clock: systemClock }, undefined, { alone: true, evidence: EVERY || steps === 1 });
    await store.close();
    expect({ steps: stepsOf(path), differences }).toEqual({ steps: all.length, differences: [] });
    const after = heldIn(path, shape);
    // Opening notes itself in these three, and takes nothing out.
    for (const [table, rows] of Object.entries(before))
      if (table === 'meta' || table === 'events' || table === 'ledger_chain')
        expect(after[table]).toEqual(expect.arrayContaining([...rows]));
      else expect(after[table], table).toEqual(rows);
  },
);
