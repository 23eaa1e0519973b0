/**
 * The month of one contract: every figure with the steps that lead to it and the line items behind it. Pure: the same facts
 * give the same statement, byte for byte in canonical JSON. The terms are those in force on the first of the month. What is
 * not here belongs to the report: ids, hashes, signatures, releases, support clocks. Units: ms UTC, minor units, basis
 * points. Source: semantics C3, D3, D5.
 */
import type { Panels } from '../check/quorum.ts';
import { after, HOUR, type Instant, instant, later, type Millis, millis } from '../time/instant.ts';
import { covered, type Interval, intersect } from '../time/interval.ts';
import { type AdjustmentLine, adjustmentLines, type Overrides } from './adjustment-lines.ts';
import { type Announcement, concerns } from './announcement.ts';
import { type Assessment, assess, type ComponentFacts } from './assessment.ts';
import { budgetOf, type Measure, percentText } from './availability.ts';
import { type BlipLine, blipLines, type NamedTimeline } from './blip-lines.ts';
import { type ContractMonth, contractMonth } from './contract-month.ts';
import { type Adjudication, billedFor, type Credit, isAdjudicated, monthCredit } from './credit.ts';
import { readingOf } from './evidence.ts';
import { inForce, type Ruling } from './override.ts';
import {
  type DowntimeLine,
  downtimeLines,
  type ExclusionLine,
  exclusionLines,
  type RefusedLine,
  refusedLines,
  type Silence,
  type UnknownLine,
  unknownLines,
} from './statement-lines.ts';
import { type Contract, type Terms, termsOf } from './terms.ts';
import type { Verdict } from './verdict.ts';

/** A month may be closed no sooner than this after its end: late results and corrections have until then. */
export const CLOSE_AFTER = millis(72 * HOUR);

export interface StatementComponent extends Omit<ComponentFacts, 'overrides'> {
  readonly timelines: readonly NamedTimeline[];
  /** `ruleOn` over everything that its rows speak of. */
  readonly rulings: readonly Ruling[];
}
export interface StatementFacts {
  readonly contract: Contract;
  /** `YYYY-MM` in the contract's zone. */
  readonly month: string;
  readonly policy: Terms;
  /** Nothing after it is said or counted; the facts are those recorded by then. */
  readonly asOf: Instant;
  /** The contract's critical components at least; others are left aside. One that is missing here is unknown throughout. */
  readonly components: readonly StatementComponent[];
  readonly announcements: readonly Announcement[];
  readonly silences: readonly Silence[];
  /** The one that stands; it matters when the month is indeterminate. */
  readonly adjudication: Adjudication | null;
  /** Nothing is judged before it: when Avow began to watch. For figures that are nobody's contract; absent: the whole period. */
  readonly since?: Instant;
}

/** The month without its lines. */
export interface MonthFigures {
  readonly contract: string;
  readonly customer: string;
  readonly currency: string;
  readonly month: string;
  readonly zone: string;
  readonly asOf: Instant;
  readonly terms: Terms;
  readonly monthBounds: Interval;
  readonly period: Interval;
  /** `open` while the month runs, then `provisional`; `ready`: may be made final. */
  readonly stage: 'open' | 'provisional' | 'ready';
  readonly sums: Measure;
  readonly knownMs: Millis;
  readonly budgetMs: Millis;
  readonly remainingMs: Millis;
  readonly availability: string | null;
  readonly lower: string | null;
  readonly upper: string | null;
  readonly verdict: Verdict;
  /** The budget of all that the contract covers of the month, less the windows announced so far. */
  readonly projectedBudgetMs: Millis;
  readonly coveredDays: number;
  readonly daysInMonth: number;
  /** Null: nobody can say before the month is adjudicated. */
  readonly credit: Credit | null;
  readonly adjudication: Adjudication | null;
}
export interface MonthStatement extends MonthFigures {
  readonly downtime: readonly DowntimeLine[];
  readonly exclusions: readonly ExclusionLine[];
  readonly refused: readonly RefusedLine[];
  readonly unknown: readonly UnknownLine[];
  readonly blips: readonly BlipLine[];
  readonly adjustments: readonly AdjustmentLine[];
}

/** Nobody was ever asked: unknown all the time. */
const NOBODY: Panels = [{ from: instant(0), locations: [], needed: 1 }];

