/**
 * Whether the promise was kept. Under `exclude` the bounds decide: met when even the lower one reaches the target, missed
 * when not even the upper one does, else indeterminate, because what is not known could tip it. Equality is met. Exact, over
 * integers. Source: semantics A5, C2, C4.
 */
import { type Figures, reaches } from './availability.ts';
import type { Terms } from './terms.ts';

/** `not_applicable`: nothing was left to measure, for instance a period inside one excluded window. */
export type Verdict = 'met' | 'missed' | 'indeterminate' | 'not_applicable';

export const verdictOf = (figures: Figures, { targetPpm, unknownPolicy }: Pick<Terms, 'targetPpm' | 'unknownPolicy'>): Verdict => {
  const { measured, lower, upper } = figures;
  if (lower.whole === 0) return 'not_applicable';
  if (unknownPolicy !== 'exclude') return reaches(measured, targetPpm) ? 'met' : 'missed';
  if (reaches(lower, targetPpm)) return 'met';
  return reaches(upper, targetPpm) ? 'indeterminate' : 'missed';
};
