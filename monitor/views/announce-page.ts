/** What the form of an announcement offers besides what is typed into it: the next reserved slots and who has taken them, and the components. Instants ms. */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readPostingComponents } from '#db/queries/posting-components.ts';
import { deadlineOf, type Slot } from '#domain/maintenance/account.ts';
import { currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { firstFreeSlot, rivals, type Situation } from '#domain/maintenance/situation.ts';
import { clockIn, dateIn, nextSlots } from '#domain/maintenance/window.ts';
import type { Context } from '#monitor/context.ts';

export interface SlotChoice extends Slot {
  /** Local date in the zone of the reserve, as the form sends it. */
  readonly date: string;
  /** On the wall of the reserve, `HH:MM`. */
  readonly from: string;
  readonly to: string;
  /** Who announced something in it; empty: nobody. */
  readonly taken: readonly { readonly id: string; readonly title: string }[];
}
export interface AnnounceOffer {
  readonly choices: readonly SlotChoice[];
  /** Date of the first one that is free and in time; null: there is none. */
  readonly first: string | null;
  readonly components: readonly { readonly slug: string; readonly name: string }[];
}

/** How many slots are offered as choices; others are a date. */
const OFFERED = 5;

/** As of now. */
export const announceOffer = async ({ store, clock, config }: Pick<Context, 'store' | 'clock' | 'config'>): Promise<AnnounceOffer> => {
  const { reserve, minNoticeMs } = config.policy;
  const [announcements, known] = await Promise.all([readAnnouncements(store), readPostingComponents(store)]);
  const watched = known.filter((one) => one.watched);
  const terms = { reserve, minNoticeMs };
  const situation: Situation = { terms, now: clock.now(), announcements, components: new Set(watched.map(({ slug }) => slug)) };
  const choices = nextSlots(reserve, situation.now, OFFERED).map(
    (slot): SlotChoice => ({
      ...slot,
      deadline: deadlineOf(slot, terms),
      date: dateIn(reserve.zone, slot.start),
      from: clockIn(reserve.zone, slot.start),
      to: clockIn(reserve.zone, slot.end),
      taken: rivals(situation, slot, '*', null).map((fact) => ({ id: fact.id, title: currentRevision(fact).title })),
    }),
  );
  const free = firstFreeSlot(situation, '*');
  return {
    choices,
    first: free && dateIn(reserve.zone, free.start),
    components: watched.map(({ slug, name }) => ({ slug, name })),
  };
};
