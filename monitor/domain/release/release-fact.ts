/**
 * A release as it was recorded: revisions of its notes, when they became public, into which window it was planned, when it went to
 * production. Facts only; what may happen is judged by release-gate.ts. Instants ms UTC. Source: semantics F.
 */
import type { Instant } from '../time/instant.ts';

export type ReleaseKind = 'standard' | 'hotfix' | 'emergency';

/** `authenticated`: the author's name was proved by signing in; not, or absent: it is what somebody said of themselves. */
export interface NotesFact {
  /** 1, 2, 3 … */
  readonly rev: number;
  readonly recordedAt: Instant;
  /** Markdown as it was written. */
  readonly notes: string;
  readonly author: string | null;
  readonly authenticated?: boolean;
}
export interface PublicationFact {
  /** The revision of the notes that is public … */
  readonly rev: number;
  readonly recordedAt: Instant;
  /** … from here on; may lie ahead. */
  readonly publicAt: Instant;
  readonly author: string | null;
  readonly authenticated?: boolean;
}
export interface PlanFact {
  readonly recordedAt: Instant;
  /** Null: taken out of its window. */
  readonly announcement: string | null;
  /** When within the window; null: from its start. */
  readonly plannedAt: Instant | null;
  readonly author: string | null;
  readonly authenticated?: boolean;
}
export interface DeploymentFact {
  readonly recordedAt: Instant;
  readonly deployedAt: Instant;
  readonly kind: 'deploy' | 'rollback';
  /** As judged when it was recorded; outside once is outside for ever. */
  readonly place: 'inside' | 'outside_window';
  readonly announcement: string | null;
  /** The emergency path (semantics F4). */
  readonly reason: string | null;
  readonly approvedBy: string | null;
  readonly author: string | null;
  readonly authenticated?: boolean;
}
export interface ReleaseFact {
  readonly version: string;
  readonly kind: ReleaseKind;
  readonly title: string;
  readonly tickets: readonly string[];
  readonly recordedAt: Instant;
  readonly author: string | null;
  readonly authenticated?: boolean;
  /** Each list in the order of its rows; the last speaks. */
  readonly notes: readonly NotesFact[];
  readonly publications: readonly PublicationFact[];
  readonly plans: readonly PlanFact[];
  readonly deployments: readonly DeploymentFact[];
  readonly testedAt: Instant | null;
}
