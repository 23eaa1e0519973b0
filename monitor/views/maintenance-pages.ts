/**
 * `/maintenance` and `/maintenance/{id}` as plain data: what runs, what is announced and reserved, what became of the Saturdays of the
 * last three months; and of one announcement everything that was ever said of it. Instants ms. No author, approver or evidence is in
 * here. The `build…` functions are pure. Source: interfaces.md (Public HTTP), semantics B2, mission X9.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readReleases } from '#db/queries/releases.ts';
import { type LedgerFacts, monthZone, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { describe, type Slot } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, currentRevision, knownBy, type RevisionFact } from '#domain/maintenance/announcement-fact.ts';
import type { NotExcluded } from '#domain/sla/announcement.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Instant, Millis } from '#domain/time/instant.ts';
import { type Interval, lengthOf } from '#domain/time/interval.ts';
import { monthAfter, monthAt, monthsFrom } from '#domain/time/month.ts';
import type { Context } from '#monitor/context.ts';
import { HORIZON } from './maintenance.ts';
import { type EntryView, entryView, expiredEntry, termsAt } from './maintenance-entry.ts';
import { readMonthsBack, readWithoutEvidence } from './month-facts.ts';
import { type PublicRelease, publicReleases, releasesIn } from './public-release.ts';
import { type AheadRow, aheadOf, monthStart, type PastRow, pastOf, placed, runningMonth, runningOf, usesOf } from './saturdays.ts';
import { type Turn, turnsOf } from './turns.ts';

const MONTHS_BACK = 3;

export interface MaintenancePageView {
  readonly asOf: Instant;
  readonly zone: string;
  /** False: the facts are too old to speak of the present. */
  readonly current: boolean;
  readonly reserve: ReserveRule;
  readonly minNoticeMs: Millis;
  readonly running: readonly EntryView[];
  readonly ahead: readonly AheadRow[];
  /** The latest first. */
  readonly past: readonly PastRow[];
  /** `YYYY-MM`, the first month that is told. */
  readonly since: string;
}

/** `facts` reach back over `MONTHS_BACK` months. */
export const buildMaintenancePage = async (
  facts: LedgerFacts,
  announcements: readonly AnnouncementFact[],
  policy: Pick<Policy, 'reserve' | 'minNoticeMs'>,
  turn: Turn,
): Promise<MaintenancePageView> => {
  const running = runningMonth(facts);
  const since = monthAfter(running, -MONTHS_BACK);
  const first = monthStart(facts, since);
  const all = placed(facts, announcements, ({ end }) => end > first);
  const uses = await usesOf(facts, monthsFrom(since, running), turn);
  return {
    asOf: facts.asOf,
    zone: monthZone(facts),
    current: true,
    reserve: policy.reserve,
    minNoticeMs: policy.minNoticeMs,
    running: runningOf(all),
    ahead: aheadOf(facts, all, HORIZON),
    past: pastOf(facts, all, uses, first),
    since,
  };
};

/** The view of `/maintenance`, as of now. */
export const maintenancePage = async (context: Context): Promise<MaintenancePageView> => {
  const { store, clock, config } = context;
  const [facts, announcements] = await Promise.all([readMonthsBack(context, MONTHS_BACK), readAnnouncements(store)]);
  return buildMaintenancePage(facts, announcements, config.policy, turnsOf(clock));
};

/** What ran may be over by now: it is told as announced. */
export const expireMaintenancePage = (view: MaintenancePageView): MaintenancePageView => ({
  ...view,
  current: false,
  running: [],
  ahead: [
    ...view.running.map(
      ({ start, end, ...entry }): AheadRow => ({ start, end, reserved: true, entries: [expiredEntry({ start, end, ...entry })] }),
    ),
    ...view.ahead,
  ],
});

