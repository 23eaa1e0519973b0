/**
 * When what the public pages say changes although nobody does anything: a window begins or ends, a slot of the reserve comes, notes
 * become public. Pure; instants ms.
 */
import { describe } from '#domain/maintenance/account.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { nextSlots } from '#domain/maintenance/window.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The first such instant after `now`; null: none is known. */
export const nextTurn = (
  announcements: readonly AnnouncementFact[],
  releases: readonly Pick<ReleaseFact, 'publications'>[],
  policy: Policy,
  now: Instant,
): Instant | null => {
  const windows = announcements.map((fact) => describe(fact, policy, now)).filter(({ end }) => end > now);
  const turns = [
    ...windows.flatMap(({ start, end, excluded }) => [start, end, ...excluded.flatMap((part) => [part.start, part.end])]),
    ...nextSlots(policy.reserve, now, 2).flatMap(({ start, end }) => [start, end]),
    ...releases.flatMap(({ publications }) => publications.map(({ publicAt }) => publicAt)),
  ];
  return turns.filter((turn) => turn > now).sort((a, b) => a - b)[0] ?? null;
};
