/**
 * The result of one check: what a prober saw of one target, once. A fault of the target is data here, never an
 * exception. Latencies and phases are integer microseconds, instants integer milliseconds UTC. Source: semantics A2, A9.
 */
import type { Instant } from '#domain/time/instant.ts';
import type { Reason } from './reason.ts';

/** `ok` right and in time; `slow` right but over the limit; `fail` the target's fault; `error` ours: no evidence. */
export type Outcome = 'ok' | 'slow' | 'fail' | 'error';
export const OUTCOMES = ['ok', 'slow', 'fail', 'error'] as const satisfies readonly Outcome[];

export type Phase = 'dns' | 'connect' | 'tls' | 'ttfb' | 'transfer';
export const PHASES = ['dns', 'connect', 'tls', 'ttfb', 'transfer'] as const satisfies readonly Phase[];
/** Microseconds per phase; a phase that did not happen is absent. */
export type PhaseTimings = Readonly<Partial<Record<Phase, number>>>;

/** What a probe answers: everything about the target, nothing about who asked and when it was due. */
export interface ProbeReading {
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** A sentence for a person; never echoes a response body beyond 80 characters. Empty when outcome is `ok`. */
  readonly detail: string;
  readonly httpStatus: number | null;
  /** Whole duration in µs, dns to last byte read; null when nothing was measured. */
  readonly latencyUs: number | null;
  readonly phases: PhaseTimings;
  /** Earliest notAfter in the presented chain. */
  readonly certExpiresAt: Instant | null;
}

export interface CheckResult extends ProbeReading {
  readonly componentId: string;
  readonly locationId: string;
  readonly scheduledAt: Instant;
  /** Start of the request by the worker's clock: the sample's place in time, and with the two ids its identity. */
  readonly at: Instant;
  /** `at` plus the elapsed monotonic time, never before `at`. */
  readonly finishedAt: Instant;
  /** At least one sentinel answered in this round; null when none is configured or the target is loopback. */
  readonly canaryOk: boolean | null;
}
