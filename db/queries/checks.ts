/**
 * The evidence, hot and packed, as statements in and samples out. The recorder and the compaction write it, nobody edits it:
 * the first row stored for a (component, location, instant) wins. Large sets leave the store as one JSON text or as blobs.
 */
import { OUTCOMES, type Outcome } from '#domain/check/check-result.ts';
import { type DaySeries, dayInterval, seriesOf } from '#domain/check/day-rollup.ts';
import type { Instant } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Statement, Store } from '../store.ts';
import { type CheckRow, decodeEvidence, decodePack, decodeSeries, phasesFromBlob, phasesToBlob, type Series } from './pack.ts';

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

export interface PackBlob {
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

/** What `decode` makes of a pack; a fault names its day. */
export const readingPack = <T>({ core, day }: PackBlob, decode: (core: Uint8Array) => T): T => {
  try {
    return decode(core);
  } catch (cause) {
    throw new Error(`The packed checks of day ${day} cannot be read.`, { cause });
  }
};
const fromPack = (pack: PackBlob): EvidenceSample[] => {
  const { at, outcome, latencyUs } = readingPack(pack, decodeEvidence);
  return Array.from(at, (instant, i) => ({
    at: instant as Instant,
    outcome: outcomeOf(outcome[i]),
    latencyUs: latencyUs[i] === -1 ? null : (latencyUs[i] ?? null),
  }));
};

const readHot = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<EvidenceSample[]> => {
  const { rows } = await store.read({
    sql: 'SELECT json_group_array(json_array(at, o, u)) FROM (SELECT at, o, u FROM checks WHERE c = ? AND l = ? AND at BETWEEN ? AND ? ORDER BY at)',
    args: [pair.componentId, pair.locationId, from, to],
  });
  return (JSON.parse(text(rows[0]?.[0])) as [Instant, number, number | null][]).map(
    ([at, outcome, latencyUs]): EvidenceSample => ({ at, outcome: outcomeOf(outcome), latencyUs }),
  );
};

/** All samples in `[from, to]`, ascending, `error` ones included. */
export const readEvidence = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<EvidenceSample[]> => {
  const hot = await readHot(store, pair, from, to);
  const packed = (await readPacks(store, pair, dayOf(from), dayOf(to)))
    .flatMap(fromPack)
    .filter((sample) => sample.at >= from && sample.at <= to);
  return mergeFirstWins(packed, hot);
};

/** Whether a pack is in order, within `[from, to]`, and of outcomes that are known: then its columns can be taken as they are. */
const isPlain = ({ at, outcome }: Series, from: number, to: number): boolean => {
  if (at.length > 0 && ((at[0] as number) < from || (at.at(-1) as number) > to)) return false;
  for (let i = 0; i < at.length; i++)
    if ((outcome[i] as number) >= OUTCOMES.length || (i > 0 && (at[i] as number) <= (at[i - 1] as number))) return false;
  return true;
};

/**
 * The same samples as columns, a day or more in each piece, for recomputations over millions of them: no object per check. What is not as
 * Avow packs it (a day that is packed and hot, rows out of order) is read as `readEvidence` reads it.
 */
export const readEvidenceSeries = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<DaySeries[]> => {
  const hot = await readHot(store, pair, from, to);
  const packs = await readPacks(store, pair, dayOf(from), dayOf(to));
  const pieces = packs.map((pack): DaySeries => readingPack(pack, decodeEvidence));
  if (hot.length > 0) pieces.push(seriesOf(hot));
  const within = (piece: DaySeries, i: number): boolean => {
    const day = i < packs.length ? dayInterval(packs[i]?.day ?? 0) : { start: from, end: to + 1 };
    return isPlain(piece, Math.max(from, day.start), Math.min(to, day.end - 1));
  };
  const lastPacked = packs.at(-1)?.day ?? Number.NEGATIVE_INFINITY;
  const apart = hot.length === 0 || dayOf(hot[0]?.at ?? from) > lastPacked;
  return apart && pieces.every(within) ? pieces : [seriesOf(await readEvidence(store, pair, from, to))];
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

/** Index of `ok` and of `error` in OUTCOMES. */
const [OK, ERROR] = [OUTCOMES.indexOf('ok'), OUTCOMES.indexOf('error')];

/** The instant of the last check that is such a one … */
export const lastIn = ({ at, outcome }: Series, is: (at: number, outcome: number) => boolean): Instant | null => {
  for (let i = at.length - 1; i >= 0; i--) if (is(at[i] as number, outcome[i] as number)) return at[i] as Instant;
  return null;
};
/** … and of the first. */
export const firstIn = ({ at, outcome }: Series, is: (at: number, outcome: number) => boolean): Instant | null => {
  for (let i = 0; i < at.length; i++) if (is(at[i] as number, outcome[i] as number)) return at[i] as Instant;
  return null;
};

/** The last plain `ok` before `at`, or null. */
export const lastOkBefore = async (store: Store, pair: Pair, at: Instant): Promise<Instant | null> => {
  const order = (day: number): string => `day < ${day} ORDER BY day DESC`;
  const { hot, pack: nearest } = await nearestOk(store, pair, ['max(at)', 'at < ?'], at, order(dayOf(at) + 1));
  for (let pack = nearest; ; ) {
    if (!pack || (hot !== null && pack.day < dayOf(hot))) return hot;
    const found = lastIn(readingPack(pack, decodeSeries), (one, outcome) => outcome === OK && one < at);
    if (found !== null) return hot !== null && hot > found ? hot : found;
    pack = await nearestPack(store, pair, order(pack.day));
  }
};
/** The first plain `ok` after `at`, or null. */
export const firstOkAfter = async (store: Store, pair: Pair, at: Instant): Promise<Instant | null> => {
  const order = (day: number): string => `day > ${day} ORDER BY day`;
  const { hot, pack: nearest } = await nearestOk(store, pair, ['min(at)', 'at > ?'], at, order(dayOf(at) - 1));
  for (let pack = nearest; ; ) {
    if (!pack || (hot !== null && pack.day > dayOf(hot))) return hot;
    const found = firstIn(readingPack(pack, decodeSeries), (one, outcome) => outcome === OK && one > at);
    if (found !== null) return hot !== null && hot < found ? hot : found;
    pack = await nearestPack(store, pair, order(pack.day));
  }
};
/** The nearest plain `ok` among the hot rows and the nearest pack, by one statement. */
const nearestOk = async (
  store: Store,
  pair: Pair,
  [what, condition]: readonly [what: string, condition: string],
  at: Instant,
  order: string,
): Promise<{ readonly hot: Instant | null; readonly pack: PackBlob | null }> => {
  const { componentId, locationId } = pair;
  const { rows } = await store.read({
    sql: `SELECT hot.at, pack.day, pack.core FROM (SELECT ${what} AS at FROM checks WHERE c = ? AND l = ? AND ${condition} AND o = ${OK}) AS hot
      LEFT JOIN (SELECT day, core FROM check_packs WHERE component_id = ? AND location_id = ? AND ${order} LIMIT 1) AS pack`,
    args: [componentId, locationId, at, componentId, locationId],
  });
  const [hot, day, core] = rows[0] ?? [];
  return { hot: numberOrNull(hot), pack: core instanceof Uint8Array ? { day: Number(day), core } : null };
};
/** The day of the oldest check, or null when there is none. */
export const firstDayOf = async (store: Store, pair: Pair): Promise<number | null> => {
  const { componentId, locationId } = pair;
  const { rows } = await store.read({
    sql: 'SELECT (SELECT min(at) FROM checks WHERE c = ? AND l = ?), (SELECT min(day) FROM check_packs WHERE component_id = ? AND location_id = ?)',
    args: [componentId, locationId, componentId, locationId],
  });
  const [hot, packed] = [numberOrNull(rows[0]?.[0]), numberOrNull(rows[0]?.[1])];
  const days = [...(hot === null ? [] : [dayOf(hot)]), ...(packed === null ? [] : [Number(packed)])];
  return days.length === 0 ? null : Math.min(...days);
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
  FROM components a CROSS JOIN locations b
  WHERE (?1 IS NULL OR a.id = ?1) AND (?2 IS NULL OR b.id = ?2) AND (?4 IS NULL OR a.id IN (SELECT value FROM json_each(?4))))`;

const FOREVER = Number.MAX_SAFE_INTEGER as Instant;

/** Every pair (`among`: of these components) that has evidence up to `until`: hot rows by one seek each, packs only where the hot rows do not answer. */
export const readLastSeen = async (
  store: Store,
  only: Pair | null = null,
  until = FOREVER,
  among: readonly number[] | null = null,
): Promise<LastSeen[]> => {
  const args = [only?.componentId ?? null, only?.locationId ?? null, until, among === null ? null : JSON.stringify(among)];
  const { rows } = await store.read({ sql: LAST_HOT, args });
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
    const series = readingPack(pack, decodeSeries);
    seenAt ??= lastIn(series, (at) => at <= until);
    const heardAt = lastIn(series, (at, outcome) => at <= until && outcome !== ERROR);
    if (heardAt !== null) return { seenAt, heardAt };
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

/** The newest checks of one pair that are not packed yet, newest first: for a look, not for a judgement. */
export const readNewestRows = async (store: Store, { componentId, locationId }: Pair, count: number): Promise<StoredCheck[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json(${ROW})) FROM (SELECT * FROM checks WHERE c = ? AND l = ? ORDER BY at DESC LIMIT ?)`,
    args: [componentId, locationId, count],
  });
  return (JSON.parse(text(rows[0]?.[0])) as RawRow[]).map((raw) => ({ componentId, locationId, row: fromRaw(raw) }));
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
