/** One row of the audit, whole: who, when, from where, every field before and after, and how it is bound. */
import { readAuditRow } from '#db/queries/audit-search.ts';
import { differencesOf, type FieldDifference } from '#domain/access/audit-difference.ts';
import { isHidden } from '#domain/access/audit-reach.ts';
import { reachOfActor } from '#monitor/context.ts';
import { type AuditContext, type AuditLine, jsonOf, lineOf } from './audit-page.ts';

export interface AuditEntryView extends AuditLine {
  readonly differences: readonly FieldDifference[];
  readonly prevHash: string;
  readonly rowHash: string;
}

/** Null: there is no row of this number, for whoever reads. */
export const auditEntry = async ({ store, actor }: AuditContext, seq: number): Promise<AuditEntryView | null> => {
  const row = await readAuditRow(store, seq);
  if (!row || isHidden(reachOfActor(actor), row.subject)) return null;
  const { before, after, prevHash, rowHash } = row;
  return { ...lineOf(row), differences: differencesOf(jsonOf(before), jsonOf(after)), prevHash, rowHash };
};
