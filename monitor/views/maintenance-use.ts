/**
 * The Saturdays with what was used of them: of what was excluded, the time in which something that was announced for was not up. Known
 * for the last twelve months and as far as it has passed; null: it lies ahead, was never excluded, or nothing that it concerns was
 * watched. A slot that is over is told as the page tells it (saturdays.ts): by the policy of its month, of what decides the figure of
 * the service. One derivation: report/slot-use.ts. Lengths ms. Source: semantics B2 (not used).
 */
import { type LedgerFacts, monthZone, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import type { Components } from '#domain/maintenance/announcement-fact.ts';
import { usedOf } from '#domain/report/slot-use.ts';
import { concerns } from '#domain/sla/announcement.ts';
import type { Assessment } from '#domain/sla/assessment.ts';
import { assessMonth } from '#domain/sla/month-statement.ts';
import type { Instant, Millis } from '#domain/time/instant.ts';
import { covered, type Interval, intersect, overlaps } from '#domain/time/interval.ts';
import { monthAfter, monthAt } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Context } from '#monitor/context.ts';
import { type MaintenanceView, maintenanceView, type SlotView } from './maintenance.ts';
import { readMonthsBack } from './month-facts.ts';
import { MONTHS_TOLD, onlyMonth } from './month-figure.ts';
import { type SlotStory, usesOf } from './saturdays.ts';
import { type Turn, turnsOf } from './turns.ts';

export interface UsedSlotView extends SlotView {
  readonly usedMs: Millis | null;
  /** What an announcement excludes and the figure counts all the same, because something else that decides was down. */
  readonly elsewhereMs: Millis | null;
}
export interface UsedMaintenanceView extends Omit<MaintenanceView, 'slots'> {
  readonly slots: readonly UsedSlotView[];
  /** Used time by id of the announcement. */
  readonly use: Readonly<Record<string, Millis>>;
}

interface Asked {
  readonly key: string;
  readonly components: Components;
  readonly excluded: readonly Interval[];
}

/** Months with something to ask about, the newest first, each assessed once. */
const assessments = async (ledger: LedgerFacts, about: readonly Interval[], turn: Turn): Promise<Assessment[]> => {
  const zone = monthZone(ledger);
  const found: Assessment[] = [];
  for (let back = 0; back <= MONTHS_TOLD; back++) {
    const month = monthAfter(monthAt(zone, ledger.asOf), -back);
    const bounds = monthBounds(zone, month);
    if (!about.some((part) => overlaps(part, bounds))) continue;
    const facts = serviceFacts(onlyMonth(ledger, month), month);
    if (facts) found.push(assessMonth(facts));
    await turn();
  }
  return found;
};

const usedBy = ({ components, excluded }: Asked, assessed: readonly Assessment[]): Millis | null => {
  const parts = assessed.flatMap((month) => {
    const watched = month.components.filter(({ id }) => concerns({ components }, id));
    const within = excluded.flatMap((part) => intersect(part, month.period) ?? []);
    return watched.length > 0 && within.length > 0 ? [usedOf(within, watched)] : [];
  });
  return parts.length === 0 ? null : covered(parts.flat());
};

const told = (asked: readonly Asked[], assessed: readonly Assessment[]): Record<string, Millis> =>
  Object.fromEntries(
    asked.flatMap((one): [string, Millis][] => {
      const used = usedBy(one, assessed);
      return used === null ? [] : [[one.key, used]];
    }),
  );

/** When what is told of the past begins: before that nothing is read. */
const sinceOf = (ledger: LedgerFacts): Instant => ledger.range.start;

/** As of now. The past reaches back twelve months. */
export const usedMaintenanceView = async (context: Pick<Context, 'store' | 'clock' | 'config'>): Promise<UsedMaintenanceView> => {
  const [view, ledger] = await Promise.all([
    maintenanceView({ ...context, policy: context.config.policy }),
    readMonthsBack(context, MONTHS_TOLD),
  ]);
  const past = view.past.filter(({ end }) => end > sinceOf(ledger));
  const announced = [...view.running, ...past].map(({ id, components, excluded }): Asked => ({ key: id, components, excluded }));
  const everything = announced.flatMap(({ excluded }) => excluded);
  const turn = turnsOf(context.clock);
  const assessed = await assessments(ledger, everything, turn);
  const uses = await usesOf(ledger, monthsOf(view, monthZone(ledger)), turn);
  return {
    ...view,
    slots: view.slots.map((slot) => usedSlot(slot, uses.get(slot.start), view.asOf)),
    past,
    use: told(announced, assessed),
  };
};

/** From the month of the first slot to the running one. */
const monthsOf = ({ slots, asOf }: MaintenanceView, zone: string): string[] => {
  const last = monthAt(zone, asOf);
  const first = monthAt(zone, slots[0]?.start ?? asOf);
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month, 1)) months.push(month);
  return months;
};

/** One that is over is told by what it came to; of one that runs only the use is known so far. */
const usedSlot = (slot: SlotView, story: SlotStory | undefined, asOf: Instant): UsedSlotView => {
  if (!story || slot.start > asOf) return { ...slot, usedMs: null, elsewhereMs: null };
  const { announcedMs, excludedMs, usedMs, elsewhereMs } = story;
  return slot.end > asOf ? { ...slot, usedMs, elsewhereMs } : { ...slot, announcedMs, excludedMs, usedMs, elsewhereMs };
};
