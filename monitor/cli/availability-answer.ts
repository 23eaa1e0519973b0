/**
 * The answer to one case: its facts in the ledger's shape, the assessment, the figures by name. Arithmetic only: the credit is
 * that of the figure N / K whatever the verdict; closing a month and adjudicating it are other verbs. Units: ms, minor units.
 */
import { foldSamples, openSpan, type Sample } from '#domain/check/confirmation.ts';
import type { LocationTimeline, Panels } from '#domain/check/quorum.ts';
import type { Judgement, LocationState, Span } from '#domain/check/span.ts';
import { minor } from '#domain/money.ts';
import type { Announcement } from '#domain/sla/announcement.ts';
import { type Assessment, assess, type ComponentFacts } from '#domain/sla/assessment.ts';
import { percentText } from '#domain/sla/availability.ts';
import { type ContractMonth, contractMonth, withinDates } from '#domain/sla/contract-month.ts';
import { billedFor, creditFor } from '#domain/sla/credit.ts';
import type { Override } from '#domain/sla/override.ts';
import type { Terms } from '#domain/sla/terms.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { contains, type Interval } from '#domain/time/interval.ts';
import type { AvailabilityCase, ResultKey } from './availability-case.ts';

export type CaseResult = Partial<Record<ResultKey, number | string | null>>;
type CaseComponent = AvailabilityCase['components'][number];

/** The period, and where it is a month how much of it the contract covers. */
const periodOf = ({
  period,
  timezone,
  contract,
}: AvailabilityCase): { readonly period: Interval; readonly month: ContractMonth | null } => {
  const dates = { startDate: contract.start_date ?? null, endDate: contract.end_date ?? null, reportZone: timezone };
  if ('month' in period) {
    const month = contractMonth(period.month, dates, null);
    return { period: month.period, month };
  }
  return { period: withinDates({ start: period.start, end: later(period.start, period.end) }, dates), month: null };
};

const folded = (samples: readonly Sample[], judgement: Judgement): LocationTimeline => {
  const { pieces, cursor } = foldSamples(samples, () => judgement);
  const spans = pieces.flatMap((piece): Span[] => (piece.end === null ? [] : [{ ...piece, end: piece.end }]));
  return { spans, open: cursor && openSpan(cursor) };
};

/** Outages over a component that is up otherwise: one location that tells them. */
const told = (outages: CaseComponent['outages'], period: Interval): LocationTimeline => {
  const inside = outages.flatMap(({ start, end }) => [start, end]).filter((at) => contains(period, at));
  const edges = [...new Set<Instant>([period.start, ...inside, period.end])].sort((a, b) => a - b);
  const spans = edges.slice(0, -1).map((start, index): Span => {
    const here = new Set(outages.filter((outage) => contains(outage, start)).map(({ state }) => state));
    const state = (down: boolean): LocationState => (down ? 'down' : here.has('unknown') ? 'unknown' : 'up');
    const [lenient, strict] = [state(here.has('down')), state(here.has('down') || here.has('degraded'))];
    return { start, end: edges[index + 1] ?? period.end, lenient, strict, slow: false };
  });
  return { spans, open: null };
};

const overridesOf = ({ id, overrides }: CaseComponent): Override[] =>
  overrides.flatMap(({ recorded_at: recordedAt, start, end, state, revoked }, index) =>
    // Ids in the order of the file, so that of two recorded at one instant the one written last wins.
    revoked ? [] : [{ id: String(index).padStart(9, '0'), component: id, start, end, state, recordedAt }],
  );

/** The locations of a case by their number, all of them asked from the start. */
const panelsOf = ({ quorum }: CaseComponent, period: Interval): Panels => [
  { from: period.start, locations: Array.from({ length: quorum.locations }, (_, index) => index), needed: quorum.needed },
];

const factsOf = (component: CaseComponent, judgement: Judgement, period: Interval): ComponentFacts => {
  const timelines =
    component.locations.length > 0 ? component.locations.map((samples) => folded(samples, judgement)) : [told(component.outages, period)];
  return {
    id: component.id,
    timelines: timelines.map((timeline, locationId) => ({ ...timeline, locationId })),
    panels: panelsOf(component, period),
    overrides: overridesOf(component),
  };
};

const announcementsOf = ({ announcements }: AvailabilityCase): Announcement[] =>
  announcements.map((one, index) => ({ ...one, id: one.id ?? `announcement ${index + 1}`, unapprovedImport: false }));

/** The case as the facts that the ledger reads: what `assess` takes. */
export interface CaseFacts {
  readonly period: Interval;
  readonly terms: Terms;
  readonly critical: readonly ComponentFacts[];
  readonly announcements: readonly Announcement[];
}
export const factsOfCase = (one: AvailabilityCase): CaseFacts => {
  const { period } = periodOf(one);
  const { terms, judgement } = one.rules;
  const critical = one.components.filter((component) => component.critical).map((component) => factsOf(component, judgement, period));
  return { period, terms, critical, announcements: announcementsOf(one) };
};

export const assessCase = ({ period, terms, critical, announcements }: CaseFacts): Assessment =>
  assess(period, period.end, terms, critical, announcements);

const creditOf = (one: AvailabilityCase, { figures }: Assessment): CaseResult => {
  if (!one.credit) return {};
  const { month } = periodOf(one);
  const fee = minor(one.credit.monthly_fee_minor);
  const billed = one.credit.prorate && month ? billedFor(fee, month.coveredDays, month.daysInMonth) : fee;
  const tiers = one.credit.tiers.map((tier) => ({ belowPpm: tier.below_ppm, creditBp: tier.credit_bp }));
  const schedule = { tiers, capBp: one.credit.cap_bp, minCredit: minor(one.credit.min_credit_minor) };
  const { creditBp, credit } = creditFor(schedule, billed, figures.measured);
  return { billed_minor: billed, credit_bp: creditBp, credit_minor: credit };
};

/** The figures of one case by their public names, in the order of docs/availability-cases.md. */
export const answerCase = (one: AvailabilityCase): CaseResult => {
  const assessment = assessCase(factsOfCase(one));
  const { sums, figures, verdict } = assessment;
  return {
    period_ms: sums.periodMs,
    excluded_ms: sums.excludedMs,
    eligible_ms: sums.eligibleMs,
    unknown_ms: sums.unknownMs,
    downtime_ms: sums.downtimeMs,
    up_ms: sums.upMs,
    known_ms: figures.measured.whole,
    budget_ms: figures.budgetMs,
    remaining_ms: figures.remainingMs,
    availability: percentText(figures.measured),
    lower: percentText(figures.lower),
    upper: percentText(figures.upper),
    verdict,
    ...creditOf(one, assessment),
  };
};
