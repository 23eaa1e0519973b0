/** A report as lines for a terminal: the verdict first, then the sum, then what was subtracted and why. From the document alone. */

import { instantWords } from '#domain/maintenance/words.ts';
import { adjustmentWords, downtimeWords, refusedWords, unknownWords } from '#domain/report/line-words.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { availabilitySum, creditSum, type SumStep } from '#domain/report/report-sum.ts';
import { atOf } from '#domain/report/report-times.ts';
import { blipWords, budgetWords, claimWords, creditWords, verdictWords } from '#domain/report/report-words.ts';
import { lengthText } from '#domain/time/length-text.ts';

const sumLines = (steps: readonly SumStep[]): string[] => {
  const width = Math.max(0, ...steps.map(({ amount }) => amount.length));
  return steps.map(({ sign, amount, what }) => `  ${sign.padEnd(1)} ${amount.padStart(width)}  ${what}`);
};
const titled = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

const STATES = { open: 'runs; these are figures so far', provisional: 'is over; these figures are not final', final: 'is final' } as const;

/** `sealed`: the hash of a final report. */
export const reportLines = (report: ReportDocument, sealed: { readonly sha256: string } | null): string[] => {
  const { contract, month, state, revision, period } = report;
  const at = (text: string): string => instantWords(period.zone, atOf(text));
  const revised = state === 'final' && revision > 1 ? ` in revision ${revision}` : '';
  return [
    verdictWords(report),
    `${contract.customer_name}, contract ${contract.id}. ${month} ${STATES[state]}${revised}; as of ${at(report.as_of)}.`,
    `Period: ${at(period.start)} to ${at(period.end)}.`,
    budgetWords(report),
    '',
    ...sumLines(availabilitySum(report)),
    ...titled(
      'Downtime',
      report.downtime.map((line) => `${line.id} ${downtimeWords(line, report)}`),
    ),
    ...titled(
      'Excluded',
      report.exclusions.map(
        (line) =>
          `${line.id} ${at(line.start)}, ${lengthText(line.ms)}: announced ${line.announcements.map(({ id, announced_at }) => `as ${id} at ${at(announced_at)}`).join(', ')}.`,
      ),
    ),
    ...titled(
      'Announced and not excluded',
      report.refused.map(
        (line) => `${line.id} ${at(line.start)}, ${lengthText(line.ms)}, ${line.announcement}: ${refusedWords(line.reason)}`,
      ),
    ),
    ...titled(
      'Unknown',
      report.unknown.map(
        (line) =>
          `${line.id} ${at(line.start)}, ${lengthText(line.ms)}: ${[...new Set(line.components.map(({ cause }) => unknownWords(cause)))].join(' ')}`,
      ),
    ),
    ...titled(
      'Corrections by people',
      report.adjustments.map((row) => adjustmentWords(row, report)),
    ),
    '',
    blipWords(report),
    ...titled('Credit', [creditWords(report), claimWords(report)]),
    ...sumLines(creditSum(report)),
    ...titled(
      'What this revision changed',
      report.changes.map(({ words }) => words),
    ),
    ...titled('To know', report.notes),
    ...(sealed ? ['', `SHA-256 ${sealed.sha256}`] : []),
  ];
};
