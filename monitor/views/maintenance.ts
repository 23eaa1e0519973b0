/**
 * The Saturdays: every slot of the reserve from three months ago to three months ahead with what is reserved, announced and
 * excluded of it, and every announcement with its revisions, by whether it is running, coming or past. Plain JSON, instants as
 * ms. Judged by the policy in force now. Shows nothing but what is recorded.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { type AnnouncementView, deadlineOf, describe, type Slot } from '#domain/maintenance/account.ts';
import { type ReserveRule, slotsBetween } from '#domain/sla/reserve.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { after, DAY, type Instant, type Millis, millis } from '#domain/time/instant.ts';
import { contains, covered, type Interval, intersect, lengthOf } from '#domain/time/interval.ts';
import type { Context } from '#monitor/context.ts';

/** Three months, as far as a person plans and as far back as one looks: of pages, calendars and the API alike. */
export const HORIZON = millis(92 * DAY);

export interface SlotView extends Slot {
  readonly state: 'past' | 'running' | 'upcoming';
  readonly reservedMs: Millis;
  /** Of this slot; each millisecond once, whoever announced it and for whatever component. */
  readonly announcedMs: Millis;
  readonly excludedMs: Millis;
  /** Ids of what was announced in it, the cancelled too. */
  readonly announcements: readonly string[];
}
export interface MaintenanceView {
  readonly asOf: Instant;
  readonly reserve: ReserveRule;
  readonly minNoticeMs: Millis;
  /** The policy's. */
  readonly zone: string;
  readonly slots: readonly SlotView[];
  readonly running: readonly AnnouncementView[];
  readonly upcoming: readonly AnnouncementView[];
  /** Over, cancelled or completed; the latest first. */
  readonly past: readonly AnnouncementView[];
}

const within = (parts: readonly Interval[], slot: Interval): Millis => covered(parts.flatMap((part) => intersect(part, slot) ?? []));

const slotView = (slot: Interval, all: readonly AnnouncementView[], policy: Policy, now: Instant): SlotView => {
  const excluded = all.flatMap((one) => one.excluded);
  const announced = [...excluded, ...all.flatMap((one) => one.notCounted)];
  const touches = ({ excluded: counted, notCounted }: AnnouncementView): boolean => within([...counted, ...notCounted], slot) > 0;
  return {
    start: slot.start,
    end: slot.end,
    deadline: deadlineOf(slot, policy),
    state: contains(slot, now) ? 'running' : slot.start > now ? 'upcoming' : 'past',
    reservedMs: lengthOf(slot),
    announcedMs: within(announced, slot),
    excludedMs: within(excluded, slot),
    announcements: all.filter(touches).map(({ id }) => id),
  };
};

/** The view as of now. */
export const maintenanceView = async ({
  store,
  clock,
  policy,
}: Pick<Context, 'store' | 'clock'> & { readonly policy: Policy }): Promise<MaintenanceView> => {
  const facts = await readAnnouncements(store);
  const asOf = clock.now();
  const all = facts.map((fact) => describe(fact, policy, asOf)).sort((a, b) => a.start - b.start);
  const slots = slotsBetween(policy.reserve, after(asOf, millis(-HORIZON)), after(asOf, HORIZON));
  return {
    asOf,
    reserve: policy.reserve,
    minNoticeMs: policy.minNoticeMs,
    zone: policy.zone,
    slots: slots.map((slot) => slotView(slot, all, policy, asOf)),
    running: all.filter(({ state }) => state === 'running'),
    upcoming: all.filter(({ state }) => state === 'upcoming'),
    past: all.filter(({ state }) => state !== 'running' && state !== 'upcoming').reverse(),
  };
};
