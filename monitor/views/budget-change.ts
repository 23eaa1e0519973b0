/**
 * What an announcement does to error budgets: of every month that it touches, by the published policy and by every contract, as they are
 * and as they would be. The figures are those of the ledger (month-statement.ts), over the same facts with other announcements; nothing
 * is computed here. Contracts with the same figures stand together. Instants and lengths in ms. Pure. Source: semantics C3, mission X5.
 */

import { contractFacts, type LedgerFacts, monthZone, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { type Agreement, agreedIn } from '#domain/sla/agreement.ts';
import { contractMonth } from '#domain/sla/contract-month.ts';
import { monthFigures, type StatementFacts } from '#domain/sla/month-statement.ts';
import { instant, type Millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { monthAt, monthsFrom } from '#domain/time/month.ts';
import { figureOf, type MonthBudget, type Standing } from './month-figure.ts';

/** How much downtime a month may have, how much it had, and what is left of it (negative: more was used). */
export interface BudgetFigures extends Pick<MonthBudget, 'wholeMs' | 'usedMs' | 'leftMs'> {
  readonly standing: Standing;
}
export interface ContractName {
  readonly id: string;
  readonly customer: string;
}
export interface BudgetChange {
  /** `YYYY-MM` of `zone`. */
  readonly month: string;
  readonly zone: string;
  readonly targetPpm: number;
  /** Null: the published policy. */
  readonly contracts: readonly ContractName[] | null;
  readonly before: BudgetFigures;
  readonly after: BudgetFigures;
  readonly changeMs: Millis;
}

type Asked = (facts: LedgerFacts) => StatementFacts | null;

const monthsOf = (zone: string, windows: readonly Interval[]): string[] => [
  ...new Set(windows.flatMap(({ start, end }) => monthsFrom(monthAt(zone, start), monthAt(zone, instant(Math.max(start, end - 1)))))),
];

type Figures = BudgetFigures & { readonly targetPpm: number };

const figuresOf = (facts: StatementFacts | null): Figures | null => {
  if (facts === null) return null;
  const { budget, standing, targetPpm } = figureOf(monthFigures(facts));
  const { wholeMs, usedMs, leftMs } = budget;
  return { wholeMs, usedMs, leftMs, standing, targetPpm };
};

interface Line {
  readonly month: string;
  readonly zone: string;
  readonly contract: ContractName | null;
  readonly asked: Asked;
}

const isCovered = (agreement: Agreement, month: string): boolean => {
  const { covered } = contractMonth(month, agreement, null);
  return covered.start < covered.end;
};

const linesOf = (facts: LedgerFacts, windows: readonly Interval[]): Line[] => {
  const zone = monthZone(facts);
  const policy = monthsOf(zone, windows).map(
    (month): Line => ({ month, zone, contract: null, asked: (given) => serviceFacts(given, month) }),
  );
  const contracts = facts.agreements
    .filter(({ removedAt }) => removedAt === null)
    .flatMap(({ agreement }) =>
      monthsOf(agreement.reportZone, windows)
        .filter((month) => isCovered(agreement, month))
        .map(
          (month): Line => ({
            month,
            zone: agreement.reportZone,
            contract: { id: agreement.id, customer: agreedIn(agreement, month).customerName },
            asked: (given) => contractFacts(given, agreement, month),
          }),
        ),
    );
  return [...policy, ...contracts];
};

/** By the facts they are of: while somebody types, the same facts are asked at every key. */
const figuresBefore = new WeakMap<LedgerFacts, Map<string, Figures | null>>();
const asItIs = ({ month, contract, asked }: Line, facts: LedgerFacts): Figures | null => {
  const known = figuresBefore.get(facts) ?? new Map<string, Figures | null>();
  figuresBefore.set(facts, known);
  const key = `${month} ${contract?.id ?? ''}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const figures = figuresOf(asked(facts));
  known.set(key, figures);
  return figures;
};

const keyOf = ({ month, zone, targetPpm, before, after, contracts }: BudgetChange): string =>
  JSON.stringify([month, zone, targetPpm, before, after, contracts === null]);

/**
 * `facts` reach over the months that `windows` touch, in any zone. `after`: the announcements as they would be. In order of months,
 * the policy first.
 */
export const budgetChanges = (facts: LedgerFacts, after: readonly AnnouncementFact[], windows: readonly Interval[]): BudgetChange[] => {
  const imagined: LedgerFacts = { ...facts, announcements: after };
  const changes = linesOf(facts, windows).flatMap((line): BudgetChange[] => {
    const { month, zone, contract, asked } = line;
    const [real, other] = [asItIs(line, facts), figuresOf(asked(imagined))];
    if (!real || !other) return [];
    const { targetPpm, ...was } = real;
    const { targetPpm: _, ...will } = other;
    const changeMs = (will.wholeMs - was.wholeMs) as Millis;
    return [{ month, zone, targetPpm, contracts: contract && [contract], before: was, after: will, changeMs }];
  });
  return [...Map.groupBy(changes, keyOf).values()]
    .flatMap(([first, ...others]): BudgetChange[] =>
      first ? [{ ...first, contracts: first.contracts && [first, ...others].flatMap(({ contracts }) => contracts ?? []) }] : [],
    )
    .sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
};
