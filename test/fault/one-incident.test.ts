/** P3: at most one open incident per component, whatever comes in whatever order; held against a model that asks tick by tick. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ComponentHistory, LocationHistory } from '#db/queries/definitions.ts';
import { factsOf } from '#db/queries/facts.ts';
import { readAllSpans } from '#db/queries/spans.ts';
import type { Outcome } from '#domain/check/check-result.ts';
import { foldSamples, type Sample } from '#domain/check/confirmation.ts';
import { composePanels } from '#domain/check/quorum.ts';
import { instant, millis } from '#domain/time/instant.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { systemClock } from '#monitor/clock.ts';
import { type Admitted, admit } from '#monitor/core/admission.ts';
import type { Known } from '#monitor/core/known.ts';
import { planBatch } from '#monitor/core/plan-batch.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { count, define, result } from '../support/recording.ts';
import { openTempStore, silentLog } from '../support/temp-store.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20260701);
const HOLD = 5;
const CONFIRMATIONS = 2;
const PLACES = ['a', 'b', 'c'];

interface Told {
  readonly startedAt: number;
  readonly confirmedAt: number;
  readonly resolvedAt: number | null;
}
interface Event {
  readonly at: number;
  readonly place: string;
  readonly outcome: Outcome;
}

/** What one location says at `t`, and since when, from the samples it has sent: the definition, asked backwards. */
const stateAt = (heard: readonly Event[], t: number): { says: 'up' | 'down' | 'unknown'; since: number } => {
  const list = heard.filter((e) => e.outcome !== 'error');
  const last = list.at(-1);
  if (!last || t >= last.at + HOLD) return { says: 'unknown', since: t };
  if (last.outcome !== 'fail') return { says: 'up', since: last.at };
  let first = list.length - 1;
  while (first > 0 && list[first - 1]?.outcome === 'fail' && (list[first]?.at ?? 0) - (list[first - 1]?.at ?? 0) <= HOLD) first--;
  return list.length - first >= CONFIRMATIONS ? { says: 'down', since: list[first]?.at ?? t } : { says: 'unknown', since: t };
};

/** The incidents a careful person would write down, event by event. */
const model = (events: readonly Event[], places: number, needed: number): Told[] => {
  const told: Told[] = [];
  events.forEach((event, i) => {
    if (event.outcome === 'error') return;
    const heard = events.slice(0, i + 1);
    const states = PLACES.slice(0, places).map((place) =>
      stateAt(
        heard.filter((e) => e.place === place),
        event.at,
      ),
    );
    const downs = states.filter(({ says }) => says === 'down').map(({ since }) => since);
    const ups = states.filter(({ says }) => says === 'up').length;
    const open = told.at(-1)?.resolvedAt === null;
    if (!open && downs.length >= needed)
      told.push({ startedAt: downs.sort((a, b) => a - b)[needed - 1] ?? 0, confirmedAt: event.at, resolvedAt: null });
    else if (open && ups >= places - needed + 1) told[told.length - 1] = { ...(told.at(-1) as Told), resolvedAt: event.at };
  });
  return told;
};

const version = {
  recordedAt: instant(0),
  hold: millis(HOLD),
  confirmations: CONFIRMATIONS,
  name: 'It',
  removed: false,
  pause: null,
  check: { definition: { kind: 'self' } },
};
const knownOf = (places: number, quorum: number): Known => {
  const component = { id: 1, slug: 'it', createdAt: instant(0), versions: [{ ...version, quorum }] } as unknown as ComponentHistory;
  const locations = PLACES.slice(0, places).map((slug, i) => ({ id: i + 1, slug, versions: [version] }) as unknown as LocationHistory);
  return {
    components: new Map([['it', component]]),
    componentsById: new Map([[1, component]]),
    locations: new Map(locations.map((location) => [location.slug, location])),
    activeLocations: locations.map(({ id }) => id),
    tracks: new Map(),
    incidents: new Map(),
  };
};

const events = (places: number): fc.Arbitrary<Event[]> =>
  fc.uniqueArray(
    fc.record({
      at: fc.integer({ min: 1, max: 90 }),
      place: fc.constantFrom(...PLACES.slice(0, places)),
      outcome: fc.constantFrom<Outcome>('ok', 'slow', 'fail', 'fail', 'fail', 'error'),
    }),
    { selector: (e) => `${e.at}${e.place}`, maxLength: 45, size: 'max' },
  );
const setting = fc
  .constantFrom([1, 1], [2, 2], [2, 1], [3, 2], [3, 3])
  .chain(([places = 1, needed = 1]) => fc.record({ places: fc.constant(places), needed: fc.constant(needed), events: events(places) }));

