/**
 * Two statements of one month beside each other: the real one, and the imagined one. Every figure in both, and what would be different
 * as a sentence with its numbers. Units: ms, minor units. Percentages are the statements' text.
 */
import { decimalsOf } from '../money.ts';
import type { MonthStatement } from '../sla/month-statement.ts';
import { statementFigures } from './build-report.ts';
import { FIGURE_KEYS, FIGURES, figureChange, figureText, IMAGINED, moneyChange } from './figure-changes.ts';
import { moneyWords } from './value-words.ts';

export interface ComparedFigure {
  /** `downtime_ms`, `credit_minor` */
  readonly figure: string;
  readonly name: string;
  /** As people read them. */
  readonly real: string;
  readonly imagined: string;
  /** Null: the same in both. */
  readonly words: string | null;
}

const creditOf = (real: MonthStatement, imagined: MonthStatement): ComparedFigure => {
  const money = { currency: real.currency, decimals: decimalsOf(real.currency) };
  const [was, is] = [real.credit?.credit ?? null, imagined.credit?.credit ?? null];
  const told = (amount: number | null): string => (amount === null ? 'undecided' : moneyWords(amount, money));
  return {
    figure: 'credit_minor',
    name: 'The credit',
    real: told(was),
    imagined: told(is),
    words: moneyChange('The credit', was, is, money, IMAGINED),
  };
};

/** The figures in the order in which people ask for them, the credit last. Both statements of one contract and month. */
export const compareStatements = (real: MonthStatement, imagined: MonthStatement): ComparedFigure[] => {
  const [was, is] = [statementFigures(real), statementFigures(imagined)];
  return [
    ...FIGURE_KEYS.map((key) => ({
      figure: key,
      name: FIGURES[key][0],
      real: figureText(key, was),
      imagined: figureText(key, is),
      words: figureChange(key, was, is, IMAGINED),
    })),
    creditOf(real, imagined),
  ];
};
