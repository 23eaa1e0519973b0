/** What the verbs of releases share: their context, the situation they decide in, and when a row may be dated. */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readReleases } from '#db/queries/releases.ts';
import type { Store } from '#db/store.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { ReleaseSituation } from '#domain/release/release-situation.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';

export interface ReleaseContext {
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
