/** Shapes in which facts leave the store. `facts.ts` answers them; views and the ledger read nothing else. */
import type { CheckPlan } from '#domain/check/check-definition.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import type { DayRollup } from '#domain/check/day-rollup.ts';
import type { Panels } from '#domain/check/quorum.ts';
import type { OpenSpan, Span } from '#domain/check/span.ts';
import type { IncidentFact } from '#domain/incident/incident-fact.ts';
import type { AnnouncementFact, Components } from '#domain/maintenance/announcement-fact.ts';
import type { Override } from '#domain/sla/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';

export type { Impact, IncidentFact } from '#domain/incident/incident-fact.ts';

export interface ComponentFact {
  /** Number inside the store; never leaves the process. */
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly group: string | null;
  readonly critical: boolean;
  readonly position: number;
  /** The quorum now in force; the past is composed by `panels`. */
  readonly quorum: number;
  readonly panels: Panels;
  readonly check: CheckPlan;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Nothing is asked of it now; who and why is for people who run Avow. Absent: it is asked. */
  readonly paused?: true;
}

export interface LocationFact {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly local: boolean;
}

/** The spans of one location for one component that touch the asked interval, clipped to it; `open` as stored, unclipped. */
export interface LocationSpans {
  readonly componentId: number;
  readonly locationId: number;
  readonly spans: readonly Span[];
  readonly open: OpenSpan | null;
}

/** One rolled-up day of one location; the strict reading stays in the store. */
export interface DailyFact extends Omit<DayRollup, 'strictUpMs' | 'strictDownMs' | 'strictUnknownMs'> {
  readonly componentId: number;
  readonly locationId: number;
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
}

export interface LatencyPoint {
  readonly at: Instant;
  readonly latencyUs: number;
  readonly outcome: CheckResult['outcome'];
}

/** Announced time that is left out of the availability of these components. */
export interface ExcludedWindow extends Interval {
  readonly components: Components;
}
/** What lies over the checks when components are shown. */
export interface DisplayFacts {
  /** By the policy in force when the month of each window began, as months are judged. */
  readonly windows: readonly ExcludedWindow[];
  /** In force. */
  readonly overrides: readonly Override[];
}

/** What `db/queries/facts.ts` exports, each taking the store first. */
export interface Facts {
  /** Components not removed, by position. */
  components(): Promise<readonly ComponentFact[]>;
  locations(): Promise<readonly LocationFact[]>;
  /** Every (component, location) that has spans in `[from, to)`. */
  spans(from: Instant, to: Instant, componentId?: number): Promise<readonly LocationSpans[]>;
  /** Rollups of finished days in `[fromDay, toDay)`; days not rolled up are computed from the evidence, so none is missing. */
  daily(fromDay: number, toDay: number, componentId?: number): Promise<readonly DailyFact[]>;
  /** The last result of every (component, location), hot or packed; with `until` the last one not later than that. */
  lastResults(until?: Instant): Promise<readonly (CheckResult & { readonly recordedAt: Instant })[]>;
  /** Raw latencies of one component at one location, in order. */
  latencies(componentId: number, locationId: number, from: Instant, to: Instant): Promise<readonly LatencyPoint[]>;
  /** Incidents open at or resolved after `since`, newest first. */
  incidents(since: Instant): Promise<readonly IncidentFact[]>;
  /** Those that are open, and the `count` that began last; newest first. */
  newestIncidents(count: number): Promise<readonly IncidentFact[]>;
  incident(id: string): Promise<IncidentFact | null>;
  /** What lies over the checks when components are shown. */
  display(asOf: Instant): Promise<DisplayFacts>;
  /** All of them, in the order in which they were recorded. */
  announcements(): Promise<readonly AnnouncementFact[]>;
}
