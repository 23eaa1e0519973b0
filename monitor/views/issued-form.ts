/** A report in the form in which it leaves the house. What is not final is told in the same form, so that nobody takes it for a final one. */
import type { ReportDocument, SealedReport } from '#domain/report/report-document.ts';

export const issuedForm = ({ document, sealed }: { readonly document: ReportDocument; readonly sealed: SealedReport | null }): object =>
  sealed ?? { report: document, sha256: null, signature: null };
