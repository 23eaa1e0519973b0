/**
 * Windows by date: those that run, the announced and reserved ones ahead, and for those that are over what was reserved, announced,
 * excluded and used of each slot. Used is what the report says is used (slot-use.ts). A window stands at the slot in which it begins, or
 * by itself outside the reserve. Instants and lengths in ms. Pure. Source: mission X9, semantics B.
 */
import { type LedgerFacts, monthZone, policyAt, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { type AnnouncementFact, currentRevision, knownBy } from '#domain/maintenance/announcement-fact.ts';
import { slotsOf } from '#domain/maintenance/window.ts';
import type { SlotUse } from '#domain/report/report-facts.ts';
import { slotUse } from '#domain/report/slot-use.ts';
import { assessMonth, type StatementFacts } from '#domain/sla/month-statement.ts';
import { slotsBetween } from '#domain/sla/reserve.ts';
import { refusedLines } from '#domain/sla/statement-lines.ts';
import { after, type Instant, type Millis, millis } from '#domain/time/instant.ts';
import { covered, type Interval, intersect } from '#domain/time/interval.ts';
import { monthAt } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { type EntryView, entryView, termsAt } from './maintenance-entry.ts';
import { onlyMonth } from './month-figure.ts';
import type { Turn } from './turns.ts';

export interface AheadRow extends Interval {
  /** False: outside the reserve. */
  readonly reserved: boolean;
  /** In the order of time; none: nothing is announced. */
  readonly entries: readonly EntryView[];
}
/** What became of a slot. */
export interface SlotStory extends SlotUse {
  /** What an announcement excludes and the figure of the service counts all the same: something else that decides was down. */
  readonly elsewhereMs: Millis;
}
export interface PastRow extends Interval {
  /** Null: outside the reserve, or nobody measured yet. */
  readonly use: SlotStory | null;
  readonly entries: readonly EntryView[];
}

/** An entry with the slot in which it begins; null: outside the reserve. */
interface Placed {
  readonly entry: EntryView;
  readonly slot: Interval | null;
}

/** Those whose window `isWanted`, as known by `facts.asOf`, in the order in which they begin. */
export const placed = (facts: LedgerFacts, announcements: readonly AnnouncementFact[], isWanted: (window: Interval) => boolean): Placed[] =>
  announcements
    .flatMap((fact) => knownBy(fact, facts.asOf) ?? [])
    .filter((fact) => isWanted(currentRevision(fact)))
    .map((fact) => {
      const window = currentRevision(fact);
      return { entry: entryView(facts, fact), slot: slotsOf(termsAt(facts, window.start).reserve, window)[0] ?? null };
    })
    .sort((a, b) => a.entry.start - b.entry.start || (a.entry.id < b.entry.id ? -1 : 1));

/** Its row is still to come, or its slot runs. */
const isAhead = ({ entry, slot }: Placed, now: Instant): boolean =>
  entry.state !== 'running' && (entry.state === 'upcoming' || (slot ?? entry).end > now);

const inSlot = (all: readonly Placed[], { start }: Interval): EntryView[] =>
  all.filter(({ slot }) => slot?.start === start).map(({ entry }) => entry);
const withoutRow = (all: readonly Placed[], rows: readonly Interval[]): Placed[] =>
  all.filter(({ slot }) => !rows.some(({ start }) => start === slot?.start));
const alone = ({ entry }: Placed): Interval & { readonly entries: readonly EntryView[] } => ({
  start: entry.start,
  end: entry.end,
  entries: [entry],
});
const byStart = (a: Interval, b: Interval): number => a.start - b.start;

export const runningOf = (all: readonly Placed[]): EntryView[] =>
  all.filter(({ entry }) => entry.state === 'running').map(({ entry }) => entry);

/** Every slot that is not over and begins within `horizon`, and whatever else is announced. A slot in which a window runs is told there. */
export const aheadOf = (facts: LedgerFacts, all: readonly Placed[], horizon: Millis): AheadRow[] => {
  const { asOf } = facts;
  const { terms } = policyAt(facts, asOf);
  const busy = all.filter(({ entry }) => entry.state === 'running');
  const ahead = all.filter((one) => isAhead(one, asOf));
  const slots = slotsBetween(terms.reserve, asOf, after(asOf, horizon))
    .map((slot): AheadRow => ({ ...slot, reserved: true, entries: inSlot(ahead, slot) }))
    .filter((row) => row.entries.length > 0 || inSlot(busy, row).length === 0);
  const others = withoutRow(ahead, slots).map((one): AheadRow => ({ ...alone(one), reserved: one.slot !== null }));
  return [...slots, ...others].sort(byStart);
};

/** Stretches that announcements exclude and that count in the figure of the service. */
const countedElsewhere = (given: StatementFacts): Interval[] =>
  refusedLines(assessMonth(given)).filter(({ reason }) => reason === 'down_elsewhere');

/** Of every slot that touches these months, by its start; a slot that lies in two of them is whole again. */
export const usesOf = async (facts: LedgerFacts, months: readonly string[], turn: Turn): Promise<Map<Instant, SlotStory>> => {
  const uses = new Map<Instant, SlotStory>();
  for (const month of months) {
    await turn();
    const given = serviceFacts(onlyMonth(facts, month), month);
    if (!given) continue;
    const parts = slotUse(given);
    await turn();
    const elsewhere = parts.some(({ announcedMs, excludedMs }) => excludedMs < announcedMs) ? countedElsewhere(given) : [];
    for (const part of parts) {
      const [slot] = slotsBetween(given.policy.reserve, part.start, part.end);
      if (!slot) continue;
      const own = { ...part, elsewhereMs: covered(elsewhere.flatMap((line) => intersect(line, part) ?? [])) };
      const other = uses.get(slot.start);
      const sum = (key: 'reservedMs' | 'announcedMs' | 'excludedMs' | 'usedMs' | 'elsewhereMs'): Millis =>
        millis(own[key] + (other?.[key] ?? 0));
      uses.set(slot.start, {
        ...slot,
        reservedMs: sum('reservedMs'),
        announcedMs: sum('announcedMs'),
        excludedMs: sum('excludedMs'),
        usedMs: sum('usedMs'),
        elsewhereMs: sum('elsewhereMs'),
      });
    }
  }
  return uses;
};

/** The latest first; nothing that began before `since`. */
export const pastOf = (facts: LedgerFacts, all: readonly Placed[], uses: ReadonlyMap<Instant, SlotStory>, since: Instant): PastRow[] => {
  const over = all.filter((one) => one.entry.state !== 'running' && !isAhead(one, facts.asOf) && one.entry.start >= since);
  const slots = [...uses.values()]
    .filter(({ start, end }) => end <= facts.asOf && start >= since)
    .map((use): PastRow => ({ start: use.start, end: use.end, use, entries: inSlot(over, use) }));
  const others = withoutRow(over, slots).map((one): PastRow => ({ ...alone(one), use: null }));
  return [...slots, ...others].sort(byStart).reverse();
};

/** First instant of a month of the public pages. */
export const monthStart = (facts: LedgerFacts, month: string): Instant => monthBounds(monthZone(facts), month).start;
/** The running month. */
export const runningMonth = (facts: LedgerFacts): string => monthAt(monthZone(facts), facts.asOf);
