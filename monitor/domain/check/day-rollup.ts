/**
 * One UTC day of one location in figures: samples by outcome, milliseconds by state in both readings, latency by hour.
 * Speed, never truth: doctor recomputes it from the evidence with this same function. `pending` reads as unknown; time
 * before the first and after the last covered instant is unknown. Units: ms, µs. Source: semantics A3, A5.
 */
import { DAY, HOUR, type Instant } from '#domain/time/instant.ts';
import { type Interval, intersect, lengthOf } from '#domain/time/interval.ts';
import { OUTCOMES, type Outcome } from './check-result.ts';
import type { LocationState, Span } from './span.ts';

export interface DaySample {
  readonly at: Instant;
  readonly outcome: Outcome;
  readonly latencyUs: number | null;
}
/** Samples of one location as columns: how millions of them are summed up. `outcome` as in OUTCOMES; `latencyUs` -1: not measured. */
export interface DaySeries {
  readonly at: Float64Array;
  readonly outcome: Uint8Array;
  readonly latencyUs: Float64Array;
}
export interface LatencySummary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}
export interface DayRollup {
  readonly ok: number;
  readonly slow: number;
  readonly fail: number;
  readonly error: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly blips: number;
  readonly blipMs: number;
  readonly strictUpMs: number;
  readonly strictDownMs: number;
  readonly strictUnknownMs: number;
  readonly slowMs: number;
  /** 24 hours, then the whole day. */
  readonly latency: readonly (LatencySummary | null)[];
}

export const dayInterval = (day: number): Interval => ({ start: (day * DAY) as Instant, end: ((day + 1) * DAY) as Instant });

/** Samples by the UTC day they lie in. */
export const samplesByDay = <T extends DaySample>(samples: readonly T[]): Map<number, T[]> => {
  const days = new Map<number, T[]>();
  for (const sample of samples) {
    const day = Math.floor(sample.at / DAY);
    const list = days.get(day);
    if (list) list.push(sample);
    else days.set(day, [sample]);
  }
  return days;
};
/** The spans that have a part in a day, whole; `spans` in order and disjoint. */
export const spansOfDay = (spans: readonly Span[], day: number): readonly Span[] => {
  const { start, end } = dayInterval(day);
  let low = 0;
  for (let high = spans.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < spans.length && (spans[last]?.start ?? end) < end) last++;
  return spans.slice(low, last);
};

/** Ranges up to this long are sorted: there is nothing to gain by looking for one place. */
const SHORT = 32;

/** The value that a sort would put at `place` of `values[from, to)`; lesser ones end before it and greater ones behind. */
const select = (values: Float64Array, place: number, from: number, to: number): number => {
  let [low, high] = [from, to - 1];
  for (let patience = 40; high - low > SHORT && patience > 0; patience--) {
    const [a, b, c] = [values[low] as number, values[(low + high) >> 1] as number, values[high] as number];
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let [i, j] = [low, high];
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const kept = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = kept;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else return values[place] as number;
  }
  values.subarray(low, high + 1).sort();
  return values[place] as number;
};
/** Where the smallest value stands that at least `per100` of 100 values do not exceed: nearest rank. */
const rank = (count: number, per100: number): number => Math.ceil((count * per100) / 100) - 1;

/** Of `values[from, to)`, whose order it changes. */
const summaryOf = (values: Float64Array, from: number, to: number): LatencySummary | null => {
  const count = to - from;
  if (count === 0) return null;
  const p95At = from + rank(count, 95);
  const p95 = select(values, p95At, from, to);
  // What is less than the 95th stands before it now, what is more behind it.
  const p50 = select(values, from + rank(count, 50), from, p95At + 1);
  let max = p95;
  for (let i = p95At; i < to; i++) max = Math.max(max, values[i] as number);
  return { count, p50, p95, max };
};

/** Nearest-rank percentiles, so that every figure was measured; null: nothing to sum up. */
export const latencySummary = (values: readonly number[]): LatencySummary | null => summaryOf(Float64Array.from(values), 0, values.length);

const HOURS = 24;
/** The hour of what counts for no latency. */
const UNHEARD = 255;
const isAnswer = (outcome: number): boolean => outcome === 0 || outcome === 1;

