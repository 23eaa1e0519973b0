/**
 * One row of the ledger as people are shown it: what it says, whether it is in effect, and what was up, down and unknown over its
 * interval before and with it, in both readings of `slow`. One derivation: sla/override.ts rules, this sums. Lengths in ms.
 */
import type { Reading } from '../check/quorum.ts';
import type { Evidence } from '../sla/evidence.ts';
import { inForceWith, type LedgerRow, type OverrideRow, type OverrideState, overridden, type Ruling } from '../sla/override.ts';
import { earlier, type Instant, later, type Millis, millis } from '../time/instant.ts';
import { type Interval, intersect, lengthOf } from '../time/interval.ts';

/** They add up to the length of what has passed of the interval. */
export interface StateSums {
  readonly upMs: Millis;
  readonly downMs: Millis;
  readonly unknownMs: Millis;
}
export interface BeforeAndAfter {
  readonly before: StateSums;
  /** With this row, also when it is not in effect. */
  readonly after: StateSums;
}

export interface OverrideView {
  readonly kind: LedgerRow['kind'];
  readonly id: string;
  readonly recordedAt: Instant;
  readonly component: string;
  /** Of a revocation: those of the override that it takes back. */
  readonly start: Instant;
  readonly end: Instant | null;
  readonly state: OverrideState;
  /** Id of the override that this row takes back; null: it is an override. */
  readonly revokes: string | null;
  /** Id of the revocation that took it back, once that is in effect. */
  readonly revokedBy: string | null;
  readonly reason: string;
  readonly evidence: string;
  readonly author: string;
  readonly approvedBy: string | null;
  /** The author's name was proved by signing in; false: it is what somebody said of themselves. */
  readonly authenticated: boolean;
  /** Likewise the approver's; null: nobody approved it. */
  readonly approvalAuthenticated: boolean | null;
  readonly needsApproval: boolean;
  readonly inEffect: boolean;
  /** How much of the interval has passed. */
  readonly passedMs: Millis;
  readonly changes: Readonly<Record<Reading, BeforeAndAfter>>;
}

/** What the checks say of one component, in both readings, wherever its rows speak. */
export type ComponentEvidence = Readonly<Record<Reading, readonly Evidence[]>>;

/** What has passed of an override; empty (start = end) while nothing has. */
export const passedOf = ({ start, end }: Pick<OverrideRow, 'start' | 'end'>, now: Instant): Interval => ({
  start,
  end: later(start, end === null ? now : earlier(end, now)),
});

const sumsOf = (evidence: readonly Evidence[], overrides: readonly OverrideRow[], reading: Reading, over: Interval): StateSums => {
  const inside = evidence.flatMap((piece) => {
    const part = intersect(piece, over);
    return part ? [{ ...piece, ...part }] : [];
  });
  const pieces = overridden(inside, overrides, reading, over);
  const lengthIn = (state: Evidence['state']): number =>
    pieces.reduce((sum, piece) => (piece.state === state ? sum + lengthOf(piece) : sum), 0);
  const [up, down] = [lengthIn('up'), lengthIn('down')];
  return { upMs: millis(up), downMs: millis(down), unknownMs: millis(lengthOf(over) - up - down) };
};

/** The view of a ruling. `rulings`: on all rows of the component, this one among them. */
export const viewOf = (
  { row, needsApproval, inEffect, before }: Ruling,
  rulings: readonly Ruling[],
  evidence: ComponentEvidence,
  now: Instant,
): OverrideView => {
  const rows = rulings.map((ruling) => ruling.row);
  const spoken = row.kind === 'override' ? row : rows.find(({ id }) => id === row.revokes);
  if (spoken?.kind !== 'override') throw new Error(`The ledger's row ${row.id} takes back an override that is not there.`);
  const over = passedOf(spoken, now);
  const changes = (reading: Reading): BeforeAndAfter => ({
    before: sumsOf(evidence[reading], before, reading, over),
    after: sumsOf(evidence[reading], inForceWith(before, row), reading, over),
  });
  const revocation = rulings.find((other) => other.inEffect && other.row.kind === 'revocation' && other.row.revokes === row.id);
  return {
    kind: row.kind,
    id: row.id,
    recordedAt: row.recordedAt,
    component: spoken.component,
    start: spoken.start,
    end: spoken.end,
    state: spoken.state,
    revokes: row.kind === 'revocation' ? row.revokes : null,
    revokedBy: revocation?.row.id ?? null,
    reason: row.reason,
    evidence: row.evidence,
    author: row.author,
    approvedBy: row.approvedBy,
    authenticated: row.authenticated ?? false,
    approvalAuthenticated: row.approvedBy === null ? null : (row.approvalAuthenticated ?? false),
    needsApproval,
    inEffect,
    passedMs: lengthOf(over),
    changes: { lenient: changes('lenient'), strict: changes('strict') },
  };
};
