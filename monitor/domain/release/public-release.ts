/**
 * What of a release is public at an instant: its notes from their `publicAt` on, the release itself once notes are public or it went to
 * production. Pure; instants ms UTC. Source: semantics F.
 */
import type { Instant } from '../time/instant.ts';
import type { PublicationFact, ReleaseFact } from './release-fact.ts';

/** The publication that speaks at `now`; null: no notes are public. */
export const publicationAt = ({ publications }: Pick<ReleaseFact, 'publications'>, now: Instant): PublicationFact | null =>
  publications.findLast(({ publicAt }) => publicAt <= now) ?? null;

/** Whether the public knows that there is such a release. */
export const isPublicRelease = (fact: Pick<ReleaseFact, 'publications' | 'deployments'>, now: Instant): boolean =>
  fact.deployments.length > 0 || publicationAt(fact, now) !== null;
