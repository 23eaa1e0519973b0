/**
 * What core and prober say to each other, over a MessagePort here and over HTTPS from a remote agent. Plain structured
 * data, no functions, so that both carriers are the same.
 */
import type { CheckPlan } from '#domain/check/check-definition.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Sentinel } from '#monitor/config/config.ts';

export interface Assignment {
  readonly componentId: string;
  readonly check: CheckPlan;
  /** Secrets in the definition, which no sentence about an answer may repeat. */
  readonly hidden?: readonly string[];
}

export type ToWorker =
  /** Replaces everything assigned so far; unchanged assignments keep their place in the schedule. */
  | {
      readonly type: 'assign';
      readonly locationId: string;
      readonly assignments: readonly Assignment[];
      readonly sentinels: readonly Sentinel[];
      /** Listening ports of Avow itself: never dialled, except the self check's. */
      readonly ownPorts: readonly number[];
      readonly selfOrigin: string | null;
      /** Last sample per component before this process: the schedule goes on from there instead of bunching. */
      readonly lastAt: Readonly<Record<string, Instant>>;
    }
  | { readonly type: 'stored'; readonly batch: number }
  | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'ready' }
  /** Kept by the worker and sent again after a reconnect until `stored` with the same number arrives. */
  | { readonly type: 'results'; readonly batch: number; readonly results: readonly CheckResult[] }
  /** Once a second: alive, and how late its own loop runs. */
  | { readonly type: 'beat'; readonly at: Instant; readonly loopLagMs: number; readonly inFlight: number; readonly due: number }
  | {
      readonly type: 'event';
      readonly kind: 'clock_jump' | 'stall' | 'blind' | 'sighted' | 'overload' | 'fault';
      readonly at: Instant;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'stopped' };
