/**
 * What people did, in the form of the report: overrides and revocations with the sums before and after them, announcements with
 * their revisions, the adjudication, the claim, releases. Source: semantics A7, B2, D4, D5, F.
 */
import type { AnnouncementFact } from '../maintenance/announcement-fact.ts';
import type { AdjustmentLine } from '../sla/adjustment-lines.ts';
import type { Measure } from '../sla/availability.ts';
import { claimDeadline, claimStanding } from '../sla/claim.ts';
import { isAdjudicated } from '../sla/credit.ts';
import type { MonthFigures } from '../sla/month-statement.ts';
import type { OverrideRow } from '../sla/override.ts';
import { isoOf } from '../time/iso.ts';
import type {
  ReportAdjudication,
  ReportAdjustment,
  ReportAnnouncement,
  ReportDocument,
  ReportRelease,
  ReportSums,
} from './report-document.ts';
import type { ReportFacts } from './report-facts.ts';
import { byText } from './report-lines.ts';
import { isoOrNull } from './report-times.ts';

export const sumsOf = (sums: Measure): ReportSums => ({
  period_ms: sums.periodMs,
  excluded_ms: sums.excludedMs,
  eligible_ms: sums.eligibleMs,
  downtime_ms: sums.downtimeMs,
  unknown_ms: sums.unknownMs,
  up_ms: sums.upMs,
});

/** `spoken`: the override itself, or the one that a revocation takes back. */
const adjustmentOf = (
  { row, component, needsApproval, inEffect, before, after }: AdjustmentLine,
  spoken: OverrideRow,
): ReportAdjustment => ({
  id: row.id,
  kind: row.kind,
  revokes: row.kind === 'revocation' ? row.revokes : null,
  component,
  start: isoOf(spoken.start),
  end: isoOrNull(spoken.end),
  state: spoken.state,
  recorded_at: isoOf(row.recordedAt),
  reason: row.reason,
  evidence: row.evidence,
  author: row.author,
  approved_by: row.approvedBy,
  needs_approval: needsApproval,
  in_effect: inEffect,
  before: sumsOf(before),
  after: sumsOf(after),
});

/** In the order in which they were recorded. What a revocation takes back touches the period as it does, and is a line too. */
export const adjustmentsOf = ({ statement: { adjustments } }: ReportFacts): ReportAdjustment[] => {
  const rows = new Map(adjustments.flatMap(({ row }) => (row.kind === 'override' ? [[row.id, row] as const] : [])));
  return adjustments.flatMap((line) => {
    const spoken = line.row.kind === 'override' ? line.row : rows.get(line.row.revokes);
    return spoken ? [adjustmentOf(line, spoken)] : [];
  });
};

const announcementOf = (fact: AnnouncementFact): ReportAnnouncement => ({
  id: fact.id,
  components: fact.components,
  imported: fact.imported,
  import_approved_by: fact.approval?.approvedBy ?? null,
  revisions: fact.revisions
    .toSorted((a, b) => a.rev - b.rev)
    .map(({ rev, publicAt, start, end, title, author }) => ({
      rev,
      announced_at: isoOf(publicAt),
      start: isoOf(start),
      end: isoOf(end),
      title,
      author,
    })),
  cancelled_at: fact.ending?.kind === 'cancelled' ? isoOf(fact.ending.recordedAt) : null,
  completed_at: fact.ending?.kind === 'completed' ? isoOf(fact.ending.recordedAt) : null,
});

/** Those that a line names, by id. */
export const announcementsOf = ({ announcements, statement: { exclusions, refused } }: ReportFacts): ReportAnnouncement[] => {
  const named = new Set([
    ...exclusions.flatMap((line) => line.announcements.map(({ id }) => id)),
    ...refused.map((line) => line.announcement),
  ]);
  return byText(
    announcements.filter(({ id }) => named.has(id)),
    ({ id }) => id,
  ).map(announcementOf);
};

/** It stands in the report when it decides: the month is indeterminate, and two people signed. */
export const adjudicationOf = ({ adjudication, statement }: ReportFacts): ReportAdjudication | null =>
  adjudication && adjudication.approvedBy !== null && statement.verdict === 'indeterminate' && isAdjudicated(adjudication)
    ? {
        id: adjudication.id,
        recorded_at: isoOf(adjudication.recordedAt),
        decision: adjudication.decision,
        reason: adjudication.reason,
        evidence: adjudication.evidence,
        author: adjudication.author,
        approved_by: adjudication.approvedBy,
      }
    : null;

/** How the claim stands; figures are enough, lines are not asked for. */
export const claimOf = ({
  agreed,
  statement,
  claimReceivedAt,
}: Pick<ReportFacts, 'agreed' | 'claimReceivedAt'> & { readonly statement: MonthFigures }): ReportDocument['claim'] => {
  const { required, days } = agreed.claim;
  const deadline = claimDeadline(statement.month, statement.zone, days);
  const { state, due } = claimStanding(required, statement.credit?.credit ?? null, deadline, claimReceivedAt, statement.asOf);
  return { state, deadline: required ? isoOf(deadline) : null, received_at: isoOrNull(claimReceivedAt), due_minor: due };
};

export const releasesOf = ({ releases }: ReportFacts): ReportRelease[] =>
  byText(
    releases.map((release) => ({
      version: release.version,
      kind: release.kind,
      notes_published_at: isoOrNull(release.notesPublishedAt),
      deployed_at: isoOf(release.deployedAt),
      announcement: release.announcement,
      outside_window: release.outsideWindow,
    })),
    ({ deployed_at, version }) => `${deployed_at} ${version}`,
  );
