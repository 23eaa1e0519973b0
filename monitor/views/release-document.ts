/**
 * Releases as documents for programs: keys in snake_case, instants ISO 8601 in UTC. The same facts as the answers and views, nothing
 * computed here.
 */
import type { ReleaseAnswer } from '#domain/release/release-answer.ts';
import type { ReleaseStanding } from '#domain/release/release-standing.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { GateVerdict } from '#monitor/actions/ask-gate.ts';
import type { ReleaseListView } from './release-list.ts';

type Document = Readonly<Record<string, unknown>>;

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : isoOf(at));
const spanOf = (window: Interval | null): Document | null => window && { start: isoOf(window.start), end: isoOf(window.end) };

export const releaseDocument = (standing: ReleaseStanding): Document => ({
  version: standing.version,
  kind: standing.kind,
  title: standing.title,
  state: standing.state,
  tickets: standing.tickets,
  notes_public_at: isoOrNull(standing.publicFrom),
  notes: standing.notes && { rev: standing.notes.rev, public_at: isoOf(standing.notes.publicAt), markdown: standing.notes.notes },
  amended: standing.amended,
  revisions: standing.revisions.map(({ rev, publicAt, amended }) => ({ rev, public_at: isoOf(publicAt), amended })),
  tested_at: isoOrNull(standing.testedAt),
  plan: standing.plan && {
    announcement: standing.plan.announcement,
    window: spanOf(standing.plan.window),
    planned_at: isoOrNull(standing.plan.plannedAt),
    unscheduled: standing.plan.unscheduled,
  },
  outside_window: standing.outsideWindow,
  deployments: standing.deployments.map((one) => ({
    kind: one.kind,
    deployed_at: isoOf(one.deployedAt),
    announcement: one.announcement,
    place: one.place,
    emergency: one.emergency,
    notes_in_time: one.notesInTime,
  })),
});

export const releaseAnswerDocument = ({ release, warnings }: ReleaseAnswer): Document => ({ ...releaseDocument(release), warnings });

export const releaseListDocument = (view: ReleaseListView): Document => ({
  as_of: isoOf(view.asOf),
  zone: view.zone,
  notes_lead_ms: view.terms.notesLeadMs,
  releases: view.releases.map(releaseDocument),
});

export const gateDocument = ({ version, allowed, code, reason, nextAllowedAt, needs }: GateVerdict): Document => ({
  version,
  allowed,
  code,
  reason,
  next_allowed_at: isoOrNull(nextAllowedAt),
  needs,
});
