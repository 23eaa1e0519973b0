/** Packed days as statements and lists: what the compaction and doctor ask of `check_packs` and of the hot rows beside them. */
import { dayInterval } from '#domain/check/day-rollup.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import type { Pair } from './checks.ts';
import { type CheckRow, encodeCore, encodePhases } from './pack.ts';

const args = (pair: Pair, day: number): number[] => [pair.componentId, pair.locationId, day];
const json = async <T>(store: Store, sql: string, values: readonly (number | string | null)[] = []): Promise<T> =>
  JSON.parse(String((await store.read({ sql, args: values })).rows[0]?.[0] ?? '[]')) as T;

/** Replaces the pack of a day by `rows` (ascending, at least one) and clears its hot rows. */
export const replacePack = (pair: Pair, day: number, rows: readonly CheckRow[], keepPhases: (row: CheckRow) => boolean): Statement[] => {
  const { start, end } = dayInterval(day);
  return [
    {
      sql: `INSERT INTO check_packs (component_id, location_id, day, count, core, phases) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (component_id, location_id, day) DO UPDATE SET count = excluded.count, core = excluded.core, phases = excluded.phases`,
      args: [...args(pair, day), rows.length, encodeCore(rows), encodePhases(rows, keepPhases)],
    },
    { sql: 'DELETE FROM checks WHERE c = ? AND l = ? AND at >= ? AND at < ?', args: [pair.componentId, pair.locationId, start, end] },
  ];
};

/** Every component at every location. */
export const readPairs = async (store: Store): Promise<Pair[]> =>
  (
    await json<[number, number][]>(
      store,
      'SELECT json_group_array(json_array(c, l)) FROM (SELECT a.id AS c, b.id AS l FROM components a CROSS JOIN locations b ORDER BY c, l)',
    )
  ).map(([componentId, locationId]) => ({ componentId, locationId }));

/** Pairs as the one argument of a statement … */
const pairsText = (pairs: readonly Pair[]): string => JSON.stringify(pairs.map(({ componentId, locationId }) => [componentId, locationId]));
/** … and as its table `w` with columns `c` and `l`. */
const WANTED = '(SELECT CAST(value->>0 AS INTEGER) AS c, CAST(value->>1 AS INTEGER) AS l FROM json_each(?1)) w';

export interface OldestHot extends Pair {
  readonly at: Instant;
}
/** The oldest hot row of each of these pairs that has one before `before`: one seek per pair. */
export const readOldestHot = async (store: Store, before: Instant, pairs: readonly Pair[]): Promise<OldestHot[]> =>
  (
    await json<[number, number, Instant][]>(
      store,
      `SELECT json_group_array(json_array(c, l, first)) FROM (SELECT w.c, w.l,
        (SELECT min(at) FROM checks k WHERE k.c = w.c AND k.l = w.l) AS first FROM ${WANTED}) WHERE first < ?2`,
      [pairsText(pairs), before],
    )
  ).map(([componentId, locationId, at]) => ({ componentId, locationId, at }));

/** Those of these pairs whose pack of this day carries phases: one seek per pair. */
export const readPhasePacks = async (store: Store, day: number, pairs: readonly Pair[]): Promise<Pair[]> =>
  (
    await json<[number, number][]>(
      store,
      `SELECT json_group_array(json_array(p.component_id, p.location_id)) FROM ${WANTED}
        CROSS JOIN check_packs p ON p.component_id = w.c AND p.location_id = w.l AND p.day = ?2 WHERE p.phases IS NOT NULL`,
      [pairsText(pairs), day],
    )
  ).map(([componentId, locationId]) => ({ componentId, locationId }));

/** The first day that has a pack of one of these pairs, or null: one seek per pair. */
export const readOldestPackDay = async (store: Store, pairs: readonly Pair[]): Promise<number | null> => {
  const { rows } = await store.read({
    sql: `SELECT min(first) FROM (SELECT (SELECT min(day) FROM check_packs WHERE component_id = w.c AND location_id = w.l) AS first FROM ${WANTED})`,
    args: [pairsText(pairs)],
  });
  const first = rows[0]?.[0];
  return first === null || first === undefined ? null : Number(first);
};

