/**
 * From the statement of a month, and what stands behind it, to the report that is hashed, signed and sent. Pure: the same facts give
 * the same document, byte for byte in canonical JSON, in whatever order they come. What a revision changed is laid on by
 * report-changes.ts. Units: integer ms, minor units, ISO text. Source: semantics D5.
 */
import type { MonthStatement } from '../sla/month-statement.ts';
import type { Instant } from '../time/instant.ts';
import { isoOf } from '../time/iso.ts';
import { REPORT_FORMAT, type ReportCredit, type ReportDocument } from './report-document.ts';
import type { ReportFacts } from './report-facts.ts';
import { linesOf, slotsOf } from './report-lines.ts';
import { notesOf } from './report-notes.ts';
import { adjudicationOf, adjustmentsOf, announcementsOf, claimOf, releasesOf, sumsOf } from './report-people.ts';
import { stateOf } from './report-stage.ts';
import { contractOf, policyOf } from './report-terms.ts';
import { localText } from './report-times.ts';

/** How the report is issued: what no fact of the month says. */
export interface Making {
  readonly revision: number;
  readonly state: ReportDocument['state'];
  readonly issuedAt: Instant;
  readonly prevSha256: string | null;
  readonly chain: ReportDocument['chain'];
}

const periodOf = ({ statement, tzdata }: ReportFacts): ReportDocument['period'] => {
  const { zone, monthBounds, period } = statement;
  return {
    zone,
    month_start: isoOf(monthBounds.start),
    month_end: isoOf(monthBounds.end),
    start: isoOf(period.start),
    end: isoOf(period.end),
    local_start: localText(zone, period.start),
    local_end: localText(zone, period.end),
    tzdata,
  };
};

/** The figures of a statement in the form of the report. */
export const statementFigures = (statement: MonthStatement): ReportDocument['figures'] => ({
  ...sumsOf(statement.sums),
  known_ms: statement.knownMs,
  budget_ms: statement.budgetMs,
  remaining_ms: statement.remainingMs,
  projected_budget_ms: statement.projectedBudgetMs,
  availability: statement.availability,
  lower: statement.lower,
  upper: statement.upper,
  verdict: statement.verdict,
  blips: statement.blips.filter(({ counted }) => counted).length,
  blip_ms: statement.blips.reduce((sum, { ms }) => sum + ms, 0),
});

const creditOf = ({ statement }: ReportFacts): ReportCredit | null => {
  const { credit, verdict, adjudication, coveredDays, daysInMonth } = statement;
  return (
    credit && {
      billed_minor: credit.billed,
      covered_days: coveredDays,
      days_in_month: daysInMonth,
      judged_by: verdict === 'indeterminate' && adjudication?.decision === 'missed' ? 'lower' : 'measured',
      tier: credit.tier && { below_ppm: credit.tier.belowPpm, credit_bp: credit.tier.creditBp },
      credit_bp: credit.creditBp,
      gross_minor: credit.gross,
      credit_minor: credit.credit,
    }
  );
};

export const buildReport = (facts: ReportFacts, made: Making): ReportDocument => {
  const { statement, generator } = facts;
  const lines = linesOf(facts);
  const people = { adjustments: adjustmentsOf(facts), announcements: announcementsOf(facts), adjudication: adjudicationOf(facts) };
  return {
    format: REPORT_FORMAT,
    id: `${statement.contract}/${statement.month}/${made.revision}`,
    revision: made.revision,
    state: made.state,
    issued_at: isoOf(made.issuedAt),
    as_of: isoOf(statement.asOf),
    month: statement.month,
    contract: contractOf(facts),
    period: periodOf(facts),
    policy: policyOf(statement.terms, facts.policySha256),
    generator: { name: generator.name, version: generator.version },
    prev_sha256: made.prevSha256,
    chain: made.chain,
    figures: statementFigures(statement),
    credit: creditOf(facts),
    claim: claimOf(facts),
    ...lines,
    ...people,
    slots: slotsOf(facts.slots),
    releases: releasesOf(facts),
    notes: notesOf(facts, { ...lines, ...people }),
    changes: [],
  };
};

/** The month as it stands, as of the facts: not issued, so without revision, hash before it and chain. */
export const unissuedReport = (facts: ReportFacts): ReportDocument => {
  const { statement } = facts;
  return buildReport(facts, { revision: 0, state: stateOf(statement), issuedAt: statement.asOf, prevSha256: null, chain: null });
};
