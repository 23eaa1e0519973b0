/**
 * Every release for whoever runs Avow: drafts and what is not public too, the newest first, each as it stands now with its window. For the
 * command line; what is public is made by releases.ts. Plain JSON, instants as ms.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readReleases } from '#db/queries/releases.ts';
import { type ReleaseStanding, releaseStanding } from '#domain/release/release-standing.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';

export interface ReleaseListView {
  readonly asOf: Instant;
  /** The policy's. */
  readonly zone: string;
  readonly terms: ReleaseTerms;
  readonly releases: readonly ReleaseStanding[];
}

/** The view as of now. */
export const releaseListView = async ({
  store,
  clock,
  policy,
}: Pick<Context, 'store' | 'clock'> & { readonly policy: Policy }): Promise<ReleaseListView> => {
  const [announcements, facts] = await Promise.all([readAnnouncements(store), readReleases(store)]);
  const { reserve, minNoticeMs, notesLeadMs, zone } = policy;
  const terms = { reserve, minNoticeMs, notesLeadMs };
  const asOf = clock.now();
  const releases = facts.flatMap((fact) => releaseStanding(fact, announcements, terms, asOf) ?? []).reverse();
  return { asOf, zone, terms, releases };
};
