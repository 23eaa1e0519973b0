/**
 * The windows that releases go into: what an announcement really excludes as far as is known at an instant, and the parts of it that
 * are still ahead. A window that was cancelled, completed or changed late is as short here as in the ledger. Instants ms UTC,
 * half-open: the instant at which a window ends is outside. Source: semantics B2, E9, F1 to F3.
 */
import type { WindowTerms } from '../maintenance/account.ts';
import { type AnnouncementFact, calculatorForm, knownBy } from '../maintenance/announcement-fact.ts';
import { judgeAnnouncement } from '../sla/announcement.ts';
import { after, type Instant, type Millis, millis } from '../time/instant.ts';
import { type Interval, isEmpty, union } from '../time/interval.ts';
import type { ReleaseFact } from './release-fact.ts';
import { notesInTime } from './release-gate.ts';

/** The part of the policy by which releases are judged. */
export interface ReleaseTerms extends WindowTerms {
  /** How long before an effective window starts the notes must be public. */
  readonly notesLeadMs: Millis;
}

/** What of it is excluded, as known at `at`; in order, empty when nothing is. */
export const effectiveAt = (announcement: AnnouncementFact, terms: WindowTerms, at: Instant): Interval[] => {
  const known = knownBy(announcement, at);
  if (!known) return [];
  return union(judgeAnnouncement(calculatorForm(known), terms.reserve, terms.minNoticeMs).effective).filter((part) => !isEmpty(part));
};

/** The last instant at which notes are public in time for a window. */
export const notesDueBy = (window: Interval, { notesLeadMs }: Pick<ReleaseTerms, 'notesLeadMs'>): Instant =>
  after(window.start, millis(-notesLeadMs));

export interface ReleaseWindow extends Interval {
  readonly announcement: string;
}

/**
 * The first effective window that can still take the release: it starts when the release was tested or later, it is not over, and its
 * notes are, or can still be, public in time. `publicFrom`: when the notes are public, null: not decided yet. Null: none is announced.
 */
export const earliestWindow = (
  { testedAt, publicFrom }: { readonly testedAt: Instant | null; readonly publicFrom: Instant | null },
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  now: Instant,
): ReleaseWindow | null => {
  const windows = announcements
    .flatMap((one) => effectiveAt(one, terms, now).map((part): ReleaseWindow => ({ ...part, announcement: one.id })))
    .filter((window) => window.end > now && (testedAt === null || window.start >= testedAt))
    .filter((window) => notesInTime(publicFrom ?? now, window.start, terms.notesLeadMs))
    .sort((a, b) => a.start - b.start);
  return windows[0] ?? null;
};

/** When the notes were, or will be, public first; null: not decided. */
export const publicFromOf = ({ publications }: Pick<ReleaseFact, 'publications'>): Instant | null => publications[0]?.publicAt ?? null;
