import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addSeries,
  type CheckRow,
  decodeEvidence,
  decodePack,
  decodeSeries,
  encodeCore,
  encodePhases,
  phasesFromBlob,
  phasesToBlob,
  SeriesColumns,
} from '#db/queries/pack.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20260701);

const row: fc.Arbitrary<CheckRow> = fc.record({
  at: fc.integer({ min: 1_780_000_000_000, max: 1_780_086_399_999 }),
  lag: fc.integer({ min: -10, max: 100_000 }),
  took: fc.integer({ min: 0, max: 60_000 }),
  delay: fc.integer({ min: -5_000, max: 900_000_000 }),
  outcome: fc.integer({ min: 0, max: 3 }),
  reason: fc.integer({ min: 0, max: 300 }),
  canary: fc.constantFrom(null, 0, 1),
  status: fc.option(fc.integer({ min: 100, max: 599 })),
  latencyUs: fc.option(fc.integer({ min: 0, max: 60_000_000 })),
  phases: fc.option(fc.array(fc.integer({ min: 0, max: 60_000_000 }), { minLength: 5, maxLength: 5 })),
  detail: fc.option(fc.string({ unit: 'binary', maxLength: 40 })),
});
const day = fc.uniqueArray(row, { selector: (r) => r.at, minLength: 1, maxLength: 200 }).map((rows) => rows.sort((a, b) => a.at - b.at));

/** Instants and outcomes of the rows of some packs, one behind the other. */
const columnsOf = (cores: readonly Uint8Array[], recordedBy: number | null): (readonly [number, number])[] => {
  const columns = new SeriesColumns(1);
  for (const core of cores) addSeries(columns, core, recordedBy);
  const { at, outcome } = columns.series;
  return Array.from(at, (one, i) => [one, outcome[i] as number] as const);
};
const recordedBy = (rows: readonly CheckRow[], limit: number): (readonly [number, number])[] =>
  rows.filter(({ at, delay }) => at + delay <= limit).map(({ at, outcome }) => [at, outcome] as const);

describe('a packed day', () => {
  test('gives back exactly the rows that went in', () => {
    fc.assert(
      fc.property(day, (rows) => {
        expect(
          decodePack(
            encodeCore(rows),
            encodePhases(rows, () => true),
          ),
        ).toEqual(rows);
      }),
      { seed, numRuns: 200 },
    );
  });
  test('gives instant, outcome and latency without reading the rest', () => {
    fc.assert(
      fc.property(day, (rows) => {
        const evidence = decodeEvidence(encodeCore(rows));
        expect([...evidence.at]).toEqual(rows.map((r) => r.at));
        expect([...evidence.outcome]).toEqual(rows.map((r) => r.outcome));
        expect([...evidence.latencyUs]).toEqual(rows.map((r) => r.latencyUs ?? -1));
      }),
      { seed, numRuns: 100 },
    );
  });
  test('gives the rows recorded by an instant, of several days one behind the other', () => {
    const limit = fc.integer({ min: 1_779_999_990_000, max: 1_780_990_000_000 });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), limit, (days, by) => {
        const cores = days.map(encodeCore);
        expect(columnsOf(cores, by)).toEqual(days.flatMap((rows) => recordedBy(rows, by)));
        expect(columnsOf(cores, null)).toEqual(days.flat().map(({ at, outcome }) => [at, outcome]));
        const exactly = Math.max(...days.flat().map(({ at, delay }) => at + delay));
        expect(columnsOf(cores, exactly)).toHaveLength(days.flat().length);
        expect(columnsOf(cores, exactly - 1).length).toBeLessThan(days.flat().length);
      }),
      { seed, numRuns: 200 },
    );
  });
  test('that an earlier Avow packed, without saying when its last row was recorded, is read the same', () => {
    const packed = Buffer.from(
      'Ael42ssMgKCkhM5nGs6pBxcYFxgXABgXGBcVY2BgYGIAAyYGABgANR0FANW9pQB1XUUYAFNXWwBiZmoAcnZ6FWNgYBBkAANBBgAhO8l4kvEk4w/mk4wICOIBAAtjYEAAABgADgQSCBYMAhAGFAoYKAAAADAAAAA4AAAAGePi4uLi6nuXywUGAAxbIm5vIl0VY2BgYGQAA0YGAA==',
      'base64',
    );
    const rows = decodePack(packed, null);
    expect(rows).toHaveLength(12);
    expect(rows[5]).toMatchObject({ at: 1_780_000_300_011, delay: 900_000 });
    expect(columnsOf([packed], 1_780_001_000_000)).toEqual(recordedBy(rows, 1_780_001_000_000));
    expect(columnsOf([packed], 1_780_001_000_000)).toHaveLength(11);
    expect(columnsOf([encodeCore(rows)], 1_780_001_000_000)).toEqual(columnsOf([packed], 1_780_001_000_000));
    expect([...decodeSeries(packed).at]).toEqual(rows.map(({ at }) => at));
  });
  test('keeps phases only of the rows asked for', () => {
    fc.assert(
      fc.property(day, (rows) => {
        const read = decodePack(
          encodeCore(rows),
          encodePhases(rows, (r) => r.outcome !== 0),
        );
        expect(read.map((r) => r.phases)).toEqual(rows.map((r) => (r.outcome !== 0 ? r.phases : null)));
      }),
      { seed, numRuns: 50 },
    );
  });
  test('refuses a blob in which any single byte was changed', () => {
    fc.assert(
      fc.property(day, fc.nat(), fc.integer({ min: 1, max: 255 }), (rows, place, flip) => {
        const core = encodeCore(rows);
        core[place % core.length] = (core[place % core.length] ?? 0) ^ flip;
        expect(() => decodePack(core, null)).toThrow(/A pack of checks (is damaged|has version|is cut)/);
      }),
      { seed, numRuns: 200 },
    );
  });
  test('refuses a blob that was cut', () => {
    const core = encodeCore([
      { at: 1, lag: 0, took: 1, delay: 2, outcome: 0, reason: 0, canary: null, status: 200, latencyUs: 900, phases: null, detail: null },
    ]);
    for (let length = 0; length < core.length; length++)
      expect(() => decodePack(core.subarray(0, length), null)).toThrow('A pack of checks');
  });
  test('phases of a hot row survive their blob', () => {
    expect(phasesFromBlob(phasesToBlob([0, 1, 128, 16_384, 60_000_001]))).toEqual([0, 1, 128, 16_384, 60_000_001]);
  });
});
