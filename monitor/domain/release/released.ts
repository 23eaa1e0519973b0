/**
 * The releases of a period as a report tells them, as known at an instant: one line a version, by its first deployment or rollback in the
 * period; outside when any of them in the period was. Pure; instants ms UTC, the period half-open. Source: semantics D5, F3.
 */
import type { AnnouncementFact } from '../maintenance/announcement-fact.ts';
import type { ReleaseFact as ReportRelease } from '../report/report-facts.ts';
import { type Instant, millis } from '../time/instant.ts';
import { contains, type Interval } from '../time/interval.ts';
import type { ReleaseFact } from './release-fact.ts';
import { releaseStanding } from './release-standing.ts';
import type { ReleaseTerms } from './release-window.ts';

/** A report does not tell whether notes were in time. */
const NO_LEAD = millis(0);

export const releasedIn = (
  period: Interval,
  releases: readonly ReleaseFact[],
  announcements: readonly AnnouncementFact[],
  terms: Omit<ReleaseTerms, 'notesLeadMs'>,
  asOf: Instant,
): ReportRelease[] =>
  releases.flatMap((release) => {
    const standing = releaseStanding(release, announcements, { ...terms, notesLeadMs: NO_LEAD }, asOf);
    const inside = (standing?.deployments ?? [])
      .filter(({ deployedAt }) => contains(period, deployedAt))
      .sort((a, b) => a.deployedAt - b.deployedAt);
    const [first] = inside;
    if (!standing || !first) return [];
    return [
      {
        version: standing.version,
        kind: standing.kind,
        notesPublishedAt: standing.notes && standing.publicFrom,
        deployedAt: first.deployedAt,
        announcement: first.announcement,
        outsideWindow: inside.some(({ place }) => place === 'outside_window'),
      },
    ];
  });
