/**
 * `/admin/maintenance` as plain data: what runs and what can be done about it, what is announced, the reserved slots of the next three
 * months, what needs somebody, drafts, and what became of the past, a page of months at a time. Names of people are in here: for whoever
 * signed in. Instants and lengths in ms. Source: mission X9, semantics B2.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { draftsOf } from '#db/queries/drafts.ts';
import { readLedgerFacts } from '#db/queries/ledger-facts.ts';
import { readReleases } from '#db/queries/releases.ts';
import { type LedgerFacts, monthZone } from '#domain/ledger/ledger-facts.ts';
import { deadlineOf, type Slot } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { firstFreeSlot } from '#domain/maintenance/situation.ts';
import { dateIn } from '#domain/maintenance/window.ts';
import { releaseStanding } from '#domain/release/release-standing.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';
import { after, DAY, earlier, type Instant, type Millis, millis, SECOND } from '#domain/time/instant.ts';
import { monthAfter, monthAt, monthsFrom } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Context } from '#monitor/context.ts';
import { type EndingEffect, endingEffect } from './ending-effect.ts';
import { type Kept, keptFor } from './kept.ts';
import { maintenanceView } from './maintenance.ts';
import { type EntryView, entryView, termsAt } from './maintenance-entry.ts';
import { type PastRow, pastOf, placed, type SlotStory, usesOf } from './saturdays.ts';
import { turnsOf } from './turns.ts';

/** A name, and whether it was proved by signing in. */
export interface Signed {
  readonly name: string;
  readonly authenticated: boolean;
}
export const signedBy = ({
  author,
  authenticated = false,
}: {
  readonly author: string | null;
  readonly authenticated?: boolean;
}): Signed | null => (author === null ? null : { name: author, authenticated });

export interface DeskEntry {
  readonly entry: EntryView;
  readonly rev: number;
  /** Of the last revision; null: nobody was named. */
  readonly author: Signed | null;
  /** Versions that are planned into it. */
  readonly releases: readonly string[];
  readonly done: EndingEffect | null;
  readonly cancel: EndingEffect | null;
}
/** `date`: local, in the zone of the reserve, as the form takes it. */
export interface DatedSlot extends Slot {
  readonly date: string;
}
export interface DeskSlot extends DatedSlot {
  readonly reservedMs: Millis;
  readonly announcedMs: Millis;
  readonly excludedMs: Millis;
  /** Null: it lies ahead. */
  readonly usedMs: Millis | null;
  readonly announcements: readonly { readonly id: string; readonly title: string; readonly cancelled: boolean }[];
  /** Somebody may still announce it in time. */
  readonly open: boolean;
}
export type Todo =
  /** It waits for a window: tested, or planned into one that does not hold it any more. */
  | {
      readonly what: 'release_waits';
      readonly version: string;
      readonly lost: 'cancelled' | 'nothing_excluded' | 'shrunk' | null;
      /** The first slot that is free and in time; null: none is. */
      readonly slot: DatedSlot | null;
    }
  | { readonly what: 'deadline_near'; readonly slot: DatedSlot }
  | { readonly what: 'import_waits'; readonly id: string; readonly title: string; readonly author: Signed | null }
  | { readonly what: 'not_counted'; readonly id: string; readonly title: string };
export interface DraftLine {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly recordedAt: Instant;
}
export interface MaintenanceDeskView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly reserve: ReserveRule;
  readonly minNoticeMs: Millis;
  readonly running: readonly DeskEntry[];
  readonly upcoming: readonly DeskEntry[];
  readonly slots: readonly DeskSlot[];
  readonly todo: readonly Todo[];
  readonly drafts: readonly DraftLine[];
  /** The latest first, by month of the policy's zone. */
  readonly past: readonly { readonly month: string; readonly rows: readonly PastRow[] }[];
  /** Rows before this instant are on the next page; null: there are none. */
  readonly older: Instant | null;
  /** Null: the first page. */
  readonly before: Instant | null;
}

