/**
 * An incident as it is recorded: found by the checks or opened by people, with everything that was posted of it. From it follow
 * its status now, whom it concerns, and when something was last said. Instants ms UTC. Component ids are the store's own numbers.
 */
import { type Instant, later } from '../time/instant.ts';

/** From nothing to the worst. */
export const IMPACTS = ['none', 'degraded', 'partial_outage', 'major_outage'] as const;
export type Impact = (typeof IMPACTS)[number];
/** While it is open, in this order or back again. */
export const OPEN_STATUSES = ['investigating', 'identified', 'monitoring'] as const;
export type OpenStatus = (typeof OPEN_STATUSES)[number];
export const POSTED_STATUSES = [...OPEN_STATUSES, 'resolved', 'postmortem'] as const;
export type PostedStatus = (typeof POSTED_STATUSES)[number];

export interface ComponentImpact {
  readonly componentId: number;
  readonly impact: Impact;
}

export interface IncidentUpdateFact {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly displayAt: Instant;
  readonly status: PostedStatus;
  readonly body: string;
  /** Null: Avow itself, or somebody who gave no name. Never public. */
  readonly author: string | null;
  /** The name was proved by signing in; not, or absent: it is what somebody said of themselves. */
  readonly authenticated?: boolean;
  /** What the incident is called from here on; null: as before. */
  readonly title: string | null;
  /** What it says of components, from `displayAt` on; empty: as before. */
  readonly impacts: readonly ComponentImpact[];
}

export interface IncidentFact {
  readonly id: string;
  /** Of the checks: one component, one outage. False: a person opened it. */
  readonly detected: boolean;
  /** Those it began with; updates may name more. */
  readonly componentIds: readonly number[];
  /** As it is called now. */
  readonly title: string;
  readonly startedAt: Instant;
  readonly confirmedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly updates: readonly IncidentUpdateFact[];
}

export const isOpenStatus = (status: PostedStatus): status is OpenStatus => (OPEN_STATUSES as readonly string[]).includes(status);

export const updatesNewestFirst = ({ updates }: Pick<IncidentFact, 'updates'>): IncidentUpdateFact[] =>
  updates.toSorted((a, b) => b.displayAt - a.displayAt || b.recordedAt - a.recordedAt);

/** The post that was recorded last, whoever wrote it; null: nothing was posted. */
export const lastPostOf = ({ updates }: Pick<IncidentFact, 'updates'>): IncidentUpdateFact | null =>
  updates.reduce<IncidentUpdateFact | null>((last, one) => (last && last.recordedAt >= one.recordedAt ? last : one), null);

/** What people are told of it now. Whether it is over is said by the incident itself: results that came late may end it in the past. */
export const statusOf = (incident: Pick<IncidentFact, 'updates' | 'resolvedAt'>): PostedStatus => {
  if (incident.resolvedAt !== null) return incident.updates.some(({ status }) => status === 'postmortem') ? 'postmortem' : 'resolved';
  return updatesNewestFirst(incident).find(({ status }) => isOpenStatus(status))?.status ?? 'investigating';
};

/** Ids of all components that it began with or that an update spoke of, ascending. */
export const concernedIds = ({ componentIds, updates }: Pick<IncidentFact, 'componentIds' | 'updates'>): number[] =>
  [...new Set([...componentIds, ...updates.flatMap(({ impacts }) => impacts.map(({ componentId }) => componentId))])].sort((a, b) => a - b);

/** Nothing that follows may be dated before this, even if the clock was set back. */
export const lastSaidAt = ({ updates, startedAt }: Pick<IncidentFact, 'updates' | 'startedAt'>): Instant =>
  updates.reduce((last, { recordedAt, displayAt }) => later(last, later(recordedAt, displayAt)), startedAt);
