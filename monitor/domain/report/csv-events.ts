/** Everything that people did as rows of a table, and what surrounds it: adjustments, announcements, slots, releases, notes, changes. */
import { joined, namedRows, type Row, yesNo } from './csv-rows.ts';
import type { ReportAdjustment, ReportAnnouncement, ReportDocument } from './report-document.ts';

const adjustmentRows = (row: ReportAdjustment): Row[] => [
  {
    kind: 'adjustment',
    id: row.id,
    component: row.component,
    start: row.start,
    end: row.end,
    name: row.kind,
    value: row.state,
    at: row.recorded_at,
    reason: row.reason,
    evidence: row.evidence,
    author: row.author,
    approved_by: row.approved_by,
    in_effect: yesNo(row.in_effect),
    text: row.revokes,
  },
  ...(['before', 'after'] as const).flatMap((side) => namedRows(`adjustment_${side}`, row[side]).map((one) => ({ ...one, id: row.id }))),
];

const announcementRows = (one: ReportAnnouncement): Row[] => {
  const component = one.components === '*' ? '*' : joined(one.components);
  const ended = one.cancelled_at === null ? (one.completed_at === null ? null : 'completed') : 'cancelled';
  const at = one.cancelled_at ?? one.completed_at;
  return [
    {
      kind: 'announcement',
      id: one.id,
      component,
      name: 'imported',
      value: yesNo(one.imported),
      approved_by: one.import_approved_by,
      reason: ended,
      at,
    },
    ...one.revisions.map(({ rev, announced_at, start, end, title, author }) => ({
      kind: 'announcement_revision',
      id: one.id,
      component,
      rev,
      at: announced_at,
      start,
      end,
      author,
      text: title,
    })),
  ];
};

/** One row for each, and for each revision of an announcement. */
export const eventRows = ({ adjustments, announcements, slots, releases, notes, changes }: ReportDocument): Row[] => [
  ...adjustments.flatMap(adjustmentRows),
  ...announcements.flatMap(announcementRows),
  ...slots.map(({ start, end, reserved_ms, announced_ms, excluded_ms, used_ms }) => ({
    kind: 'slot',
    start,
    end,
    ms: reserved_ms,
    announced_ms,
    excluded_ms,
    used_ms,
  })),
  ...releases.map((one) => ({
    kind: 'release',
    id: one.version,
    name: one.kind,
    at: one.deployed_at,
    announcement: one.announcement,
    value: one.outside_window ? 'outside_window' : 'inside',
    start: one.notes_published_at,
  })),
  ...notes.map((text) => ({ kind: 'note', text })),
  ...changes.map(({ what, after, words }) => ({ kind: 'change', name: what, value: after, text: words })),
];
