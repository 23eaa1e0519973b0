/** P22: the retention, killed again and again, deletes evidence and nothing else: rollups, spans and the ledger are what they are without it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { DAY, HOUR, instant } from '#domain/time/instant.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { systemClock } from '#monitor/clock.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { heldIn, shapeWithout } from '../support/earlier-store.ts';
import { writeHistory } from '../support/history.ts';
import { configOf } from '../support/months-desk.ts';
import { COMPILED } from '../support/product.ts';
import { testSeed } from '../support/seeded.ts';
import { silentLog } from '../support/temp-store.ts';

const CHILD = fileURLToPath(new URL('../support/retention-child.ts', import.meta.url));
/** The full lane asks for thirty days of two hundred components and more kills. */
const DAYS = Number(process.env['AVOW_TEST_DAYS'] ?? 12);
const COMPONENTS = Number(process.env['AVOW_TEST_COMPONENTS'] ?? 4);
const KILLS = Number(process.env['AVOW_TEST_KILLS'] ?? 10);
const KEPT = 4;
const FROM = Date.UTC(2026, 8, 1);
const NOW = FROM + DAYS * DAY + 3 * HOUR;

const folder = mkdtempSync(join(tmpdir(), 'avow-retention-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const retention = (path: string, days: number, nth: number) => {
  const { signal, status, stdout, stderr } = spawnSync(process.execPath, [CHILD, path, String(NOW), String(days), String(nth)], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  return { end: signal ?? status, commits: Number(stdout), stderr };
};
const evidence = async (path: string) => {
  const store = await openStore({ path, clock: systemClock, log: silentLog });
  const { rows } = await store.read({
    sql: 'SELECT (SELECT count(*) FROM checks), (SELECT count(*) FROM check_packs), (SELECT min(day) FROM check_packs)',
  });
  const report = await doctorReport({ store, clock: systemClock });
  await store.close();
  const [hot, packs, oldest] = (rows[0] ?? []).map(Number);
  return { hot, packs, oldest, differences: report.differences };
};

test(`${KILLS} kills during the retention change no figure, and only evidence past it is gone (P22)`, { timeout: 900_000 }, async () => {
  const seed = testSeed(22);
  const random = seeded(seed);
  const whole = join(folder, 'whole.db');
  const lines = Array.from({ length: COMPONENTS }, (_, i) => `  - { name: C${i}, http: "http://127.0.0.1:9/" }`);
  const store = await openStore({ path: whole, clock: systemClock, log: silentLog });
  await writeHistory(store, configOf(`components:\n${lines.join('\n')}\n`), { from: instant(FROM), until: instant(NOW), seed });
  await store.close();
  const killed = join(folder, 'killed.db');
  copyFileSync(whole, killed);
  // What is never deleted, as it is when nothing is deleted at all.
  const { commits, ...done } = retention(whole, 400, 0);
  expect(done).toEqual({ end: 0, stderr: '' });
  const shape = shapeWithout(whole, 'checks', 'check_packs', 'meta', 'events');
  const kept = heldIn(whole, shape);
  const full = await evidence(whole);
  let kills = 0;
  for (; kills < KILLS; kills++) {
    const { end } = retention(killed, KEPT, 1 + Math.floor((random() * 2 * commits) / KILLS));
    if (end !== 'SIGKILL') break;
  }
  expect(retention(killed, KEPT, 0), `seed ${seed}`).toMatchObject({ end: 0, stderr: '' });
  const left = await evidence(killed);
  expect(heldIn(killed, shape), `seed ${seed}`).toEqual(kept);
  expect({ seed, full: full.differences, left: left.differences }).toEqual({ seed, full: [], left: [] });
  expect({ hot: left.hot, packs: left.packs, oldest: left.oldest }).toEqual({
    hot: full.hot,
    packs: (full.packs ?? 0) - COMPONENTS * (DAYS - KEPT),
    oldest: (full.oldest ?? 0) + DAYS - KEPT,
  });
  expect(statSync(killed).size).toBeLessThanOrEqual(statSync(whole).size * 1.02);
  if (process.env['AVOW_TEST_KILLS'] !== undefined) process.stdout.write(`- ${kills} kills, ${statSync(killed).size} bytes\n`);
  expect(kills, `seed ${seed}: of ${commits} commits`).toBeGreaterThan(KILLS / 3);
});
