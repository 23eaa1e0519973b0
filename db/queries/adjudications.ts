/** Adjudications of indeterminate months as rows and facts. Rows are only ever added, each bound by the chain. */
import type { BoundRow } from '#domain/ledger/chain.ts';
import type { RecordedAdjudication } from '#domain/ledger/ledger-facts.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '../store.ts';
import { AUTHENTICATED_JSON, authenticatedColumn, boundRow } from './chain-forms.ts';

export const adjudicationRow = (one: RecordedAdjudication): BoundRow =>
  boundRow('adjudication', {
    id: one.id,
    recorded_at_ms: one.recordedAt,
    contract_id: one.contract,
    month: one.month,
    decision: one.decision,
    reason: one.reason,
    evidence: one.evidence,
    author: one.author,
    authenticated: authenticatedColumn(one),
  });

/** `signed`: whether the approver proved who they are. */
export const adjudicationApprovalRow = (
  id: string,
  approvedBy: string,
  recordedAt: Instant,
  signed: { readonly authenticated: boolean },
): BoundRow =>
  boundRow('adjudication_approval', {
    adjudication_id: id,
    recorded_at_ms: recordedAt,
    approved_by: approvedBy,
    authenticated: authenticatedColumn(signed),
  });

const ALL = `SELECT json_group_array(json_object('id', id, 'recordedAt', recorded_at_ms, 'contract', contract_id, 'month', month, 'decision', decision,
    'reason', reason, 'evidence', evidence, 'author', author, ${AUTHENTICATED_JSON},
    'approvedBy', (SELECT approved_by FROM adjudication_approvals WHERE adjudication_id = a.id AND recorded_at_ms <= ?1),
    'approvalAuthenticated', json(iif((SELECT authenticated FROM adjudication_approvals WHERE adjudication_id = a.id AND recorded_at_ms <= ?1), 'true', 'false'))))
  FROM (SELECT * FROM adjudications WHERE recorded_at_ms <= ?1 ORDER BY recorded_at_ms, id) AS a`;

/** Those recorded by `asOf`, in that order, with approvals given by then; null: everything. Those that wait are among them. */
export const readAdjudications = async (store: Store, asOf: Instant | null): Promise<RecordedAdjudication[]> => {
  const { rows } = await store.read({ sql: ALL, args: [asOf ?? Number.MAX_SAFE_INTEGER] });
  return JSON.parse(String(rows[0]?.[0])) as RecordedAdjudication[];
};
