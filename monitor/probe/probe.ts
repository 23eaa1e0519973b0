/**
 * The one signature of a probe: a check definition and the means to reach the world in, a reading out. A probe never
 * throws for anything the target does, never outlives `ctx.signal` by more than a turn of the loop, and dials only
 * through `ctx.egress`.
 */
import type { AssertionOutcome } from '#domain/check/assertion.ts';
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import type { ProbeReading } from '#domain/check/check-result.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Egress } from '#monitor/egress/egress.ts';

export interface ProbeContext {
  readonly egress: Egress;
  /** Aborts at the deadline of the whole probe, redirects and retries of DNS included. */
  readonly signal: AbortSignal;
  /** Wall clock at the start of the probe: certificates are judged against it. */
  readonly now: Instant;
  /** Monotonic microseconds, for phases. */
  readonly monotonicUs: () => number;
  readonly timeoutMs: number;
  /** A right answer that took longer is `slow`. */
  readonly degradedMs: number;
  /** Told of each assertion, where somebody asked for more than the verdict. */
  readonly assess?: (outcome: AssertionOutcome) => void;
}

export type Probe<D extends CheckDefinition = CheckDefinition> = (definition: D, ctx: ProbeContext) => Promise<ProbeReading>;
