/**
 * State spans: what the samples of one location say about one component, as intervals. Both readings of `slow` are
 * kept side by side: `lenient` takes slow as good, `strict` takes it as bad. Spans of one (component, location) are
 * disjoint, in order and without holes from the first sample on; the last one is open. Source: semantics A3, A9.
 */
import type { Instant, Millis } from '#domain/time/instant.ts';

/**
 * `blip`: a bad run too short to confirm, refuted by a good sample: counts as up, is counted in the report.
 * `pending`: a bad run not yet confirmed nor refuted; only the open span can be pending. Read as unknown by the ledger
 * and as "investigating" by the page.
 */
export type LocationState = 'up' | 'blip' | 'down' | 'unknown' | 'pending';

export interface SpanState {
  readonly lenient: LocationState;
  readonly strict: LocationState;
  /** The sample that speaks here was `slow`. */
  readonly slow: boolean;
}

export interface Span extends SpanState {
  readonly start: Instant;
  readonly end: Instant;
}

/** The last span: it holds until `coveredUntil` (last sample + hold) unless another sample comes; then it is unknown. */
export interface OpenSpan extends SpanState {
  readonly start: Instant;
  readonly coveredUntil: Instant;
}

/** How a sample is judged: the check's version in force at the sample's `at`. */
export interface Judgement {
  readonly hold: Millis;
  readonly confirmations: number;
}
