/**
 * What a missed month gives back. The fee is billed by the calendar days covered; the deepest tier that the figure lies
 * strictly below gives the rate, the schedule's cap limits it, and an amount below the minimum is not paid. Integer minor
 * units, half to even at each of the two steps, exact comparisons. Source: semantics D2, D3.
 */
import { sameName } from '../maintenance/text-rules.ts';
import { type Minor, minor, shareOf } from '../money.ts';
import { type Figures, type Ratio, reaches } from './availability.ts';
import type { CreditSchedule, CreditTier } from './terms.ts';
import type { Verdict } from './verdict.ts';

export const WHOLE_BP = 10_000;

/** Every step of the sum, so that a person can follow it. */
export interface Credit {
  readonly billed: Minor;
  /** The tier that applies; null: none does. */
  readonly tier: CreditTier | null;
  /** The tier's rate, capped. */
  readonly creditBp: number;
  /** `billed × creditBp / 10 000`, before the minimum. */
  readonly gross: Minor;
  readonly credit: Minor;
}

/** The fee for the days covered. */
export const billedFor = (fee: Minor, coveredDays: number, daysInMonth: number): Minor => shareOf(fee, coveredDays, daysInMonth);

const NO_CREDIT = (billed: Minor): Credit => ({ billed, tier: null, creditBp: 0, gross: minor(0), credit: minor(0) });

/** Of the tiers that apply the one that gives most: the deepest, wherever deeper tiers give more, which `scheduleFault` asks for. */
const tierFor = (tiers: readonly CreditTier[], figure: Ratio): CreditTier | null => {
  if (figure.whole === 0) return null;
  const applying = tiers.filter(({ belowPpm }) => !reaches(figure, belowPpm));
  return applying.reduce<CreditTier | null>((best, tier) => (best && best.creditBp >= tier.creditBp ? best : tier), null);
};

/** Arithmetic alone: what the schedule gives for a figure, whatever the verdict. */
export const creditFor = (schedule: CreditSchedule, billed: Minor, figure: Ratio): Credit => {
  const tier = tierFor(schedule.tiers, figure);
  const creditBp = Math.min(tier?.creditBp ?? 0, schedule.capBp);
  const gross = shareOf(billed, creditBp, WHOLE_BP);
  return { billed, tier, creditBp, gross, credit: gross < schedule.minCredit ? minor(0) : gross };
};

/** What two people decided about a month that the evidence leaves open. */
export interface Adjudication {
  readonly id: string;
  readonly decision: 'met' | 'missed';
  readonly reason: string;
  readonly evidence: string;
  readonly author: string;
  readonly approvedBy: string | null;
  /** The author's name, the approver's: proved by signing in; not, or absent: what somebody said of themselves. */
  readonly authenticated?: boolean;
  readonly approvalAuthenticated?: boolean;
}

/** An adjudication counts with a reason, evidence, and an approver who is somebody else. */
export const isAdjudicated = ({ author, approvedBy, reason, evidence }: Adjudication): boolean =>
  approvedBy !== null && !sameName(approvedBy, author) && reason.trim() !== '' && evidence.trim() !== '';

/**
 * The credit of a month: nothing when met or not applicable, the tier of the figure when missed. An indeterminate month has
 * none until it is adjudicated: "met" gives nothing, "missed" the tier of the lower bound. Null: still open.
 */
export const monthCredit = (
  verdict: Verdict,
  figures: Figures,
  schedule: CreditSchedule | null,
  billed: Minor,
  adjudication: Adjudication | null,
): Credit | null => {
  if (!schedule || verdict === 'met' || verdict === 'not_applicable') return NO_CREDIT(billed);
  if (verdict === 'missed') return creditFor(schedule, billed, figures.measured);
  if (!adjudication || !isAdjudicated(adjudication)) return null;
  return adjudication.decision === 'met' ? NO_CREDIT(billed) : creditFor(schedule, billed, figures.lower);
};

/** What is wrong with a schedule: its cap, a tier that could never pay, or a deeper tier that gives no more. */
export type ScheduleSlip =
  | { readonly kind: 'cap' }
  | { readonly kind: 'above_target'; readonly tier: CreditTier }
  | { readonly kind: 'no_deeper'; readonly tier: CreditTier; readonly next: CreditTier };

/** The first slip of a schedule for a target; null when there is none. */
export const scheduleSlip = ({ tiers, capBp }: Pick<CreditSchedule, 'tiers' | 'capBp'>, targetPpm: number): ScheduleSlip | null => {
  if (!(Number.isInteger(capBp) && capBp >= 0 && capBp <= WHOLE_BP)) return { kind: 'cap' };
  const deepestFirst = tiers.toSorted((a, b) => a.belowPpm - b.belowPpm);
  for (const [index, tier] of deepestFirst.entries()) {
    if (tier.belowPpm > targetPpm) return { kind: 'above_target', tier };
    const next = deepestFirst[index + 1];
    if (next && (next.belowPpm === tier.belowPpm || next.creditBp >= tier.creditBp)) return { kind: 'no_deeper', tier, next };
  }
  return null;
};

/** The same as a sentence, in the units of a case. */
export const scheduleFault = (schedule: CreditSchedule, targetPpm: number): string | null => {
  const slip = scheduleSlip(schedule, targetPpm);
  if (slip === null) return null;
  if (slip.kind === 'cap') return `The cap must be 0 to ${WHOLE_BP} basis points, not ${schedule.capBp}.`;
  if (slip.kind === 'above_target')
    return `The tier below ${slip.tier.belowPpm} ppm lies above the target of ${targetPpm} ppm and would never pay; lower it to the target at most.`;
  const { tier, next } = slip;
  return `The tier below ${tier.belowPpm} ppm must give more than the one below ${next.belowPpm} ppm; it gives ${tier.creditBp} against ${next.creditBp} basis points.`;
};
