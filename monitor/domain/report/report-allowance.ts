/** What a report says of how much downtime its month may have, by the same function as the public page. From the document and nothing else. */
import { type Allowance, allowanceOf } from '../sla/allowance.ts';
import { millis } from '../time/instant.ts';
import type { ReportDocument } from './report-document.ts';
import { atOf } from './report-times.ts';

export const allowanceOfReport = ({ figures, policy, period, state, as_of }: ReportDocument): Allowance => {
  const { weekday, start, duration_min: durationMin, zone } = policy.reserve;
  return allowanceOf({
    terms: { reserve: { weekday, start, durationMin, zone } },
    running: state === 'open',
    asOf: atOf(as_of),
    monthStart: atOf(period.month_start),
    monthEnd: atOf(period.month_end),
    budgetMs: millis(figures.budget_ms),
    remainingMs: millis(figures.remaining_ms),
    projectedBudgetMs: millis(figures.projected_budget_ms),
  });
};
