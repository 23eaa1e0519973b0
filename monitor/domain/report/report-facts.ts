/**
 * What a report is made of besides the statement: everything that a reader needs to follow it and that the figures do not.
 * Plain values; db and the verbs fill it, `build-report.ts` turns it into the document. Instants ms UTC.
 */
import type { Outcome } from '../check/check-result.ts';
import type { Reason } from '../check/reason.ts';
import type { AnnouncementFact } from '../maintenance/announcement-fact.ts';
import type { AgreedMonth, Agreement } from '../sla/agreement.ts';
import type { Adjudication } from '../sla/credit.ts';
import type { MonthStatement } from '../sla/month-statement.ts';
import type { Instant, Millis } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';

export interface WitnessedSample {
  readonly at: Instant;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly httpStatus: number | null;
  readonly detail: string;
}
export interface Witness {
  /** Slug of the location. */
  readonly location: string;
  /** The checks of that time are still kept. */
  readonly kept: boolean;
  readonly failures: number;
  readonly lastGoodBefore: WitnessedSample | null;
  readonly firstBad: WitnessedSample | null;
  readonly lastBad: WitnessedSample | null;
  readonly firstGoodAfter: WitnessedSample | null;
}
/** Detected or written, over the stretch in which it was open. */
export interface IncidentMark extends Interval {
  readonly id: string;
  readonly title: string;
  readonly components: readonly string[];
}
export interface ReleaseFact {
  readonly version: string;
  readonly kind: 'standard' | 'hotfix' | 'emergency';
  readonly notesPublishedAt: Instant | null;
  readonly deployedAt: Instant;
  readonly announcement: string | null;
  readonly outsideWindow: boolean;
}
export interface SlotUse extends Interval {
  readonly reservedMs: Millis;
  readonly announcedMs: Millis;
  readonly excludedMs: Millis;
  readonly usedMs: Millis;
}

export interface ReportFacts {
  readonly agreement: Agreement;
  readonly agreed: AgreedMonth;
  readonly statement: MonthStatement;
  /** Slug → name, of every component that the contract names. */
  readonly names: ReadonlyMap<string, string>;
  /** Known by the statement's `asOf`; those that no line names are left out of the report. */
  readonly announcements: readonly AnnouncementFact[];
  /** By id of the downtime line. */
  readonly witnesses: ReadonlyMap<string, readonly Witness[]>;
  readonly incidents: readonly IncidentMark[];
  readonly slots: readonly SlotUse[];
  readonly releases: readonly ReleaseFact[];
  /** The adjudication that stands, with the time of its row. */
  readonly adjudication: (Adjudication & { readonly recordedAt: Instant }) | null;
  /** When the first claim was received; null: none was. */
  readonly claimReceivedAt: Instant | null;
  readonly policySha256: string;
  readonly tzdata: string;
  readonly generator: { readonly name: string; readonly version: string };
  /** How many locations were asked in the period, and whether sentinels vouch for failures. */
  readonly locations: number;
  readonly sentinels: number;
}
