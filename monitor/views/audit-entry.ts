/** One row of the audit, whole: who, when, from where, every field before and after, and how it is bound. */
import { readAuditRow } from '#db/queries/audit-search.ts';
import { differencesOf, type FieldDifference } from '#domain/access/audit-difference.ts';
import { type AuditContext, type AuditLine, jsonOf, lineOf } from './audit-page.ts';

export interface AuditEntryView extends AuditLine {
  readonly differences: readonly FieldDifference[];
  readonly prevHash: string;
  readonly rowHash: string;
}

/** Null: there is no row of this number. */
export const auditEntry = async ({ store }: AuditContext, seq: number): Promise<AuditEntryView | null> => {
  const row = await readAuditRow(store, seq);
  if (!row) return null;
  const { before, after, prevHash, rowHash } = row;
  return { ...lineOf(row), differences: differencesOf(jsonOf(before), jsonOf(after)), prevHash, rowHash };
};
