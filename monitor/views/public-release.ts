/**
 * A release as anybody may know it: nothing before its notes are public, so drafts do not exist; a deployment without public notes shows
 * its version, when it was and whether it was outside, and not what it is called. Never a person, a reason or a ticket. Whatever is shown
 * of releases outside the console is made of this. Plain JSON, instants as ms. Pure. Source: semantics F.
 */
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { notesGroups } from '#domain/release/notes-groups.ts';
import type { ReleaseFact, ReleaseKind } from '#domain/release/release-fact.ts';
import type { Place } from '#domain/release/release-gate.ts';
import { type PlanStanding, type ReleaseStanding, releaseStanding, type UnscheduledReason } from '#domain/release/release-standing.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';

export interface PublicPlan {
  readonly announcement: string;
  /** What is excluded of it; null when nothing is left. */
  readonly window: Interval | null;
  readonly plannedAt: Instant | null;
  /** Why the window does not hold it; `over`: it ended before the release went to production. Null: it does. */
  readonly unscheduled: UnscheduledReason | 'over' | null;
}
export interface PublicDeployment {
  readonly kind: 'deploy' | 'rollback';
  readonly at: Instant;
  readonly place: Place;
  readonly announcement: string | null;
  /** In which it lay; null: it was outside. */
  readonly window: Interval | null;
  readonly emergency: boolean;
}
export interface PublicRelease {
  readonly version: string;
  readonly kind: ReleaseKind;
  /** Null while its notes are not public. */
  readonly title: string | null;
  readonly state: 'coming' | 'released' | 'rolled_back';
  /** When anybody could know of it first; never changes again. */
  readonly publicSince: Instant;
  /** When anything public of it changed last: its notes or a deployment. */
  readonly changedAt: Instant;
  /** When its notes were public first. */
  readonly notesPublicAt: Instant | null;
  readonly amended: boolean;
  /** Of what is still to come; and of a deployment the window it was made in. */
  readonly plan: PublicPlan | null;
  /** In the order in which they were recorded. */
  readonly deployments: readonly PublicDeployment[];
  readonly outsideWindow: boolean;
  /** First lines of its changes, Markdown. */
  readonly changes: readonly string[];
}

const planOf = ({ announcement, window, plannedAt, unscheduled }: PlanStanding, at: Instant): PublicPlan => ({
  announcement,
  window,
  plannedAt,
  unscheduled: unscheduled ?? (window !== null && window.end <= at ? 'over' : null),
});

export const publicOf = (standing: ReleaseStanding, fact: ReleaseFact, at: Instant): PublicRelease | null => {
  const { notes, deployments, plan, state } = standing;
  const known = [
    ...standing.revisions.map(({ publicAt }) => publicAt),
    ...fact.deployments.map(({ recordedAt }) => recordedAt).filter((recordedAt) => recordedAt <= at),
  ].sort((a, b) => a - b);
  const [publicSince] = known;
  if (publicSince === undefined) return null;
  return {
    version: standing.version,
    kind: standing.kind,
    title: notes && standing.title,
    state: state === 'rolled_back' ? 'rolled_back' : state === 'deployed' ? 'released' : 'coming',
    publicSince,
    changedAt: known.at(-1) ?? publicSince,
    notesPublicAt: notes && standing.publicFrom,
    amended: standing.amended,
    plan: plan && planOf(plan, at),
    deployments: deployments.map(({ kind, deployedAt, place, announcement, window, emergency }) => ({
      kind,
      at: deployedAt,
      place,
      announcement,
      window,
      emergency,
    })),
    outsideWindow: standing.outsideWindow,
    changes: notes ? notesGroups(notes.notes).flatMap(({ items }) => items) : [],
  };
};

/** Everything that is public at `at`, in the order in which it was drafted. */
export const publicReleases = (
  facts: readonly ReleaseFact[],
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  at: Instant,
): PublicRelease[] =>
  facts.flatMap((fact) => {
    const standing = releaseStanding(fact, announcements, terms, at);
    return (standing && publicOf(standing, fact, at)) ?? [];
  });

/** What changes, or changed, in one announced window: planned into it and not taken out again, or deployed in it. */
export const releasesIn = (announcementId: string, releases: readonly PublicRelease[]): PublicRelease[] =>
  releases.filter(({ plan, deployments }) =>
    deployments.length > 0
      ? deployments.some(({ announcement, place }) => announcement === announcementId && place === 'inside')
      : plan?.announcement === announcementId && plan.unscheduled === null,
  );

export const lastOf = ({ deployments }: PublicRelease): PublicDeployment | null => deployments.at(-1) ?? null;

/** How many are told in passing. */
const TOLD = 3;

export interface ReleasesAround {
  /** In production, the latest first. */
  readonly last: readonly PublicRelease[];
  /** To come: the next window first, then those that wait for one. */
  readonly next: readonly PublicRelease[];
}
/** The start of the window that a release is to come in; null: none holds it. */
export const comesAt = ({ plan }: PublicRelease): Instant | null =>
  plan && plan.unscheduled === null ? (plan.window?.start ?? null) : null;

export const releasesAround = (releases: readonly PublicRelease[]): ReleasesAround => ({
  last: releases
    .filter(({ state }) => state === 'released')
    .sort((a, b) => (lastOf(b)?.at ?? 0) - (lastOf(a)?.at ?? 0))
    .slice(0, TOLD),
  next: releases
    .filter(({ state }) => state === 'coming')
    .sort((a, b) => (comesAt(a) ?? Number.MAX_SAFE_INTEGER) - (comesAt(b) ?? Number.MAX_SAFE_INTEGER))
    .slice(0, TOLD),
});