/** Months of a page of the past, and the most rows of it. */
const MONTHS_OF_PAGE = 3;
const MOST_ROWS = 100;
/** A deadline is near when less is left: two working days. */
const NEAR = millis(2 * DAY);

const versionsIn = (standings: readonly Standing[], id: string): string[] =>
  standings.filter(({ plan }) => plan?.announcement === id && plan.unscheduled === null).map(({ version }) => version);
type Standing = NonNullable<ReturnType<typeof releaseStanding>>;

const deskEntry = (facts: LedgerFacts, fact: AnnouncementFact, standings: readonly Standing[]): DeskEntry => {
  const last = currentRevision(fact);
  const terms = termsAt(facts, last.start);
  return {
    entry: entryView(facts, fact),
    rev: last.rev,
    author: signedBy(last),
    releases: versionsIn(standings, fact.id),
    done: endingEffect(fact, 'completed', terms, facts.asOf),
    cancel: endingEffect(fact, 'cancelled', terms, facts.asOf),
  };
};

interface Looking {
  readonly slots: readonly DeskSlot[];
  readonly upcoming: readonly DeskEntry[];
  readonly standings: readonly Standing[];
  readonly free: DatedSlot | null;
  readonly announcements: readonly AnnouncementFact[];
  readonly asOf: Instant;
}

const todoOf = ({ slots, upcoming, standings, free, announcements, asOf }: Looking): Todo[] => {
  const waiting = standings
    .filter(({ deployment, plan, testedAt }) => !deployment && (plan ? plan.unscheduled !== null : testedAt !== null))
    .map(({ version, plan }): Todo => ({ what: 'release_waits', version, lost: plan?.unscheduled ?? null, slot: free }));
  const [next] = slots.filter(({ deadline }) => deadline >= asOf);
  const near: Todo[] =
    next && next.excludedMs === 0 && next.open && next.deadline < after(asOf, NEAR) ? [{ what: 'deadline_near', slot: next }] : [];
  const imports = announcements
    .filter(({ imported, approval }) => imported && approval === null)
    .map((fact): Todo => ({ what: 'import_waits', id: fact.id, title: currentRevision(fact).title, author: signedBy(fact) }));
  const uncounted = upcoming
    .filter(({ entry }) => entry.excludedMs === 0 && entry.state === 'upcoming')
    .map(({ entry }): Todo => ({ what: 'not_counted', id: entry.id, title: entry.title }));
  return [...waiting, ...near, ...uncounted, ...imports];
};

/** The first instant of the first of the months that a page of the past tells. */
const pageStart = (zone: string, before: Instant): Instant =>
  monthBounds(zone, monthAfter(monthAt(zone, before), 1 - MONTHS_OF_PAGE)).start;

/** When anything was watched or announced first; null: never. */
const firstOf = (facts: LedgerFacts, announcements: readonly AnnouncementFact[]): Instant | null => {
  const all = [...facts.components.map(({ createdAt }) => createdAt), ...announcements.map((fact) => currentRevision(fact).start)];
  return all.length === 0 ? null : all.reduce((first, at) => earlier(first, at));
};

/** The months of a page of the past, and what became of each reserved slot in them. */
interface PastMonths {
  readonly facts: LedgerFacts;
  readonly uses: ReadonlyMap<Instant, SlotStory>;
}
/** What is costly with very many components and may lag a moment: by ten seconds at most, and never behind an announcement. */
export type DeskShelf = Kept<PastMonths>;
export const deskShelf = (): DeskShelf => keptFor(millis(5 * SECOND), millis(10 * SECOND));

const pastMonths = async ({ store, clock, config }: Reads, from: Instant, until: Instant, asOf: Instant): Promise<PastMonths> => {
  const { zone } = config.policy;
  const range = { start: from, end: monthBounds(zone, monthAt(zone, until)).end };
  const facts = await readLedgerFacts(store, { range, asOf, source: 'spans', causes: false });
  const own = monthZone(facts);
  return { facts, uses: await usesOf(facts, monthsFrom(monthAt(own, from), monthAt(own, until)), turnsOf(clock)) };
};
type Reads = Pick<Context, 'store' | 'clock' | 'config'>;

