/**
 * What a release is at an instant: draft, published, scheduled, deployed or rolled back; which revision of its notes is public and
 * whether it was amended; whether the window it was planned into still holds it, and why not; whether it went to production inside. Rows
 * recorded after that instant do not exist. Pure, instants ms UTC. Names of people are not in here: what is made public is made of this.
 * Source: semantics F1 to F7.
 */
import { type AnnouncementFact, currentRevision, knownBy } from '../maintenance/announcement-fact.ts';
import type { Instant } from '../time/instant.ts';
import { contains, type Interval } from '../time/interval.ts';
import type { DeploymentFact, PlanFact, PublicationFact, ReleaseFact, ReleaseKind } from './release-fact.ts';
import { notesInTime, type Place, placeOf } from './release-gate.ts';
import { effectiveAt, publicFromOf, type ReleaseTerms } from './release-window.ts';

export type ReleaseState = 'draft' | 'published' | 'scheduled' | 'deployed' | 'rolled_back';
/** Why a window does not hold what was planned into it (semantics F6). */
export type UnscheduledReason = 'cancelled' | 'nothing_excluded' | 'shrunk';

export interface NotesStanding {
  readonly rev: number;
  /** When this revision became public. */
  readonly publicAt: Instant;
  /** Markdown. */
  readonly notes: string;
}
export interface RevisionStanding {
  readonly rev: number;
  readonly publicAt: Instant;
  /** It became public after its window had started, or after the release went to production (semantics F5). */
  readonly amended: boolean;
}
export interface PlanStanding {
  readonly announcement: string;
  /** What is announced now. */
  readonly announced: Interval;
  /** What is excluded: the part that it was planned into, or what is left of it; null when nothing is. */
  readonly window: Interval | null;
  /** The instant it is planned for: the one that was named, else the window's start. Null when nothing is left. */
  readonly plannedAt: Instant | null;
  /** Null: the window holds it. */
  readonly unscheduled: UnscheduledReason | null;
}
export interface DeploymentStanding {
  readonly kind: DeploymentFact['kind'];
  readonly deployedAt: Instant;
  readonly announcement: string | null;
  /** The part of what is excluded that it lay in; null: it was outside. */
  readonly window: Interval | null;
  /** Outside once is outside for ever. */
  readonly place: Place;
  /** The emergency path was taken; who answers for it and why is nobody's business outside. */
  readonly emergency: boolean;
  /** Whether notes were public before the start of the window, or in an emergency by the deployment (semantics F2, F4). */
  readonly notesInTime: boolean;
}
export interface ReleaseStanding {
  readonly version: string;
  readonly kind: ReleaseKind;
  readonly title: string;
  readonly tickets: readonly string[];
  readonly state: ReleaseState;
  /** The revision that is public; null: none is. */
  readonly notes: NotesStanding | null;
  /** When notes are public first, which may lie ahead; null: not decided. */
  readonly publicFrom: Instant | null;
  /** Every revision that is or was public, in order. */
  readonly revisions: readonly RevisionStanding[];
  readonly amended: boolean;
  readonly plan: PlanStanding | null;
  /** Every deployment and rollback, in the order in which they were recorded. */
  readonly deployments: readonly DeploymentStanding[];
  /** The last one. */
  readonly deployment: DeploymentStanding | null;
  /** Any of them was outside. */
  readonly outsideWindow: boolean;
  readonly testedAt: Instant | null;
}

/** As it was known at `at`: rows recorded later do not exist; null: it was not drafted yet. */
const releaseKnownBy = (fact: ReleaseFact, at: Instant): ReleaseFact | null => {
  if (fact.recordedAt > at) return null;
  const then = <T extends { readonly recordedAt: Instant }>(rows: readonly T[]): T[] => rows.filter(({ recordedAt }) => recordedAt <= at);
  return {
    ...fact,
    notes: then(fact.notes),
    publications: then(fact.publications),
    plans: then(fact.plans),
    deployments: then(fact.deployments),
    testedAt: fact.testedAt !== null && fact.testedAt <= at ? fact.testedAt : null,
  };
};

const byId = (announcements: readonly AnnouncementFact[], id: string | null): AnnouncementFact | null =>
  announcements.find((one) => one.id === id) ?? null;

