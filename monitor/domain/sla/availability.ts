/**
 * From slices to figures. P = X + A + D + U and E = P - X; the figure is N / K as the unknown policy says, and the bounds
 * A / E and (A + U) / E stand beside it whatever it says. Units: integer ms; every product runs over BigInt. Percentages are
 * truncated to four decimals from the integers, never rounded, so 99.5000 is shown only when 99.5 % was reached and 100.0000
 * only when nothing was lost. Source: semantics A5, C1, C3, C5.
 */
import { type Millis, millis } from '../time/instant.ts';
import { lengthOf } from '../time/interval.ts';
import type { Terms } from './terms.ts';
import type { Slice, SliceKind } from './timeline.ts';

/** Sums of a period. `period = excluded + eligible`, `eligible = up + downtime + unknown`. */
export interface Measure {
  readonly periodMs: Millis;
  readonly excludedMs: Millis;
  readonly eligibleMs: Millis;
  readonly unknownMs: Millis;
  readonly downtimeMs: Millis;
  readonly upMs: Millis;
}

/** `part / whole`; a whole of 0 has no percentage. */
export interface Ratio {
  readonly part: Millis;
  readonly whole: Millis;
}

export interface Figures {
  readonly measured: Ratio;
  readonly lower: Ratio;
  readonly upper: Ratio;
  /** How much of `measured.whole` may be lost. */
  readonly budgetMs: Millis;
  /** Negative when more was lost. */
  readonly remainingMs: Millis;
}

const PPM = 1_000_000;

export const measure = (slices: readonly Slice[]): Measure => {
  const sum: Record<SliceKind, number> = { down: 0, excluded: 0, unknown: 0, available: 0 };
  for (const slice of slices) sum[slice.kind] += lengthOf(slice);
  const eligible = sum.down + sum.unknown + sum.available;
  return {
    periodMs: millis(eligible + sum.excluded),
    excludedMs: millis(sum.excluded),
    eligibleMs: millis(eligible),
    unknownMs: millis(sum.unknown),
    downtimeMs: millis(sum.down),
    upMs: millis(sum.available),
  };
};

const measuredOf = ({ eligibleMs, unknownMs, upMs }: Measure, policy: Terms['unknownPolicy']): Ratio => {
  if (policy === 'exclude') return { part: upMs, whole: millis(eligibleMs - unknownMs) };
  return { part: policy === 'up' ? millis(upMs + unknownMs) : upMs, whole: eligibleMs };
};

/** How much of `whole` may be lost at this target, rounded down to the millisecond. */
export const budgetOf = (whole: Millis, targetPpm: number): Millis =>
  millis(Number((BigInt(whole) * BigInt(PPM - targetPpm)) / BigInt(PPM)));

export const figuresOf = (sums: Measure, terms: Pick<Terms, 'targetPpm' | 'unknownPolicy'>): Figures => {
  const measured = measuredOf(sums, terms.unknownPolicy);
  const budget = budgetOf(measured.whole, terms.targetPpm);
  return {
    measured,
    lower: { part: sums.upMs, whole: sums.eligibleMs },
    upper: { part: millis(sums.upMs + sums.unknownMs), whole: sums.eligibleMs },
    budgetMs: budget,
    remainingMs: millis(budget - (measured.whole - measured.part)),
  };
};

/** Whether the ratio reaches so many millionths; equality reaches. */
export const reaches = ({ part, whole }: Ratio, ppm: number): boolean => BigInt(part) * BigInt(PPM) >= BigInt(ppm) * BigInt(whole);

/** `99.4999`; null when there is nothing to divide by. */
export const percentText = ({ part, whole }: Ratio): string | null => {
  if (whole === 0) return null;
  const ppm = Number((BigInt(part) * BigInt(PPM)) / BigInt(whole));
  return `${Math.floor(ppm / 10_000)}.${String(ppm % 10_000).padStart(4, '0')}`;
};
