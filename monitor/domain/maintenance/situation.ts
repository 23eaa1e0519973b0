/**
 * What is known when somebody announces, changes or ends a window: the terms, the time, what is announced already. From it
 * follow who shares a slot (one window a week, semantics B2) and which announcements are still open to change.
 */
import { type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { deadlineOf, type WindowTerms } from './account.ts';
import { type AnnouncementFact, type Components, currentRevision, shareComponents } from './announcement-fact.ts';
import { nextSlots, slotsOf } from './window.ts';
import { instantWords } from './words.ts';

export interface Situation {
  readonly terms: WindowTerms;
  readonly now: Instant;
  readonly announcements: readonly AnnouncementFact[];
  /** Slugs of what is watched. */
  readonly components: ReadonlySet<string>;
}
/** Announced, and neither ended nor a record of former times. */
export const isActive = (fact: AnnouncementFact): boolean => fact.ending === null && !fact.imported;

/** Active announcements that share a slot and a component with this window. */
export const rivals = (situation: Situation, window: Interval, components: Components, self: string | null): AnnouncementFact[] => {
  const slots = slotsOf(situation.terms.reserve, window).map(({ start }) => start);
  return situation.announcements.filter(
    (other) =>
      other.id !== self &&
      isActive(other) &&
      shareComponents(other.components, components) &&
      slotsOf(situation.terms.reserve, currentRevision(other)).some(({ start }) => slots.includes(start)),
  );
};

/** The first slot that an announcement made now is in time for and that nobody has taken; null when the next year has none. */
export const firstFreeSlot = (situation: Situation, components: Components): Interval | null =>
  nextSlots(situation.terms.reserve, situation.now, 60).find(
    (slot) => deadlineOf(slot, situation.terms) >= situation.now && rivals(situation, slot, components, null).length === 0,
  ) ?? null;

export const findAnnouncement = ({ announcements }: Pick<Situation, 'announcements'>, id: string): AnnouncementFact | Refusal =>
  announcements.find((fact) => fact.id === id) ??
  refuse('unknown_announcement', `There is no announcement ${id}. \`avow maintenance list\` shows them all.`, { announcement: id });

/** Why an announcement cannot be changed or ended any more; null when it can. */
export const closed = ({ terms }: Situation, { id, ending, imported }: AnnouncementFact): Refusal | null => {
  if (imported)
    return refuse('is_import', `${id} was imported as a record of former times. It is neither edited nor ended.`, { announcement: id });
  if (!ending) return null;
  const when = instantWords(terms.reserve.zone, ending.recordedAt);
  return refuse('already_ended', `${id} was ${ending.kind} at ${when}. Announce a new window instead.`, {
    announcement: id,
    [`${ending.kind}_at_ms`]: ending.recordedAt,
  });
};
