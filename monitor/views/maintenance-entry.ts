/**
 * One announced window as the public pages show it: when, whom it concerns, what of it counts as excluded and why not the rest, how far
 * it has got. Judged by the terms of the month in which it begins, like the figure of that month. No name of a person is in here.
 * Instants and lengths in ms. Pure. Source: semantics B2, mission X9.
 */
import { type LedgerFacts, monthZone, policyAt, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { describe, type MaintenanceState } from '#domain/maintenance/account.ts';
import type { AnnouncementFact, Components } from '#domain/maintenance/announcement-fact.ts';
import { concerns, type NotExcluded } from '#domain/sla/announcement.ts';
import type { Terms } from '#domain/sla/terms.ts';
import { between, earlier, type Instant, type Millis, millis } from '#domain/time/instant.ts';
import { contains, type Interval, lengthOf } from '#domain/time/interval.ts';
import { monthAt } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';

export interface AffectedComponent {
  readonly slug: string;
  readonly name: string;
  /** It has a page. */
  readonly watched: boolean;
}
/** "*": every component, those of later too. */
export type Affected = '*' | readonly AffectedComponent[];

/** How far a window has got that runs. */
export interface Progress {
  readonly wholeMs: Millis;
  readonly passedMs: Millis;
  readonly leftMs: Millis;
}

export interface EntryView extends Interval {
  readonly id: string;
  readonly title: string;
  readonly state: MaintenanceState;
  readonly components: Affected;
  /** When it was public first. */
  readonly announcedAt: Instant;
  readonly announcedMs: Millis;
  readonly excludedMs: Millis;
  /** What of it counts as any other time, by reason, in the order of time. */
  readonly refused: readonly { readonly reason: NotExcluded; readonly ms: Millis }[];
  /** When it was cancelled or completed; null: neither. */
  readonly endedAt: Instant | null;
  /** Null: announced in its time. */
  readonly imported: { readonly approvedAt: Instant | null } | null;
  /** It covers a component by which the service is judged. */
  readonly decides: boolean;
  /** Null: it does not run. */
  readonly progress: Progress | null;
}

/** Null: the window does not run at `now`; it runs from its start up to, not at, its end. */
export const progressOf = (window: Interval, now: Instant): Progress | null =>
  contains(window, now) ? { wholeMs: lengthOf(window), passedMs: between(window.start, now), leftMs: between(now, window.end) } : null;

/** The terms that judge what begins at an instant; of months to come those in force now. */
export const termsAt = (facts: LedgerFacts, at: Instant): Terms => {
  const zone = monthZone(facts);
  return policyAt(facts, monthBounds(zone, monthAt(zone, at)).start).terms;
};

const isWatched = ({ versions }: LedgerFacts['components'][number]): boolean => versions.at(-1)?.removed === false;

export const affectedBy = (facts: LedgerFacts, components: Components): Affected =>
  components === '*'
    ? '*'
    : components.map((slug) => {
        const known = facts.components.find((one) => one.slug === slug);
        return { slug, name: known?.name ?? slug, watched: known !== undefined && isWatched(known) };
      });

/** Of a month to come: by what decides now. */
const decides = (facts: LedgerFacts, components: Components, start: Instant): boolean => {
  const month = monthAt(monthZone(facts), earlier(start, facts.asOf));
  return (serviceFacts(facts, month)?.contract.critical ?? []).some((slug) => concerns({ components }, slug));
};

/** `fact` as known by `facts.asOf`. */
export const entryView = (facts: LedgerFacts, fact: AnnouncementFact): EntryView => {
  const { asOf } = facts;
  const { id, title, state, start, end, announcedMs, excludedMs, notCounted, ending } = describe(
    fact,
    termsAt(facts, fact.revisions.at(-1)?.start ?? asOf),
    asOf,
  );
  const byReason = Map.groupBy(notCounted, ({ reason }) => reason);
  return {
    id,
    title,
    state,
    start,
    end,
    components: affectedBy(facts, fact.components),
    announcedAt: fact.revisions[0].publicAt,
    announcedMs,
    excludedMs,
    refused: [...byReason].map(([reason, parts]) => ({ reason, ms: millis(parts.reduce((sum, { ms }) => sum + ms, 0)) })),
    endedAt: ending?.recordedAt ?? null,
    imported: fact.imported ? { approvedAt: fact.approval?.recordedAt ?? null } : null,
    decides: decides(facts, fact.components, start),
    progress: state === 'running' ? progressOf({ start, end }, asOf) : null,
  };
};

/** What ran when the facts were read may have been cancelled since: it is told as announced, without a state of the present. */
export const expiredEntry = (entry: EntryView): EntryView =>
  entry.state === 'running' ? { ...entry, state: 'upcoming', progress: null } : entry;
