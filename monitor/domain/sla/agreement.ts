/**
 * A contract over its whole life: what was agreed at its start, and amendments that take effect on the first of a month. The
 * terms of a month are the start's with every amendment from that month or an earlier one laid over them, in order. Customer,
 * currency, zone and dates are not amended: end the contract and start a new one. Source: semantics D1, B3.
 */
import type { Minor } from '../money.ts';
import type { Contract, CreditSchedule, UnknownPolicy } from './terms.ts';

/** Claims for a credit; not required: every missed month is credited. */
export interface ClaimRule {
  readonly required: boolean;
  /** Days after the end of the month, in the contract's zone, by whose end a claim must have been received. */
  readonly days: number;
}

/** What an amendment may change. */
export interface AgreedTerms {
  readonly monthlyFee: Minor;
  /** Null: the policy's. */
  readonly targetPpm: number | null;
  readonly unknownPolicy: UnknownPolicy | null;
  readonly countDegraded: boolean | null;
  /** Slugs. */
  readonly components: readonly string[];
  /** Those of them that decide; at least one. */
  readonly critical: readonly string[];
  /** Null: no credits were agreed. */
  readonly schedule: (CreditSchedule & { readonly id: string }) | null;
  readonly claim: ClaimRule;
}
export interface Amendment extends Partial<AgreedTerms> {
  /** `YYYY-MM`: from its first day on. */
  readonly from: string;
}

export interface Agreement extends AgreedTerms {
  /** Slug, unique among all contracts there ever were. */
  readonly id: string;
  /** Slug of the customer, and the name that stands on reports. */
  readonly customer: string;
  readonly customerName: string;
  readonly currency: string;
  /** Inclusive local dates `YYYY-MM-DD` in `reportZone`; no end: it runs on. */
  readonly startDate: string;
  readonly endDate: string | null;
  readonly reportZone: string;
  readonly prorate: boolean;
  /** In order of `from`, each month once. */
  readonly amendments: readonly Amendment[];
}

/** The terms of one month: the contract as the calculator takes it, and what only the report needs. */
export interface AgreedMonth {
  readonly contract: Contract;
  readonly customerName: string;
  readonly claim: ClaimRule;
  readonly scheduleId: string | null;
  /** The amendment that came into force last; null: as agreed at the start. */
  readonly amendedFrom: string | null;
}

/** `month` is `YYYY-MM`. */
export const agreedIn = (agreement: Agreement, month: string): AgreedMonth => {
  const { amendments, ...start } = agreement;
  const past = amendments.filter(({ from }) => from <= month);
  const { customerName, claim, schedule, from: _from, ...terms } = Object.assign({}, start, ...past) as typeof start & { from?: string };
  return {
    contract: { ...terms, schedule: schedule && { tiers: schedule.tiers, capBp: schedule.capBp, minCredit: schedule.minCredit } },
    customerName,
    claim,
    scheduleId: schedule?.id ?? null,
    amendedFrom: past.at(-1)?.from ?? null,
  };
};