/** One stretch of what was announced. */
export interface AccountPart extends Interval {
  readonly ms: Millis;
  /** Null: it is excluded. */
  readonly reason: NotExcluded | null;
}
export type RevisionChange =
  | { readonly what: 'start' | 'end'; readonly before: Instant; readonly after: Instant }
  | { readonly what: 'title'; readonly before: string; readonly after: string }
  | { readonly what: 'body'; readonly before: string; readonly after: string };
export interface RevisionView {
  readonly rev: number;
  readonly recordedAt: Instant;
  readonly publicAt: Instant;
  readonly window: Interval;
  readonly title: string;
  /** To the revision before; the first has none. */
  readonly changes: readonly RevisionChange[];
}
export interface AnnouncementPageView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly reserveZone: string;
  readonly current: boolean;
  readonly entry: EntryView;
  readonly body: string;
  readonly slot: Slot | null;
  /** In the order of time; together everything that was announced. */
  readonly account: readonly AccountPart[];
  /** The last first. */
  readonly revisions: readonly RevisionView[];
  readonly releases: readonly PublicRelease[];
  /** `YYYY-MM`, in which the service's figure leaves it out or not; null: it lies ahead, or nothing was measured. */
  readonly month: string | null;
}

export const changesOf = (before: RevisionFact | undefined, after: RevisionFact): RevisionChange[] => {
  if (!before) return [];
  const times = (['start', 'end'] as const).flatMap((what) =>
    before[what] === after[what] ? [] : { what, before: before[what], after: after[what] },
  );
  const texts = (['title', 'body'] as const).flatMap((what) =>
    before[what] === after[what] ? [] : { what, before: before[what], after: after[what] },
  );
  return [...times, ...texts];
};

/** Null: there is no such announcement. */
export const buildAnnouncementPage = (
  facts: LedgerFacts,
  fact: AnnouncementFact | undefined,
  /** Those that are public. */
  releases: readonly PublicRelease[],
): AnnouncementPageView | null => {
  const known = fact && knownBy(fact, facts.asOf);
  if (!known) return null;
  const { start } = currentRevision(known);
  const terms = termsAt(facts, start);
  const { body, slot, excluded, notCounted } = describe(known, terms, facts.asOf);
  const zone = monthZone(facts);
  const month = monthAt(zone, start);
  const counted = excluded.map((part): AccountPart => ({ start: part.start, end: part.end, ms: lengthOf(part), reason: null }));
  const told = start <= facts.asOf && serviceFacts(facts, month) !== null;
  return {
    asOf: facts.asOf,
    zone,
    reserveZone: terms.reserve.zone,
    current: true,
    entry: entryView(facts, known),
    body,
    slot,
    account: [...counted, ...notCounted.map(({ start: from, end, ms, reason }): AccountPart => ({ start: from, end, ms, reason }))].sort(
      (a, b) => a.start - b.start,
    ),
    revisions: known.revisions
      .map((revision, i): RevisionView => {
        const { rev, recordedAt, publicAt, title } = revision;
        const window = { start: revision.start, end: revision.end };
        return { rev, recordedAt, publicAt, window, title, changes: changesOf(known.revisions[i - 1], revision) };
      })
      .reverse(),
    releases: releasesIn(known.id, releases),
    month: told ? month : null,
  };
};

/** The view of `/maintenance/{id}`, as of now; null when nothing of that id was ever announced. */
export const announcementPage = async (context: Context, id: string): Promise<AnnouncementPageView | null> => {
  const announcements = await readAnnouncements(context.store);
  const fact = announcements.find((one) => one.id === id);
  if (!fact) return null;
  const [facts, releases] = await Promise.all([readWithoutEvidence(context), readReleases(context.store)]);
  return buildAnnouncementPage(facts, fact, publicReleases(releases, announcements, context.config.policy, facts.asOf));
};

export const expireAnnouncementPage = (view: AnnouncementPageView): AnnouncementPageView => ({
  ...view,
  current: false,
  entry: expiredEntry(view.entry),
});
