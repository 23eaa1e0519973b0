/**
 * Maintenance as a document for programs: keys in snake_case, instants ISO 8601 in UTC, lengths integers in ms. The same facts as
 * the views, nothing computed here.
 */
import type { AnnouncementView, Slot } from '#domain/maintenance/account.ts';
import type { MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { type Interval, lengthOf } from '#domain/time/interval.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { MaintenanceView, SlotView } from './maintenance.ts';

type Document = Readonly<Record<string, unknown>>;

const span = ({ start, end }: Interval): Document => ({ start: isoOf(start), end: isoOf(end) });
const slotOf = (slot: Slot): Document => ({ ...span(slot), deadline: isoOf(slot.deadline) });

const announcementDocument = (view: AnnouncementView): Document => ({
  id: view.id,
  state: view.state,
  rev: view.rev,
  title: view.title,
  body: view.body,
  components: view.components,
  ...span(view),
  slot: view.slot ? slotOf(view.slot) : null,
  reserved_ms: view.slot ? lengthOf(view.slot) : 0,
  announced_ms: view.announcedMs,
  excluded_ms: view.excludedMs,
  excluded: view.excluded.map((part) => ({ ...span(part), ms: lengthOf(part) })),
  not_excluded: view.notCounted.map((part) => ({ ...span(part), ms: part.ms, reason: part.reason })),
  cancelled_at: view.ending?.kind === 'cancelled' ? isoOf(view.ending.recordedAt) : null,
  completed_at: view.ending?.kind === 'completed' ? isoOf(view.ending.recordedAt) : null,
  ended_by: view.ending?.author ?? null,
  ending_authenticated: view.ending && (view.ending.authenticated ?? false),
  imported: view.imported,
  approval: view.approval
    ? {
        recorded_at: isoOf(view.approval.recordedAt),
        approved_by: view.approval.approvedBy,
        evidence: view.approval.evidence,
        authenticated: view.approval.authenticated ?? false,
      }
    : null,
  revisions: view.revisions.map((revision) => ({
    rev: revision.rev,
    recorded_at: isoOf(revision.recordedAt),
    public_at: isoOf(revision.publicAt),
    ...span(revision),
    title: revision.title,
    body: revision.body,
    author: revision.author,
    authenticated: revision.authenticated ?? false,
  })),
});

export const answerDocument = ({ announcement, excludedBeforeMs, warnings }: MaintenanceAnswer): Document => ({
  ...announcementDocument(announcement),
  excluded_before_ms: excludedBeforeMs,
  warnings,
});

const slotDocument = (slot: SlotView): Document => ({
  ...slotOf(slot),
  state: slot.state,
  reserved_ms: slot.reservedMs,
  announced_ms: slot.announcedMs,
  excluded_ms: slot.excludedMs,
  announcements: slot.announcements,
});

export const maintenanceDocument = (view: MaintenanceView): Document => ({
  as_of: isoOf(view.asOf),
  reserve: {
    weekday: view.reserve.weekday,
    start: view.reserve.start,
    duration_min: view.reserve.durationMin,
    zone: view.reserve.zone,
  },
  min_notice_ms: view.minNoticeMs,
  zone: view.zone,
  slots: view.slots.map(slotDocument),
  running: view.running.map(announcementDocument),
  upcoming: view.upcoming.map(announcementDocument),
  past: view.past.map(announcementDocument),
});

/** How many slots of the reserve are next. */
const NEXT = 4;
export const nextSlots = ({ slots }: MaintenanceView): readonly SlotView[] => slots.filter(({ state }) => state !== 'past').slice(0, NEXT);
/** The next slots, and the announcements in them. */
export const nextDocument = (view: MaintenanceView): Document => {
  const slots = nextSlots(view);
  const named = new Set(slots.flatMap(({ announcements }) => announcements));
  const { running, upcoming, past, ...rest } = maintenanceDocument({ ...view, slots });
  const inside = [...view.running, ...view.upcoming, ...view.past].filter(({ id }) => named.has(id));
  return { ...rest, announcements: inside.map(announcementDocument) };
};
