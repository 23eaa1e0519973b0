/** Daily rollups as rows: written by the compaction, dropped when a result changes a rolled day, checked by doctor. */
import type { DayRollup } from '#domain/check/day-rollup.ts';
import type { Statement, Store } from '../store.ts';
import type { Pair } from './checks.ts';

export interface DailyRow extends Pair, DayRollup {
  readonly day: number;
}

const FIELDS = [
  ['ok', 'ok'],
  ['slow', 'slow'],
  ['fail', 'fail'],
  ['error', 'error'],
  ['upMs', 'up_ms'],
  ['downMs', 'down_ms'],
  ['unknownMs', 'unknown_ms'],
  ['blips', 'blips'],
  ['blipMs', 'blip_ms'],
  ['strictUpMs', 'strict_up_ms'],
  ['strictDownMs', 'strict_down_ms'],
  ['strictUnknownMs', 'strict_unknown_ms'],
  ['slowMs', 'slow_ms'],
] as const satisfies readonly (readonly [keyof DayRollup, string])[];

/** Latency as stored: [count, p50, p95, max] or null. */
const latencyJson = (rollup: DayRollup): string => JSON.stringify(rollup.latency.map((l) => (l ? [l.count, l.p50, l.p95, l.max] : null)));

export const insertDaily = (pair: Pair, day: number, rollup: DayRollup): Statement => ({
  sql: `INSERT INTO daily (component_id, location_id, day, ${FIELDS.map(([, name]) => name).join(', ')}, latency_json)
    VALUES (?, ?, ?, ${FIELDS.map(() => '?').join(', ')}, ?) ON CONFLICT DO NOTHING`,
  args: [pair.componentId, pair.locationId, day, ...FIELDS.map(([field]) => rollup[field]), latencyJson(rollup)],
});

export const dropDaily = (days: readonly (readonly [componentId: number, locationId: number, day: number])[]): Statement => ({
  sql: `DELETE FROM daily WHERE (component_id, location_id, day) IN
    (SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER) FROM json_each(?))`,
  args: [JSON.stringify(days)],
});

type RawLatency = readonly ([number, number, number, number] | null)[];
/** Rows of the days in `[fromDay, toDay)`, by component, location and day. */
export const readDaily = async (
  store: Store,
  fromDay: number,
  toDay: number,
  componentId: number | null = null,
  locationId: number | null = null,
): Promise<DailyRow[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json_object('componentId', component_id, 'locationId', location_id, 'day', day,
      ${FIELDS.map(([field, name]) => `'${field}', ${name}`).join(', ')}, 'latency', json(latency_json)))
      FROM (SELECT * FROM daily WHERE day >= ?1 AND day < ?2 AND (?3 IS NULL OR component_id = ?3) AND (?4 IS NULL OR location_id = ?4)
        ORDER BY component_id, location_id, day)`,
    args: [fromDay, toDay, componentId, locationId],
  });
  const raw = JSON.parse(String(rows[0]?.[0] ?? '[]')) as (Omit<DailyRow, 'latency'> & { latency: RawLatency })[];
  return raw.map((row) => ({
    ...row,
    latency: row.latency.map((l) => (l ? { count: l[0], p50: l[1], p95: l[2], max: l[3] } : null)),
  }));
};
