/** What recomputations read as columns is what everybody else reads as samples, also of packs that somebody altered. */
import { expect, test } from 'vitest';
import { type Pair, readEvidence, readEvidenceSeries } from '#db/queries/checks.ts';
import { type CheckRow, decodePack, encodeCore } from '#db/queries/pack.ts';
import type { Store } from '#db/store.ts';
import { OUTCOMES } from '#domain/check/check-result.ts';
import { DAY, type Instant, instant } from '#domain/time/instant.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { fillStore } from '../support/backup-desk.ts';
import { testSeed } from '../support/seeded.ts';
import { openTempStore } from '../support/temp-store.ts';

const seed = testSeed(20_261_124);
const random = seeded(seed);
const below = (count: number): number => Math.floor(random() * count);

/** Ways to alter the rows of a pack; the first leaves them. */
const ALTERATIONS: readonly ((rows: CheckRow[]) => CheckRow[])[] = [
  (rows) => rows,
  (rows) => rows.with(3, { ...(rows[3] as CheckRow), outcome: 3, latencyUs: null }),
  (rows) => rows.with(below(rows.length), { ...(rows[0] as CheckRow), outcome: 9 }),
  (rows) => rows.with(5, rows[6] as CheckRow).with(6, rows[5] as CheckRow),
  (rows) => rows.with(4, { ...(rows[4] as CheckRow), at: (rows[4] as CheckRow).at + (below(5) - 2) * DAY }),
  (rows) => rows.toSpliced(below(rows.length), 1),
  (rows) => [...rows.slice(0, 8), ...rows.slice(7)],
];

/** As one list, or the fault. */
const asSamples = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<unknown> =>
  readEvidence(store, pair, from, to).catch(String);
const asColumns = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<unknown> =>
  readEvidenceSeries(store, pair, from, to).then(
    (pieces) =>
      pieces.flatMap(({ at, outcome, latencyUs }) =>
        Array.from(at, (one, i) => ({
          at: one,
          outcome: OUTCOMES[outcome[i] as number],
          latencyUs: latencyUs[i] === -1 ? null : latencyUs[i],
        })),
      ),
    String,
  );

test('columns hold what samples say: packed, hot, both at once, and altered in any way', async () => {
  await using store = await openTempStore();
  await fillStore(store);
  const { rows } = await store.read({
    sql: 'SELECT component_id, location_id, day, core FROM check_packs ORDER BY component_id, day',
  });
  const packs = rows.map(([c, l, day, core]) => ({
    pair: { componentId: Number(c), locationId: Number(l) },
    day: Number(day),
    core: core as Uint8Array,
  }));
  expect(packs.length).toBeGreaterThan(3);
  const { pair, day: first } = packs[0] as (typeof packs)[number];
  const [from, to] = [instant(first * DAY), instant((first + 6) * DAY - 1)];
  const seen: unknown[] = [];
  for (const [n, alter] of ALTERATIONS.entries()) {
    const { day, core } = packs[1] as (typeof packs)[number];
    const changed = encodeCore(alter(decodePack(core, null)));
    const at = { sql: 'UPDATE check_packs SET core = ? WHERE component_id = ? AND location_id = ? AND day = ?' };
    await store.write([{ ...at, args: [changed, pair.componentId, pair.locationId, day] }]);
    for (const [start, end] of [
      [from, to],
      [instant(from + 40_000_000), instant(to - 3 * DAY)],
    ] as const) {
      const samples = await asSamples(store, pair, start, end);
      expect(await asColumns(store, pair, start, end), `seed ${seed}, alteration ${n}`).toEqual(samples);
      seen.push(samples);
    }
  }
  expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBeGreaterThan(ALTERATIONS.length);
  // A late row of a day that is packed, beside one that the pack has already.
  const late = (instantMs: number): string =>
    `(${pair.componentId}, ${pair.locationId}, ${instantMs}, 0, 1, 1, 2, 0, NULL, NULL, 77, NULL)`;
  const [known] = (await readEvidence(store, pair, from, to)).slice(20);
  await store.write([
    {
      sql: `INSERT INTO checks (c, l, at, lag, took, delay, o, r, k, s, u, d) VALUES ${late(known?.at ?? 0)}, ${late((known?.at ?? 0) + 1)}`,
    },
  ]);
  const samples = await asSamples(store, pair, from, to);
  expect(samples).toContainEqual({ at: (known?.at ?? 0) + 1, outcome: 'fail', latencyUs: 77 });
  expect(await asColumns(store, pair, from, to)).toEqual(samples);
});
