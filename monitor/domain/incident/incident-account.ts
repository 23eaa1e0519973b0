/**
 * An incident in the form its keepers are shown: names instead of the store's numbers, the impact now and at its worst, every post
 * with its author. Not for the public, who never see authors. Instants ms UTC.
 */
import type { Indicator } from '../sla/overall.ts';
import type { Instant } from '../time/instant.ts';
import { impactsAt, peakImpact } from './impacts.ts';
import {
  type ComponentImpact,
  concernedIds,
  type Impact,
  type IncidentFact,
  type PostedStatus,
  statusOf,
  updatesNewestFirst,
} from './incident-fact.ts';
import type { PostingComponent } from './posting-input.ts';

export interface NamedImpact {
  readonly component: string;
  readonly impact: Impact;
}
export interface AccountedUpdate {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly displayAt: Instant;
  readonly status: PostedStatus;
  readonly title: string | null;
  readonly body: string;
  readonly author: string | null;
  readonly authenticated?: boolean;
  readonly impacts: readonly NamedImpact[];
}
export interface IncidentAccount {
  readonly id: string;
  readonly detected: boolean;
  readonly title: string;
  readonly status: PostedStatus;
  /** The gravest that it ever was. */
  readonly impact: Indicator;
  readonly startedAt: Instant;
  readonly resolvedAt: Instant | null;
  /** As of now; all `none` once it is resolved. */
  readonly components: readonly NamedImpact[];
  /** Newest first. */
  readonly updates: readonly AccountedUpdate[];
}

/** Those that make up the whole of which an incident is a part: what is watched, and what it speaks of. */
const gradedFor = <C extends Pick<PostingComponent, 'id' | 'watched'>>(incident: IncidentFact, components: readonly C[]): C[] => {
  const concerned = new Set(concernedIds(incident));
  return components.filter(({ id, watched }) => watched || concerned.has(id));
};

/** `components`: all there ever were. */
export const accountOf = (incident: IncidentFact, components: readonly PostingComponent[], now: Instant): IncidentAccount => {
  const slugOf = new Map(components.map(({ id, slug }) => [id, slug]));
  const named = ({ componentId, impact }: ComponentImpact): NamedImpact => ({
    component: slugOf.get(componentId) ?? String(componentId),
    impact,
  });
  const current = impactsAt(incident, now);
  const { id, detected, title, startedAt, resolvedAt } = incident;
  return {
    id,
    detected,
    title,
    status: statusOf(incident),
    impact: peakImpact(incident, gradedFor(incident, components)),
    startedAt,
    resolvedAt,
    components: concernedIds(incident).map((componentId) => named({ componentId, impact: current.get(componentId) ?? 'none' })),
    updates: updatesNewestFirst(incident).map((update) => ({ ...update, impacts: update.impacts.map(named) })),
  };
};
