/**
 * The monthly report of one contract as it is hashed, signed and sent: names in snake_case, instants as ISO 8601 UTC text with
 * milliseconds, lengths as integer ms, money as integer minor units, percentages as truncated text. Every other form (page,
 * print, CSV) is made from this and from nothing else. Canonical JSON of it (RFC 8785) is what the SHA-256 and the signature
 * are of. Source: semantics D5.
 */
import type { ReserveRule } from '../sla/reserve.ts';

export const REPORT_FORMAT = 'avow-report/1';

/** `2026-10-01T04:00:00.000Z` */
export type IsoText = string;

export interface ReportLine {
  readonly id: string;
  readonly start: IsoText;
  readonly end: IsoText;
  readonly ms: number;
}

/** One check that stands behind a line. */
export interface ReportSample {
  readonly at: IsoText;
  readonly outcome: 'ok' | 'slow' | 'fail' | 'error';
  /** Reason by its name, such as `connect_refused`. */
  readonly reason: string;
  readonly http_status: number | null;
  readonly detail: string;
}
/** What one location saw of a line. Samples that the retention has deleted are null, and `kept` is false. */
export interface ReportWitness {
  readonly location: string;
  readonly kept: boolean;
  /** Failing checks within the line. */
  readonly failures: number;
  readonly last_good_before: ReportSample | null;
  readonly first_bad: ReportSample | null;
  readonly last_bad: ReportSample | null;
  readonly first_good_after: ReportSample | null;
}
export interface ReportDowntime extends ReportLine {
  readonly component: string;
  readonly source: 'probe' | 'override';
  readonly override: string | null;
  readonly witnesses: readonly ReportWitness[];
  /**
   * How far the true edges may lie from the stated ones, by the locations whose check drew them: first bad - last good before, and first
   * good after - last bad. Null: not known, or no check drew the edge but a window, the month, silence or a person.
   */
  readonly start_uncertainty_ms: number | null;
  readonly end_uncertainty_ms: number | null;
  readonly incidents: readonly string[];
}
export interface ReportExclusion extends ReportLine {
  readonly components: readonly string[];
  readonly announcements: readonly { readonly id: string; readonly rev: number; readonly announced_at: IsoText }[];
}
export type RefusedReason =
  | 'late'
  | 'outside_reserve'
  | 'late_edit'
  | 'cancelled'
  | 'completed'
  | 'unapproved_import'
  | 'down_elsewhere'
  | 'not_critical';
export interface ReportRefusedExclusion extends ReportLine {
  readonly announcement: string;
  readonly reason: RefusedReason;
}
export interface ReportUnknown extends ReportLine {
  readonly components: readonly { readonly id: string; readonly cause: string }[];
}
export interface ReportBlip extends ReportLine {
  readonly component: string;
  readonly location: string;
  /** False: it began before the period and is counted there. */
  readonly counted: boolean;
}
export interface ReportSums {
  readonly period_ms: number;
  readonly excluded_ms: number;
  readonly eligible_ms: number;
  readonly downtime_ms: number;
  readonly unknown_ms: number;
  readonly up_ms: number;
}
export interface ReportAdjustment {
  readonly id: string;
  readonly kind: 'override' | 'revocation';
  /** Of a revocation: the override that it takes back. */
  readonly revokes: string | null;
  readonly component: string;
  /** Of an override; a revocation has the times of what it revokes. `end` null: until revoked. */
  readonly start: IsoText;
  readonly end: IsoText | null;
  readonly state: 'up' | 'degraded' | 'down' | 'unknown';
  readonly recorded_at: IsoText;
  readonly reason: string;
  readonly evidence: string;
  readonly author: string;
  readonly approved_by: string | null;
  readonly needs_approval: boolean;
  readonly in_effect: boolean;
  readonly before: ReportSums;
  readonly after: ReportSums;
}

/** An announcement that any line names, with every revision known by `as_of`. */
export interface ReportAnnouncement {
  readonly id: string;
  readonly components: '*' | readonly string[];
  readonly imported: boolean;
  readonly import_approved_by: string | null;
  readonly revisions: readonly {
    readonly rev: number;
    readonly announced_at: IsoText;
    readonly start: IsoText;
    readonly end: IsoText;
    readonly title: string;
    readonly author: string | null;
  }[];
  readonly cancelled_at: IsoText | null;
  readonly completed_at: IsoText | null;
}
/** One slot of the reserve that touches the period, clipped to it. `used_ms`: within the excluded time, how long some critical component was down or unknown. */
export interface ReportSlot {
  readonly start: IsoText;
  readonly end: IsoText;
  readonly reserved_ms: number;
  readonly announced_ms: number;
  readonly excluded_ms: number;
  readonly used_ms: number;
}
export interface ReportRelease {
  readonly version: string;
  readonly kind: 'standard' | 'hotfix' | 'emergency';
  readonly notes_published_at: IsoText | null;
  readonly deployed_at: IsoText;
  readonly announcement: string | null;
  readonly outside_window: boolean;
}
export interface ReportAdjudication {
  readonly id: string;
  readonly recorded_at: IsoText;
  readonly decision: 'met' | 'missed';
  readonly reason: string;
  readonly evidence: string;
  readonly author: string;
  readonly approved_by: string;
}

export type ReportVerdict = 'met' | 'missed' | 'indeterminate' | 'not_applicable';

