/**
 * `/history` and `/history/{YYYY-MM}` as plain data: what began in a month, what maintenance there was, and the figures of the service
 * and of every component, the same that the explanation pages derive. Instants ms. The `build…` functions are pure. Source:
 * interfaces.md (Public HTTP), mission M4.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { factsOf } from '#db/queries/facts.ts';
import { type LedgerFacts, monthZone } from '#domain/ledger/ledger-facts.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import { contains, type Interval } from '#domain/time/interval.ts';
import { isMonth, monthAfter } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Context } from '#monitor/context.ts';
import { type Affected, affectedBy, type EntryView, expiredEntry } from './maintenance-entry.ts';
import { readMonth, readMonthsBack } from './month-facts.ts';
import { componentFigure, type MonthFigure, type MonthRow, monthRows, onlyMonth, serviceFigure } from './month-figure.ts';
import { placed, runningMonth, type SlotStory, usesOf } from './saturdays.ts';
import { type Turn, turnsOf } from './turns.ts';

/** The running month and eleven before it. */
const BEFORE = 11;
/** A month in which everything flaps is told by its first incidents; the rest is counted. */
const INCIDENTS_TOLD = 200;

export interface BegunIncident {
  readonly id: string;
  readonly title: string;
  readonly startedAt: Instant;
  /** Null: it lasts. */
  readonly resolvedAt: Instant | null;
  readonly components: Affected;
}
export interface MonthStory {
  readonly month: string;
  readonly whole: Interval;
  readonly running: boolean;
  /** Null: nothing that counts was watched. */
  readonly figure: MonthFigure | null;
  readonly components: readonly { readonly slug: string; readonly name: string; readonly figure: MonthFigure | null }[];
  /** In the order in which they began, the latest first. */
  readonly incidents: readonly BegunIncident[];
  readonly omitted: number;
  /** Likewise; with what became of the slot, once that is over. */
  readonly maintenance: readonly { readonly entry: EntryView; readonly use: SlotStory | null }[];
}
export interface HistoryMonthView {
  readonly asOf: Instant;
  readonly zone: string;
  /** Of the reserve. */
  readonly reserveZone: string;
  /** False: the facts are too old to speak of the present. */
  readonly current: boolean;
  readonly story: MonthStory;
  readonly previousMonth: string | null;
  readonly nextMonth: string | null;
}
export interface HistoryRow extends MonthRow {
  readonly incidents: number;
  readonly maintenance: number;
}
export interface HistoryPageView extends Pick<HistoryMonthView, 'asOf' | 'zone' | 'reserveZone' | 'current' | 'story' | 'previousMonth'> {
  /** The running month first; none before the first that was watched. */
  readonly months: readonly HistoryRow[];
}

type Known = LedgerFacts['components'][number];
/** Avow's watch of itself is nobody's history once there is a file. */
const watchedOnes = ({ components }: LedgerFacts): readonly Known[] => {
  const ofFile = components.filter(({ builtIn }) => !builtIn);
  return ofFile.length > 0 ? ofFile : components;
};
/** Any of the month lies between its beginning and its removal. */
const watchedIn = ({ versions, createdAt }: Known, { start, end }: Interval): boolean =>
  createdAt < end && versions.some(({ from, removed }, i) => !removed && from < end && (versions[i + 1]?.from ?? end) > start);

const isTold = (facts: LedgerFacts, month: string): boolean => {
  const { end } = monthBounds(monthZone(facts), month);
  return watchedOnes(facts).some(({ createdAt }) => createdAt < end);
};

/** `open`: ids of the incidents that are not over. */
const storyOf = async (
  known: LedgerFacts,
  month: string,
  announcements: readonly AnnouncementFact[],
  open: ReadonlySet<string>,
  turn: Turn,
): Promise<MonthStory> => {
  const facts = onlyMonth(known, month);
  const whole = monthBounds(monthZone(facts), month);
  const begun = facts.incidents.filter(({ start }) => contains(whole, start)).sort((a, b) => b.start - a.start);
  const uses = await usesOf(facts, [month], turn);
  const components: MonthStory['components'][number][] = [];
  for (const { slug, name } of watchedOnes(facts).filter((one) => watchedIn(one, whole))) {
    await turn();
    components.push({ slug, name, figure: componentFigure(facts, slug, month) });
  }
  return {
    month,
    whole,
    running: contains(whole, facts.asOf),
    figure: serviceFigure(facts, month),
    components,
    incidents: begun.slice(0, INCIDENTS_TOLD).map(({ id, title, start, end, components: slugs }) => ({
      id,
      title,
      startedAt: start,
      resolvedAt: open.has(id) ? null : end,
      components: affectedBy(facts, slugs),
    })),
    omitted: Math.max(0, begun.length - INCIDENTS_TOLD),
    maintenance: placed(facts, announcements, ({ start }) => contains(whole, start))
      .map(({ entry, slot }) => ({ entry, use: slot && slot.end <= facts.asOf ? (uses.get(slot.start) ?? null) : null }))
      .reverse(),
  };
};

