/** The whole demo, as it is at presents of every kind: nothing is refused, doctor finds no difference, and every final report holds, from its evidence too. */
import assert from 'node:assert/strict';
import process from 'node:process';
import { readFinalMonths, readReportKeys, readRevisions, sealedOf } from '#db/queries/reports.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { instantOfIso, isoOf } from '#domain/time/iso.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { holds, verifyAlone, verifyWithStore } from '#monitor/actions/verify-report.ts';
import { SKERRY } from '#monitor/demo/skerry.ts';
import { demoMonths } from '../../support/demo-months.ts';
import { openDemo } from '../../support/demo-store.ts';
import { testSeed } from '../../support/seeded.ts';

/** The first minutes of a month, a leap day, a day on which clocks change, an ordinary one. */
const PRESENTS = ['2026-03-01T05:10Z', '2028-02-29T12:00Z', '2026-11-01T06:30Z', '2026-08-20T12:00Z'].map(
  (text) => instantOfIso(text) ?? instant(0),
);
const seed = testSeed(11);

const examine = async (now: Instant): Promise<void> => {
  await using demo = await openDemo(SKERRY, now, seed);
  const { store, reports } = demo;
  const { differences } = await doctorReport(reports);
  assert.deepEqual(differences, [], `doctor at ${isoOf(now)}`);
  const keys = await readReportKeys(store);
  let held = 0;
  for (const { contract, month } of await readFinalMonths(store))
    for (const stored of await readRevisions(store, contract, month)) {
      const sealed = sealedOf(stored, keys.get(stored.keyId) ?? '');
      const findings = [...verifyAlone(sealed, null, reports.maker.tzdata), ...(await verifyWithStore(reports, sealed))];
      assert.ok(holds(findings), `${stored.id} at ${isoOf(now)}: ${JSON.stringify(findings.filter(({ ok }) => ok === false))}`);
      held++;
    }
  const verdicts = new Set((await demoMonths(reports, SKERRY.zone, -12)).map(({ statement }) => statement.verdict));
  assert.equal(verdicts.size, 4, `verdicts at ${isoOf(now)}: ${[...verdicts].join(', ')}`);
  process.stdout.write(`${isoOf(now)}: ${demo.checks} checks, ${held} reports hold (seed ${seed})\n`);
};

for (const now of PRESENTS) await examine(now);