/** As of now; with a shelf, as of a moment ago. `before`: only what began before it, of the past. */
export const maintenanceDesk = async (context: Reads, before: Instant | null, shelf = deskShelf()): Promise<MaintenanceDeskView> => {
  const { store, clock, config } = context;
  const { policy } = config;
  const asked = clock.now();
  const until = before === null ? asked : earlier(before, asked);
  const from = pageStart(policy.zone, until);
  const [announcements, releases, drafts, view] = await Promise.all([
    readAnnouncements(store),
    readReleases(store),
    draftsOf(store, 'announcement'),
    maintenanceView({ store, clock, policy }),
  ]);
  const key = JSON.stringify([from, before, policy, announcements]);
  const { facts, uses } = await shelf.take(key, asked, () => pastMonths(context, from, until, asked));
  const now = facts.asOf;
  const terms = { reserve: policy.reserve, minNoticeMs: policy.minNoticeMs };
  const standings = releases.flatMap(
    (fact) => releaseStanding(fact, announcements, { ...terms, notesLeadMs: policy.notesLeadMs }, now) ?? [],
  );
  const situation = { terms, now, announcements, components: new Set<string>() };
  const entries = announcements.map((fact) => deskEntry(facts, fact, standings)).sort((a, b) => a.entry.start - b.entry.start);
  const zone = monthZone(facts);
  const titles = new Map(announcements.map((fact) => [fact.id, fact]));
  const slots = view.slots
    .filter(({ end }) => end > now)
    .map((slot): DeskSlot => {
      const own = slot.announcements.flatMap((id) => titles.get(id) ?? []);
      return {
        start: slot.start,
        end: slot.end,
        date: dateIn(policy.reserve.zone, slot.start),
        deadline: slot.deadline,
        reservedMs: slot.reservedMs,
        announcedMs: slot.announcedMs,
        excludedMs: slot.excludedMs,
        usedMs: slot.start <= now ? (uses.get(slot.start)?.usedMs ?? null) : null,
        announcements: own.map((fact) => ({
          id: fact.id,
          title: currentRevision(fact).title,
          cancelled: fact.ending?.kind === 'cancelled',
        })),
        open: slot.deadline >= now && own.every((fact) => fact.ending !== null),
      };
    });
  const upcoming = entries.filter(({ entry }) => entry.state === 'upcoming');
  const free = firstFreeSlot(situation, '*');
  const all = placed(facts, announcements, ({ start, end }) => end > from && start < until);
  const rows = pastOf(facts, all, uses, from).filter(({ start }) => start < until);
  const shown = rows.slice(0, MOST_ROWS);
  const first = firstOf(facts, announcements);
  const rest = rows.length > shown.length ? (shown.at(-1)?.start ?? null) : null;
  return {
    asOf: now,
    zone,
    reserve: policy.reserve,
    minNoticeMs: policy.minNoticeMs,
    running: entries.filter(({ entry }) => entry.state === 'running'),
    upcoming,
    slots,
    todo: todoOf({
      slots,
      upcoming,
      standings,
      free: free && { ...free, date: dateIn(policy.reserve.zone, free.start), deadline: deadlineOf(free, terms) },
      announcements,
      asOf: now,
    }),
    drafts: drafts.map(({ id, document, author, recordedAt }) => ({
      id,
      title: typeof document['title'] === 'string' ? document['title'] : '',
      author,
      recordedAt,
    })),
    past: [...Map.groupBy(shown, ({ start }) => monthAt(zone, start))].map(([month, own]) => ({ month, rows: own })),
    older: rest ?? (first !== null && first < from ? from : null),
    before,
  };
};
