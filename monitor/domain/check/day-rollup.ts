/**
 * One UTC day of one location in figures: samples by outcome, milliseconds by state in both readings, latency by hour.
 * Speed, never truth: doctor recomputes it from the evidence with this same function. `pending` reads as unknown; time
 * before the first and after the last covered instant is unknown. Units: ms, µs. Source: semantics A3, A5.
 */
import { DAY, HOUR, type Instant } from '#domain/time/instant.ts';
import { type Interval, intersect, lengthOf } from '#domain/time/interval.ts';
import type { Outcome } from './check-result.ts';
import type { LocationState, Span } from './span.ts';

export interface DaySample {
  readonly at: Instant;
  readonly outcome: Outcome;
  readonly latencyUs: number | null;
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

/** Nearest rank over ascending values: the smallest value that at least `per100` of 100 do not exceed. */
const rank = (ascending: Float64Array, per100: number): number => ascending[Math.ceil((ascending.length * per100) / 100) - 1] ?? 0;

/** Nearest-rank percentiles, so that every figure was measured; null: nothing to sum up. */
export const latencySummary = (values: readonly number[]): LatencySummary | null => {
  if (values.length === 0) return null;
  const ascending = Float64Array.from(values).sort();
  return { count: values.length, p50: rank(ascending, 50), p95: rank(ascending, 95), max: rank(ascending, 100) };
};

/** Nearest-rank percentiles of the measured latencies of right answers, per hour and for the day. */
const latencies = (day: number, samples: readonly DaySample[]): (LatencySummary | null)[] => {
  const hours: number[][] = Array.from({ length: 24 }, () => []);
  for (const { at, outcome, latencyUs } of samples) {
    if (latencyUs !== null && (outcome === 'ok' || outcome === 'slow')) hours[Math.floor((at - day * DAY) / HOUR)]?.push(latencyUs);
  }
  return [...hours.map(latencySummary), latencySummary(hours.flat())];
};

/** `samples` and `spans` may reach beyond the day; the spans are closed ones (the open one as far as it is covered). */
export const rollUpDay = (day: number, samples: readonly DaySample[], spans: readonly Span[]): DayRollup => {
  const whole = dayInterval(day);
  const inDay = samples.filter((sample) => sample.at >= whole.start && sample.at < whole.end);
  const counts = { ok: 0, slow: 0, fail: 0, error: 0 };
  for (const { outcome } of inDay) counts[outcome]++;
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
    ...counts,
    upMs,
    downMs: lenient.down,
    unknownMs: DAY - upMs - lenient.down,
    blips,
    blipMs: lenient.blip,
    strictUpMs,
    strictDownMs: strict.down,
    strictUnknownMs: DAY - strictUpMs - strict.down,
    slowMs,
    latency: latencies(day, inDay),
  };
};
