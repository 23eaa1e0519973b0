/**
 * Whether what was recorded is what was recorded: the chain of the ledger, the audit, both against the anchors outside the store, and what
 * people may do against the audit. Changes nothing; names the first wrong row of each. Source: reliability P18.
 */
import { readStandingsApart } from '#db/queries/audit-standing.ts';
import { auditFaults, auditNotes, standingWords } from './doctor-audit.ts';
import { chainChecks } from './doctor-chain.ts';
import type { DoctorContext } from './doctor-types.ts';
import type { Told } from './long-verb.ts';
import { toldFaults } from './told-incidents.ts';
import { type AuditChecks, verifyAudit } from './verify-audit.ts';

export interface RecordsReport {
  readonly ok: boolean;
  /** Sentences on what is wrong, the audit first. */
  readonly faults: readonly string[];
  /** The first row of the audit that is wrong; null: none is. */
  readonly firstWrong: number | null;
  readonly rows: number;
  readonly notes: readonly string[];
}

/** `reach`: of whoever asks, see doctor. */
export const verifyRecords = async (
  { reach, ...checks }: AuditChecks & Pick<DoctorContext, 'reach'>,
  told: Told = () => undefined,
): Promise<RecordsReport> => {
  const audit = await verifyAudit(checks, told);
  const chain = await chainChecks(checks.store, reach);
  const standings = (await readStandingsApart(checks.store)).map(standingWords);
  const incidents = await toldFaults(checks.store);
  const faults = [...auditFaults(audit), ...chain.differences.map(({ message }) => message), ...standings, ...incidents];
  return {
    ok: faults.length === 0,
    faults,
    firstWrong: audit.fault?.seq ?? null,
    rows: audit.rows,
    notes: [...(audit.ok ? auditNotes(audit) : []), ...chain.notes],
  };
};
