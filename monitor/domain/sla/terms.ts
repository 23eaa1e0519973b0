/**
 * The terms by which a period is judged: the policy's, as far as a contract does not say otherwise. Data, never code; they
 * change only from the first of a month. Units: ppm (99.5 % = 995 000), ms, minor units, basis points. Source: semantics A5,
 * A6, B1, C2, D1.
 */
import type { Minor } from '../money.ts';
import type { Millis } from '../time/instant.ts';
import type { ReserveRule } from './reserve.ts';

/** What time without evidence counts as in the figure; the bounds are shown whatever it is. */
export type UnknownPolicy = 'exclude' | 'down' | 'up';

export interface Terms {
  readonly reserve: ReserveRule;
  /** How long before a slot starts an announcement must be public. */
  readonly minNoticeMs: Millis;
  readonly targetPpm: number;
  readonly unknownPolicy: UnknownPolicy;
  /** The strict reading of "fully operational": slow answers and degraded overrides count as down. */
  readonly countDegraded: boolean;
}

/** What the operator promises everybody, and in which zone its months are told. */
export interface Policy extends Terms {
  /** Zone of calendar months and of the times the page prints first. */
  readonly zone: string;
  /** How long before an effective window starts the notes of a release in it must be public (semantics F2). */
  readonly notesLeadMs: Millis;
}

export interface CreditTier {
  /** Applies when the figure is strictly below this. */
  readonly belowPpm: number;
  readonly creditBp: number;
}
export interface CreditSchedule {
  readonly tiers: readonly CreditTier[];
  readonly capBp: number;
  /** A credit below this is not paid. */
  readonly minCredit: Minor;
}

export interface Contract {
  readonly id: string;
  readonly customer: string;
  readonly currency: string;
  readonly monthlyFee: Minor;
  /** Inclusive local dates `YYYY-MM-DD` in `reportZone`; no end: it runs on. */
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly reportZone: string;
  /** What the contract speaks of … */
  readonly components: readonly string[];
  /** … and those of them that decide; the others are shown and never count. At least one. */
  readonly critical: readonly string[];
  readonly targetPpm: number | null;
  readonly unknownPolicy: UnknownPolicy | null;
  readonly countDegraded: boolean | null;
  /** Null: no credits were agreed. */
  readonly schedule: CreditSchedule | null;
  /** Whether a month that the contract covers in part is billed by calendar days. */
  readonly prorate: boolean;
}

/** The policy's terms with the contract's own in front. */
export const termsOf = (policy: Terms, contract: Pick<Contract, 'targetPpm' | 'unknownPolicy' | 'countDegraded'>): Terms => ({
  reserve: policy.reserve,
  minNoticeMs: policy.minNoticeMs,
  targetPpm: contract.targetPpm ?? policy.targetPpm,
  unknownPolicy: contract.unknownPolicy ?? policy.unknownPolicy,
  countDegraded: contract.countDegraded ?? policy.countDegraded,
});