/** The last plan and what has become of its window; null: it is in none. */
const planStanding = (
  plans: readonly PlanFact[],
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  at: Instant,
): PlanStanding | null => {
  const plan = plans.at(-1);
  const announcement = byId(announcements, plan?.announcement ?? null);
  const known = announcement && knownBy(announcement, at);
  if (!plan || !known) return null;
  const effective = effectiveAt(known, terms, at);
  const planned = plan.plannedAt;
  const holding = planned === null ? effective[0] : effective.find((part) => contains(part, planned));
  const window = holding ?? effective[0] ?? null;
  const { start, end } = currentRevision(known);
  const standing = { announcement: known.id, announced: { start, end }, window, plannedAt: planned ?? window?.start ?? null };
  // Cancelling what is over changes nothing.
  if (known.ending?.kind === 'cancelled' && known.ending.recordedAt < end) return { ...standing, unscheduled: 'cancelled' };
  if (effective.length === 0) return { ...standing, unscheduled: 'nothing_excluded' };
  return { ...standing, unscheduled: holding ? null : 'shrunk' };
};

/** Where a deployment lay: outside when it was recorded so, or when what was recorded since has taken its place away. */
const placeStanding = (
  { place, recordedAt, deployedAt, announcement }: DeploymentFact,
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  at: Instant,
): Place => {
  const window = byId(announcements, announcement);
  if (place === 'outside_window' || !window) return place;
  // Compared by the same terms, so that a policy of later moves nothing that was judged before.
  const then = placeOf(deployedAt, effectiveAt(window, terms, recordedAt));
  return then === 'inside' ? placeOf(deployedAt, effectiveAt(window, terms, at)) : place;
};

const deploymentStanding = (
  fact: DeploymentFact,
  publicFrom: Instant | null,
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  at: Instant,
): DeploymentStanding => {
  const emergency = fact.reason !== null;
  const place = placeStanding(fact, announcements, terms, at);
  const announcement = place === 'inside' ? byId(announcements, fact.announcement) : null;
  const window = (announcement && effectiveAt(announcement, terms, at).find((part) => contains(part, fact.deployedAt))) ?? null;
  return {
    kind: fact.kind,
    deployedAt: fact.deployedAt,
    announcement: fact.announcement,
    window,
    place,
    emergency,
    notesInTime:
      window && !emergency
        ? notesInTime(publicFrom, window.start, terms.notesLeadMs)
        : publicFrom !== null && publicFrom <= fact.deployedAt,
  };
};

/** Public after any of these instants is amended; the first revision is late at worst. */
const revisionsOf = (publications: readonly PublicationFact[], at: Instant, starts: readonly Instant[]): RevisionStanding[] =>
  publications
    .filter(({ publicAt }) => publicAt <= at)
    .map(({ rev, publicAt }, i) => ({ rev, publicAt, amended: i > 0 && starts.some((start) => publicAt > start) }));

const stateOf = (deployment: DeploymentStanding | null, plan: PlanStanding | null, published: boolean): ReleaseState => {
  if (deployment) return deployment.kind === 'deploy' ? 'deployed' : 'rolled_back';
  if (plan && plan.unscheduled === null) return 'scheduled';
  return published ? 'published' : 'draft';
};

/** Null: nobody had recorded it by `at`. `announcements`: all that the release was ever planned into. */
export const releaseStanding = (
  fact: ReleaseFact,
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  at: Instant,
): ReleaseStanding | null => {
  const known = releaseKnownBy(fact, at);
  if (!known) return null;
  const { version, kind, title, tickets, testedAt, plans, publications } = known;
  const publicFrom = publicFromOf(known);
  const plan = planStanding(plans, announcements, terms, at);
  const deployments = known.deployments.map((one) => deploymentStanding(one, publicFrom, announcements, terms, at));
  const starts = [...(plan?.window ? [plan.window.start] : []), ...deployments.map(({ deployedAt }) => deployedAt)];
  const revisions = revisionsOf(publications, at, starts);
  const shown = revisions.at(-1);
  const text = known.notes.find(({ rev }) => rev === shown?.rev)?.notes ?? '';
  const deployment = deployments.at(-1) ?? null;
  return {
    version,
    kind,
    title,
    tickets,
    state: stateOf(deployment, plan, shown !== undefined),
    notes: shown ? { rev: shown.rev, publicAt: shown.publicAt, notes: text } : null,
    publicFrom,
    revisions,
    amended: revisions.some(({ amended }) => amended),
    plan,
    deployments,
    deployment,
    outsideWindow: deployments.some(({ place }) => place === 'outside_window'),
    testedAt,
  };
};

/** Whether notes are public at an instant, told or still to come. */
export const notesPublicAt = (publications: readonly PublicationFact[], at: Instant): boolean =>
  publications.some(({ publicAt }) => publicAt <= at);
