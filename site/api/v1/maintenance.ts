/** `/api/v1/maintenance`: what was announced when, what of it is excluded and why the rest is not, and what was used. */
import { z } from '@hono/zod-openapi';
import type { AnnouncementView } from '#domain/maintenance/account.ts';
import { after, type Instant, MINUTE, millis } from '#domain/time/instant.ts';
import { type Interval, lengthOf } from '#domain/time/interval.ts';
import { isoOf } from '#domain/time/iso.ts';
import { wallParts } from '#domain/time/zone.ts';
import { type UsedMaintenanceView, type UsedSlotView, usedMaintenanceView } from '#monitor/views/maintenance-use.ts';
import { timeText, zoneText } from '../../format.ts';
import { apiWords } from '../../i18n/en/api.ts';
import { document, freshness, freshnessOf, ms, type Surroundings, text, time } from '../document.ts';

/** Why announced time is not excluded. */
export const REASONS = ['late', 'outside_reserve', 'late_edit', 'cancelled', 'completed', 'unapproved_import'] as const;
const span = { start: time, end: time };
const local = z
  .strictObject({
    zone: text.openapi({ example: 'America/New_York' }),
    start: text.openapi({ example: '2026-11-21T10:00:00-05:00' }),
    end: text,
    text: text.openapi({ example: 'Saturday 21 November 2026, 10:00 to 12:30, Eastern Time' }),
  })
  .openapi('LocalTimes', { description: 'The same window on the wall of the zone of the reserve.' });
const used = ms.nullable().openapi({
  description:
    'Of what was excluded: time in which something it concerns was not up, so far. Null: it lies ahead, nothing was excluded, nothing it concerns decides the figure, or it is more than twelve months ago.',
});
const announcement = z
  .strictObject({
    id: text,
    url: text,
    state: z.enum(['upcoming', 'running', 'past', 'cancelled', 'completed']),
    title: text,
    body: text,
    all_components: z.boolean(),
    components: z.array(text).openapi({ description: 'Slugs; empty when all are concerned.' }),
    ...span,
    local,
    announced_at: time,
    rev: z.number().int(),
    slot: z
      .strictObject({ ...span, deadline: time })
      .nullable()
      .openapi({ description: 'The reserved window it lies in; null: outside.' }),
    announced_ms: ms,
    excluded_ms: ms,
    used_ms: used,
    excluded: z.array(z.strictObject({ ...span, ms })),
    not_excluded: z.array(z.strictObject({ ...span, ms, reason: z.enum(REASONS) })),
    cancelled_at: time.nullable(),
    completed_at: time.nullable(),
    imported: z.boolean().openapi({ description: 'Taken over from before Avow; excluded only once two people have vouched for it.' }),
    revisions: z.array(z.strictObject({ rev: z.number().int(), public_at: time, ...span, title: text, body: text })),
  })
  .openapi('Announcement');
const slot = z
  .strictObject({
    ...span,
    deadline: time.openapi({ description: 'The last instant at which an announcement is in time.' }),
    state: z.enum(['past', 'running', 'upcoming']),
    reserved_ms: ms,
    announced_ms: ms.openapi({ description: 'Once it is over, of what decides the figure of the service.' }),
    excluded_ms: ms,
    used_ms: used,
    counted_elsewhere_ms: ms.nullable().openapi({
      description: 'Announced for some component and counted all the same, because another one that decides was down. Null as for used_ms.',
    }),
    announcements: z.array(text),
  })
  .openapi('ReservedSlot');
export const maintenanceDocument = z
  .strictObject({
    ...freshness,
    reserve: z.strictObject({ weekday: text, start: text, duration_min: z.number().int(), zone: text }).nullable(),
    min_notice_ms: ms.nullable(),
    running: z.array(announcement),
    upcoming: z.array(announcement).openapi({ description: 'The next one first.' }),
    past: z.array(announcement).openapi({ description: 'Over, cancelled or completed; the latest first, twelve months back.' }),
    slots: z.array(slot).openapi({ description: 'Every reserved window from three months ago to three months ahead.' }),
  })
  .openapi('Maintenance');

const times = ({ start, end }: Interval): { start: string; end: string } => ({ start: isoOf(start), end: isoOf(end) });