/** Deletes the packs of a day of these pairs whose figures stand without them: a rollup and a span of that day exist. */
export const deleteOldPacks = (day: number, pairs: readonly Pair[]): Statement => {
  const { end } = dayInterval(day);
  return {
    sql: `DELETE FROM check_packs WHERE (component_id, location_id, day) IN (SELECT w.c, w.l, CAST(?2 AS INTEGER) FROM ${WANTED})
      AND EXISTS (SELECT 1 FROM daily d WHERE d.component_id = check_packs.component_id AND d.location_id = check_packs.location_id AND d.day = ?2)
      AND EXISTS (SELECT 1 FROM spans s WHERE s.component_id = check_packs.component_id AND s.location_id = check_packs.location_id AND s.start_ms < ?3)`,
    args: [pairsText(pairs), day, end],
  };
};

/** How far a pair is rolled up: first span, and of the days looked at how many are rolled and the last of them. */
export interface RollupState extends Pair {
  readonly firstSpanAt: Instant;
  readonly rolled: number;
  readonly lastRolled: number | null;
}
/** Of these pairs, looking at days from `fromDay` on; pairs without a span are left out. */
export const readRollupStates = async (store: Store, pairs: readonly Pair[], fromDay: number): Promise<RollupState[]> =>
  (
    await json<[number, number, Instant, number, number | null][]>(
      store,
      `SELECT json_group_array(json_array(c, l, first, rolled, last)) FROM (SELECT w.c, w.l,
        (SELECT min(start_ms) FROM spans WHERE component_id = w.c AND location_id = w.l) AS first,
        (SELECT count(*) FROM daily WHERE component_id = w.c AND location_id = w.l AND day >= ?2) AS rolled,
        (SELECT max(day) FROM daily WHERE component_id = w.c AND location_id = w.l AND day >= ?2) AS last
        FROM ${WANTED}) WHERE first IS NOT NULL`,
      [pairsText(pairs), fromDay],
    )
  ).map(([componentId, locationId, firstSpanAt, rolled, lastRolled]) => ({ componentId, locationId, firstSpanAt, rolled, lastRolled }));

export const readRolledDays = (store: Store, pair: Pair, fromDay: number): Promise<number[]> =>
  json<number[]>(store, 'SELECT json_group_array(day) FROM daily WHERE component_id = ? AND location_id = ? AND day >= ?', [
    pair.componentId,
    pair.locationId,
    fromDay,
  ]);

export interface PackEntry {
  readonly day: number;
  readonly count: number;
}
/** The packed days of a pair, without their contents. */
export const readPackList = async (store: Store, pair: Pair): Promise<PackEntry[]> =>
  (
    await json<[number, number][]>(
      store,
      'SELECT json_group_array(json_array(day, count)) FROM (SELECT day, count FROM check_packs WHERE component_id = ? AND location_id = ? ORDER BY day)',
      [pair.componentId, pair.locationId],
    )
  ).map(([day, count]) => ({ day, count }));

/** First and last instant of hot rows of a pair. */
export const readHotRange = async (store: Store, pair: Pair): Promise<readonly [Instant, Instant] | null> => {
  const { rows } = await store.read({
    sql: 'SELECT min(at), max(at) FROM checks WHERE c = ? AND l = ?',
    args: [pair.componentId, pair.locationId],
  });
  const [first, last] = rows[0] ?? [];
  return first === null || first === undefined ? null : [Number(first) as Instant, Number(last) as Instant];
};

/** Packs of days before this one may have been deleted by the retention; doctor then asks the spans instead. */
export const EVIDENCE_MARK = 'evidence_deleted_before_day';

export const readMark = async (store: Store, key: string): Promise<number | null> => {
  const { rows } = await store.read({ sql: 'SELECT value FROM meta WHERE key = ?', args: [key] });
  const value = rows[0]?.[0];
  return value === undefined || value === null ? null : Number(value);
};
/** A mark only ever moves forward. */
export const writeMark = (key: string, value: number): Statement => ({
  sql: `INSERT INTO meta (key, value) VALUES (?1, CAST(?2 AS TEXT)) ON CONFLICT (key) DO UPDATE SET value = excluded.value
    WHERE CAST(excluded.value AS INTEGER) > CAST(meta.value AS INTEGER)`,
  args: [key, String(value)],
});