/** Nearest-rank percentiles of the measured latencies of right answers, per hour and for the day. */
const latencies = (day: number, { at, outcome, latencyUs }: DaySeries): (LatencySummary | null)[] => {
  const start = day * DAY;
  const hourOf = new Uint8Array(at.length);
  /** Behind which place the values of each hour stand, first counted and then filled from behind. */
  const ends = new Uint32Array(HOURS);
  for (let i = 0; i < at.length; i++) {
    const hour = isAnswer(outcome[i] as number) && latencyUs[i] !== -1 ? Math.floor(((at[i] as number) - start) / HOUR) : UNHEARD;
    hourOf[i] = hour;
    if (hour !== UNHEARD) ends[hour] = (ends[hour] as number) + 1;
  }
  for (let hour = 1; hour < HOURS; hour++) ends[hour] = (ends[hour] as number) + (ends[hour - 1] as number);
  const values = new Float64Array(ends[HOURS - 1] as number);
  const next = ends.slice();
  for (let i = 0; i < at.length; i++) {
    const hour = hourOf[i] as number;
    if (hour === UNHEARD) continue;
    const place = (next[hour] as number) - 1;
    next[hour] = place;
    values[place] = latencyUs[i] as number;
  }
  const hours = Array.from(ends, (end, hour) => summaryOf(values, hour === 0 ? 0 : (ends[hour - 1] as number), end));
  return [...hours, summaryOf(values, 0, values.length)];
};

/** What the checks of a day say by themselves: how many came to what, and how fast. */
export type DayHeard = Pick<DayRollup, Outcome | 'latency'>;

/** `series` lies within the day. */
export const hearDay = (day: number, series: DaySeries): DayHeard => {
  const counts = new Uint32Array(OUTCOMES.length);
  const { outcome } = series;
  for (let i = 0; i < outcome.length; i++) counts[outcome[i] as number] = (counts[outcome[i] as number] as number) + 1;
  const [ok = 0, slow = 0, fail = 0, error = 0] = counts;
  return { ok, slow, fail, error, latency: latencies(day, series) };
};

export const seriesOf = (samples: readonly DaySample[]): DaySeries => ({
  at: Float64Array.from(samples, ({ at }) => at),
  outcome: Uint8Array.from(samples, ({ outcome }) => OUTCOMES.indexOf(outcome)),
  latencyUs: Float64Array.from(samples, ({ latencyUs }) => latencyUs ?? -1),
});

/** `samples` and `spans` may reach beyond the day; the spans are closed ones (the open one as far as it is covered). */
export const rollUpDay = (day: number, samples: readonly DaySample[], spans: readonly Span[]): DayRollup => {
  const whole = dayInterval(day);
  const inDay = samples.filter((sample) => sample.at >= whole.start && sample.at < whole.end);
  return { ...hearDay(day, seriesOf(inDay)), ...timesOfDay(whole, spans) };
};

/** Milliseconds by state in both readings. */
const timesOfDay = (whole: Interval, spans: readonly Span[]): Omit<DayRollup, keyof DayHeard> => {
  const lenient: Record<LocationState, number> = { up: 0, blip: 0, down: 0, unknown: 0, pending: 0 };
  const strict: Record<LocationState, number> = { up: 0, blip: 0, down: 0, unknown: 0, pending: 0 };
  let blips = 0;
  let slowMs = 0;
  for (const span of spans) {
    const part = intersect(span, whole);
    if (!part) continue;
    const length = lengthOf(part);
    lenient[span.lenient] += length;
    strict[span.strict] += length;
    if (span.slow) slowMs += length;
    if (span.lenient === 'blip' && span.start >= whole.start) blips++;
  }
  const upMs = lenient.up + lenient.blip;
  const strictUpMs = strict.up + strict.blip;
  return {
    upMs,
    downMs: lenient.down,
    unknownMs: DAY - upMs - lenient.down,
    blips,
    blipMs: lenient.blip,
    strictUpMs,
    strictDownMs: strict.down,
    strictUnknownMs: DAY - strictUpMs - strict.down,
    slowMs,
  };
};
