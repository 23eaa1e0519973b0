import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDefinitions } from '#db/queries/definitions.ts';
import { readComponentEvidence } from '#db/queries/ledger-facts.ts';
import { readTimelines, type TimelineSource } from '#db/queries/timelines.ts';
import { foldSamples, foldSeries, type Sample } from '#domain/check/confirmation.ts';
import { evidenceOf } from '#domain/sla/evidence.ts';
import { DAY, instant, millis } from '#domain/time/instant.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { writeHistory } from '../support/history.ts';
import { testSeed } from '../support/seeded.ts';
import { openTempStore } from '../support/temp-store.ts';

const OUTCOMES = ['ok', 'slow', 'fail'] as const;

describe('a fold over columns', () => {
  it('is the fold over samples', () => {
    const sample = fc.record({
      gap: fc.constantFrom(1, 10, 60, 150, 151, 400),
      outcome: fc.constantFrom('ok', 'ok', 'ok', 'slow', 'fail', 'error'),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, confirmations) => {
        const judgement = { hold: millis(150), confirmations };
        let at = 0;
        const rows = steps.map(({ gap, outcome }) => ({ at: instant((at += gap)), outcome }));
        const samples = rows.filter((row): row is Sample => row.outcome !== 'error');
        const series = {
          at: Float64Array.from(rows, (row) => row.at),
          outcome: Uint8Array.from(rows, (row) => (row.outcome === 'error' ? 3 : OUTCOMES.indexOf(row.outcome as Sample['outcome']))),
        };
        const { pieces, cursor } = foldSamples(samples, () => judgement);
        const folded = foldSeries(null, series, judgement);
        expect(folded.cursor ? [...folded.done, ...folded.cursor.tail] : []).toEqual(pieces);
        expect(folded.cursor).toEqual(cursor);
      }),
      { seed: testSeed(41), numRuns: 500 },
    );
  });
});

describe('timelines of the ledger', () => {
  it('are the same from the stored spans and from the evidence, in every part of the past', async () => {
    await using store = await openTempStore();
    const yaml = 'components:\n  - { name: A, http: "http://127.0.0.1:9/" }\n  - { name: B, http: "http://127.0.0.1:9/", interval: 5m }\n';
    const config = parseConfiguration(Buffer.from(yaml), 'avow.yaml', { secret: () => null, ownPorts: [] });
    if (!isConfig(config)) throw new Error(config.map(({ message }) => message).join('\n'));
    const from = instant(Date.UTC(2026, 9, 1));
    const until = instant(from + 12 * DAY);
    await writeHistory(store, config, { from, until, seed: 11 });
    const definitions = await readDefinitions(store);
    for (const [start, end] of [
      [0, 12],
      [3, 4],
      [3.21, 9.77],
      [11, 13],
    ] as const) {
      const range = { start: instant(from + start * DAY), end: instant(from + end * DAY) };
      const asOf = instant(Math.min(Number(range.end), Number(until)));
      const told = async (source: TimelineSource, recordedBy: typeof asOf | null) =>
        (await readTimelines(store, definitions, { range, source, recordedBy, components: null })).map(({ timelines, panels }) =>
          (['lenient', 'strict'] as const).map((reading) => evidenceOf(timelines, panels, reading, range, asOf)),
        );
      const spans = await told('spans', null);
      expect(spans.flat(2).length).toBeGreaterThan(3);
      expect(await told('evidence', null)).toEqual(spans);
      expect(await told('evidence', instant(until + DAY))).toEqual(spans);
    }
    const evidence = await readComponentEvidence(store, 'a', { start: from, end: until }, until);
    expect(evidence?.lenient[0]).toMatchObject({ start: from, state: 'unknown' });
    expect(await readComponentEvidence(store, 'nobody', { start: from, end: until }, until)).toBeNull();
  });
});
