/**
 * The money of a report from its figures and terms: days, fee, tier, cap, minimum, adjudication, claim. Integer minor units, half to
 * even. Source: semantics D2 to D4.
 */
import { type Minor, minor } from '../money.ts';
import { claimStanding } from '../sla/claim.ts';
import { contractMonth } from '../sla/contract-month.ts';
import { type Adjudication, billedFor, isAdjudicated, monthCredit } from '../sla/credit.ts';
import type { CreditSchedule } from '../sla/terms.ts';
import { recompute } from './check-figures.ts';
import type { ReportContract, ReportCredit, ReportDocument } from './report-document.ts';
import { mismatch, mismatches, type ReportFault, unless } from './report-fault.ts';
import { atOf } from './report-times.ts';

const scheduleOf = ({ credit_schedule: schedule }: ReportContract): CreditSchedule | null =>
  schedule && {
    tiers: schedule.tiers.map(({ below_ppm, credit_bp }) => ({ belowPpm: below_ppm, creditBp: credit_bp })),
    capBp: schedule.cap_bp,
    minCredit: minor(schedule.min_credit_minor),
  };

const decisionOf = ({ adjudication }: ReportDocument): Adjudication | null =>
  adjudication && { ...adjudication, approvedBy: adjudication.approved_by };

/** What the credit should be; null: nobody can say before the month is adjudicated. */
const creditOf = (report: ReportDocument): ReportCredit | null => {
  const { contract, month } = report;
  const { figures, verdict } = recompute(report);
  const dates = { startDate: contract.start_date, endDate: contract.end_date, reportZone: contract.report_zone };
  const { coveredDays, daysInMonth } = contractMonth(month, dates, null);
  const fee: Minor = minor(contract.monthly_fee_minor);
  const billed = contract.prorate ? billedFor(fee, coveredDays, daysInMonth) : fee;
  const decision = verdict === 'indeterminate' ? decisionOf(report) : null;
  const credit = monthCredit(verdict, figures, scheduleOf(contract), billed, decision);
  return (
    credit && {
      billed_minor: credit.billed,
      covered_days: coveredDays,
      days_in_month: daysInMonth,
      judged_by: decision?.decision === 'missed' ? 'lower' : 'measured',
      tier: credit.tier && { below_ppm: credit.tier.belowPpm, credit_bp: credit.tier.creditBp },
      credit_bp: credit.creditBp,
      gross_minor: credit.gross,
      credit_minor: credit.credit,
    }
  );
};

const adjudicationFaults = (report: ReportDocument): ReportFault[] => {
  const decision = decisionOf(report);
  if (!report.adjudication || !decision) return [];
  return [
    ...unless(
      report.figures.verdict === 'indeterminate',
      'adjudication',
      decision.decision,
      'only an indeterminate month is decided by people',
    ),
    ...unless(isAdjudicated(decision), 'adjudication.approved_by', decision.approvedBy, 'it needs a reason, evidence and a second person'),
    ...unless(
      atOf(report.adjudication.recorded_at) <= atOf(report.as_of),
      'adjudication.recorded_at',
      report.adjudication.recorded_at,
      `the report knows what was recorded by ${report.as_of}`,
    ),
  ];
};

const claimFaults = ({ claim, contract, credit, as_of }: ReportDocument): ReportFault[] => {
  const { required } = contract.claim;
  if (required !== (claim.deadline !== null)) return mismatch('claim.deadline', claim.deadline, required ? 'an instant' : null);
  const deadline = atOf(claim.deadline ?? as_of);
  const received = claim.received_at === null ? null : atOf(claim.received_at);
  const { state, due } = claimStanding(required, credit?.credit_minor ?? null, deadline, received, atOf(as_of));
  return mismatches('claim', claim, { state, due_minor: due });
};

export const checkCredit = (report: ReportDocument): ReportFault[] => {
  const computed = creditOf(report);

  return [
    ...(report.credit && computed ? mismatches('credit', report.credit, computed) : mismatch('credit', report.credit, computed)),
    ...adjudicationFaults(report),
    ...claimFaults(report),
  ];
};
