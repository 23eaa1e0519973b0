/**
 * Doctor's look at the audit: every row held against its hash, audit and ledger held against what was noted outside the store, and what
 * people may do, their password hashes and the documents that were applied held against the last row that tells of them.
 */
import { appliedDigest, lastToldDocument, toldApplied } from '#db/queries/applied.ts';
import { readPasswordsApart, readStandingsApart, type StandingApart } from '#db/queries/audit-standing.ts';
import type { Store } from '#db/store.ts';
import { utcWords } from '#domain/maintenance/words.ts';
import { clearValues } from './clear-values.ts';
import type { ChainLook } from './doctor-chain.ts';
import type { Difference, DoctorContext } from './doctor-types.ts';
import type { Told } from './long-verb.ts';
import { toldFaults } from './told-incidents.ts';
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
    `${end} It holds against ${counted(anchors, 'anchor', 'anchors')}, the last of ${utcWords(anchoredAt as Parameters<typeof utcWords>[0])}.`,
    ...other,
  ];
};

export const standingWords = ({ name, told, held }: StandingApart): string =>
  `${name} is ${held} in the store, and by the audit ${told}. It was changed past Avow.`;

/** Documents that were applied are held against what the audit says of them, from the first of which it says something. */
const appliedFaults = async (store: Store): Promise<string[]> => {
  const all = await toldApplied(store);
  const first = all.findIndex(({ told }) => told !== null);
  const last = await lastToldDocument(store);
  const found = all.flatMap(({ row, told }, i) => {
    const which = `The configuration that was applied as ${row.name} at ${utcWords(row.recordedAt)}`;
    if (told === null) return first >= 0 && i > first ? [`${which} is told by no row of the audit. It was put in past Avow.`] : [];
    return appliedDigest(row) === told ? [] : [`${which} is not what was recorded. It was edited past Avow.`];
  });
  const newest = all.at(-1)?.row.recordedAt ?? null;
  return last !== null && last !== newest && (newest === null || last > newest)
    ? [...found, `The configuration that was applied at ${utcWords(last)} is missing. It was deleted past Avow.`]
    : found;
};

export const auditChecks = async (ctx: DoctorContext, told: Told): Promise<ChainLook> => {
  const clear = clearValues();
  const report = await verifyAudit({ ...ctx, seen: clear.see }, told);
  const standings = (await readStandingsApart(ctx.store)).map((apart) => whole('people', standingWords(apart)));
  const passwords = (await readPasswordsApart(ctx.store)).map((name) =>
    whole('people', `The password of ${name} in the store is not the one that the audit tells of. It was put in past Avow.`),
  );
  const applied = (await appliedFaults(ctx.store)).map((message) => whole('applied', message));
  const incidents = (await toldFaults(ctx.store)).map((message) => whole('incidents', message));
  return {
    differences: [...auditFaults(report).map((message) => whole('audit', message)), ...standings, ...passwords, ...applied, ...incidents],
    notes: [...(report.ok && report.rows > 0 ? auditNotes(report) : []), ...[clear.words()].filter((words) => words !== null)],
  };
};
