/**
 * What people know better than the checks. An override says that a component was up, degraded, down or unknown for a while;
 * at an instant the one recorded last wins, ties by id. A revocation takes one back. Rows are append-only. A row that takes
 * downtime or doubt away, in either reading of `slow`, needs a reason, evidence and an approver who is somebody else; until
 * then it has no effect at all. Adding downtime needs one author. Nothing here can exclude time. Units: integer ms UTC.
 * Source: semantics A7.
 */
import type { Reading } from '../check/quorum.ts';
import { sameName } from '../maintenance/text-rules.ts';
import { earlier, type Instant, later } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { type Evidence, type LedgerState, overlay } from './evidence.ts';

export type OverrideState = 'up' | 'degraded' | 'down' | 'unknown';

/** What makes it an override. */
export interface Override {
  readonly id: string;
  readonly component: string;
  readonly start: Instant;
  /** Null: until revoked. */
  readonly end: Instant | null;
  readonly state: OverrideState;
  readonly recordedAt: Instant;
}
/** Who answers for a row. */
interface Signed {
  readonly reason: string;
  readonly evidence: string;
  readonly author: string;
  readonly approvedBy: string | null;
  /** The author's name, the approver's: proved by signing in; not, or absent: what somebody said of themselves. */
  readonly authenticated?: boolean;
  readonly approvalAuthenticated?: boolean;
}
export interface OverrideRow extends Override, Signed {
  readonly kind: 'override';
}
export interface RevocationRow extends Signed {
  readonly kind: 'revocation';
  readonly id: string;
  readonly recordedAt: Instant;
  /** Id of the override it takes back. */
  readonly revokes: string;
}
export type LedgerRow = OverrideRow | RevocationRow;

/** The order in which rows were recorded; of two at one instant the greater id comes later, and wins. */
export const byPrecedence = (a: { recordedAt: Instant; id: string }, b: { recordedAt: Instant; id: string }): number =>
  a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const stateFor = (state: OverrideState, reading: Reading): LedgerState =>
  state === 'degraded' ? (reading === 'strict' ? 'down' : 'up') : state;

/** The evidence of one component over `over`, with its overrides laid over it. */
export const overridden = (
  evidence: readonly Evidence[],
  overrides: readonly Override[],
  reading: Reading,
  over: Interval,
): readonly Evidence[] => {
  const layers = overrides.toSorted(byPrecedence).reduce<readonly Evidence[]>((top, override) => {
    const [start, end] = [later(override.start, over.start), override.end === null ? over.end : earlier(override.end, over.end)];
    if (start >= end) return top;
    const state = stateFor(override.state, reading);
    return overlay(top, [{ start, end, state, override: override.id, cause: state === 'unknown' ? 'override' : null }]);
  }, []);
  return layers.length === 0 ? evidence : overlay(evidence, layers);
};

const RANK: Record<LedgerState, number> = { up: 0, unknown: 1, down: 2 };

/** Whether at some instant `after` says better of the component than `before`; both tile one interval. */
const takesAway = (before: readonly Evidence[], after: readonly Evidence[]): boolean => {
  let next = 0;
  for (const old of before) {
    for (let now = after[next]; now && now.start < old.end; now = after[++next]) {
      if (now.end > old.start && RANK[now.state] < RANK[old.state]) return true;
      if (now.end > old.end) break;
    }
  }
  return false;
};

/** Approved by a second person, with a reason and evidence. */
export const isApproved = ({ author, approvedBy, reason, evidence }: Signed): boolean =>
  approvedBy !== null && !sameName(approvedBy, author) && reason.trim() !== '' && evidence.trim() !== '';

/** What is in force with one row more, if it is in effect. */
export const inForceWith = (before: readonly OverrideRow[], row: LedgerRow): readonly OverrideRow[] =>
  row.kind === 'override' ? [...before, row] : before.filter(({ id }) => id !== row.revokes);

/** One row, and what was in force before and after it. The same list twice: it waits for approval. */
export interface Ruling {
  readonly row: LedgerRow;
  readonly needsApproval: boolean;
  readonly inEffect: boolean;
  readonly before: readonly OverrideRow[];
  readonly after: readonly OverrideRow[];
}

/**
 * Goes through the rows of one component in the order in which they were recorded, each id once. `evidence` is what the checks say, in
 * both readings, over `over`, which must reach over everything the rows speak of, as far as it has passed: a row that takes
 * something away in one month waits in all of them.
 */
export const ruleOn = (rows: readonly LedgerRow[], evidence: Record<Reading, readonly Evidence[]>, over: Interval): readonly Ruling[] => {
  const rulings: Ruling[] = [];
  let before: readonly OverrideRow[] = [];
  const nothing: Evidence = { ...over, state: 'unknown', override: null, cause: null };
  const told = (list: readonly OverrideRow[], reading: Reading): readonly Evidence[] =>
    overlay([nothing], overridden(evidence[reading], list, reading, over));
  for (const row of [...new Map(rows.map((one) => [one.id, one])).values()].sort(byPrecedence)) {
    const after = inForceWith(before, row);
    const needsApproval = (['lenient', 'strict'] as const).some((reading) => takesAway(told(before, reading), told(after, reading)));
    const inEffect = !needsApproval || isApproved(row);
    rulings.push({ row, needsApproval, inEffect, before, after: inEffect ? after : before });
    if (inEffect) before = after;
  }
  return rulings;
};

/** The overrides that count, of the rows ruled on. */
export const inForce = (rulings: readonly Ruling[]): readonly OverrideRow[] => rulings.at(-1)?.after ?? [];