describe('one incident per outage', () => {
  test('in ten thousand histories the incidents are those of the model, however they were batched', () => {
    fc.assert(
      fc.property(
        setting,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }),
        ({ places, needed, events: list }, sizes) => {
          const inOrder = [...list].sort((a, b) => a.at - b.at || a.place.localeCompare(b.place));
          const known = knownOf(places, needed);
          const told = new Map<string, Told>();
          const admitted = inOrder.map((e) => admit(known, result('it', e.place, e.at, e.outcome), instant(1_000)) as Admitted);
          for (let i = 0, turn = 0; i < admitted.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            const plan = planBatch(known, admitted.slice(i, i + size), instant(1_000));
            for (const { sql, args } of plan.statements) {
              if (sql.includes('INSERT INTO incidents'))
                told.set(String(args?.[0]), { startedAt: Number(args?.[3]), confirmedAt: Number(args?.[4]), resolvedAt: null });
              if (sql.includes('UPDATE incidents SET resolved'))
                told.set(String(args?.[1]), { ...(told.get(String(args?.[1])) as Told), resolvedAt: Number(args?.[0]) });
            }
            plan.draft.commit();
            i += size;
          }
          expect([...told.values()]).toEqual(model(inOrder, places, needed));
        },
      ),
      { seed, numRuns: 10_000 },
    );
  });

  test('late, repeated and shuffled deliveries leave the spans of the ordered ones, one open incident at most, and nothing for doctor to find', async () => {
    const histories = fc.sample(
      setting.chain((s) => fc.record({ ...mapConstant(s), delivered: deliveries(s.events) })),
      { seed, numRuns: 60 },
    );
    await using store = await openTempStore();
    const SCALE = 60_000;
    await define(
      store,
      histories.map(({ needed }, i) => ({ slug: `c${i}`, quorum: needed, holdMs: HOLD * SCALE, confirmations: CONFIRMATIONS })),
      PLACES,
    );
    const clock = new VirtualClock(Date.UTC(2026, 8, 1));
    const recorder = await createRecorder({ store, clock, log: silentLog });
    for (const [i, { delivered }] of histories.entries()) {
      for (const batch of delivered) await recorder.record(batch.map((e) => result(`c${i}`, e.place, e.at * SCALE, e.outcome)));
    }
    expect(
      await count(
        store,
        'SELECT count(*) FROM (SELECT 1 FROM incidents WHERE resolved_at_ms IS NULL GROUP BY component_id HAVING count(*) > 1)',
      ),
    ).toBe(0);
    for (const [i, { events: list }] of histories.entries()) {
      for (const [place, slug] of PLACES.entries()) {
        const samples = list
          .filter((e) => e.place === slug && e.outcome !== 'error')
          .sort((a, b) => a.at - b.at)
          .map((e): Sample => ({ at: instant(e.at * SCALE), outcome: e.outcome as Sample['outcome'] }));
        const expected = foldSamples(samples, () => ({ hold: millis(HOLD * SCALE), confirmations: CONFIRMATIONS })).pieces;
        expect(await readAllSpans(store, { componentId: i + 1, locationId: place + 1 })).toEqual(expected);
      }
    }
    // Whatever came late, in the end an incident is open where the newest evidence says down, and none where it says up.
    const facts = factsOf(store);
    const open = (await facts.incidents(clock.now())).filter((incident) => incident.resolvedAt === null);
    for (const component of await facts.components()) {
      const heard = histories[component.id - 1]?.events.filter((e) => e.outcome !== 'error').map((e) => e.at * SCALE) ?? [];
      if (heard.length === 0) continue;
      const asOf = instant(Math.max(...heard) + 1);
      const spans = await facts.spans(instant(asOf - 1), asOf, component.id);
      const [now] = composePanels(spans, component.panels, 'lenient', { start: instant(asOf - 1), end: asOf }, asOf);
      if (now?.state === 'unknown') continue;
      expect({ [component.slug]: open.filter(({ componentIds }) => componentIds.includes(component.id)).length }).toEqual({
        [component.slug]: now?.state === 'down' ? 1 : 0,
      });
    }
    expect((await doctorReport({ store, clock: systemClock })).differences).toEqual([]);
    expect(recorder.status.duplicateTotal).toBeGreaterThan(50);
  });
});

const mapConstant = <T extends object>(values: T): { [K in keyof T]: fc.Arbitrary<T[K]> } =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as { [K in keyof T]: fc.Arbitrary<T[K]> };
/** The same events shuffled a little or a lot, some of them twice, cut into batches. */
const deliveries = (list: readonly Event[]): fc.Arbitrary<Event[][]> =>
  fc
    .record({
      disorder: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: list.length, maxLength: list.length }),
      twice: fc.array(fc.boolean(), { minLength: list.length, maxLength: list.length }),
      size: fc.integer({ min: 1, max: 7 }),
      spread: fc.constantFrom(1, 6, 40),
    })
    .map(({ disorder, twice, size, spread }) => {
      const keyed = list.flatMap((e, i) => {
        const late = { e, key: e.at + ((disorder[i] ?? 0) % spread) };
        return twice[i] ? [late, { e, key: late.key + 3 }] : [late];
      });
      const order = keyed.sort((a, b) => a.key - b.key).map(({ e }) => e);
      return Array.from({ length: Math.ceil(order.length / size) }, (_, i) => order.slice(i * size, (i + 1) * size));
    });
