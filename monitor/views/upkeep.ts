/**
 * Maintenance and changes for pages that show them in passing: what runs, what comes next, what was released last. Instants ms.
 * `buildUpkeep` is pure. Source: design.md (the status page).
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readReleases } from '#db/queries/releases.ts';
import type { LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { DAY, millis } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';
import type { EntryView } from './maintenance-entry.ts';
import { type PublicRelease, publicReleases, type ReleasesAround, releasesAround, releasesIn } from './public-release.ts';
import { type AheadRow, aheadOf, placed, runningOf } from './saturdays.ts';

/** Long enough for a slot of any week to begin in. */
const WEEK_AHEAD = millis(8 * DAY);

export type EntryWithReleases = EntryView & { readonly releases: readonly PublicRelease[] };
export interface NextRow extends Omit<AheadRow, 'entries'> {
  readonly entries: readonly EntryWithReleases[];
}
export interface Upkeep {
  readonly running: readonly EntryWithReleases[];
  /** The next slot, or what is announced before it; null: nothing is reserved and nothing announced. */
  readonly next: NextRow | null;
  /** The next that is announced, when `next` is only reserved. */
  readonly later: NextRow | null;
  readonly releases: ReleasesAround;
  /** Of the reserve. */
  readonly zone: string;
}

const isComing = ({ state }: EntryView): boolean => state === 'upcoming';

export const buildUpkeep = (
  facts: LedgerFacts,
  announcements: readonly AnnouncementFact[],
  releases: readonly ReleaseFact[],
  policy: Policy,
): Upkeep => {
  const all = placed(facts, announcements, ({ end }) => end > facts.asOf);
  const told = publicReleases(releases, announcements, policy, facts.asOf);
  const withReleases = (entry: EntryView): EntryWithReleases => ({ ...entry, releases: releasesIn(entry.id, told) });
  const rows = aheadOf(facts, all, WEEK_AHEAD)
    .map((row): NextRow => ({ ...row, entries: row.entries.filter(isComing).map(withReleases) }))
    .filter(({ start, reserved, entries }) => (reserved && start >= facts.asOf) || entries.length > 0);
  const next = rows[0] ?? null;
  const announced = rows.find(({ entries }) => entries.length > 0) ?? null;
  return {
    running: runningOf(all).map(withReleases),
    next,
    later: announced === next ? null : announced,
    releases: releasesAround(told),
    zone: policy.reserve.zone,
  };
};

/** `facts` of the running month at least. Rejects when the store does not answer. */
export const readUpkeep = async ({ store, config }: Pick<Context, 'store' | 'config'>, facts: LedgerFacts): Promise<Upkeep> => {
  const [announcements, releases] = await Promise.all([readAnnouncements(store), readReleases(store)]);
  return buildUpkeep(facts, announcements, releases, config.policy);
};
