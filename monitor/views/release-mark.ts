/**
 * A release in passing: what pages say of it besides its own. A release exists in public once its notes are out or it went to
 * production; drafts do not exist. No author, reason or approver is in here. Instants ms. Pure. Source: semantics F.
 */
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import type { DeploymentFact, ReleaseFact, ReleaseKind } from '#domain/release/release-fact.ts';
import type { Instant } from '#domain/time/instant.ts';

export interface ReleaseMark {
  readonly version: string;
  readonly title: string;
  readonly kind: ReleaseKind;
  /** Since when its notes are public; null: they are not. */
  readonly notesAt: Instant | null;
  /** The last thing that was done with it; null: it has not gone out. */
  readonly deployment: Pick<DeploymentFact, 'kind' | 'deployedAt' | 'place'> | null;
  /** The window it is planned into. */
  readonly announcement: string | null;
}

/** Null: nobody outside knows of it at `now`. */
export const releaseMark = ({ version, title, kind, publications, plans, deployments }: ReleaseFact, now: Instant): ReleaseMark | null => {
  const [notesAt = null] = publications
    .map(({ publicAt }) => publicAt)
    .filter((at) => at <= now)
    .sort((a, b) => a - b);
  const last = deployments.at(-1);
  if (notesAt === null && !last) return null;
  const deployment = last ? { kind: last.kind, deployedAt: last.deployedAt, place: last.place } : null;
  return { version, title, kind, notesAt, deployment, announcement: plans.at(-1)?.announcement ?? null };
};

export const releaseMarks = (releases: readonly ReleaseFact[], now: Instant): ReleaseMark[] =>
  releases.flatMap((release) => releaseMark(release, now) ?? []);

/** Those that a window is to bring, or brought. */
export const releasesIn = (marks: readonly ReleaseMark[], { id }: Pick<AnnouncementFact, 'id'>): ReleaseMark[] =>
  marks.filter(({ announcement }) => announcement === id);

const TOLD = 3;

export interface ReleasesAround {
  /** Went to production, the latest first. */
  readonly last: readonly ReleaseMark[];
  /** Have not: the next window first, then those that wait for one. */
  readonly next: readonly (ReleaseMark & { readonly windowStart: Instant | null })[];
}
/** `windows`: id → start of every window that is announced and not over. */
export const releasesAround = (marks: readonly ReleaseMark[], windows: ReadonlyMap<string, Instant>): ReleasesAround => {
  const last = marks
    .filter(({ deployment }) => deployment?.kind === 'deploy')
    .sort((a, b) => (b.deployment?.deployedAt ?? 0) - (a.deployment?.deployedAt ?? 0));
  const next = marks
    .filter(({ deployment }) => deployment === null)
    .map((mark) => ({ ...mark, windowStart: mark.announcement === null ? null : (windows.get(mark.announcement) ?? null) }))
    .sort((a, b) => (a.windowStart ?? Number.POSITIVE_INFINITY) - (b.windowStart ?? Number.POSITIVE_INFINITY) || 0);
  return { last: last.slice(0, TOLD), next: next.slice(0, TOLD) };
};
