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

const readRows = async (store: Store, condition: string, args: readonly (number | null)[]): Promise<Raw[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(${COLUMNS}) FROM (SELECT * FROM spans WHERE ${condition} ORDER BY component_id, location_id, start_ms)`,
    args,
  });
  return JSON.parse(String(rows[0]?.[0] ?? '[]')) as Raw[];
};

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
  (await readRows(store, 'component_id = ? AND location_id = ?', [pair.componentId, pair.locationId])).map(piece);

/** Spans of one pair that touch `[from, to]`, edges included, in order. */
export const readSpansTouching = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<Piece[]> =>
  (
    await readRows(store, 'component_id = ? AND location_id = ? AND start_ms <= ? AND (end_ms >= ? OR end_ms IS NULL)', [
      pair.componentId,
      pair.locationId,
      to,
      from,
    ])
  ).map(piece);

/** Spans that have a part in `[from, to)`, of one component or of all. */
export const readSpans = async (store: Store, from: Instant, to: Instant, componentId: number | null): Promise<PairPieces[]> =>
  byPair(
    await readRows(store, 'start_ms < ?1 AND (end_ms > ?2 OR end_ms IS NULL) AND (?3 IS NULL OR component_id = ?3)', [
      to,
      from,
      componentId,
    ]),
  );

/** What a cursor needs: per pair the spans from the last one that is closed and decided. */
export const readTails = async (store: Store, only: Pair | null = null): Promise<PairPieces[]> =>
  byPair(
    await readRows(
      store,
      `(?1 IS NULL OR component_id = ?1) AND (?2 IS NULL OR location_id = ?2) AND start_ms >= coalesce((
         SELECT max(decided.start_ms) FROM spans AS decided WHERE decided.component_id = spans.component_id
           AND decided.location_id = spans.location_id AND decided.end_ms IS NOT NULL
           AND decided.lenient <> 'pending' AND decided.strict <> 'pending'), 0)`,
      [only?.componentId ?? null, only?.locationId ?? null],
    ),
  );
