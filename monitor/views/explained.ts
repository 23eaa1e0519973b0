/** Why a component is told to be what it is, as plain data: made by explain-component.ts, put into sentences by explained-words.ts. Instants ms. */
import type { ManagedBy } from '#db/queries/components.ts';
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import type { PauseNow } from '#domain/check/pausing.ts';
import type { LocationState } from '#domain/check/span.ts';
import type { Impact } from '#domain/incident/incident-fact.ts';
import type { DisplayLayers } from '#domain/sla/display-layers.ts';
import type { UnknownCause } from '#domain/sla/evidence.ts';
import type { ComponentState } from '#domain/sla/overall.ts';
import type { OverrideState } from '#domain/sla/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { DocumentMapping } from '#monitor/config/document-check.ts';
import type { VersionEntry } from './component-history.ts';

export interface SampleView {
  readonly at: Instant;
  readonly outcome: CheckResult['outcome'];
  readonly words: string;
  readonly detail: string;
  readonly httpStatus: number | null;
  readonly latencyUs: number | null;
  /** Whether a sentinel answered in the same round; null: none is configured, or it was not asked. */
  readonly sentinelAnswered: boolean | null;
}

export interface LocationExplained {
  readonly slug: string;
  readonly name: string;
  /** Whether it counts for the quorum now. */
  readonly asked: boolean;
  readonly says: LocationState;
  readonly slow: boolean;
  /** Until when what it said last speaks; null: it never said anything that counts. */
  readonly speaksUntil: Instant | null;
  /** Failures in a row so far, and how many make an outage; null unless a run is open. */
  readonly run: { readonly failures: number; readonly needed: number; readonly since: Instant } | null;
  /** Newest first. */
  readonly samples: readonly SampleView[];
}

export type PauseTold = Omit<PauseNow, 'reason'> & { readonly reason: string | null };

export interface ComponentExplained {
  /** Whether this is for people who run Avow: outsiders do not read who changed or paused it, nor why. */
  readonly insider: boolean;
  readonly asOf: Instant;
  readonly zone: string;
  readonly component: {
    readonly slug: string;
    readonly name: string;
    readonly description: string;
    readonly group: string | null;
    readonly critical: boolean;
    readonly kind: CheckDefinition['kind'];
    readonly managed: ManagedBy;
    /** Which file, where it does; null: the console does, or Avow watches itself. */
    readonly managedBy: string | null;
    readonly recordedAt: Instant;
    /** As an entry of the file, secrets as `•`; null: it is built in. */
    readonly form: DocumentMapping | null;
  };
  readonly state: ComponentState;
  readonly since: Instant | null;
  readonly investigating: boolean;
  /** What the checks alone say. */
  readonly checks: 'up' | 'down' | 'unknown';
  readonly quorum: {
    readonly locations: number;
    readonly needed: number;
    readonly down: number;
    readonly up: number;
    readonly silent: number;
  };
  readonly locations: readonly LocationExplained[];
  /** For outsiders without `reason` and `by`. */
  readonly pause: PauseTold | null;
  /** Why nothing is known, where more is known than silence. */
  readonly unknownBecause: readonly UnknownCause[];
  readonly overrides: readonly {
    readonly id: string;
    readonly state: OverrideState;
    readonly start: Instant;
    readonly end: Instant | null;
  }[];
  readonly windows: readonly { readonly start: Instant; readonly end: Instant }[];
  readonly incidents: readonly {
    readonly id: string;
    readonly title: string;
    readonly detected: boolean;
    readonly startedAt: Instant;
    readonly impact: Impact;
  }[];
  /** What people posted of it on incidents that are open: shown where it is worse than what the checks say. */
  readonly posted: DisplayLayers['posted'];
  readonly sentinels: { readonly configured: number; readonly answered: boolean | null };
  readonly history: readonly VersionEntry[];
  readonly says: readonly string[];
}
