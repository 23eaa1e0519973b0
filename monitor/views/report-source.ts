/**
 * What the pages of reports are made from, asked anew for each request. The composition root hands it in; tests hand in scenes.
 * Everything is read and nothing is written. Rejects when the store is away.
 */

import { isRefusal } from '#domain/refusal.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import type { WhatIf } from '#domain/report/what-if.ts';
import type { ReportContext } from '#monitor/actions/report-context.ts';
import type { Actor } from '#monitor/context.ts';
import { fileText, reportFiles } from './report-files.ts';
import { monthPage, reportPage, reportsPage } from './report-pages.ts';
import type { MonthPageView, ReportPageView, ReportsPageView } from './report-views.ts';

export interface ReportWish {
  /** Null: the newest final one, and where there is none the month as it stands. */
  readonly revision: number | null;
  /** To be laid over the real month, in this order, and never stored. Empty: nothing is imagined. */
  readonly whatIf: readonly WhatIf[];
}

/** `by`: who asks; to them there are no contracts but those of customers that they reach. */
export interface ReportSource {
  list(by: Actor): Promise<ReportsPageView>;
  /** `YYYY-MM`; null: no contract covers it, or it has not begun. */
  month(month: string, by: Actor): Promise<MonthPageView | null>;
  /** `contract` by its id; null: there is no such month, contract or revision. */
  report(month: string, contract: string, wish: ReportWish, by: Actor): Promise<ReportPageView | null>;
  /**
   * Documents and file texts of these contracts (null: all of the month), read together: as issued to the byte where final. Null:
   * there is no such month, contract or revision.
   */
  files(month: string, contracts: readonly string[] | null, revision: number | null, by: Actor): Promise<readonly ToldReport[] | null>;
}
export interface ToldReport {
  readonly document: ReportDocument;
  /** Canonical JSON of a `SealedReport`, or of what is not sealed yet. */
  readonly json: string;
}

/** From the store, each asked as of now. */
export const reportSource = (context: (by: Actor) => ReportContext): ReportSource => ({
  list: (by) => reportsPage(context(by)),
  month: (month, by) => monthPage(context(by), month),
  report: (month, contract, wish, by) => reportPage(context(by), month, contract, wish),
  async files(month, contracts, revision, by) {
    const found = await reportFiles(context(by), { month, only: contracts, revision });
    if (isRefusal(found)) return null;
    // A customer may be called as a contract is: here contracts are meant.
    const own = found.filter((file) => contracts === null || contracts.includes(file.contract));
    return own.map((file) => ({ document: file.document, json: fileText(file) }));
  },
});
