/**
 * What people changed, as a chain: each row begins with the sums with which the one before it ended, and the last one ends with the
 * figures. A row without effect changes nothing; one that takes downtime or doubt away is in effect only with a second person.
 * Units: integer ms. Source: semantics A7, D5.
 */
import { sameName } from '../maintenance/text-rules.ts';
import { byPrecedence } from '../sla/override.ts';
import type { ReportAdjustment, ReportDocument, ReportSums } from './report-document.ts';
import { mismatch, mismatches, type ReportFault, unless } from './report-fault.ts';
import { atOf } from './report-times.ts';

const sumFaults = (where: string, sums: ReportSums): ReportFault[] => [
  ...mismatch(`${where}.period_ms`, sums.period_ms, sums.excluded_ms + sums.eligible_ms),
  ...mismatch(`${where}.eligible_ms`, sums.eligible_ms, sums.up_ms + sums.downtime_ms + sums.unknown_ms),
];

const rowFaults = (row: ReportAdjustment, as_of: string): ReportFault[] => {
  const where = `adjustments.${row.id}`;
  const approved =
    row.approved_by !== null && !sameName(row.approved_by, row.author) && row.reason.trim() !== '' && row.evidence.trim() !== '';
  // Nothing that only says worse of a component makes downtime less or time up more.
  const better = row.after.downtime_ms < row.before.downtime_ms || row.after.up_ms > row.before.up_ms;
  return [
    ...sumFaults(`${where}.before`, row.before),
    ...sumFaults(`${where}.after`, row.after),
    ...mismatch(`${where}.in_effect`, row.in_effect, !row.needs_approval || approved),
    ...unless(row.needs_approval || !better, `${where}.needs_approval`, row.needs_approval, 'it takes downtime or doubt away'),
    ...(row.in_effect ? [] : mismatches(`${where}.after`, row.after, row.before)),
    ...unless(
      (row.kind === 'revocation') === (row.revokes !== null),
      `${where}.revokes`,
      row.revokes,
      `it is an entry of kind ${row.kind}`,
    ),
    ...unless(
      atOf(row.recorded_at) <= atOf(as_of),
      `${where}.recorded_at`,
      row.recorded_at,
      `the report knows what was recorded by ${as_of}`,
    ),
    ...unless(row.end === null || atOf(row.start) < atOf(row.end), `${where}.end`, row.end, `it starts at ${row.start}`),
  ];
};

export type OverridesById = ReadonlyMap<string, ReportAdjustment>;
export const overridesById = (rows: readonly ReportAdjustment[]): OverridesById =>
  new Map(rows.filter(({ kind }) => kind === 'override').map((row) => [row.id, row]));

/** A revocation speaks of what it takes back. */
const revokedFaults = (row: ReportAdjustment, overrides: OverridesById): ReportFault[] => {
  if (row.revokes === null) return [];
  const revoked = overrides.get(row.revokes);
  if (!revoked) return unless(false, `adjustments.${row.id}.revokes`, row.revokes, 'no override of the report has this id');
  const { component, start, end, state } = revoked;
  return mismatches(`adjustments.${row.id}`, row, { component, start, end, state });
};

export const checkAdjustments = ({ adjustments, figures, as_of }: ReportDocument): ReportFault[] => {
  const { period_ms, excluded_ms, eligible_ms, downtime_ms, unknown_ms, up_ms } = figures;
  const keys = adjustments.map(({ recorded_at, id }) => ({ recordedAt: atOf(recorded_at), id }));
  const overrides = overridesById(adjustments);
  return adjustments.flatMap((row, index) => {
    const [next, key, nextKey] = [adjustments[index + 1], keys[index], keys[index + 1]];
    const then = next ? next.before : { period_ms, excluded_ms, eligible_ms, downtime_ms, unknown_ms, up_ms };
    return [
      ...rowFaults(row, as_of),
      ...revokedFaults(row, overrides),
      ...mismatches(`adjustments.${row.id}.after`, row.after, then),
      ...unless(
        !key || !nextKey || byPrecedence(key, nextKey) < 0,
        `adjustments.${row.id}.recorded_at`,
        row.recorded_at,
        'the next row is older',
      ),
    ];
  });
};
