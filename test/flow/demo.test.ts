/** The demo: two of one seed are one; the whole of it shows everything that can become of a month; and it is served on its own clock. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { readFinalMonths } from '#db/queries/reports.ts';
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { thisAvow } from '#monitor/actions/report-context.ts';
import { KEY_FILE, keyFromPem } from '#monitor/actions/report-key.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { SKERRY } from '#monitor/demo/skerry.ts';
import { demoMonths } from '../support/demo-months.ts';
import { openDemo, tableHashes } from '../support/demo-store.ts';
import { productFolder, startProduct } from '../support/product.ts';
import { testSeed } from '../support/seeded.ts';
import { lastTwoMonths } from '../support/short-scenario.ts';
import { silentLog } from '../support/temp-store.ts';

const now = instant(Date.UTC(2026, 7, 5, 14, 30));

test('two builds of one seed and one instant are equal row by row, another seed is another past, and doctor finds no difference', async () => {
  const seed = testSeed(7);
  console.info(`demo seed ${seed}`);
  const scenario = lastTwoMonths(SKERRY);
  await using first = await openDemo(scenario, now, seed);
  await using second = await openDemo(scenario, now, seed);
  const hashes = await tableHashes(first.store);
  expect(hashes, `seed ${seed}`).toEqual(await tableHashes(second.store));
  await using other = await openDemo(scenario, now, seed + 1);
  const others = await tableHashes(other.store);
  for (const table of ['check_packs', 'checks', 'meta', 'announcements', 'ledger_chain', 'reports'])
    expect(others[table], table).not.toBe(hashes[table]);
  expect((await doctorReport(first.reports)).differences).toEqual([]);
});

const VERDICTS = ['indeterminate', 'met', 'missed', 'not_applicable'];
const REFUSED = ['cancelled', 'completed', 'down_elsewhere', 'late', 'late_edit', 'not_critical', 'outside_reserve', 'unapproved_import'];

test('avow demo starts at the given instant, goes on from its past, and its months show every verdict and every refused reason', async () => {
  const seed = testSeed(7);
  const folder = productFolder();
  onTestFinished(() => folder.remove());
  const product = await startProduct(folder, { verb: 'demo', useConfig: false, args: ['--now', isoOf(now), '--seed', String(seed)] });
  expect(await product.prints(/process \d+\)\. Look first at/)).toBeTruthy();
  const beat = await product.until(
    '/readyz',
    ({ text }) => (JSON.parse(text) as { prober: { last_beat_at: string | null } }).prober.last_beat_at,
  );
  expect(beat.slice(0, 13)).toBe(isoOf(now).slice(0, 13));
  expect((await product.get('/api/v2/summary.json')).text).toContain('Skerry');
  expect(await product.ends('SIGTERM')).toBe(0);

  const clock = { ...systemClock, now: () => now };
  const store = await openStore({ path: join(folder.data, 'avow.db'), clock, log: silentLog });
  onTestFinished(() => store.close());
  const reportKey = keyFromPem(readFileSync(join(folder.data, KEY_FILE), 'utf8'), KEY_FILE);
  const months = await demoMonths({ store, clock, actor: SOCKET_OWNER, maker: thisAvow(), reportKey }, SKERRY.zone, -12);
  const [verdicts, reasons] = [new Set<string>(), new Set<string>()];
  for (const { statement } of months) {
    verdicts.add(statement.verdict);
    for (const { reason } of statement.refused) reasons.add(reason);
  }
  expect([...verdicts].sort(), `seed ${seed}`).toEqual(VERDICTS);
  expect([...reasons].sort(), `seed ${seed}`).toEqual(REFUSED);
  const causes = months.flatMap(({ statement }) => statement.unknown.flatMap(({ components }) => components.map(({ cause }) => cause)));
  expect(new Set(causes)).toEqual(new Set(['location_silent', 'probe_error', 'worker_silent']));
  const open = months.filter(({ statement }) => statement.verdict === 'indeterminate' && statement.stage === 'provisional');
  expect(open.map(({ offset, statement }) => [offset, statement.contract])).toEqual([[-2, 'lake-orrin-main']]);
  expect((await readFinalMonths(store)).some((month) => month.revision === 2)).toBe(true);
});
