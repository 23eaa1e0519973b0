/**
 * Announced maintenance, and what of it is excluded. Per slot of the reserve: the governing revision is the last one that was
 * public by the deadline; later revisions can only shrink it; cancelling and completing cut it off; nothing outside the slot
 * counts. Every announced millisecond that is not excluded gets the reason. Units: integer ms UTC, half-open intervals.
 * Source: semantics B2.
 */
import { after, type Instant, type Millis, millis } from '../time/instant.ts';
import { type Interval, intersect, overlaps, subtract, union } from '../time/interval.ts';
import { type ReserveRule, slotsBetween } from './reserve.ts';

/** `recordedAt`: when it became visible on the public page. Revisions are append-only; `rev` breaks ties. */
export interface Revision extends Interval {
  readonly rev: number;
  readonly recordedAt: Instant;
}
export interface Announcement {
  readonly id: string;
  readonly components: '*' | readonly string[];
  readonly revisions: readonly Revision[];
  readonly cancelledAt: Instant | null;
  readonly completedAt: Instant | null;
  /** A historic import that no second person has approved excludes nothing. */
  readonly unapprovedImport: boolean;
}

export type NotExcluded = 'late' | 'outside_reserve' | 'late_edit' | 'cancelled' | 'completed' | 'unapproved_import';

export interface EffectiveWindow extends Interval {
  readonly announcement: string;
  /** The governing revision and when it was public. */
  readonly rev: number;
  readonly announcedAt: Instant;
  readonly components: '*' | readonly string[];
}
export interface RefusedPart extends Interval {
  readonly announcement: string;
  readonly reason: NotExcluded;
}
/** Together they cover what was announced, each millisecond once. Both in order. */
export interface JudgedAnnouncement {
  readonly effective: readonly EffectiveWindow[];
  readonly refused: readonly RefusedPart[];
}

export const concerns = (window: { readonly components: '*' | readonly string[] }, component: string): boolean =>
  window.components === '*' || window.components.includes(component);

interface InSlot {
  readonly governing: Revision | null;
  readonly excluded: readonly Interval[];
  readonly refused: readonly (Interval & { readonly reason: NotExcluded })[];
}

/** When the announcement stopped, and by what. */
const stopOf = ({ cancelledAt, completedAt }: Announcement): { readonly at: Instant; readonly reason: NotExcluded } | null => {
  if (cancelledAt !== null && (completedAt === null || cancelledAt <= completedAt)) return { at: cancelledAt, reason: 'cancelled' };
  return completedAt === null ? null : { at: completedAt, reason: 'completed' };
};

const inOrder = ({ revisions }: Announcement): readonly Revision[] =>
  revisions.toSorted((a, b) => a.recordedAt - b.recordedAt || a.rev - b.rev);

/** `revisions` in order. Announced here is what the governing revision or a later one says. */
const judgeSlot = (announcement: Announcement, revisions: readonly Revision[], slot: Interval, deadline: Instant): InSlot => {
  const known = revisions.findLastIndex((revision) => revision.recordedAt <= deadline);
  const governing = revisions[known] ?? null;
  const announced = union(revisions.slice(Math.max(0, known)).flatMap((revision) => intersect(revision, slot) ?? []));
  const all = (reason: NotExcluded): InSlot => ({ governing, excluded: [], refused: announced.map((part) => ({ ...part, reason })) });
  if (announcement.unapprovedImport) return all('unapproved_import');
  if (!governing) return all('late');
  const kept = revisions
    .slice(known)
    .reduce<Interval | null>((left, { start, end }) => left && intersect(left, { start, end }), { start: slot.start, end: slot.end });
  const stop = stopOf(announcement);
  const live = kept && stop ? intersect(kept, { start: kept.start, end: stop.at }) : kept;
  const refused = subtract(announced, kept ? [kept] : []).map((part) => ({ ...part, reason: 'late_edit' as const }));
  const cut = kept && stop ? subtract([kept], live ? [live] : []).map((part) => ({ ...part, reason: stop.reason })) : [];
  return { governing, excluded: live ? [live] : [], refused: [...refused, ...cut] };
};

const byStart = (a: Interval, b: Interval): number => a.start - b.start;

/** Every slot the announcement ever touched; outside the slots the last revision says what is announced. */
export const judgeAnnouncement = (announcement: Announcement, reserve: ReserveRule, minNoticeMs: Millis): JudgedAnnouncement => {
  const revisions = inOrder(announcement);
  const touched = union(revisions);
  const [first, last] = [touched[0], touched.at(-1)];
  const slots = first && last ? slotsBetween(reserve, first.start, last.end) : [];
  const { id, components } = announcement;
  const judged = slots
    .filter((slot) => touched.some((part) => overlaps(part, slot)))
    .map((slot) => judgeSlot(announcement, revisions, slot, after(slot.start, millis(-minNoticeMs))));
  const effective = judged.flatMap(({ governing, excluded }) =>
    governing
      ? excluded.map((part) => ({ ...part, announcement: id, rev: governing.rev, announcedAt: governing.recordedAt, components }))
      : [],
  );
  const outside = subtract(revisions.slice(-1), slots).map((part) => ({ ...part, reason: 'outside_reserve' as const }));
  const refused = [...judged.flatMap((slot) => slot.refused), ...outside].map((part) => ({ ...part, announcement: id }));
  return { effective: effective.toSorted(byStart), refused: refused.toSorted(byStart) };
};
