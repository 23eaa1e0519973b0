/**
 * Maintenance in sentences: windows with their zones, what counts as excluded, and why not the rest. Lengths are said in ms,
 * which decide, and in hours and minutes, which are read. Plain English; pages have their own words.
 */
import type { NotExcluded } from '../sla/announcement.ts';
import { type ReserveRule, WEEKDAYS } from '../sla/reserve.ts';
import { dateText } from '../time/civil.ts';
import type { Instant, Millis } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { type WallParts, wallParts } from '../time/zone.ts';
import type { AnnouncementView, NotCounted } from './account.ts';
import type { Components } from './announcement-fact.ts';

const two = (value: number): string => String(value).padStart(2, '0');
const dayWords = (parts: WallParts): string => {
  const name = WEEKDAYS[parts.weekday - 1] ?? '';
  return `${name.charAt(0)}${name.slice(1).toLowerCase()} ${dateText(parts)}`;
};
const clockWords = ({ hour, minute, second }: WallParts): string => `${two(hour)}:${two(minute)}${second === 0 ? '' : `:${two(second)}`}`;
const offsetWords = (minutes: number): string => {
  const size = Math.abs(minutes);
  if (size === 0) return 'UTC';
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${size % 60 === 0 ? '' : `:${two(Math.floor(size % 60))}`}`;
};
const zoneWords = (zone: string, offsets: readonly number[]): string =>
  zone === 'UTC' ? 'UTC' : `${zone} (${[...new Set(offsets)].map(offsetWords).join(' to ')})`;

/** "Sat 2026-11-28 10:00 America/New_York (UTC-5)" */
export const instantWords = (zone: string, at: Instant): string => {
  const parts = wallParts(zone, at);
  return `${dayWords(parts)} ${clockWords(parts)} ${zoneWords(zone, [parts.offsetMinutes])}`;
};

/** "Sat 2026-11-28 15:00 UTC", in a sentence that has no zone of its own. */
export const utcWords = (at: Instant): string => instantWords('UTC', at);

/** "10:00 UTC-5", where the day is plain. */
export const clockInZone = (zone: string, at: Instant): string => {
  const parts = wallParts(zone, at);
  return `${clockWords({ ...parts, second: 0 })} ${offsetWords(parts.offsetMinutes)}`;
};

const plain = (zone: string, { start, end }: Interval): string => {
  const [from, to] = [wallParts(zone, start), wallParts(zone, end)];
  const sameDay = dateText(from) === dateText(to);
  return `${dayWords(from)} ${clockWords(from)} to ${sameDay ? '' : `${dayWords(to)} `}${clockWords(to)}`;
};
/** "Sat 2026-11-28 10:00 to 12:00 America/New_York (UTC-5)" */
export const windowWords = (zone: string, window: Interval): string =>
  `${plain(zone, window)} ${zoneWords(zone, [wallParts(zone, window.start).offsetMinutes, wallParts(zone, window.end).offsetMinutes])}`;

/** The same window in each zone, the first one first. */
export const everywhere = (zones: readonly string[], window: Interval): string =>
  [...new Set([...zones, 'UTC'])].map((zone) => windowWords(zone, window)).join(' = ');

/** "5400000 ms (1 h 30 min)" */
export const lengthWords = (length: Millis): string => {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(length / 86_400_000), 'd'],
    [Math.floor(length / 3_600_000) % 24, 'h'],
    [Math.floor(length / 60_000) % 60, 'min'],
    [Math.floor(length / 1_000) % 60, 's'],
    [length % 1_000, 'ms'],
  ];
  const said = parts.filter(([count]) => count > 0);
  const rest = said.map(([count, unit]) => `${count} ${unit}`).join(' ');
  return length < 1_000 ? `${length} ms` : `${length} ms (${rest})`;
};

export const componentWords = (components: Components): string => (components === '*' ? 'all components' : components.join(', '));

export const reserveWords = ({ weekday, start, durationMin, zone }: ReserveRule): string =>
  `${weekday.charAt(0)}${weekday.slice(1).toLowerCase()} ${start} for ${Math.floor(durationMin / 60)} h${durationMin % 60 === 0 ? '' : ` ${durationMin % 60} min`}, ${zone}`;

const REASONS: Readonly<Record<NotExcluded, (view: AnnouncementView, zone: string, reserve: ReserveRule) => string>> = {
  late: ({ slot, revisions }, zone) =>
    `it was announced at ${instantWords(zone, revisions[0]?.publicAt ?? (0 as Instant))}, after the deadline${slot ? `, ${instantWords(zone, slot.deadline)}` : ''}`,
  outside_reserve: (_view, _zone, reserve) => `it lies outside the reserve (${reserveWords(reserve)})`,
  late_edit: () => 'it was changed after the deadline, and such a change can only take time away',
  cancelled: ({ ending }, zone) => `it was cancelled${ending ? ` at ${instantWords(zone, ending.recordedAt)}` : ''}`,
  completed: ({ ending }, zone) => `it was completed${ending ? ` at ${instantWords(zone, ending.recordedAt)}` : ''}`,
  unapproved_import: () => 'it was imported, and no second person has approved it yet',
};

const whyNot = (part: NotCounted, view: AnnouncementView, zone: string, reserve: ReserveRule): string =>
  `Not excluded: ${lengthWords(part.ms)}, ${windowWords(zone, part)}, because ${REASONS[part.reason](view, zone, reserve)}.`;

/** How much counts as excluded, and one sentence for every part that does not. */
export const accountWords = (view: AnnouncementView, reserve: ReserveRule): string[] => {
  const { zone } = reserve;
  const all = view.excludedMs === view.announcedMs && view.announcedMs > 0;
  const where = view.excluded.map((part) => windowWords(zone, part)).join('; ');
  const counted = `Counts as excluded: ${lengthWords(view.excludedMs)} of the ${lengthWords(view.announcedMs)} announced${where === '' ? '' : `, ${where}`}${all ? '' : '. The rest counts as any other time'}.`;
  return [counted, ...view.notCounted.map((part) => whyNot(part, view, zone, reserve))];
};
