/**
 * Releases that are planned for a slot of the reserve which nobody has announced any more: their window was cancelled, or changed until
 * nothing of that time is excluded, and no other announcement holds it (a release can only be planned into an announced window, ADR 0014).
 * Told once a day before the slot's deadline, and once when that has passed, until the slot is over. Instants ms. Source: semantics B2, F1, F6.
 */
import type { AnnouncementFact } from '../maintenance/announcement-fact.ts';
import type { ReleaseFact } from '../release/release-fact.ts';
import { releaseStanding } from '../release/release-standing.ts';
import { effectiveAt, type ReleaseTerms } from '../release/release-window.ts';
import { slotsBetween } from '../sla/reserve.ts';
import { after, DAY, type Instant, millis } from '../time/instant.ts';
import { contains, type Interval } from '../time/interval.ts';

const TOLD_BEFORE = millis(DAY);

export interface MissingAnnouncement {
  readonly version: string;
  /** For when it is planned. */
  readonly start: Instant;
  readonly slot: Interval;
  /** By when the slot has to be announced. */
  readonly deadline: Instant;
  readonly passed: boolean;
}

const missingOf = (
  fact: ReleaseFact,
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  now: Instant,
): MissingAnnouncement | null => {
  const standing = releaseStanding(fact, announcements, terms, now);
  const { plan = null, state = null } = standing ?? {};
  if (!plan || plan.unscheduled === null || state === 'deployed') return null;
  const start = fact.plans.at(-1)?.plannedAt ?? plan.announced.start;
  const [slot] = slotsBetween(terms.reserve, start, after(start, millis(1)));
  if (!slot || slot.end <= now) return null;
  if (announcements.some((one) => effectiveAt(one, terms, now).some((part) => contains(part, start)))) return null;
  const deadline = after(slot.start, millis(-terms.minNoticeMs));
  if (now < deadline - TOLD_BEFORE) return null;
  return { version: fact.version, start, slot, deadline, passed: now > deadline };
};

/** What is missing at `now`, each release at most once. */
export const missingAnnouncements = (
  releases: readonly ReleaseFact[],
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  now: Instant,
): MissingAnnouncement[] => releases.flatMap((fact) => missingOf(fact, announcements, terms, now) ?? []);
