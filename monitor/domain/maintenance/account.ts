/**
 * What of one announcement counts as excluded and what not, as far as is known now, in the form people are shown. One
 * derivation: sla/announcement.ts judges, this sums. Lengths in ms: excluded + refused = announced. Source: semantics B2.
 */
import { judgeAnnouncement, type NotExcluded } from '../sla/announcement.ts';
import type { ReserveRule } from '../sla/reserve.ts';
import { after, type Instant, type Millis, millis } from '../time/instant.ts';
import { contains, covered, type Interval, lengthOf } from '../time/interval.ts';
import {
  type AnnouncementFact,
  type ApprovalFact,
  type Components,
  calculatorForm,
  currentRevision,
  type EndingFact,
  type RevisionFact,
} from './announcement-fact.ts';
import { slotsOf } from './window.ts';

/** The part of the policy by which windows are judged. */
export interface WindowTerms {
  readonly reserve: ReserveRule;
  readonly minNoticeMs: Millis;
}

export interface NotCounted extends Interval {
  readonly ms: Millis;
  readonly reason: NotExcluded;
}
export interface Slot extends Interval {
  /** The last instant at which an announcement for it is in time. */
  readonly deadline: Instant;
}
export type MaintenanceState = 'upcoming' | 'running' | 'past' | 'cancelled' | 'completed';

/** One announcement as people and programs are shown it: the last revision, the account, and every revision with its time. */
export interface AnnouncementView extends Interval {
  readonly id: string;
  readonly state: MaintenanceState;
  readonly title: string;
  readonly body: string;
  readonly components: Components;
  readonly rev: number;
  /** The slot it lies in; null when it lies outside the reserve. */
  readonly slot: Slot | null;
  readonly announcedMs: Millis;
  readonly excludedMs: Millis;
  readonly excluded: readonly Interval[];
  readonly notCounted: readonly NotCounted[];
  readonly revisions: readonly RevisionFact[];
  readonly ending: EndingFact | null;
  readonly imported: boolean;
  readonly approval: ApprovalFact | null;
}

export const deadlineOf = (slot: Interval, { minNoticeMs }: WindowTerms): Instant => after(slot.start, millis(-minNoticeMs));

export const slotOf = (window: Interval, terms: WindowTerms): Slot | null => {
  const [slot] = slotsOf(terms.reserve, window);
  return slot ? { ...slot, deadline: deadlineOf(slot, terms) } : null;
};

export const stateOf = (fact: AnnouncementFact, now: Instant): MaintenanceState => {
  if (fact.ending) return fact.ending.kind;
  const window = currentRevision(fact);
  if (contains(window, now)) return 'running';
  return now < window.start ? 'upcoming' : 'past';
};

export const describe = (fact: AnnouncementFact, terms: WindowTerms, now: Instant): AnnouncementView => {
  const { effective, refused } = judgeAnnouncement(calculatorForm(fact), terms.reserve, terms.minNoticeMs);
  const { start, end, title, body, rev } = currentRevision(fact);
  const excluded = effective.map((part): Interval => ({ start: part.start, end: part.end }));
  return {
    id: fact.id,
    state: stateOf(fact, now),
    title,
    body,
    components: fact.components,
    rev,
    start,
    end,
    slot: slotOf({ start, end }, terms),
    announcedMs: covered([...effective, ...refused]),
    excludedMs: covered(excluded),
    excluded,
    notCounted: refused.map((part) => ({ start: part.start, end: part.end, ms: lengthOf(part), reason: part.reason })),
    revisions: fact.revisions,
    ending: fact.ending,
    imported: fact.imported,
    approval: fact.approval,
  };
};
