/**
 * The evidence of one (component, location) as columns, for recomputations over millions of checks: no object per check. Packs
 * and hot rows as in checks.ts; the first stored row of an instant wins.
 */
import { dayInterval } from '#domain/check/day-rollup.ts';
import { earlier, type Instant, later } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Store } from '../store.ts';
import { type Pair, readingPack } from './checks.ts';
import { addSeries, type Series, SeriesColumns } from './pack.ts';

/** Packs in one read: a month of one pair, and the days around it, in two. */
const DAYS_PER_READ = 18;

/** The packs of some days and the hot rows beside them, by one statement. */
const SQL = `SELECT day, core FROM check_packs WHERE component_id = ?1 AND location_id = ?2 AND day BETWEEN ?3 AND ?4
  UNION ALL SELECT NULL, json_array(json_group_array(at), json_group_array(o))
    FROM (SELECT at, o FROM checks WHERE c = ?1 AND l = ?2 AND at BETWEEN ?5 AND ?6 AND (?7 IS NULL OR at + delay <= ?7) ORDER BY at)`;

/** Room for one read, for whoever reads many pairs one after the other. */
export const seriesRoom = (): SeriesColumns => new SeriesColumns(DAYS_PER_READ);

const hotSeries = (text: string): Series => {
  const [at, outcome] = JSON.parse(text) as [number[], number[]];
  return { at: Float64Array.from(at), outcome: Uint8Array.from(outcome) };
};

const concat = (a: Series, b: Series): Series => {
  const both: Series = { at: new Float64Array(a.at.length + b.at.length), outcome: new Uint8Array(a.at.length + b.at.length) };
  for (const column of ['at', 'outcome'] as const) {
    both[column].set(a[column]);
    both[column].set(b[column], a.at.length);
  }
  return both;
};

/** The rows that `keep` names by their index. */
const chosen = ({ at, outcome }: Series, keep: (index: number) => boolean): Series => ({
  at: at.filter((_, i) => keep(i)),
  outcome: outcome.filter((_, i) => keep(i)),
});

/** Both ascending; of an instant that both have the first one's row stays. */
const joined = (first: Series, second: Series): Series => {
  if (second.at.length === 0) return first;
  if (first.at.length === 0) return second;
  if ((first.at.at(-1) as number) < (second.at[0] as number)) return concat(first, second);
  const known = new Set(first.at);
  const both = concat(
    first,
    chosen(second, (i) => !known.has(second.at[i] as number)),
  );
  const order = Array.from(both.at.keys()).sort((a, b) => (both.at[a] as number) - (both.at[b] as number));
  return {
    at: Float64Array.from(order, (i) => both.at[i] as number),
    outcome: Uint8Array.from(order, (i) => both.outcome[i] as number),
  };
};

/** The part in `[start, end]`, as a view. */
const within = ({ at, outcome }: Series, start: Instant, end: Instant): Series => {
  let [from, to] = [0, at.length];
  while (from < to && (at[from] as number) < start) from++;
  while (to > from && (at[to - 1] as number) > end) to--;
  return { at: at.subarray(from, to), outcome: outcome.subarray(from, to) };
};

/**
 * Every check in `[from, to]`, ascending, in pieces of at most eighteen days. `recordedBy`: only rows recorded by then; null: all.
 * A piece lies in `room` and is gone when the next one is asked for.
 */
export async function* readSeries(
  store: Store,
  pair: Pair,
  from: Instant,
  to: Instant,
  recordedBy: Instant | null,
  room = seriesRoom(),
): AsyncGenerator<Series> {
  const [firstDay, lastDay] = [dayOf(from), dayOf(to)];
  for (let day = firstDay; day <= lastDay; day += DAYS_PER_READ) {
    const until = Math.min(lastDay, day + DAYS_PER_READ - 1);
    const start = later(from, dayInterval(day).start);
    const end = earlier(to, (dayInterval(until).end - 1) as Instant);
    const { rows } = await store.read({ sql: SQL, args: [pair.componentId, pair.locationId, day, until, start, end, recordedBy] });
    room.clear();
    let hot: Series = { at: new Float64Array(), outcome: new Uint8Array() };
    for (const [packed, content] of rows)
      if (content instanceof Uint8Array) readingPack({ day: Number(packed), core: content }, (core) => addSeries(room, core, recordedBy));
      else hot = hotSeries(String(content));
    const series = within(joined(room.series, hot), start, end);
    if (series.at.length > 0) yield series;
  }
}
