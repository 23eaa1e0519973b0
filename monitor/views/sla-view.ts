/**
 * The promise and what was kept of it, as plain data: the terms in force this month, the month so far, twelve months before
 * it, and how to reach support. Made from the policy data, never from words. Units: ms UTC, ppm. Pure. Source: semantics A3,
 * A5, B1, B2, C, E; mission P1, P2, P5, P7, P8, X5.
 */
import { type LedgerFacts, monthZone, policyAt, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { budgetOf } from '#domain/sla/availability.ts';
import { type ReserveRule, slotsBetween } from '#domain/sla/reserve.ts';
import type { Terms } from '#domain/sla/terms.ts';
import { SEVERITIES, type Severity } from '#domain/support/severity.ts';
import { after, DAY, HOUR, type Instant, MINUTE, type Millis, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Config, SupportChannel } from '#monitor/config/config.ts';
import { type MonthRows, monthRows, serviceFigure } from './month-figure.ts';
import type { Turn } from './turns.ts';

/** Long enough for a slot of any week to begin in. */
const WEEKS_AHEAD = millis(8 * DAY);
/** 31 days, and the hour that clocks may repeat. */
const LONGEST_MONTH = millis(31 * DAY + HOUR);
/** Names of critical components are told while a reader can take them in. */
const NAMES_TOLD = 12;

export interface TermsView extends Omit<Terms, 'reserve'> {
  readonly reserve: ReserveRule;
  /** The slot that comes next, or that runs. */
  readonly nextSlot: Interval | null;
  /** What the target leaves of thirty days, when nothing is announced. */
  readonly thirtyDaysBudgetMs: Millis;
  /** One whole slot is more than the target leaves of any month. */
  readonly slotBreaks: boolean;
  /** Failures in a row that make an outage: the least and the most of all components that count. Null: none does. */
  readonly confirmations: readonly [least: number, most: number] | null;
  /** What decides. */
  readonly critical: { readonly names: readonly string[]; readonly others: number };
}
export interface SlaPageView {
  readonly asOf: Instant;
  readonly zone: string;
  /** False: the facts are too old to speak of the present. */
  readonly current: boolean;
  readonly terms: TermsView;
  /** The running month first, then the twelve before it. */
  readonly months: MonthRows;
  readonly support: readonly SupportChannel[];
  readonly severities: readonly Severity[];
}

type Settings = Pick<Config, 'support' | 'components'>;

const termsView = (facts: LedgerFacts, month: string, { components }: Settings): TermsView => {
  const { terms } = policyAt(facts, monthBounds(monthZone(facts), month).start);
  const critical = serviceFacts(facts, month)?.contract.critical ?? [];
  const names = facts.components.filter(({ slug }) => critical.includes(slug)).map(({ name }) => name);
  const counts = components.filter(({ slug }) => critical.includes(slug)).map(({ check }) => check.confirmations);
  const thirtyDays = budgetOf(millis(30 * DAY), terms.targetPpm);
  return {
    ...terms,
    nextSlot: slotsBetween(terms.reserve, facts.asOf, after(facts.asOf, WEEKS_AHEAD))[0] ?? null,
    thirtyDaysBudgetMs: thirtyDays,
    slotBreaks: terms.reserve.durationMin * MINUTE > budgetOf(LONGEST_MONTH, terms.targetPpm),
    confirmations: counts.length > 0 ? [Math.min(...counts), Math.max(...counts)] : null,
    critical: { names: names.slice(0, NAMES_TOLD), others: Math.max(0, names.length - NAMES_TOLD) },
  };
};

/** `facts` reach back over twelve months. */
export const buildSlaPage = async (facts: LedgerFacts, settings: Settings, turn: Turn): Promise<SlaPageView> => {
  const months = await monthRows(facts, (month) => serviceFigure(facts, month), turn);
  return {
    asOf: facts.asOf,
    zone: monthZone(facts),
    current: true,
    terms: termsView(facts, months[0].month, settings),
    months,
    support: settings.support,
    severities: SEVERITIES,
  };
};

/** The running month is told as of then; what is over stays as it is. */
export const expireSlaPage = (view: SlaPageView): SlaPageView => ({ ...view, current: false });
