/**
 * A month of reports as lines: one for each contract, with what they come to together. A final report is told by its document, what is
 * not final by the ledger's figures, without the lines behind them. Pure. Units: ms, minor units, ppm. Source: semantics D1, D4, D5.
 */
import { documentOf, type StoredReport } from '#db/queries/reports.ts';
import { claimReceivedAt, contractFacts, coversMonth, type KnownAgreement, type LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import { decimalsOf } from '#domain/money.ts';
import { allowanceOfReport } from '#domain/report/report-allowance.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { claimOf } from '#domain/report/report-people.ts';
import { stateOf } from '#domain/report/report-stage.ts';
import { agreedIn } from '#domain/sla/agreement.ts';
import { monthFigures } from '#domain/sla/month-statement.ts';
import { figureOf } from './month-figure.ts';
import type { ContractMonthLine, MonthCounts, MonthPageView } from './report-views.ts';

/** What is owed now, and what would be as soon as a claim comes in. */
const owedOf = ({ state, due_minor: due }: ReportDocument['claim'], credit: number | null) => ({
  dueMinor: due,
  claimableMinor: state === 'open' ? (credit ?? 0) : 0,
});

export const lineOfDocument = (document: ReportDocument): ContractMonthLine => {
  const { contract, figures, credit, claim, policy } = document;
  return {
    contract: contract.id,
    customer: contract.customer,
    customerName: contract.customer_name,
    currency: contract.currency,
    decimals: contract.decimals,
    state: document.state,
    revision: document.revision,
    availability: figures.availability,
    targetPpm: policy.target_ppm,
    verdict: figures.verdict,
    downtimeMs: figures.downtime_ms,
    remainingMs: allowanceOfReport(document).leftMs,
    unknownMs: figures.unknown_ms,
    creditMinor: credit?.credit_minor ?? null,
    ...owedOf(claim, credit?.credit_minor ?? null),
  };
};

const lineOfFigures = ({ agreement }: KnownAgreement, month: string, facts: LedgerFacts): ContractMonthLine => {
  const agreed = agreedIn(agreement, month);
  const statement = monthFigures(contractFacts(facts, agreement, month));
  const claim = claimOf({ agreed, statement, claimReceivedAt: claimReceivedAt(facts, agreement.id, month) });
  const credit = statement.credit?.credit ?? null;
  return {
    contract: agreement.id,
    customer: agreement.customer,
    customerName: agreed.customerName,
    currency: agreement.currency,
    decimals: decimalsOf(agreement.currency),
    state: stateOf(statement),
    revision: 0,
    availability: statement.availability,
    targetPpm: statement.terms.targetPpm,
    verdict: statement.verdict,
    downtimeMs: statement.sums.downtimeMs,
    remainingMs: figureOf(statement).budget.leftMs,
    unknownMs: statement.sums.unknownMs,
    creditMinor: credit,
    ...owedOf(claim, credit),
  };
};

/** By customer's name, then contract. */
export const inOrder = (lines: readonly ContractMonthLine[]): ContractMonthLine[] =>
  lines.toSorted((a, b) => a.customerName.localeCompare(b.customerName, 'en') || (a.contract < b.contract ? -1 : 1));

/** Of every contract that the month touches. `final`: the last revisions of the month. */
export const linesOf = (facts: LedgerFacts, final: readonly StoredReport[], month: string): ContractMonthLine[] => {
  const frozen = new Map(final.map((stored) => [stored.contract, stored]));
  return inOrder(
    facts.agreements
      .filter((known) => frozen.has(known.agreement.id) || coversMonth(known, month, facts.asOf))
      .map((known) => {
        const stored = frozen.get(known.agreement.id);
        return stored ? lineOfDocument(documentOf(stored)) : lineOfFigures(known, month, facts);
      }),
  );
};

export const totalsOf = (lines: readonly ContractMonthLine[]): MonthPageView['totals'] =>
  [...Map.groupBy(lines, ({ currency }) => currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => ({
      currency,
      decimals: decimalsOf(currency),
      dueMinor: own.reduce((sum, { dueMinor }) => sum + (dueMinor ?? 0), 0),
      claimableMinor: own.reduce((sum, { claimableMinor }) => sum + claimableMinor, 0),
      undecided: own.filter(({ dueMinor }) => dueMinor === null).length,
    }));

/** The same month for these lines alone, with totals of their own. */
export const onlyLines = (view: MonthPageView, wanted: (line: ContractMonthLine) => boolean): MonthPageView => {
  const lines = view.lines.filter(wanted);
  return { ...view, lines, totals: totalsOf(lines) };
};

export const countsOf = (month: string, lines: readonly ContractMonthLine[]): MonthCounts => {
  const count = (is: (line: ContractMonthLine) => boolean): number => lines.filter(is).length;
  return {
    month,
    contracts: lines.length,
    final: count(({ state }) => state === 'final'),
    provisional: count(({ state }) => state === 'provisional'),
    open: count(({ state }) => state === 'open'),
    missed: count(({ verdict }) => verdict === 'missed'),
    indeterminate: count(({ verdict, state }) => verdict === 'indeterminate' && state !== 'final'),
  };
};
