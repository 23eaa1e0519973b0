/**
 * The lines of a report against each other: numbered and in order, as long as they say, inside the period; what is down, excluded and
 * unknown never overlaps; whatever a line names stands in the report. Units: integer ms. Source: semantics A8, D5, H18.
 */

import { covered, type Interval, isEmpty, lengthOf } from '../time/interval.ts';
import { type OverridesById, overridesById } from './check-adjustments.ts';
import type { ReportDocument, ReportDowntime, ReportLine } from './report-document.ts';
import { mismatch, mismatches, type ReportFault, unless } from './report-fault.ts';
import { edgesOf } from './report-lines.ts';
import { atOf, stretchOf } from './report-times.ts';

export const sumOf = (lines: readonly { readonly ms: number }[]): number => lines.reduce((sum, { ms }) => sum + ms, 0);

const lineFaults = (list: string, prefix: string, lines: readonly ReportLine[], period: Interval): ReportFault[] =>
  lines.flatMap((line, index) => {
    const [where, part, before] = [`${list}.${line.id}`, stretchOf(line), lines[index - 1]];
    return [
      ...mismatch(`${list}.${index}.id`, line.id, `${prefix}${index + 1}`),
      ...mismatch(`${where}.ms`, line.ms, lengthOf(part)),
      ...unless(!isEmpty(part), `${where}.end`, line.end, `it starts at ${line.start}`),
      ...unless(part.start >= period.start, `${where}.start`, line.start, 'the period starts later'),
      ...unless(part.end <= period.end, `${where}.end`, line.end, 'the period ends before'),
      ...unless(!before || before.start <= line.start, `${where}.start`, line.start, 'the line before it starts later'),
    ];
  });

const disjoint = (where: string, lines: readonly ReportLine[]): ReportFault[] =>
  mismatch(`${where} (time counted once)`, sumOf(lines), covered(lines.map(stretchOf)));

const tileFaults = ({ downtime, exclusions, unknown }: ReportDocument): ReportFault[] => {
  const [down, out, doubt] = [downtime.map(stretchOf), exclusions.map(stretchOf), unknown.map(stretchOf)];
  return [
    ...disjoint('exclusions', exclusions),
    ...disjoint('unknown', unknown),
    ...[...Map.groupBy(downtime, ({ component }) => component)].flatMap(([id, own]) => disjoint(`downtime of ${id}`, own)),
    ...mismatch(
      'downtime, exclusions and unknown (together, time counted once)',
      covered(down) + covered(out) + covered(doubt),
      covered([...down, ...out, ...doubt]),
    ),
  ];
};

/** An override that a line names is in effect, of this component, and says of all of the line that it was down. */
const overrideFaults = (line: ReportDowntime, overrides: OverridesById, policy: ReportDocument['policy']): ReportFault[] => {
  if (line.override === null) return [];
  const row = overrides.get(line.override);
  const says =
    row?.in_effect && row.component === line.component && (row.state === 'down' || (row.state === 'degraded' && policy.count_degraded));
  const spans = row && atOf(row.start) <= atOf(line.start) && (row.end === null || atOf(row.end) >= atOf(line.end));
  return unless(Boolean(says && spans), `downtime.${line.id}.override`, line.override, 'no adjustment in effect says so');
};

const evidenceFaults = (line: ReportDowntime): ReportFault[] => [
  ...mismatches(`downtime.${line.id}`, line, edgesOf(line, line.witnesses)),
  ...mismatch(`downtime.${line.id}.source`, line.source, line.override === null ? 'probe' : 'override'),
];

const namedFaults = (report: ReportDocument): ReportFault[] => {
  const critical = new Set(report.contract.components.filter((one) => one.critical).map(({ id }) => id));
  const overrides = overridesById(report.adjustments);
  const decides = (where: string, id: string): ReportFault[] =>
    unless(critical.has(id), where, id, 'the contract has no such critical component');
  return [
    ...report.downtime.flatMap((line) => [
      ...decides(`downtime.${line.id}.component`, line.component),
      ...overrideFaults(line, overrides, report.policy),
      ...evidenceFaults(line),
    ]),
    ...report.exclusions.flatMap((line) => line.components.flatMap((id) => decides(`exclusions.${line.id}.components`, id))),
    ...report.unknown.flatMap((line) => line.components.flatMap(({ id }) => decides(`unknown.${line.id}.components`, id))),
    ...report.blips.flatMap((line) => decides(`blips.${line.id}.component`, line.component)),
    ...report.adjustments.flatMap((row) => decides(`adjustments.${row.id}.component`, row.component)),
  ];
};

export const checkLines = (report: ReportDocument): ReportFault[] => {
  const period = stretchOf(report.period);
  return [
    ...lineFaults('downtime', 'D', report.downtime, period),
    ...lineFaults('exclusions', 'X', report.exclusions, period),
    ...lineFaults('refused', 'N', report.refused, period),
    ...lineFaults('unknown', 'U', report.unknown, period),
    ...lineFaults('blips', 'B', report.blips, period),
    ...tileFaults(report),
    ...namedFaults(report),
  ];
};
