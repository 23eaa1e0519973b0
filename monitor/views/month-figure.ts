/**
 * The figure of one month as a page shows it: of the service, or of one component by itself. Everything a sentence about it
 * needs, nothing private: no contract, no customer. Percentages are cut off, never rounded; null: there is no figure. While
 * the month runs the budget is that of the whole month (sla/allowance.ts). Units: ms UTC, ppm. Pure. Source:
 * semantics A5, C1 to C5.
 */
import { componentFacts, type LedgerFacts, monthZone, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { narrowed } from '#domain/ledger/narrowed.ts';
import { type Allowance, allowanceOf } from '#domain/sla/allowance.ts';
import type { Measure } from '#domain/sla/availability.ts';
import { type MonthFigures, monthFigures, type StatementFacts } from '#domain/sla/month-statement.ts';
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import type { Verdict } from '#domain/sla/verdict.ts';
import type { Millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { monthAfter, monthAt } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Turn } from './turns.ts';

/** `below`: the running month lies under the target so far, and what is left of it can still make it good. */
export type Standing = Verdict | 'below';

/** How much downtime the month may have, and what is left of it. */
export type MonthBudget = Allowance;
export interface MonthFigure {
  readonly month: string;
  /** The calendar month. */
  readonly whole: Interval;
  /** What of it is counted: from when Avow watched, until it ended or until now. */
  readonly period: Interval;
  readonly running: boolean;
  readonly availability: string | null;
  readonly lower: string | null;
  readonly upper: string | null;
  readonly targetPpm: number;
  readonly unknownPolicy: UnknownPolicy;
  readonly standing: Standing;
  readonly sums: Measure;
  /** The whole that the figure is a share of. */
  readonly knownMs: Millis;
  readonly budget: MonthBudget;
}

const monthBudget = ({ monthBounds, stage, ...figures }: MonthFigures): MonthBudget =>
  allowanceOf({
    ...figures,
    running: stage === 'open',
    monthStart: monthBounds.start,
    monthEnd: monthBounds.end,
  });

export const figureOf = (figures: MonthFigures): MonthFigure => {
  const { month, monthBounds, period, stage, availability, lower, upper, terms, verdict, sums, knownMs } = figures;
  const budget = monthBudget(figures);
  const running = stage === 'open';
  return {
    month,
    whole: monthBounds,
    period,
    running,
    availability,
    lower,
    upper,
    targetPpm: terms.targetPpm,
    unknownPolicy: terms.unknownPolicy,
    standing: running && verdict === 'missed' && budget.leftMs >= 0 ? 'below' : verdict,
    sums,
    knownMs,
    budget,
  };
};

const figured = (facts: StatementFacts | null): MonthFigure | null => facts && figureOf(monthFigures(facts));

/** What the month is judged by, and nothing else: cheaper for what asks more than once. */
export const onlyMonth = (facts: LedgerFacts, month: string): LedgerFacts => narrowed(facts, monthBounds(monthZone(facts), month));

/** Null: nothing was watched in that month. */
export const serviceFigure = (facts: LedgerFacts, month: string): MonthFigure | null =>
  figured(serviceFacts(onlyMonth(facts, month), month));
/** The same of one component by itself; `facts` may be those of the month alone. */
export const componentFigure = (facts: LedgerFacts, slug: string, month: string): MonthFigure | null =>
  figured(componentFacts(facts, slug, month));

/** A month without a figure was not watched. */
export interface MonthRow {
  readonly month: string;
  readonly figure: MonthFigure | null;
}
export type MonthRows = readonly [running: MonthRow, ...before: MonthRow[]];
/** How far back pages tell. */
export const MONTHS_TOLD = 12;

/** The running month and those before it, one after the other, so that others get their turn. */
export const monthRows = async (
  facts: LedgerFacts,
  figure: (month: string) => MonthFigure | null,
  turn: Turn,
  count = MONTHS_TOLD,
): Promise<MonthRows> => {
  const running = monthAt(monthZone(facts), facts.asOf);
  const before: MonthRow[] = [];
  for (let back = 1; back <= count; back++) {
    const month = monthAfter(running, -back);
    before.push({ month, figure: figure(month) });
    await turn();
  }
  return [{ month: running, figure: figure(running) }, ...before];
};
