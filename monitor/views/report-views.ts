/**
 * What the pages of reports show, as plain JSON. Everything about a month itself stands in its document; beside it stands only
 * what is not part of it: which revisions there are and what proves them. `report-pages.ts` reads them. Instants in ms.
 */
import type { ReportDocument } from '#domain/report/report-document.ts';
import type { Instant } from '#domain/time/instant.ts';

/** What proves a final report. */
export interface Seal {
  readonly sha256: string;
  readonly keyId: string;
  /** Base64. */
  readonly signature: string;
  readonly prevSha256: string | null;
}
export interface RevisionLine {
  readonly revision: number;
  readonly issuedAt: Instant;
  readonly sha256: string;
  readonly availability: string | null;
  readonly verdict: ReportDocument['figures']['verdict'];
  readonly creditMinor: number | null;
}
export interface ReportPageView {
  readonly document: ReportDocument;
  /** Null: not final. */
  readonly seal: Seal | null;
  /** Final ones of this contract and month, the newest first; empty while there is none. */
  readonly revisions: readonly RevisionLine[];
  /** The months before and after that this contract covers and that have begun; null: there is none. */
  readonly previousMonth: string | null;
  readonly nextMonth: string | null;
  /** When the month may be made final at the earliest, and whether anything stands in the way, as a sentence; null: it is final. */
  readonly finalFrom: Instant | null;
  readonly obstacle: string | null;
  /** Set where changes were asked for with `?what-if=…`: the imagined month beside the real one. Never stored. */
  readonly whatIf: WhatIfView | null;
}
export interface WhatIfView {
  /** As they were asked for, in words. */
  readonly changes: readonly string[];
  /** Why it cannot be imagined; null: it can. */
  readonly refusal: string | null;
  readonly rows: readonly { readonly what: string; readonly real: string; readonly imagined: string; readonly difference: string }[];
}

export interface ContractMonthLine {
  readonly contract: string;
  readonly customer: string;
  readonly customerName: string;
  readonly currency: string;
  readonly decimals: number;
  readonly state: ReportDocument['state'];
  /** 0: none is final yet. */
  readonly revision: number;
  readonly availability: string | null;
  readonly targetPpm: number;
  readonly verdict: ReportDocument['figures']['verdict'];
  readonly downtimeMs: number;
  readonly remainingMs: number;
  readonly unknownMs: number;
  /** Null: not decided. */
  readonly creditMinor: number | null;
  readonly dueMinor: number | null;
  /** Credit that is owed as soon as a claim comes in, which may still come in time. */
  readonly claimableMinor: number;
}
/** `/admin/reports/{YYYY-MM}` */
export interface MonthPageView {
  readonly month: string;
  readonly asOf: Instant;
  /** By customer's name, then contract. Contracts that the month does not touch are left out. */
  readonly lines: readonly ContractMonthLine[];
  /** Per currency, what is owed so far. */
  readonly totals: readonly {
    readonly currency: string;
    readonly decimals: number;
    readonly dueMinor: number;
    readonly claimableMinor: number;
    readonly undecided: number;
  }[];
  readonly previousMonth: string | null;
  readonly nextMonth: string | null;
}
/** How many contracts of a month stand how. */
export interface MonthCounts {
  readonly month: string;
  readonly contracts: number;
  readonly final: number;
  readonly provisional: number;
  readonly open: number;
  readonly missed: number;
  /** And nobody has decided yet. */
  readonly indeterminate: number;
}
/** `/admin/reports` */
export interface ReportsPageView {
  readonly asOf: Instant;
  /** The newest first, from the first month that any contract covers. */
  readonly months: readonly MonthCounts[];
  /** No contract is configured: the page says how to write one. */
  readonly noContracts: boolean;
  /** The customers of whoever asks, and who can give them some when there is none; null: they read everybody's. */
  readonly own: {
    readonly customers: readonly { readonly id: string; readonly name: string }[];
    readonly admins: readonly string[];
  } | null;
}
