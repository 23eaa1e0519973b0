/**
 * What core and prober say to each other, over a MessagePort here and over HTTPS from a remote agent. Plain structured
 * data, no functions, so that both carriers are the same.
 */
import type { CheckPlan } from '#domain/check/check-definition.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import type { Tried } from '#domain/check/tried.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Sentinel } from '#monitor/config/config.ts';

export interface Assignment {
  readonly componentId: string;
  readonly check: CheckPlan;
  /** Secrets in the definition, which no sentence about an answer may repeat. */
  readonly hidden?: readonly string[];
  /** Entered in the console: it goes where the console may go, and no sentence repeats what the target answered. Absent: the file says it. */
  readonly origin?: 'console';
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
      /** Ranges (CIDR) that targets of the console may lie in although they are not public. */
      readonly allowed?: readonly string[];
      /** Last sample per component before this process: the schedule goes on from there instead of bunching. */
      readonly lastAt: Readonly<Record<string, Instant>>;
    }
  | { readonly type: 'stored'; readonly batch: number }
  /** One probe now, or with `vetOnly` only the question whether it may be made; answered by `tried` with the same number. */
  | { readonly type: 'try'; readonly number: number; readonly assignment: Assignment; readonly vetOnly: boolean }
  | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'ready' }
  /** Kept by the worker and sent again after a reconnect until `stored` with the same number arrives. */
  | { readonly type: 'results'; readonly batch: number; readonly results: readonly CheckResult[] }
  | { readonly type: 'tried'; readonly number: number; readonly tried: Tried }
  /** Once a second: alive, and how late its own loop runs. */
  | { readonly type: 'beat'; readonly at: Instant; readonly loopLagMs: number; readonly inFlight: number; readonly due: number }
  | {
      readonly type: 'event';
      readonly kind: 'clock_jump' | 'stall' | 'blind' | 'sighted' | 'overload' | 'fault';
      readonly at: Instant;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'stopped' };
