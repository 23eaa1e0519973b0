/**
 * What people changed: every override and revocation that speaks of a period, in the order in which they were recorded, each
 * with the contract's sums before and after it. Together they lead from what the checks say to the figure. Units: integer ms.
 * Source: semantics A7, D5.
 */
import { type Interval, intersect } from '../time/interval.ts';
import type { Measure } from './availability.ts';
import { byPrecedence, type LedgerRow, type OverrideRow, type Ruling } from './override.ts';

/** A person's row, and what it changed at the contract. A row that waits for approval changed nothing. */
export interface AdjustmentLine {
  readonly row: LedgerRow;
  readonly component: string;
  readonly needsApproval: boolean;
  readonly inEffect: boolean;
  readonly before: Measure;
  readonly after: Measure;
}

/** Overrides in force, by component. */
export type Overrides = ReadonlyMap<string, readonly OverrideRow[]>;

const touches = (row: LedgerRow, rulings: readonly Ruling[], period: Interval): boolean => {
  const spoken = row.kind === 'override' ? row : rulings.map((one) => one.row).find((other) => other.id === row.revokes);
  return spoken?.kind === 'override' && intersect({ start: spoken.start, end: spoken.end ?? period.end }, period) !== null;
};

/** Each line begins where the one before ended; `sumsWith` assesses the contract with other overrides in force. */
export const adjustmentLines = (
  components: readonly { readonly id: string; readonly rulings: readonly Ruling[] }[],
  period: Interval,
  sumsWith: (overrides: Overrides) => Measure,
): AdjustmentLine[] => {
  const rulings = components
    .flatMap(({ id, rulings }) =>
      rulings.filter(({ row }) => touches(row, rulings, period)).map((ruling) => ({ ...ruling, component: id })),
    )
    .sort((a, b) => byPrecedence(a.row, b.row));
  if (rulings.length === 0) return [];
  const overrides = new Map<string, readonly OverrideRow[]>();
  let sums = sumsWith(overrides);
  return rulings.map(({ row, component, needsApproval, inEffect, after }) => {
    const before = sums;
    overrides.set(component, after);
    sums = inEffect ? sumsWith(overrides) : before;
    return { row, component, needsApproval, inEffect, before, after: sums };
  });
};
