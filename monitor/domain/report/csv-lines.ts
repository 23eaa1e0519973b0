/** Everything that a report counts as rows of a table: down, with the checks behind it, excluded, refused, unknown, blips. */
import { joined, type Row, yesNo } from './csv-rows.ts';
import type { ReportDocument, ReportDowntime, ReportWitness } from './report-document.ts';

const CHECKS = ['last_good_before', 'first_bad', 'last_bad', 'first_good_after'] as const;
const witnessRows = ({ id, component }: ReportDowntime, witness: ReportWitness): Row[] => [
  {
    kind: 'witness',
    id,
    component,
    location: witness.location,
    name: 'failures',
    value: witness.failures,
    text: witness.kept ? 'kept' : 'no longer kept',
  },
  ...CHECKS.flatMap((name): Row[] => {
    const check = witness[name];
    if (!check) return [];
    const { at, outcome, reason, detail } = check;
    return [{ kind: 'check', id, component, location: witness.location, name, at, value: outcome, reason, text: detail }];
  }),
];

/** One row for each line, and for each check behind it. */
export const lineRows = ({ downtime, exclusions, refused, unknown, blips }: ReportDocument): Row[] => [
  ...downtime.flatMap((line): Row[] => [
    {
      kind: 'downtime',
      id: line.id,
      component: line.component,
      start: line.start,
      end: line.end,
      ms: line.ms,
      name: line.source,
      value: line.override,
      text: joined(line.incidents),
    },
    ...line.witnesses.flatMap((witness) => witnessRows(line, witness)),
  ]),
  ...exclusions.map(({ id, start, end, ms, components, announcements }) => ({
    kind: 'exclusion',
    id,
    start,
    end,
    ms,
    component: joined(components),
    announcement: joined(announcements.map((one) => one.id)),
    rev: joined(announcements.map((one) => one.rev)),
    at: joined(announcements.map((one) => one.announced_at)),
  })),
  ...refused.map(({ id, start, end, ms, announcement, reason }) => ({ kind: 'refused', id, start, end, ms, announcement, reason })),
  ...unknown.map(({ id, start, end, ms, components }) => ({
    kind: 'unknown',
    id,
    start,
    end,
    ms,
    component: joined(components.map((one) => one.id)),
    reason: joined(components.map((one) => one.cause)),
  })),
  ...blips.map(({ id, start, end, ms, component, location, counted }) => ({
    kind: 'blip',
    id,
    start,
    end,
    ms,
    component,
    location,
    name: 'counted',
    value: yesNo(counted),
  })),
];
