/**
 * What stands around every public page, whatever it shows: the window that runs, else the next announced one, else the next that is
 * reserved. Plain JSON, instants as ms. `buildFrame` is pure. Source: interfaces.md (pages), semantics B.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { describe } from '#domain/maintenance/account.ts';
import type { AnnouncementFact, Components } from '#domain/maintenance/announcement-fact.ts';
import { nextSlots } from '#domain/maintenance/window.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Context } from '#monitor/context.ts';

export interface FrameWindow extends Interval {
  /** `reserved`: nothing is announced; the service stays up. */
  readonly state: 'running' | 'announced' | 'reserved';
  /** Of the announcement; null: reserved. */
  readonly id: string | null;
  readonly title: string | null;
  readonly components: Components;
}
export interface FrameView {
  readonly window: FrameWindow | null;
  /** Of the reserve; windows are said in it, in UTC and in the reader's own. */
  readonly reserveZone: string;
}

/** As of `now`. */
export const buildFrame = (announcements: readonly AnnouncementFact[], policy: Policy, now: Instant): FrameView => {
  const [announced] = announcements
    .map((fact) => describe(fact, policy, now))
    .filter(({ state }) => state === 'running' || state === 'upcoming')
    .sort((a, b) => a.start - b.start);
  const [reserved] = nextSlots(policy.reserve, now, 1);
  const window: FrameWindow | null = announced
    ? {
        start: announced.start,
        end: announced.end,
        state: announced.state === 'running' ? 'running' : 'announced',
        id: announced.id,
        title: announced.title,
        components: announced.components,
      }
    : reserved
      ? { start: reserved.start, end: reserved.end, state: 'reserved', id: null, title: null, components: '*' }
      : null;
  return { window, reserveZone: policy.reserve.zone };
};

/** As of now. Rejects when the store does not answer. */
export const frameView = async ({ store, clock, config }: Context): Promise<FrameView> =>
  buildFrame(await readAnnouncements(store), config.policy, clock.now());
