/**
 * Single lines of a report in sentences: what happened, when by the zone of the contract, and why something does not count. Plain
 * English, from the document and nothing else. Source: semantics A5, A7, B2, D5.
 */
import { instantWords, windowWords } from '../maintenance/words.ts';
import { lengthText } from '../time/length-text.ts';
import type { RefusedReason, ReportAdjustment, ReportDocument, ReportDowntime, ReportRelease, ReportSlot } from './report-document.ts';
import { atOf, stretchOf } from './report-times.ts';
import { componentName, signedWords, stateWords } from './value-words.ts';

const REFUSED: Readonly<Record<RefusedReason, string>> = {
  late: 'It was announced after the deadline.',
  outside_reserve: 'It lies outside the reserved time.',
  late_edit: 'It was changed after the deadline, and such a change can only take time away.',
  cancelled: 'It was cancelled before.',
  completed: 'The work was done before.',
  unapproved_import: 'It was imported after the fact, and no second person has approved it.',
  down_elsewhere: 'Another component that decides was down, and the announcement does not cover it.',
  not_critical: 'It covers no component that decides.',
};
/** Why announced time counts as any other. */
export const refusedWords = (reason: RefusedReason): string => REFUSED[reason];

const UNKNOWN: ReadonlyMap<string, string> = new Map([
  ['worker_silent', 'Our own monitor did not run.'],
  ['location_silent', 'A location sent no results.'],
  ['probe_error', 'Our own probe was at fault.'],
  ['paused', 'Its checks were paused.'],
  ['unconfirmed', 'A failure was neither confirmed nor refuted.'],
  ['override', 'A person has said that nobody can know.'],
]);
/** Why nothing is known. */
export const unknownWords = (cause: string): string => UNKNOWN.get(cause) ?? `The cause is given as ${cause}.`;

/** "Application was down for 2 h 0 min, Sat 2026-06-13 09:00 to 11:00 America/New_York (UTC-4), by its checks." */
export const downtimeWords = (line: ReportDowntime, report: ReportDocument): string => {
  const source = line.override === null ? 'by its checks' : `by override ${line.override}`;
  const window = windowWords(report.contract.report_zone, stretchOf(line));
  return `${componentName(report, line.component)} was down for ${lengthText(line.ms)}, ${window}, ${source}.`;
};

const adjustedTime = (row: ReportAdjustment, zone: string): string =>
  row.end === null
    ? `from ${instantWords(zone, atOf(row.start))} on`
    : `from ${instantWords(zone, atOf(row.start))} to ${instantWords(zone, atOf(row.end))}`;

/** What a person changed, and whether it counts. */
export const adjustmentWords = (row: ReportAdjustment, report: ReportDocument): string => {
  const [name, zone] = [componentName(report, row.component), report.contract.report_zone];
  const says =
    row.kind === 'override'
      ? `says ${name} was ${stateWords(row.state)} ${adjustedTime(row, zone)}`
      : `takes back override ${row.revokes}, which says ${name} was ${stateWords(row.state)} ${adjustedTime(row, zone)}`;
  const waits = row.in_effect ? '' : ' It waits for a second person and changes nothing.';
  return `The ${row.kind} ${row.id} by ${signedWords(row)}${row.approved_by === null ? '' : ','} ${says}.${waits}`;
};

/** "Sat 2026-06-13 10:00 to 15:00 America/New_York (UTC-4): 2 h 0 min announced, 2 h 0 min excluded, 1 h 30 min of it used." */
export const slotWords = (slot: ReportSlot, zone: string): string => {
  const window = windowWords(zone, stretchOf(slot));
  if (slot.announced_ms === 0) return `${window}: nothing announced.`;
  const used = slot.excluded_ms === 0 ? '' : `, ${slot.used_ms === 0 ? 'none' : lengthText(slot.used_ms)} of it used`;
  return `${window}: ${lengthText(slot.announced_ms)} announced, ${slot.excluded_ms === 0 ? 'nothing' : lengthText(slot.excluded_ms)} excluded${used}.`;
};

/** "Version 2.4.0 was deployed at … inside its window." */
export const releaseWords = (release: ReportRelease, zone: string): string => {
  const kind = release.kind === 'standard' ? 'Version' : `The ${release.kind}`;
  const notes =
    release.notes_published_at === null
      ? 'without notes'
      : `with notes published at ${instantWords(zone, atOf(release.notes_published_at))}`;
  const place = release.outside_window ? 'outside an announced window' : 'inside an announced window';
  return `${kind} ${release.version} was deployed at ${instantWords(zone, atOf(release.deployed_at))}, ${place}, ${notes}.`;
};
