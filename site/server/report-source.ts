/**
 * What the pages of reports are made from, asked anew for each request. The composition root hands it in; tests hand in scenes.
 * Everything is read and nothing is written. Rejects when the store is away.
 */
import type { WhatIf } from '#domain/report/what-if.ts';
import type { MonthPageView, ReportPageView, ReportsPageView } from '#monitor/views/report-views.ts';

export interface ReportWish {
  /** Null: the newest final one, and where there is none the month as it stands. */
  readonly revision: number | null;
  /** To be laid over the real month, in this order, and never stored. Empty: nothing is imagined. */
  readonly whatIf: readonly WhatIf[];
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
