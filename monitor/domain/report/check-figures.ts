/**
 * The figures of a report from its lines: D is what the downtime lines cover, X and U are the sums of theirs, P is the length of the
 * period, and everything else follows. Exact, over integers. Source: semantics A5, C, H18.
 */
import { budgetOf, type Figures, figuresOf, type Measure, percentText } from '../sla/availability.ts';
import { withinDates } from '../sla/contract-month.ts';
import { type Verdict, verdictOf } from '../sla/verdict.ts';
import { millis } from '../time/instant.ts';
import { covered, isEmpty, lengthOf } from '../time/interval.ts';
import { sumOf } from './check-lines.ts';
import type { ReportDocument } from './report-document.ts';
import { mismatches, type ReportFault } from './report-fault.ts';
import { sumsOf } from './report-people.ts';
import { atOf, stretchOf } from './report-times.ts';

export interface Recomputed {
  readonly sums: Measure;
  readonly figures: Figures;
  readonly verdict: Verdict;
}

export const recompute = ({ period, downtime, exclusions, unknown, policy }: ReportDocument): Recomputed => {
  const whole = lengthOf(stretchOf(period));
  const [down, out, doubt] = [covered(downtime.map(stretchOf)), sumOf(exclusions), sumOf(unknown)];
  const eligible = whole - out;
  const sums: Measure = {
    periodMs: whole,
    excludedMs: millis(out),
    eligibleMs: millis(eligible),
    downtimeMs: down,
    unknownMs: millis(doubt),
    upMs: millis(eligible - down - doubt),
  };
  const terms = { targetPpm: policy.target_ppm, unknownPolicy: policy.unknown_policy };
  const figures = figuresOf(sums, terms);
  return { sums, figures, verdict: verdictOf(figures, terms) };
};

/**
 * The budget of everything the contract covers of the month. While some of that lies ahead, windows are announced that no line names
 * yet, and it cannot be said from the report alone: null.
 */
const projectedOf = ({ period, contract, as_of, exclusions, policy }: ReportDocument): number | null => {
  const month = { start: atOf(period.month_start), end: atOf(period.month_end) };
  const all = withinDates(month, { startDate: contract.start_date, endDate: contract.end_date, reportZone: contract.report_zone });
  if (isEmpty(all)) return 0;
  if (all.end > atOf(as_of)) return null;
  return budgetOf(millis(lengthOf(stretchOf(period)) - covered(exclusions.map(stretchOf))), policy.target_ppm);
};

export const checkFigures = (report: ReportDocument): ReportFault[] => {
  const { sums, figures, verdict } = recompute(report);
  const { measured, lower, upper, budgetMs, remainingMs } = figures;
  const projected = projectedOf(report);
  return mismatches('figures', report.figures, {
    ...sumsOf(sums),
    known_ms: measured.whole,
    budget_ms: budgetMs,
    remaining_ms: remainingMs,
    ...(projected === null ? {} : { projected_budget_ms: projected }),
    availability: percentText(measured),
    lower: percentText(lower),
    upper: percentText(upper),
    verdict,
    blips: report.blips.filter(({ counted }) => counted).length,
    blip_ms: sumOf(report.blips),
  });
};