/** `2026-11-21T10:00:00-05:00` */
const localIso = (zone: string, at: Instant): string => {
  const { offsetMinutes } = wallParts(zone, at);
  const wall = isoOf(after(at, millis(offsetMinutes * MINUTE))).slice(0, 19);
  const [sign, length] = offsetMinutes < 0 ? ['-', -offsetMinutes] : ['+', offsetMinutes];
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${wall}${sign}${two(length / 60)}:${two(length % 60)}`;
};

const localOf = ({ start, end }: Interval, zone: string): z.infer<typeof local> => {
  const clock = (at: Instant): string => timeText('en', zone, at, 'clock');
  const day = (at: Instant): string => timeText('en', zone, at, 'dayInFull');
  return {
    zone,
    start: localIso(zone, start),
    end: localIso(zone, end),
    text: apiWords.localWindow({ day: day(start), from: clock(start), endDay: day(end), to: clock(end) }, zoneText('en', zone, start)),
  };
};

const announcementOf = (view: AnnouncementView, whole: UsedMaintenanceView, origin: string): z.infer<typeof announcement> => ({
  id: view.id,
  url: `${origin}/maintenance/${encodeURIComponent(view.id)}`,
  state: view.state,
  title: view.title,
  body: view.body,
  all_components: view.components === '*',
  components: view.components === '*' ? [] : [...view.components],
  ...times(view),
  local: localOf(view, whole.reserve.zone),
  announced_at: isoOf(view.revisions[0]?.publicAt ?? view.start),
  rev: view.rev,
  slot: view.slot ? { ...times(view.slot), deadline: isoOf(view.slot.deadline) } : null,
  announced_ms: view.announcedMs,
  excluded_ms: view.excludedMs,
  used_ms: whole.use[view.id] ?? null,
  excluded: view.excluded.map((part) => ({ ...times(part), ms: lengthOf(part) })),
  not_excluded: view.notCounted.map((part) => ({ ...times(part), ms: part.ms, reason: part.reason })),
  cancelled_at: view.ending?.kind === 'cancelled' ? isoOf(view.ending.recordedAt) : null,
  completed_at: view.ending?.kind === 'completed' ? isoOf(view.ending.recordedAt) : null,
  imported: view.imported,
  revisions: view.revisions.map(({ rev, publicAt, start, end, title, body }) => ({
    rev,
    public_at: isoOf(publicAt),
    ...times({ start, end }),
    title,
    body,
  })),
});

const slotOf = (view: UsedSlotView): z.infer<typeof slot> => ({
  ...times(view),
  deadline: isoOf(view.deadline),
  state: view.state,
  reserved_ms: view.reservedMs,
  announced_ms: view.announcedMs,
  excluded_ms: view.excludedMs,
  used_ms: view.usedMs,
  counted_elsewhere_ms: view.elsewhereMs,
  announcements: [...view.announcements],
});

const write = (view: UsedMaintenanceView, around: Surroundings): z.infer<typeof maintenanceDocument> => {
  const list = (some: readonly AnnouncementView[]) => some.map((one) => announcementOf(one, view, around.origin));
  const { weekday, start, durationMin, zone } = view.reserve;
  const known = durationMin > 0;
  return {
    ...freshnessOf(view.asOf, around),
    reserve: known ? { weekday, start, duration_min: durationMin, zone } : null,
    min_notice_ms: known ? view.minNoticeMs : null,
    running: list(view.running),
    upcoming: list(view.upcoming),
    past: list(view.past),
    slots: view.slots.map(slotOf),
  };
};

const nothing = (asOf: Instant): UsedMaintenanceView => ({
  asOf,
  reserve: { weekday: 'SAT', start: '00:00', durationMin: 0, zone: 'UTC' },
  minNoticeMs: millis(0),
  zone: 'UTC',
  slots: [],
  running: [],
  upcoming: [],
  past: [],
  use: {},
});

export const maintenanceV1 = document<UsedMaintenanceView>({
  path: '/api/v1/maintenance',
  id: 'getMaintenance',
  summary: 'Announced maintenance and reserved windows',
  description:
    'What was announced when and in which words, every revision included; how much of it is excluded from availability, why the rest is not, and how much was used.',
  schema: maintenanceDocument,
  view: usedMaintenanceView,
  expire: (view) => view,
  nothing,
  write,
});