/** The critical components; of one without facts nothing is known. */
const criticalOf = ({ contract, components }: StatementFacts, overrides: Overrides): ComponentFacts[] => {
  const known = new Map(components.map((component) => [component.id, component]));
  return [...new Set(contract.critical)].map((id) => {
    const found = known.get(id);
    return {
      id,
      timelines: found?.timelines ?? [],
      panels: found?.panels ?? NOBODY,
      overrides: overrides.get(id) ?? [],
    };
  });
};

/** Those that concern what the contract covers, each id once. */
const announcementsOf = ({ contract, announcements }: StatementFacts): Announcement[] =>
  [...new Map(announcements.map((one) => [one.id, one])).values()].filter((one) => contract.components.some((id) => concerns(one, id)));

const stageOf = ({ asOf, adjudication }: StatementFacts, { month }: ContractMonth, verdict: Verdict): MonthStatement['stage'] => {
  if (asOf < month.end) return 'open';
  const decided = verdict !== 'indeterminate' || (adjudication !== null && isAdjudicated(adjudication));
  return decided && asOf >= after(month.end, CLOSE_AFTER) ? 'ready' : 'provisional';
};

/** What was left out so far, and the windows still to come; nothing before the first instant that is judged. */
const projectedBudget = (
  { contract, since }: StatementFacts,
  { covered: all }: ContractMonth,
  { announcements, period, sums }: Assessment,
  terms: Terms,
): Millis => {
  const judged: Interval = { start: later(all.start, since ?? all.start), end: all.end };
  const ahead: Interval = { start: period.end, end: all.end };
  const windows = announcements
    .flatMap(({ effective }) => effective)
    .filter((window) => contract.critical.some((id) => concerns(window, id)))
    .flatMap((window) => intersect(window, ahead) ?? []);
  return budgetOf(millis(covered([judged]) - sums.excludedMs - covered(windows)), terms.targetPpm);
};

const overridesOf = ({ components }: StatementFacts): Overrides => new Map(components.map(({ id, rulings }) => [id, inForce(rulings)]));

/** The period of the month assessed with these overrides in force: those that are, unless others are asked for. */
export const assessMonth = (facts: StatementFacts, overrides = overridesOf(facts)): Assessment => {
  const { period: whole } = contractMonth(facts.month, facts.contract, facts.asOf);
  const start = later(whole.start, facts.since ?? whole.start);
  const period: Interval = { start, end: later(start, whole.end) };
  return assess(period, facts.asOf, termsOf(facts.policy, facts.contract), criticalOf(facts, overrides), announcementsOf(facts));
};

const figuresFrom = (facts: StatementFacts, assessment: Assessment): MonthFigures => {
  const { contract, asOf } = facts;
  const terms = termsOf(facts.policy, contract);
  const range = contractMonth(facts.month, contract, asOf);
  const { period, sums, figures, verdict } = assessment;
  const billed = contract.prorate ? billedFor(contract.monthlyFee, range.coveredDays, range.daysInMonth) : contract.monthlyFee;
  const adjudication = verdict === 'indeterminate' ? facts.adjudication : null;
  return {
    contract: contract.id,
    customer: contract.customer,
    currency: contract.currency,
    month: facts.month,
    zone: contract.reportZone,
    asOf,
    terms,
    monthBounds: range.month,
    period,
    stage: stageOf(facts, range, verdict),
    sums,
    knownMs: figures.measured.whole,
    budgetMs: figures.budgetMs,
    remainingMs: figures.remainingMs,
    availability: percentText(figures.measured),
    lower: percentText(figures.lower),
    upper: percentText(figures.upper),
    verdict,
    projectedBudgetMs: projectedBudget(facts, range, assessment, terms),
    coveredDays: range.coveredDays,
    daysInMonth: range.daysInMonth,
    credit: monthCredit(verdict, figures, contract.schedule, billed, adjudication),
    adjudication,
  };
};

/** What a list of months needs; the lines cost as much again. */
export const monthFigures = (facts: StatementFacts): MonthFigures => figuresFrom(facts, assessMonth(facts));

export const monthStatement = (facts: StatementFacts): MonthStatement => {
  const assessment = assessMonth(facts);
  const figures = figuresFrom(facts, assessment);
  const { period } = assessment;
  const named = new Set(facts.contract.critical);
  const critical = facts.components.filter(({ id }) => named.has(id));
  return {
    ...figures,
    downtime: downtimeLines(assessment),
    exclusions: exclusionLines(assessment),
    refused: refusedLines(assessment),
    unknown: unknownLines(assessment, facts.silences),
    blips: blipLines(critical, readingOf(figures.terms), period),
    adjustments: adjustmentLines(critical, period, (overrides) => assessMonth(facts, overrides).sums),
  };
};
