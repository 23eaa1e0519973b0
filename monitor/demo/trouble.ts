/**
 * What one check would have seen: the row that the recorder would have written for it. Right answers have quiet nights, a busy
 * noon and a long tail; what goes wrong says so in the words of the probes. Units: ms, phases and latencies µs.
 */
import type { CheckRow } from '#db/queries/pack.ts';
import { OUTCOMES, type Outcome } from '#domain/check/check-result.ts';
import { REASONS, type Reason } from '#domain/check/reason.ts';
import { DAY } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Random } from './seeded.ts';

/** While it lasts, checks come out so; `silence`: there are none. Of several at an instant the last one speaks. */
export interface Trouble extends Interval {
  readonly reason: Reason | 'silence';
  /** The part of the checks that it hits, drawn for each; absent: all of them. */
  readonly share?: number;
}

/** Where one check stands: how fast its target answers, and with which status (null: not over HTTP). */
export interface Manner {
  readonly baseUs: number;
  readonly status: number | null;
}

const DETAILS: Readonly<Partial<Record<Reason, string>>> = {
  connect_refused: 'The server refused the connection.',
  status_unexpected: 'The server answered 503 where 200 to 299 are expected.',
  timeout: 'The server accepted the connection but did not answer within 10 s.',
  over_latency_limit: 'It answered as expected, but took longer than is allowed.',
  own_fault: 'The probe itself failed, so this says nothing about the target.',
  own_network: 'No sentinel answers either: our own network was down, so this says nothing about the target.',
};

/** Faults of our own, which are no evidence. */
const OURS: ReadonlySet<Reason> = new Set(['own_network', 'own_stall', 'own_fault']);

export const outcomeOf = (reason: Reason): Outcome =>
  reason === 'ok' ? 'ok' : reason === 'over_latency_limit' ? 'slow' : OURS.has(reason) ? 'error' : 'fail';

/** Microseconds of an answer. */
const latencyAt = (random: Random, at: number, base: number): number => {
  const noon = 1 + 0.35 * Math.sin(((at % DAY) / DAY) * 2 * Math.PI - Math.PI / 2);
  const tail = random() < 0.03 ? 1 + 4 * random() : 1;
  return Math.round(base * noon * tail * (0.85 + 0.3 * random()));
};

/** `phased`: whether the parts of its latency are wanted. */
export const rowOf = (random: Random, at: number, lag: number, reason: Reason, { baseUs, status }: Manner, phased: boolean): CheckRow => {
  const outcome = outcomeOf(reason);
  const answered = outcome === 'ok' || outcome === 'slow';
  const us = reason === 'timeout' ? 10_000_000 : latencyAt(random, at, outcome === 'slow' ? 6_000_000 : answered ? baseUs : 3_000);
  const dns = Math.round(us * 0.02);
  const connect = Math.round(us * (0.08 + 0.05 * random()));
  const transfer = Math.round(us * 0.03);
  const took = outcome === 'error' ? 4_000 : Math.ceil(us / 1_000);
  return {
    at,
    lag,
    took,
    delay: took + Math.floor(random() * 50),
    outcome: OUTCOMES.indexOf(outcome),
    reason: REASONS[reason].id,
    canary: reason === 'own_network' ? 0 : null,
    status: answered ? status : reason === 'status_unexpected' ? 503 : null,
    latencyUs: outcome === 'error' ? null : us,
    phases: answered && phased ? [dns + 1, connect + 1, 0, us - dns - connect - transfer + 1, transfer + 1] : null,
    detail: DETAILS[reason] ?? null,
  };
};
