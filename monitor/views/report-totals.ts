/** What a month's contracts come to together, per currency. Integer minor units. */
import type { ContractMonthLine, MonthPageView } from './report-views.ts';

export const totalsOf = (lines: readonly ContractMonthLine[]): MonthPageView['totals'] =>
  [...Map.groupBy(lines, ({ currency }) => currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => ({
      currency,
      decimals: own[0]?.decimals ?? 2,
      dueMinor: own.reduce((sum, { dueMinor }) => sum + (dueMinor ?? 0), 0),
      claimableMinor: own.reduce((sum, { claimableMinor }) => sum + claimableMinor, 0),
      undecided: own.filter(({ dueMinor }) => dueMinor === null).length,
    }));
