/**
 * Doctor's look at the audit: every row held against its hash, audit and ledger held against what was noted outside the store, and what
 * people may do held against the last row that says so.
 */
import { readStandingsApart, type StandingApart } from '#db/queries/audit-standing.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { ChainLook } from './doctor-chain.ts';
import type { Difference, DoctorContext } from './doctor-types.ts';
import type { Told } from './long-verb.ts';
import { type AuditReport, verifyAudit } from './verify-audit.ts';

const whole = (what: Difference['what'], message: string): Difference => ({ component: null, location: null, what, message });
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What is wrong, a sentence each. */
export const auditFaults = ({ rows, fault, ledgerFault, bookFaults }: AuditReport): string[] => [
  ...(fault ? [`${fault.message} The ${counted(rows, 'row', 'rows')} before it are in order.`] : []),
  ...(ledgerFault ? [ledgerFault.message] : []),
  ...bookFaults,
];

/** What is to know besides. */
export const auditNotes = ({ rows, head, anchors, anchoredAt, otherKeys }: AuditReport): string[] => {
  const end = `The audit has ${counted(rows, 'row', 'rows')} and ends in ${head.hash}.`;
  const other =
    otherKeys > 0 ? [`${counted(otherKeys, 'anchor was', 'anchors were')} sealed with another key and could not be judged.`] : [];
  if (anchors === null) return [`${end} It was not held against anchors: a cut end would not show.`];
  if (anchors === 0 || anchoredAt === null)
    return [`${end} Nothing was noted of it outside the store yet: a cut end would not show.`, ...other];
  return [
    `${end} It holds against ${counted(anchors, 'anchor', 'anchors')}, the last of ${isoOf(anchoredAt as Parameters<typeof isoOf>[0])}.`,
    ...other,
  ];
};

export const standingWords = ({ name, told, held }: StandingApart): string =>
  `${name} is ${held} in the store, and by the audit ${told}. It was changed past Avow.`;

export const auditChecks = async (ctx: DoctorContext, told: Told): Promise<ChainLook> => {
  const report = await verifyAudit(ctx, told);
  const standings = (await readStandingsApart(ctx.store)).map((apart) => whole('people', standingWords(apart)));
  return {
    differences: [...auditFaults(report).map((message) => whole('audit', message)), ...standings],
    notes: report.ok && report.rows > 0 ? auditNotes(report) : [],
  };
};
