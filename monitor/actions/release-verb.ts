/** What the verbs of releases share: their context, the situation they decide in, and when a row may be dated. */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readReleases } from '#db/queries/releases.ts';
import type { Statement, Store } from '#db/store.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { ReleaseSituation } from '#domain/release/release-situation.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { auditOf } from './audit.ts';

export interface ReleaseContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Policy;
}

export const releaseTerms = ({ reserve, minNoticeMs, notesLeadMs }: Policy): ReleaseTerms => ({ reserve, minNoticeMs, notesLeadMs });

/** Everything as it stands; call it inside `store.exclusive`, so that it still holds when the verb writes. */
export const releaseSituation = async ({ store, clock, policy }: ReleaseContext): Promise<ReleaseSituation> => {
  const [announcements, releases] = await Promise.all([readAnnouncements(store), readReleases(store)]);
  return { terms: releaseTerms(policy), now: clock.now(), announcements, releases };
};

/** The server's clock, but never before the last row of the release: a clock that was set back dates nothing back. */
export const releaseRowAt = (now: Instant, fact: ReleaseFact | null): Instant =>
  fact
    ? [fact, ...fact.notes, ...fact.publications, ...fact.plans, ...fact.deployments].reduce<Instant>(
        (latest, { recordedAt }) => later(latest, recordedAt),
        now,
      )
    : now;

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : isoOf(at));
/** A release as the audit tells of it: the last row of each kind, and who wrote it. */
const auditForm = ({ kind, title, tickets, notes, publications, plans, deployments, testedAt }: ReleaseFact): object => {
  const [note, publication, plan, deployment] = [notes.at(-1), publications.at(-1), plans.at(-1), deployments.at(-1)];
  return {
    kind,
    title,
    tickets,
    notes: note ? { rev: note.rev, notes: note.notes, author: note.author } : null,
    publication: publication ? { rev: publication.rev, publicAt: isoOf(publication.publicAt), author: publication.author } : null,
    plan: plan ? { announcement: plan.announcement, plannedAt: isoOrNull(plan.plannedAt), author: plan.author } : null,
    testedAt: isoOrNull(testedAt),
    deployment: deployment
      ? {
          kind: deployment.kind,
          deployedAt: isoOf(deployment.deployedAt),
          place: deployment.place,
          announcement: deployment.announcement,
          reason: deployment.reason,
          approvedBy: deployment.approvedBy,
          author: deployment.author,
        }
      : null,
    deployments: deployments.length,
  };
};
export const auditedRelease = (
  ctx: ReleaseContext,
  verb: 'draft' | 'publish' | 'schedule' | 'unschedule' | 'test' | 'deploy' | 'roll_back',
  before: ReleaseFact | null,
  after: ReleaseFact,
): Promise<Statement[]> =>
  auditOf(ctx, {
    verb: `release.${verb}`,
    subject: `release/${after.version}`,
    before: before && auditForm(before),
    after: auditForm(after),
  });
