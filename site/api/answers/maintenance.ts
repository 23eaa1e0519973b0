/** What is answered about maintenance. */
import { answerDocument, maintenanceDocument, nextDocument } from '#monitor/views/maintenance-document.ts';
import { authenticated, author, ms, shape, span, text, time, warnings, z } from './shape.ts';

const slot = { ...span, deadline: time };
const announcement = {
  id: text,
  state: z.enum(['upcoming', 'running', 'past', 'cancelled', 'completed']),
  rev: z.number().int(),
  title: text,
  body: text,
  components: z.union([z.literal('*'), z.array(text)]),
  ...span,
  slot: z.strictObject(slot).nullable().openapi({ description: 'The reserved window it lies in; null: it lies outside.' }),
  reserved_ms: ms,
  announced_ms: ms,
  excluded_ms: ms,
  excluded: z.array(z.strictObject({ ...span, ms })),
  not_excluded: z.array(
    z.strictObject({
      ...span,
      ms,
      reason: z.enum(['late', 'outside_reserve', 'late_edit', 'cancelled', 'completed', 'unapproved_import']),
    }),
  ),
  cancelled_at: time.nullable(),
  completed_at: time.nullable(),
  ended_by: author,
  ending_authenticated: authenticated.nullable(),
  imported: z.boolean(),
  approval: z.strictObject({ recorded_at: time, approved_by: text, evidence: text, authenticated }).nullable(),
  revisions: z.array(
    z.strictObject({ rev: z.number().int(), recorded_at: time, public_at: time, ...span, title: text, body: text, author, authenticated }),
  ),
};
const announced = z.strictObject(announcement).openapi('AnnouncementInside');
const slots = z.array(
  z.strictObject({
    ...slot,
    state: z.enum(['past', 'running', 'upcoming']),
    reserved_ms: ms,
    announced_ms: ms,
    excluded_ms: ms,
    announcements: z.array(text),
  }),
);
const shown = {
  as_of: time,
  reserve: z.strictObject({ weekday: text, start: text, duration_min: z.number().int(), zone: text }),
  min_notice_ms: ms,
  zone: text,
  slots,
};

export const announcementShape = shape(
  z.strictObject({ ...announcement, excluded_before_ms: ms.nullable(), warnings }).openapi('AnnouncementAnswer'),
  answerDocument,
);
export const maintenanceShape = shape(
  z
    .strictObject({ ...shown, running: z.array(announced), upcoming: z.array(announced), past: z.array(announced) })
    .openapi('MaintenanceInside'),
  maintenanceDocument,
);
/** Of the command line alone: the part of it that comes next. */
export const nextShape = shape(z.strictObject({ ...shown, announcements: z.array(announced) }), nextDocument);
