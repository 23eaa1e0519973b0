/**
 * What the pages of reports are made from, asked anew for each request. The composition root hands it in; tests hand in scenes.
 * Everything is read and nothing is written. Rejects when the store is away.
 */
import type { MonthPageView, ReportPageView, ReportsPageView } from '#monitor/views/report-views.ts';

/** One change to imagine, as it was typed: a key of the query with its value, such as `drop` and the id of an announcement. */
export interface WhatIfAsk {
  readonly key: WhatIfKey;
  readonly value: string;
}
/** Keys of the form under a report. Times are wall times of the contract's zone, `2026-10-10T10:00`. */
export const WHAT_IF_KEYS = ['drop', 'move', 'move-from', 'move-to', 'down', 'down-from', 'down-to', 'target', 'unknown'] as const;
export type WhatIfKey = (typeof WHAT_IF_KEYS)[number];

export interface ReportWish {
  /** Null: the newest final one, and where there is none the month as it stands. */
  readonly revision: number | null;
  /** In the order of the query, without empty ones. Empty: nothing is imagined. */
  readonly whatIf: readonly WhatIfAsk[];
}

export interface ReportSource {
  list(): Promise<ReportsPageView>;
  /** `YYYY-MM`; null: no contract covers it, or it has not begun. */
  month(month: string): Promise<MonthPageView | null>;
  /** `contract` by its id; null: there is no such month, contract or revision. */
  report(month: string, contract: string, wish: ReportWish): Promise<ReportPageView | null>;
  /** The file of a final report, to the byte as it was issued; null: there is no such revision. */
  sealed(month: string, contract: string, revision: number): Promise<string | null>;
}
