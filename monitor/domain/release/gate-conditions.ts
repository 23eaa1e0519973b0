/**
 * What the gate asks of a release, one condition at a time, each met or not: drafted, in a window that is excluded, notes public in time,
 * the window open. All of them met is what may-deploy.ts calls allowed without the emergency path. That it was tested is said beside them
 * and decides only which window can take it first. Pure; instants ms UTC. Source: semantics E9, F1 to F6.
 */
import type { AnnouncementFact } from '../maintenance/announcement-fact.ts';
import type { Instant } from '../time/instant.ts';
import { contains, type Interval } from '../time/interval.ts';
import type { ReleaseFact } from './release-fact.ts';
import { notesInTime } from './release-gate.ts';
import { releaseStanding, type UnscheduledReason } from './release-standing.ts';
import { earliestWindow, notesDueBy, publicFromOf, type ReleaseTerms, type ReleaseWindow } from './release-window.ts';

export type GateCondition =
  | { readonly kind: 'drafted'; readonly met: boolean }
  | { readonly kind: 'tested'; readonly met: boolean; readonly decides: false; readonly testedAt: Instant | null }
  | {
      readonly kind: 'scheduled';
      readonly met: boolean;
      readonly window: Interval | null;
      readonly why: UnscheduledReason | 'nowhere' | 'over' | null;
    }
  /** `dueBy` null: it is in no window yet. */
  | { readonly kind: 'notes'; readonly met: boolean; readonly dueBy: Instant | null; readonly publicFrom: Instant | null }
  | { readonly kind: 'open'; readonly met: boolean; readonly window: Interval | null };

export interface Gate {
  readonly conditions: readonly GateCondition[];
  /** The earliest production instant: the first announced window that can still take it. Null: none is announced. */
  readonly earliest: ReleaseWindow | null;
}

/** Null: nobody had recorded it by `now`. */
export const gateOf = (fact: ReleaseFact, announcements: readonly AnnouncementFact[], terms: ReleaseTerms, now: Instant): Gate | null => {
  const standing = releaseStanding(fact, announcements, terms, now);
  if (!standing) return null;
  const { plan, publicFrom, testedAt } = standing;
  const held = plan !== null && plan.unscheduled === null && plan.window !== null ? plan.window : null;
  const over = held !== null && now >= held.end;
  const drafted = fact.notes.length > 0;
  return {
    conditions: [
      { kind: 'drafted', met: drafted },
      { kind: 'tested', met: testedAt !== null, decides: false, testedAt },
      {
        kind: 'scheduled',
        met: held !== null && !over,
        window: plan?.window ?? null,
        why: plan === null ? 'nowhere' : over ? 'over' : (plan.unscheduled ?? (held ? null : 'nothing_excluded')),
      },
      {
        kind: 'notes',
        met: held !== null ? notesInTime(publicFrom, held.start, terms.notesLeadMs) : publicFrom !== null,
        dueBy: held && notesDueBy(held, terms),
        publicFrom,
      },
      { kind: 'open', met: held !== null && contains(held, now), window: held },
    ],
    earliest: earliestWindow({ testedAt, publicFrom: drafted ? publicFromOf(fact) : null }, announcements, terms, now),
  };
};
