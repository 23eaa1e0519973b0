/**
 * The evidence, hot and packed, as statements in and samples out. The recorder and the compaction write it, nobody edits it:
 * the first row stored for a (component, location, instant) wins. Large sets leave the store as one JSON text or as blobs.
 */
import { OUTCOMES, type Outcome } from '#domain/check/check-result.ts';
import { dayInterval } from '#domain/check/day-rollup.ts';
import type { Instant } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Statement, Store } from '../store.ts';
import { type CheckRow, decodeDatedSeries, decodeEvidence, decodePack, phasesFromBlob, phasesToBlob } from './pack.ts';

/** A (component, location) by the store's own numbers. */
export interface Pair {
  readonly componentId: number;
  readonly locationId: number;
}
export interface StoredCheck extends Pair {
  readonly row: CheckRow;
}
/** What a check says, without how it came. */
export interface EvidenceSample {
  readonly at: Instant;
  readonly outcome: Outcome;
  readonly latencyUs: number | null;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

const INSERT = `INSERT INTO checks (c, l, at, lag, took, delay, o, r, k, s, u, p, d)
SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER), CAST(value->>3 AS INTEGER), CAST(value->>4 AS INTEGER),
  CAST(value->>5 AS INTEGER), CAST(value->>6 AS INTEGER), CAST(value->>7 AS INTEGER), CAST(value->>8 AS INTEGER), CAST(value->>9 AS INTEGER),
  CAST(value->>10 AS INTEGER), unhex(value->>11), value->>12
FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`;

export const insertChecks = (checks: readonly StoredCheck[]): Statement => ({
  sql: INSERT,
  args: [
    JSON.stringify(
      checks.map(({ componentId, locationId, row }) => [
        componentId,
        locationId,
        row.at,
        row.lag,
        row.took,
        row.delay,
        row.outcome,
        row.reason,
        row.canary,
        row.status,
        row.latencyUs,
        row.phases ? hex(phasesToBlob(row.phases)) : null,
        row.detail,
      ]),
    ),
  ],
});

const outcomeOf = (index: number | undefined): Outcome => {
  const outcome = OUTCOMES[index ?? -1];
  if (!outcome) throw new RangeError(`No outcome has the number ${index}; a newer Avow wrote the store, or it is damaged.`);
  return outcome;
};
const text = (value: unknown): string => (typeof value === 'string' ? value : '[]');

interface PackBlob {
  readonly day: number;
  readonly core: Uint8Array;
}
/** The packs of the days in `[fromDay, toDay]`, ascending. */
const readPacks = async (store: Store, pair: Pair, fromDay: number, toDay: number): Promise<PackBlob[]> => {
  const { rows } = await store.read({
    sql: 'SELECT day, core FROM check_packs WHERE component_id = ? AND location_id = ? AND day BETWEEN ? AND ? ORDER BY day',
    args: [pair.componentId, pair.locationId, fromDay, toDay],
  });
  return rows.map(([day, core]) => ({ day: Number(day), core: core as Uint8Array }));
};

const fromPack = ({ core, day }: PackBlob): EvidenceSample[] => {
  try {
    const { at, outcome, latencyUs } = decodeEvidence(core);
    return Array.from(at, (instant, i) => ({
      at: instant as Instant,
      outcome: outcomeOf(outcome[i]),
      latencyUs: latencyUs[i] === -1 ? null : (latencyUs[i] ?? null),
    }));
  } catch (cause) {
    throw new Error(`The packed checks of day ${day} cannot be read.`, { cause });
  }
};

/** All samples in `[from, to]`, ascending, `error` ones included. */
export const readEvidence = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<EvidenceSample[]> => {
  const { rows } = await store.read({
    sql: 'SELECT json_group_array(json_array(at, o, u)) FROM (SELECT at, o, u FROM checks WHERE c = ? AND l = ? AND at BETWEEN ? AND ? ORDER BY at)',
    args: [pair.componentId, pair.locationId, from, to],
  });
  const hot = (JSON.parse(text(rows[0]?.[0])) as [Instant, number, number | null][]).map(
    ([at, outcome, latencyUs]): EvidenceSample => ({ at, outcome: outcomeOf(outcome), latencyUs }),
  );
  const packed = (await readPacks(store, pair, dayOf(from), dayOf(to)))
    .flatMap(fromPack)
    .filter((sample) => sample.at >= from && sample.at <= to);
  return mergeFirstWins(packed, hot);
};

/** Both ascending; where both have an instant, the first list's row is kept. */
export const mergeFirstWins = <T extends { readonly at: number }>(first: readonly T[], second: readonly T[]): T[] => {
  if (first.length === 0) return [...second];
  const merged: T[] = [];
  let i = 0;
  for (const row of second) {
    for (let next = first[i]; next && next.at < row.at; next = first[++i]) merged.push(next);
    if (first[i]?.at !== row.at) merged.push(row);
  }
  for (; i < first.length; i++) merged.push(first[i] as T);
  return merged;
};

const numberOrNull = (value: unknown): Instant | null =>
  typeof value === 'number' || typeof value === 'bigint' ? (Number(value) as Instant) : null;

/** When the plain `ok` of a packed day were, ascending: of those recorded by `recordedBy`, null: of all. */
const okIn = (pack: PackBlob, recordedBy: Instant | null): Instant[] => {
  if (recordedBy === null) return fromPack(pack).flatMap(({ at, outcome }) => (outcome === 'ok' ? [at] : []));
  const { at, outcome, recordedAt } = decodeDatedSeries(pack.core);
  return Array.from(at as Iterable<number>, (instant) => instant as Instant).filter(
    (_, i) => OUTCOMES[outcome[i] ?? -1] === 'ok' && (recordedAt?.[i] ?? 0) <= recordedBy,
  );
};

/** The last plain `ok` before `at` that was recorded by `recordedBy` (null: whenever), or null. */
export const lastOkBefore = async (store: Store, pair: Pair, at: Instant, recordedBy: Instant | null = null): Promise<Instant | null> => {
  const hot = await hotOk(store, pair, 'max(at)', 'at < ?', at, recordedBy);
  for (let day = dayOf(at) + 1; ; ) {
    const pack = await nearestPack(store, pair, `day < ${day} ORDER BY day DESC`);
    if (!pack || (hot !== null && pack.day < dayOf(hot))) return hot;
    const found = okIn(pack, recordedBy).findLast((ok) => ok < at);
    if (found !== undefined) return hot !== null && hot > found ? hot : found;
    day = pack.day;
  }
};
/** The first plain `ok` after `at` that was recorded by `recordedBy` (null: whenever), or null. */
export const firstOkAfter = async (store: Store, pair: Pair, at: Instant, recordedBy: Instant | null = null): Promise<Instant | null> => {
  const hot = await hotOk(store, pair, 'min(at)', 'at > ?', at, recordedBy);
  for (let day = dayOf(at) - 1; ; ) {
    const pack = await nearestPack(store, pair, `day > ${day} ORDER BY day`);
    if (!pack || (hot !== null && pack.day > dayOf(hot))) return hot;
    const found = okIn(pack, recordedBy).find((ok) => ok > at);
    if (found !== undefined) return hot !== null && hot < found ? hot : found;
    day = pack.day;
  }
};
const hotOk = async (
  store: Store,
  pair: Pair,
  what: string,
  condition: string,
  at: Instant,
  recordedBy: Instant | null,
): Promise<Instant | null> => {
  const { rows } = await store.read({
    sql: `SELECT ${what} FROM checks WHERE c = ? AND l = ? AND ${condition} AND o = 0${recordedBy === null ? '' : ' AND at + delay <= ?'}`,
    args: [pair.componentId, pair.locationId, at, ...(recordedBy === null ? [] : [recordedBy])],
  });
  return numberOrNull(rows[0]?.[0]);
};
const nearestPack = async (store: Store, pair: Pair, condition: string): Promise<PackBlob | null> => {
  const { rows } = await store.read({
    sql: `SELECT day, core FROM check_packs WHERE component_id = ? AND location_id = ? AND ${condition} LIMIT 1`,
    args: [pair.componentId, pair.locationId],
  });
  const [row] = rows;
  return row ? { day: Number(row[0]), core: row[1] as Uint8Array } : null;
};

export interface LastSeen extends Pair {
  /** The newest check of any outcome, and the newest that is evidence. */
  readonly seenAt: Instant;
  readonly heardAt: Instant | null;
}
const LAST_HOT = `SELECT json_group_array(json_array(c, l, seen, heard)) FROM (
  SELECT a.id AS c, b.id AS l, (SELECT max(at) FROM checks WHERE c = a.id AND l = b.id AND at <= ?3) AS seen,
    (SELECT at FROM checks WHERE c = a.id AND l = b.id AND at <= ?3 AND o <> 3 ORDER BY at DESC LIMIT 1) AS heard
  FROM components a CROSS JOIN locations b WHERE (?1 IS NULL OR a.id = ?1) AND (?2 IS NULL OR b.id = ?2))`;

const FOREVER = Number.MAX_SAFE_INTEGER as Instant;

/** Every pair that has evidence up to `until`: hot rows by one seek each, packs only where the hot rows do not answer. */
export const readLastSeen = async (store: Store, only: Pair | null = null, until = FOREVER): Promise<LastSeen[]> => {
  const { rows } = await store.read({ sql: LAST_HOT, args: [only?.componentId ?? null, only?.locationId ?? null, until] });
  const found: LastSeen[] = [];
  for (const [componentId, locationId, seen, heard] of JSON.parse(text(rows[0]?.[0])) as [
    number,
    number,
    Instant | null,
    Instant | null,
  ][]) {
    const pair = { componentId, locationId };
    if (seen !== null && heard !== null) found.push({ ...pair, seenAt: seen, heardAt: heard });
    else {
      const packed = await lastPacked(store, pair, until);
      const seenAt = seen ?? packed.seenAt;
      if (seenAt !== null) found.push({ ...pair, seenAt, heardAt: heard ?? packed.heardAt });
    }
  }
  return found;
};
const lastPacked = async (store: Store, pair: Pair, until: Instant): Promise<{ seenAt: Instant | null; heardAt: Instant | null }> => {
  let seenAt: Instant | null = null;
  for (let day = dayOf(until) + 1; ; ) {
    const pack = await nearestPack(store, pair, `day < ${day} ORDER BY day DESC`);
    if (!pack) return { seenAt, heardAt: null };
    const samples = fromPack(pack).filter(({ at }) => at <= until);
    seenAt ??= samples.at(-1)?.at ?? null;
    const heard = samples.findLast((sample) => sample.outcome !== 'error');
    if (heard) return { seenAt, heardAt: heard.at };
    day = pack.day;
  }
};

const ROW = 'json_array(at, lag, took, delay, o, r, k, s, u, hex(p), d)';
type RawRow = [number, number, number, number, number, number, number | null, number | null, number | null, string, string | null];
const fromRaw = ([at, lag, took, delay, outcome, reason, canary, status, latencyUs, phases, detail]: RawRow): CheckRow => ({
  at,
  lag,
  took,
  delay,
  outcome,
  reason,
  canary,
  status,
  latencyUs,
  phases: phases ? phasesFromBlob(Buffer.from(phases, 'hex')) : null,
  detail,
});

/** Whole hot rows of one UTC day, ascending. */
export const readHotDay = async (store: Store, pair: Pair, day: number): Promise<CheckRow[]> => {
  const { start, end } = dayInterval(day);
  const { rows } = await store.read({
    sql: `SELECT json_group_array(${ROW}) FROM (SELECT * FROM checks WHERE c = ? AND l = ? AND at >= ? AND at < ? ORDER BY at)`,
    args: [pair.componentId, pair.locationId, start, end],
  });
  return (JSON.parse(text(rows[0]?.[0])) as RawRow[]).map(fromRaw);
};
/** Whole rows of a packed day, or null when there is no pack. */
export const readPackedDay = async (store: Store, pair: Pair, day: number): Promise<CheckRow[] | null> => {
  const { rows } = await store.read({
    sql: 'SELECT core, phases FROM check_packs WHERE component_id = ? AND location_id = ? AND day = ?',
    args: [pair.componentId, pair.locationId, day],
  });
  const [row] = rows;
  return row ? decodePack(row[0] as Uint8Array, row[1] as Uint8Array | null) : null;
};

/** Whole last rows of the given pairs. */
export const readLastRows = async (store: Store, seen: readonly LastSeen[]): Promise<StoredCheck[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json_array(c, l, json(${ROW}))) FROM (SELECT checks.* FROM json_each(?) AS j
      JOIN checks ON checks.c = CAST(j.value->>0 AS INTEGER) AND checks.l = CAST(j.value->>1 AS INTEGER) AND checks.at = CAST(j.value->>2 AS INTEGER))`,
    args: [JSON.stringify(seen.map(({ componentId, locationId, seenAt }) => [componentId, locationId, seenAt]))],
  });
  const found = (JSON.parse(text(rows[0]?.[0])) as [number, number, RawRow][]).map(
    ([componentId, locationId, raw]): StoredCheck => ({ componentId, locationId, row: fromRaw(raw) }),
  );
  const hot = new Set(found.map(({ componentId, locationId }) => `${componentId}/${locationId}`));
  for (const pair of seen) {
    if (hot.has(`${pair.componentId}/${pair.locationId}`)) continue;
    const row = (await readPackedDay(store, pair, dayOf(pair.seenAt)))?.findLast(({ at }) => at === pair.seenAt);
    if (row) found.push({ componentId: pair.componentId, locationId: pair.locationId, row });
  }
  return found;
};
