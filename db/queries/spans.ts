/** State spans as rows: written with the facts they follow from, read back as pieces of the fold. */
import type { Piece, SpanChanges } from '#domain/check/confirmation.ts';
import type { LocationState } from '#domain/check/span.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import type { Pair } from './checks.ts';

export interface PairChanges extends Pair {
  readonly changes: SpanChanges;
}

const REMOVE = `DELETE FROM spans WHERE (component_id, location_id, start_ms) IN
  (SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER) FROM json_each(?))`;
const PUT = `INSERT INTO spans (component_id, location_id, start_ms, end_ms, lenient, strict, slow)
SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER), CAST(value->>3 AS INTEGER), value->>4, value->>5,
  CAST(value->>6 AS INTEGER)
FROM json_each(?) WHERE true ON CONFLICT (component_id, location_id, start_ms)
DO UPDATE SET end_ms = excluded.end_ms, lenient = excluded.lenient, strict = excluded.strict, slow = excluded.slow`;

/** Removals first, then rows by ascending start, so that the open span is closed before the next one opens. */
export const writeSpans = (all: readonly PairChanges[]): Statement[] => {
  const removed = all.flatMap(({ componentId, locationId, changes }) => changes.removed.map((start) => [componentId, locationId, start]));
  const put = all.flatMap(({ componentId, locationId, changes }) =>
    [...changes.put]
      .sort((a, b) => a.start - b.start)
      .map(({ start, end, lenient, strict, slow }) => [componentId, locationId, start, end, lenient, strict, slow ? 1 : 0]),
  );
  const statements: Statement[] = [];
  if (removed.length > 0) statements.push({ sql: REMOVE, args: [JSON.stringify(removed)] });
  if (put.length > 0) statements.push({ sql: PUT, args: [JSON.stringify(put)] });
  return statements;
};

type Raw = [number, number, Instant, Instant | null, LocationState, LocationState, number];
const COLUMNS = 'json_array(component_id, location_id, start_ms, end_ms, lenient, strict, slow)';
const piece = ([, , start, end, lenient, strict, slow]: Raw): Piece => ({ start, end, lenient, strict, slow: slow === 1 });

/**
 * Rows of one pair or of all: driven by the pairs, so that each pair costs a seek and not a scan. `from` is an SQL expression
 * over the pair (a, b): the start from which its rows are wanted.
 */
const readRows = async (store: Store, from: string, condition: string, args: readonly (number | string | null)[]): Promise<Raw[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(${COLUMNS}) FROM (SELECT s.* FROM components a CROSS JOIN locations b
      CROSS JOIN spans s ON s.component_id = a.id AND s.location_id = b.id AND s.start_ms >= coalesce((${from}), 0)
      WHERE (?1 IS NULL OR a.id = ?1) AND (?2 IS NULL OR b.id = ?2) AND ${condition} ORDER BY s.component_id, s.location_id, s.start_ms)`,
    args,
  });
  return JSON.parse(String(rows[0]?.[0] ?? '[]')) as Raw[];
};
const LAST_START = 'SELECT max(x.start_ms) FROM spans x WHERE x.component_id = a.id AND x.location_id = b.id';

export interface PairPieces extends Pair {
  /** In order, unclipped. */
  readonly pieces: readonly Piece[];
}
const byPair = (rows: readonly Raw[]): PairPieces[] => {
  const found: { componentId: number; locationId: number; pieces: Piece[] }[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last && last.componentId === row[0] && last.locationId === row[1]) last.pieces.push(piece(row));
    else found.push({ componentId: row[0], locationId: row[1], pieces: [piece(row)] });
  }
  return found;
};

/** All spans of one pair, in order. */
export const readAllSpans = async (store: Store, pair: Pair): Promise<Piece[]> =>
  (await readRows(store, 'SELECT 0', 'true', [pair.componentId, pair.locationId])).map(piece);

/** Spans of one pair that touch `[from, to]`, edges included, in order. */
export const readSpansTouching = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<Piece[]> => {
  const args = [pair.componentId, pair.locationId, from, to];
  const rows = await readRows(
    store,
    `${LAST_START} AND x.start_ms < ?3`,
    's.start_ms <= ?4 AND (s.end_ms >= ?3 OR s.end_ms IS NULL)',
    args,
  );
  return rows.map(piece);
};

/** Spans that have a part in `[from, to)`, of one component or of all. */
export const readSpans = async (store: Store, from: Instant, to: Instant, componentId: number | null): Promise<PairPieces[]> => {
  const args = [componentId, null, from, to];
  return byPair(
    await readRows(store, `${LAST_START} AND x.start_ms <= ?3`, 's.start_ms < ?4 AND (s.end_ms > ?3 OR s.end_ms IS NULL)', args),
  );
};

/** The same of some components, by their numbers. */
export const readSpansAmong = async (store: Store, from: Instant, to: Instant, componentIds: readonly number[]): Promise<PairPieces[]> =>
  byPair(
    await readRows(
      store,
      `${LAST_START} AND x.start_ms <= ?3`,
      's.start_ms < ?4 AND (s.end_ms > ?3 OR s.end_ms IS NULL) AND a.id IN (SELECT value FROM json_each(?5))',
      [null, null, from, to, JSON.stringify(componentIds)],
    ),
  );

/** What a cursor needs: per pair the spans from the last one that is closed and decided. */
export const readTails = async (store: Store, only: Pair | null = null): Promise<PairPieces[]> => {
  const decided = `${LAST_START} AND x.end_ms IS NOT NULL AND x.lenient <> 'pending' AND x.strict <> 'pending'`;
  return byPair(await readRows(store, decided, 'true', [only?.componentId ?? null, only?.locationId ?? null]));
};