export interface ReportContract {
  readonly id: string;
  readonly customer: string;
  readonly customer_name: string;
  readonly currency: string;
  /** Decimals of the currency. */
  readonly decimals: number;
  readonly monthly_fee_minor: number;
  readonly start_date: string;
  readonly end_date: string | null;
  readonly report_zone: string;
  readonly prorate: boolean;
  readonly components: readonly { readonly id: string; readonly name: string; readonly critical: boolean }[];
  readonly credit_schedule: {
    readonly id: string;
    readonly tiers: readonly { readonly below_ppm: number; readonly credit_bp: number }[];
    readonly cap_bp: number;
    readonly min_credit_minor: number;
  } | null;
  readonly claim: { readonly required: boolean; readonly days: number };
  readonly amended_from: string | null;
}

export interface ReportCredit {
  readonly billed_minor: number;
  readonly covered_days: number;
  readonly days_in_month: number;
  /** Which ratio the tier was looked up with: the figure, or the lower bound after an adjudication "missed". */
  readonly judged_by: 'measured' | 'lower';
  readonly tier: { readonly below_ppm: number; readonly credit_bp: number } | null;
  readonly credit_bp: number;
  readonly gross_minor: number;
  readonly credit_minor: number;
}

/** One thing that a revision changed against the one before it. */
export interface ReportChange {
  /** Where: `figures.downtime_ms`, `downtime.D2`, `adjustments.abc`. */
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The same as one sentence for a person. */
  readonly words: string;
}

export interface ReportDocument {
  readonly format: typeof REPORT_FORMAT;
  /** `northwind-main/2026-10/1` */
  readonly id: string;
  readonly revision: number;
  /** `open`: the month runs. `provisional`: it ended and the report is not final. Only a final one is stored, hashed and signed. */
  readonly state: 'open' | 'provisional' | 'final';
  readonly issued_at: IsoText;
  /** Facts recorded by then are in it; nothing is said of later time. */
  readonly as_of: IsoText;
  readonly month: string;
  readonly contract: ReportContract;
  readonly period: {
    readonly zone: string;
    readonly month_start: IsoText;
    readonly month_end: IsoText;
    readonly start: IsoText;
    readonly end: IsoText;
    /** As the wall of the zone shows them: `2026-10-01T00:00:00.000-04:00`. */
    readonly local_start: string;
    readonly local_end: string;
    readonly tzdata: string;
  };
  readonly policy: {
    readonly sha256: string;
    readonly reserve: {
      readonly weekday: ReserveRule['weekday'];
      readonly start: string;
      readonly duration_min: number;
      readonly zone: string;
    };
    readonly min_notice_ms: number;
    readonly target_ppm: number;
    readonly unknown_policy: 'exclude' | 'down' | 'up';
    readonly count_degraded: boolean;
  };
  readonly generator: { readonly name: string; readonly version: string };
  /** SHA-256 of the report issued before this one for the same contract; null: the first. */
  readonly prev_sha256: string | null;
  /** The last link of the ledger's chain when this was made; null: the chain is empty, or this is no final report. */
  readonly chain: { readonly seq: number; readonly row_hash: string } | null;
  readonly figures: ReportSums & {
    readonly known_ms: number;
    readonly budget_ms: number;
    readonly remaining_ms: number;
    readonly projected_budget_ms: number;
    readonly availability: string | null;
    readonly lower: string | null;
    readonly upper: string | null;
    readonly verdict: ReportVerdict;
    readonly blips: number;
    readonly blip_ms: number;
  };
  /** Null: indeterminate, and nobody has decided yet. */
  readonly credit: ReportCredit | null;
  readonly adjudication: ReportAdjudication | null;
  readonly claim: {
    /** From `open` to `expired` only time passes: that is no change of the report. */
    readonly state: 'not_required' | 'none_due' | 'open' | 'in_time' | 'too_late' | 'expired';
    readonly deadline: IsoText | null;
    readonly received_at: IsoText | null;
    /** What is owed now: the credit, unless a claim is required and none came in time; null while `credit` is. */
    readonly due_minor: number | null;
  };
  readonly downtime: readonly ReportDowntime[];
  readonly exclusions: readonly ReportExclusion[];
  readonly refused: readonly ReportRefusedExclusion[];
  readonly unknown: readonly ReportUnknown[];
  readonly blips: readonly ReportBlip[];
  readonly adjustments: readonly ReportAdjustment[];
  readonly announcements: readonly ReportAnnouncement[];
  readonly slots: readonly ReportSlot[];
  readonly releases: readonly ReportRelease[];
  /** Sentences that whoever relies on the report must know: one location only, sentinels off, names not authenticated, imports. */
  readonly notes: readonly string[];
  /** Against the revision before; empty for revision 1 and for what is not final. */
  readonly changes: readonly ReportChange[];
}

/** A final report as a file: the document, and what proves it. */
export interface SealedReport {
  readonly report: ReportDocument;
  readonly sha256: string;
  readonly signature: {
    readonly algorithm: 'Ed25519';
    /** SHA-256 of the public key (SPKI), hex. */
    readonly key_id: string;
    /** Base64. */
    readonly value: string;
    /** PEM (SPKI). It lets anybody check that nothing was changed; that the key is the vendor's is known from elsewhere. */
    readonly public_key: string;
  };
}
