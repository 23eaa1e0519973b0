/**
 * What a revision of a report changed against the one before it, each change as one sentence with its numbers. Nothing that only
 * time does is a change: when it was made, by which version and on which time zones, that the single checks behind a line are no longer kept, that
 * the time for a claim ran out. So a report without changes needs no revision. Source: semantics D5.
 */
import { entryChanges } from './entry-changes.ts';
import { FIGURE_KEYS, figureChange, HAPPENED } from './figure-changes.ts';
import { lineChanges } from './line-changes.ts';
import type { ReportChange, ReportDocument } from './report-document.ts';
import { mismatch, type ReportFault } from './report-fault.ts';
import { claimChanges, creditChanges, held, termChanges } from './term-changes.ts';

const figureChanges = (before: ReportDocument, after: ReportDocument): ReportChange[] =>
  FIGURE_KEYS.flatMap((key) => {
    const words = figureChange(key, before.figures, after.figures, HAPPENED);
    return words === null ? [] : [{ what: `figures.${key}`, before: held(before.figures[key]), after: held(after.figures[key]), words }];
  });

/** In the order in which people ask; empty when both say the same. Both of one contract and month. */
export const reportChanges = (before: ReportDocument, after: ReportDocument): ReportChange[] => [
  ...figureChanges(before, after),
  ...creditChanges(before, after),
  ...claimChanges(before, after),
  ...termChanges(before, after),
  ...entryChanges(before, after),
  ...lineChanges(before, after),
];

/** Whether a revision would change nothing. */
export const sameFacts = (before: ReportDocument, after: ReportDocument): boolean => reportChanges(before, after).length === 0;

/** The report as the revision after `before`: it says what it changed. */
export const asRevisionOf = (before: ReportDocument, report: ReportDocument): ReportDocument => ({
  ...report,
  changes: reportChanges(before, report),
});

/** Whether a revision follows the one before it and says of it what is true. */
export const checkRevision = (before: ReportDocument, report: ReportDocument): ReportFault[] => [
  ...mismatch('contract.id', report.contract.id, before.contract.id),
  ...mismatch('month', report.month, before.month),
  ...mismatch('revision', report.revision, before.revision + 1),
  ...mismatch('changes', report.changes, reportChanges(before, report)),
];
