/**
 * The evidence of one (component, location) as columns, for recomputations over millions of checks: no object per check. Packs
 * and hot rows as in checks.ts; the first stored row of an instant wins.
 */
import { dayInterval } from '#domain/check/day-rollup.ts';
import type { Instant } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Store } from '../store.ts';
import type { Pair } from './checks.ts';
import { decodeDatedSeries, decodeSeries, type Series } from './pack.ts';

/** Packs in one read: a month of one pair in two. */
const DAYS_PER_READ = 16;

const EMPTY: Series = { at: new Float64Array(), outcome: new Uint8Array(), recordedAt: null };

const hotSeries = async (store: Store, pair: Pair, from: Instant, to: Instant): Promise<Series> => {
  const { rows } = await store.read({
    sql: 'SELECT json_group_array(at), json_group_array(o), json_group_array(at + delay) FROM (SELECT at, o, delay FROM checks WHERE c = ? AND l = ? AND at BETWEEN ? AND ? ORDER BY at)',
    args: [pair.componentId, pair.locationId, from, to],
  });
  const column = (index: number): number[] => JSON.parse(String(rows[0]?.[index] ?? '[]')) as number[];
  const at = column(0);
  if (at.length === 0) return EMPTY;
  return { at: Float64Array.from(at), outcome: Uint8Array.from(column(1)), recordedAt: Float64Array.from(column(2)) };
};

/** The rows that `keep` names by their index. */
const chosen = ({ at, outcome, recordedAt }: Series, keep: (index: number) => boolean): Series => {
  const indices: number[] = [];
  for (let i = 0; i < at.length; i++) if (keep(i)) indices.push(i);
  if (indices.length === at.length) return { at, outcome, recordedAt };
  return {
    at: Float64Array.from(indices, (i) => at[i] as number),
    outcome: Uint8Array.from(indices, (i) => outcome[i] as number),
    recordedAt: recordedAt && Float64Array.from(indices, (i) => recordedAt[i] as number),
  };
};

/** Both ascending; of an instant that both have the first one's row stays. */
const joined = (first: Series, second: Series): Series => {
  if (second.at.length === 0) return first;
  if (first.at.length === 0) return second;
  const last = first.at[first.at.length - 1] as number;
  if (last < (second.at[0] as number)) return concat(first, second);
  const known = new Set(first.at);
  const both = concat(
    first,
    chosen(second, (i) => !known.has(second.at[i] as number)),
  );
  const order = Array.from(both.at.keys()).sort((a, b) => (both.at[a] as number) - (both.at[b] as number));
  return {
    at: Float64Array.from(order, (i) => both.at[i] as number),
    outcome: Uint8Array.from(order, (i) => both.outcome[i] as number),
    recordedAt: both.recordedAt && Float64Array.from(order, (i) => both.recordedAt?.[i] as number),
  };
};
const concat = (a: Series, b: Series): Series => {
  const at = new Float64Array(a.at.length + b.at.length);
  const outcome = new Uint8Array(at.length);
  at.set(a.at);
  at.set(b.at, a.at.length);
  outcome.set(a.outcome);
  outcome.set(b.outcome, a.at.length);
  const dated = a.recordedAt !== null && b.recordedAt !== null;
  const recordedAt = dated ? Float64Array.from([...(a.recordedAt ?? []), ...(b.recordedAt ?? [])]) : null;
  return { at, outcome, recordedAt };
};

/**
 * Every check in `[from, to]`, ascending, in pieces of at most sixteen days. `recordedBy`: only rows recorded by then, which
 * costs three times as much to read; null: all.
 */
export async function* readSeries(
  store: Store,
  pair: Pair,
  from: Instant,
  to: Instant,
  recordedBy: Instant | null,
): AsyncGenerator<Series> {
  const decode = recordedBy === null ? decodeSeries : decodeDatedSeries;
  const [firstDay, lastDay] = [dayOf(from), dayOf(to)];
  for (let day = firstDay; day <= lastDay; day += DAYS_PER_READ) {
    const until = Math.min(lastDay, day + DAYS_PER_READ - 1);
    const start = Math.max(from, dayInterval(day).start) as Instant;
    const end = Math.min(to, dayInterval(until).end - 1) as Instant;
    const { rows } = await store.read({
      sql: 'SELECT core FROM check_packs WHERE component_id = ? AND location_id = ? AND day BETWEEN ? AND ? ORDER BY day',
      args: [pair.componentId, pair.locationId, day, until],
    });
    const packed = rows
      .map(([core]) => decode(core as Uint8Array))
      .reduce(concat, recordedBy === null ? EMPTY : { ...EMPTY, recordedAt: new Float64Array() });
    const all = joined(packed, await hotSeries(store, pair, start, end));
    const series = chosen(
      all,
      (i) =>
        (all.at[i] as number) >= start &&
        (all.at[i] as number) <= end &&
        (recordedBy === null || all.recordedAt === null || (all.recordedAt[i] as number) <= recordedBy),
    );
    if (series.at.length > 0) yield series;
  }
}
