/**
 * What was agreed, in the form of the report: the contract as it stood in the month, and the policy by which the month was judged.
 * Units: minor units, ppm, basis points, ms. Source: semantics D1, D5.
 */
import { decimalsOf } from '../money.ts';
import type { Terms } from '../sla/terms.ts';
import type { ReportContract, ReportDocument } from './report-document.ts';
import type { ReportFacts } from './report-facts.ts';
import { inOrder } from './report-lines.ts';

const scheduleOf = ({ contract: { schedule }, scheduleId }: ReportFacts['agreed']): ReportContract['credit_schedule'] =>
  schedule && {
    id: scheduleId ?? '',
    tiers: schedule.tiers.map(({ belowPpm, creditBp }) => ({ below_ppm: belowPpm, credit_bp: creditBp })),
    cap_bp: schedule.capBp,
    min_credit_minor: schedule.minCredit,
  };

/** The terms of the month; dates, currency and zone are those of the whole contract. */
export const contractOf = ({ agreement, agreed, names }: ReportFacts): ReportContract => {
  const { contract, customerName, claim, amendedFrom } = agreed;
  return {
    id: contract.id,
    customer: contract.customer,
    customer_name: customerName,
    currency: contract.currency,
    decimals: decimalsOf(contract.currency),
    monthly_fee_minor: contract.monthlyFee,
    start_date: agreement.startDate,
    end_date: agreement.endDate,
    report_zone: contract.reportZone,
    prorate: contract.prorate,
    components: inOrder(contract.components).map((id) => ({ id, name: names.get(id) ?? id, critical: contract.critical.includes(id) })),
    credit_schedule: scheduleOf(agreed),
    claim: { required: claim.required, days: claim.days },
    amended_from: amendedFrom,
  };
};

export const policyOf = (terms: Terms, sha256: string): ReportDocument['policy'] => ({
  sha256,
  reserve: {
    weekday: terms.reserve.weekday,
    start: terms.reserve.start,
    duration_min: terms.reserve.durationMin,
    zone: terms.reserve.zone,
  },
  min_notice_ms: terms.minNoticeMs,
  target_ppm: terms.targetPpm,
  unknown_policy: terms.unknownPolicy,
  count_degraded: terms.countDegraded,
});
