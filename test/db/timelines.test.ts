import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeFirstWins, readHotDay, readPackedDay } from '#db/queries/checks.ts';
import { type ComponentHistory, judgementAt, readDefinitions } from '#db/queries/definitions.ts';
import { readComponentEvidence } from '#db/queries/ledger-facts.ts';
import type { CheckRow } from '#db/queries/pack.ts';
import { replacePack } from '#db/queries/packs.ts';
import { readTimelines, type TimelineSource } from '#db/queries/timelines.ts';
import type { Store } from '#db/store.ts';
import { foldSamples, foldSeries, openSpan, type Sample } from '#domain/check/confirmation.ts';
import { evidenceOf } from '#domain/sla/evidence.ts';
import { DAY, type Instant, instant, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { dayOf } from '#domain/time/zone.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { systemClock } from '#monitor/clock.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SYSTEM } from '#monitor/context.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { writeHistory } from '../support/history.ts';
import { configOf } from '../support/months-desk.ts';
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
        // In two parts, the second judged otherwise.
        const cut = Math.floor(rows.length / 2);
        const part = (from: number, to?: number) => ({ at: series.at.slice(from, to), outcome: series.outcome.slice(from, to) });
        const other = { hold: millis(70), confirmations: 2 };
        const first = foldSeries(null, part(0, cut), judgement);
        const second = foldSeries(first.cursor, part(cut), other);
        const changed = rows[cut]?.at ?? Number.MAX_SAFE_INTEGER;
        const whole = foldSamples(samples, (one) => (one < changed ? judgement : other));
        expect(second.cursor ? [...first.done, ...second.done, ...second.cursor.tail] : []).toEqual(whole.pieces);
      }),
      { seed: testSeed(41), numRuns: 500 },
    );
  });
});

/** The component as a fold, sample by sample, over every row that was recorded by then tells it. */
const slowly = async (store: Store, component: ComponentHistory, location: number, range: Interval, by: Instant) => {
  const pair = { componentId: component.id, locationId: location };
  const rows: CheckRow[] = [];
  for (let day = dayOf(FROM); day <= dayOf(instant(UNTIL + DAY)); day++)
    rows.push(...mergeFirstWins((await readPackedDay(store, pair, day)) ?? [], await readHotDay(store, pair, day)));
  const samples = rows
    .filter(({ at, delay, outcome }) => at + delay <= by && outcome < OUTCOMES.length)
    .map(({ at, outcome }): Sample => ({ at: instant(at), outcome: OUTCOMES[outcome] as Sample['outcome'] }));
  const { pieces, cursor } = foldSamples(samples, (at) => judgementAt(component.versions, at));
  if (!cursor) return [];
  const open = openSpan(cursor);
  const spans = pieces.flatMap((piece) => (piece.end === null ? [] : [{ ...piece, end: piece.end }]));
  const panels = [{ from: FROM, locations: [location], needed: 1 }] as const;
  return evidenceOf([{ locationId: location, spans, open }], panels, 'strict', range, by);
};

const FROM = instant(Date.UTC(2026, 9, 1));
const UNTIL = instant(FROM + 9 * DAY);

describe('timelines of the ledger', () => {
  it('as of an earlier instant are the fold over the rows recorded by then, however late, and by whatever versions', async () => {
    await using store = await openTempStore();
    const yaml = (confirmations: number): string =>
      `components:\n  - { name: A, http: "http://127.0.0.1:9/", confirmations: ${confirmations} }\n  - { name: B, http: "http://127.0.0.1:9/", interval: 5m }\n  - { name: C, http: "http://127.0.0.1:9/", interval: 12h, confirmations: 3 }\n`;
    await writeHistory(store, configOf(yaml(3)), { from: FROM, until: UNTIL, seed: 23 });
    for (const [day, confirmations] of [
      [2.4, 1],
      [5.1, 4],
    ] as const)
      await applyConfiguration(
        { store, clock: { ...systemClock, now: () => instant(FROM + day * DAY) }, actor: SYSTEM },
        configOf(yaml(confirmations)),
      );
    const { components, locations } = await readDefinitions(store);
    const random = seeded(testSeed(77));
    for (const { id, slug } of components)
      for (let day = dayOf(FROM); day < dayOf(UNTIL) - 3; day++) {
        const pair = { componentId: id, locationId: 1 };
        const rows = (await readPackedDay(store, pair, day)) ?? [];
        // Runs of failures of some length, of C over days; and rows that came up to four days late.
        const changed = rows.map((row, i): CheckRow => {
          const bad = slug === 'c' ? random() < 0.6 : Math.sin(i / 9 + day) > 0.93;
          return { ...row, outcome: bad ? 2 : row.outcome, delay: random() < 0.1 ? Math.floor(random() * 4 * DAY) : row.delay };
        });
        await store.write(replacePack(pair, day, changed, () => false));
      }
    for (const [start, end, by] of [
      [0, 9, 9],
      [0.5, 2.6, 3],
      [1, 4, 4.2],
      [2, 3, 8],
      [3, 6, 6],
      [8.5, 9, 12],
      // What C says here is decided days before and after.
      ...Array.from({ length: 40 }, (_, i) => [1 + i / 8, 1.6 + i / 8, 12] as const),
    ] as const) {
      const range = { start: instant(FROM + start * DAY), end: instant(FROM + end * DAY) };
      const asOf = instant(FROM + by * DAY);
      const request = { range, source: 'evidence', recordedBy: asOf, components: null } as const;
      for (const { component, timelines } of await readTimelines(store, { components, locations }, request)) {
        const panels = [{ from: FROM, locations: [1], needed: 1 }] as const;
        expect(evidenceOf(timelines, panels, 'strict', range, asOf)).toEqual(await slowly(store, component, 1, range, asOf));
      }
    }
  });

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
