/** What ending an announcement now would take back of what counts as excluded, before anybody presses the button. Lengths in ms. Pure. Source: semantics B2. */
import { describe, type WindowTerms } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { isActive } from '#domain/maintenance/situation.ts';
import type { Instant, Millis } from '#domain/time/instant.ts';

export interface EndingEffect {
  readonly kind: 'cancelled' | 'completed';
  /** What counts as excluded before and after. */
  readonly excludedMs: Millis;
  readonly keptMs: Millis;
  readonly givenBackMs: Millis;
}

export const asEnded = (fact: AnnouncementFact, kind: EndingEffect['kind'], now: Instant): AnnouncementFact => ({
  ...fact,
  ending: { kind, recordedAt: now, author: null },
});

/** Null: it cannot be ended so, because it is over, was ended, is an import, or has not begun. */
export const endingEffect = (fact: AnnouncementFact, kind: EndingEffect['kind'], terms: WindowTerms, now: Instant): EndingEffect | null => {
  const { start, end } = currentRevision(fact);
  if (!isActive(fact) || end <= now || (kind === 'completed' && start > now)) return null;
  const excludedMs = describe(fact, terms, now).excludedMs;
  const keptMs = describe(asEnded(fact, kind, now), terms, now).excludedMs;
  return { kind, excludedMs, keptMs, givenBackMs: (excludedMs - keptMs) as Millis };
};
