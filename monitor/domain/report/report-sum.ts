/**
 * The figure of a report spelled out like long division, so that a person can follow it with a pencil: from the period to what is
 * left of the budget, and from the fee to the credit. From the document and nothing else. Units: ms and minor units, told exactly.
 */
import { lengthText } from '../time/length-text.ts';
import type { ReportDocument } from './report-document.ts';
import { bpWords, moneyWords, percentWords, ppmWords } from './value-words.ts';

export interface SumStep {
  /** What is done with the amount; empty: the sum begins. */
  readonly sign: '' | '-' | '=' | '/' | '×';
  readonly what: string;
  readonly amount: string;
  /** The amount in ms or minor units, as the document has it; null for shares. */
  readonly exact: number | null;
}

const length = (sign: SumStep['sign'], what: string, ms: number): SumStep => ({ sign, what, amount: lengthText(ms), exact: ms });

/** What the figure is divided from: the unknown time is left out, or counts on one side. */
const knownSteps = ({ figures, policy }: ReportDocument): SumStep[] => {
  if (policy.unknown_policy !== 'exclude') return [];
  return [length('-', 'unknown, left out', figures.unknown_ms), length('=', 'measured', figures.known_ms)];
};

const UPS: Readonly<Record<ReportDocument['policy']['unknown_policy'], string>> = {
  exclude: 'up',
  down: 'up (unknown time counts as down)',
  up: 'up (unknown time counts as up)',
};

/** P - X = E, less what is unknown = K; up / K. */
export const availabilitySum = (report: ReportDocument): SumStep[] => {
  const { figures, policy } = report;
  const good = figures.up_ms + (policy.unknown_policy === 'up' ? figures.unknown_ms : 0);
  return [
    length('', 'period', figures.period_ms),
    length('-', 'excluded', figures.excluded_ms),
    length('=', 'eligible', figures.eligible_ms),
    ...knownSteps(report),
    length('-', policy.unknown_policy === 'down' ? 'down or unknown' : 'down', figures.known_ms - good),
    length('=', UPS[policy.unknown_policy], good),
    length('/', 'of', figures.known_ms),
    { sign: '=', what: 'availability, cut off after four decimals', amount: percentWords(figures.availability), exact: null },
  ];
};

/** What may be lost of K, and what is left of it: of what was measured so far, while the month runs. */
export const budgetSum = ({ figures, policy, state }: ReportDocument): SumStep[] => [
  length('', state === 'open' ? 'measured so far' : 'measured', figures.known_ms),
  { sign: '×', what: 'may be lost', amount: ppmWords(1_000_000 - policy.target_ppm), exact: null },
  length('=', 'budget, cut off to the millisecond', figures.budget_ms),
  length('-', 'lost', figures.budget_ms - figures.remaining_ms),
  length('=', state === 'open' ? 'left of it, so far' : 'left', figures.remaining_ms),
];

/** Fee × days × rate; empty while nobody can say. */
export const creditSum = ({ credit, contract }: ReportDocument): SumStep[] => {
  if (credit === null) return [];
  const money = (sign: SumStep['sign'], what: string, amount: number): SumStep => ({
    sign,
    what,
    amount: moneyWords(amount, contract),
    exact: amount,
  });
  const days: SumStep = { sign: '×', what: 'days covered', amount: `${credit.covered_days} / ${credit.days_in_month}`, exact: null };
  return [
    money('', 'monthly fee', contract.monthly_fee_minor),
    ...(contract.prorate ? [days] : []),
    money('=', 'billed', credit.billed_minor),
    { sign: '×', what: 'rate', amount: bpWords(credit.credit_bp), exact: null },
    money('=', 'share', credit.gross_minor),
    ...(credit.credit_minor === credit.gross_minor ? [] : [money('-', 'below the minimum', credit.gross_minor - credit.credit_minor)]),
    money('=', 'credit', credit.credit_minor),
  ];
};
