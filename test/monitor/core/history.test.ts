import { expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import { DAY, instant, MINUTE } from '#domain/time/instant.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { systemClock } from '#monitor/clock.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { compact } from '#monitor/core/compaction.ts';
import { writeHistory } from '../../support/history.ts';
import { testSeed } from '../../support/seeded.ts';
import { openTempStore } from '../../support/temp-store.ts';

const yaml = `
components:
  - { name: Shop, http: "http://127.0.0.1:9/" }
  - { name: Search, http: "http://127.0.0.1:9/", interval: 2m, confirmations: 1 }
`;

test('a seeded past is what checks, fold, packs and rollups would have made: doctor finds no difference, the compaction nothing left to pack', async () => {
  await using store = await openTempStore();
  const config = parseConfiguration(Buffer.from(yaml), 'avow.yaml', { secret: () => null, ownPorts: [] });
  if (!isConfig(config)) throw new Error(JSON.stringify(config));
  const until = instant(Date.UTC(2026, 6, 15, 13, 7));
  const from = instant(until - 24 * DAY);
  const written = await writeHistory(store, config, { from, until, seed: testSeed(11) });
  // 24 days of a check a minute and one every two, a few more for retries, a few less for silence.
  expect(Math.abs(written.checks - 24 * 1_440 * 1.5)).toBeLessThan(600);

  const report = await doctorReport({ store, clock: systemClock });
  expect(report.differences).toEqual([]);
  expect(report.examined).toMatchObject({ pairs: 2, checks: written.checks, spans: written.spans });

  const left = await compact({ store, clock: systemClock, config: { evidenceDays: 400 } }, until);
  expect(left).toMatchObject({ packedDays: 0, slimmedPacks: 0, rolledDays: 0, deletedPacks: 0 });
  const incidents = await factsOf(store).incidents(from);
  expect(incidents.length).toBe(written.incidents);
  for (const last of await factsOf(store).lastResults()) expect(until - last.at).toBeLessThanOrEqual(2 * MINUTE + 20_000);
});