const reserveZoneOf = (facts: LedgerFacts): string => facts.policies.at(-1)?.terms.reserve.zone ?? monthZone(facts);

/** `facts` of that month; null: nothing was watched in it yet. */
export const buildHistoryMonth = async (
  facts: LedgerFacts,
  month: string,
  announcements: readonly AnnouncementFact[],
  open: ReadonlySet<string>,
  turn: Turn,
): Promise<HistoryMonthView | null> => {
  if (!isTold(facts, month)) return null;
  const [before, next] = [monthAfter(month, -1), monthAfter(month)];
  return {
    asOf: facts.asOf,
    zone: monthZone(facts),
    reserveZone: reserveZoneOf(facts),
    current: true,
    story: await storyOf(facts, month, announcements, open, turn),
    previousMonth: isTold(facts, before) ? before : null,
    nextMonth: next <= runningMonth(facts) ? next : null,
  };
};

/** `facts` reach back over eleven months. */
export const buildHistoryPage = async (
  facts: LedgerFacts,
  announcements: readonly AnnouncementFact[],
  open: ReadonlySet<string>,
  turn: Turn,
): Promise<HistoryPageView> => {
  const zone = monthZone(facts);
  const rows = await monthRows(facts, (month) => serviceFigure(facts, month), turn, BEFORE);
  const running = rows[0].month;
  const began = (month: string, starts: readonly Instant[]): number => {
    const whole = monthBounds(zone, month);
    return starts.filter((start) => contains(whole, start)).length;
  };
  const incidents = facts.incidents.map(({ start }) => start);
  const windows = announcements.map((fact) => currentRevision(fact).start);
  const before = monthAfter(running, -BEFORE - 1);
  return {
    asOf: facts.asOf,
    zone,
    reserveZone: reserveZoneOf(facts),
    current: true,
    story: await storyOf(facts, running, announcements, open, turn),
    months: rows
      .filter(({ month }, i) => i === 0 || isTold(facts, month))
      .map((row) => ({ ...row, incidents: began(row.month, incidents), maintenance: began(row.month, windows) })),
    previousMonth: isTold(facts, before) ? before : null,
  };
};

const openIds = async ({ store, clock }: Context): Promise<Set<string>> => {
  const found = await factsOf(store).incidents(clock.now());
  return new Set(found.filter(({ resolvedAt }) => resolvedAt === null).map(({ id }) => id));
};

/** The view of `/history`, as of now. */
export const historyPage = async (context: Context): Promise<HistoryPageView> => {
  const open = await openIds(context);
  const [facts, announcements] = await Promise.all([readMonthsBack(context, BEFORE), readAnnouncements(context.store)]);
  return buildHistoryPage(facts, announcements, open, turnsOf(context.clock));
};

/** The view of `/history/{YYYY-MM}`; null: there is no such month, or nothing was watched in it. */
export const historyMonthPage = async (context: Context, month: string): Promise<HistoryMonthView | null> => {
  if (!isMonth(month)) return null;
  const open = await openIds(context);
  const facts = await readMonth(context, month, null);
  if (!facts) return null;
  return buildHistoryMonth(facts, month, await readAnnouncements(context.store), open, turnsOf(context.clock));
};

/** What lasts is told as of then. */
export const expireHistory = <View extends Pick<HistoryMonthView, 'current' | 'story'>>(view: View): View => ({
  ...view,
  current: !view.story.running,
  story: { ...view.story, maintenance: view.story.maintenance.map((row) => ({ ...row, entry: expiredEntry(row.entry) })) },
});
