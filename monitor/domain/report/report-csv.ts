/**
 * A report as CSV, and a month of reports as a list. Made from the document and nothing else: the totals are its totals, the
 * percentages its text. UTF-8 without a mark; the first row names the columns. Source: semantics D5, RFC 4180.
 */
import { type Cell, csvText } from './csv.ts';
import { eventRows } from './csv-events.ts';
import { lineRows } from './csv-lines.ts';
import { COLUMNS, namedRows, type Row } from './csv-rows.ts';
import type { ReportDocument } from './report-document.ts';

const headRows = ({ contract, period, policy, generator, ...report }: ReportDocument): Row[] => [
  ...namedRows('report', report),
  ...namedRows('generator', generator),
  ...namedRows('contract', contract),
  ...contract.components.map(
    ({ id, name, critical }): Row => ({ kind: 'component', component: id, text: name, name: 'critical', value: critical ? 'yes' : 'no' }),
  ),
  ...namedRows('period', period),
  ...namedRows('policy', policy),
  ...namedRows('reserve', policy.reserve),
];

const moneyRows = ({ contract, credit, claim, adjudication }: ReportDocument): Row[] => [
  ...(contract.credit_schedule ? namedRows('credit_schedule', contract.credit_schedule) : []),
  ...(contract.credit_schedule?.tiers ?? []).map(
    ({ below_ppm, credit_bp }): Row => ({ kind: 'credit_tier', name: `below ${below_ppm} ppm`, value: credit_bp }),
  ),
  ...(credit ? namedRows('credit', credit) : []),
  ...(credit?.tier ? namedRows('credit_tier_applied', credit.tier) : []),
  ...namedRows('claim', claim),
  ...(adjudication
    ? [
        {
          kind: 'adjudication',
          id: adjudication.id,
          at: adjudication.recorded_at,
          value: adjudication.decision,
          reason: adjudication.reason,
          evidence: adjudication.evidence,
          author: adjudication.author,
          approved_by: adjudication.approved_by,
        },
      ]
    : []),
];

/** One row for each line item, told apart by `kind`. */
export const reportCsv = (report: ReportDocument): string =>
  csvText(COLUMNS, [
    ...headRows(report),
    ...namedRows('figure', report.figures),
    ...moneyRows(report),
    ...lineRows(report),
    ...eventRows(report),
  ]);

const MONTH_COLUMNS = [
  'contract',
  'customer',
  'customer_name',
  'month',
  'revision',
  'state',
  'as_of',
  'period_start',
  'period_end',
  'target_ppm',
  'period_ms',
  'excluded_ms',
  'eligible_ms',
  'downtime_ms',
  'unknown_ms',
  'up_ms',
  'known_ms',
  'budget_ms',
  'remaining_ms',
  'availability',
  'lower',
  'upper',
  'verdict',
  'blips',
  'currency',
  'decimals',
  'billed_minor',
  'credit_bp',
  'credit_minor',
  'claim',
  'due_minor',
] as const;

const monthRow = ({
  contract,
  period,
  figures,
  credit,
  claim,
  ...report
}: ReportDocument): Partial<Record<(typeof MONTH_COLUMNS)[number], Cell>> => ({
  ...figures,
  contract: contract.id,
  customer: contract.customer,
  customer_name: contract.customer_name,
  month: report.month,
  revision: report.revision,
  state: report.state,
  as_of: report.as_of,
  period_start: period.start,
  period_end: period.end,
  target_ppm: report.policy.target_ppm,
  currency: contract.currency,
  decimals: contract.decimals,
  billed_minor: credit?.billed_minor,
  credit_bp: credit?.credit_bp,
  credit_minor: credit?.credit_minor,
  claim: claim.state,
  due_minor: claim.due_minor,
});

/** One row for each contract, in the order given. */
export const monthCsv = (reports: readonly ReportDocument[]): string => csvText(MONTH_COLUMNS, reports.map(monthRow));
