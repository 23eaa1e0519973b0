/** Overrides, revocations and their approvals as rows and as the ledger takes them. Rows are only ever added, each bound by the chain. */
import type { BoundRow } from '#domain/ledger/chain.ts';
import type { LedgerRow, OverrideRow, RevocationRow } from '#domain/sla/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '../store.ts';
import { AUTHENTICATED_JSON, authenticatedColumn, boundRow } from './chain-forms.ts';

export const ledgerRow = (row: LedgerRow): BoundRow => {
  const { id, recordedAt, reason, evidence, author } = row;
  const signed = { id, recorded_at_ms: recordedAt, reason, evidence, author, authenticated: authenticatedColumn(row) };
  if (row.kind === 'revocation') return boundRow('override_revocation', { ...signed, revokes: row.revokes });
  return boundRow('override', { ...signed, component: row.component, start_ms: row.start, end_ms: row.end, state: row.state });
};

/** `signed`: whether the approver proved who they are. */
export const overrideApprovalRow = (
  id: string,
  approvedBy: string,
  recordedAt: Instant,
  signed: { readonly authenticated: boolean },
): BoundRow =>
  boundRow('override_approval', {
    row_id: id,
    recorded_at_ms: recordedAt,
    approved_by: approvedBy,
    authenticated: authenticatedColumn(signed),
  });

/** Of a row by `asOf` (?1). */
const approvalOf = (
  id: string,
): string => `'approvedBy', (SELECT approved_by FROM override_approvals WHERE row_id = ${id} AND recorded_at_ms <= ?1),
      'approvalAuthenticated', json(iif((SELECT authenticated FROM override_approvals WHERE row_id = ${id} AND recorded_at_ms <= ?1), 'true', 'false'))`;

const ROWS = `SELECT json_group_array(json(row)) FROM (
  SELECT recorded_at_ms, id, component, json_object('kind', 'override', 'id', id, 'recordedAt', recorded_at_ms, 'component', component,
      'start', start_ms, 'end', end_ms, 'state', state, 'reason', reason, 'evidence', evidence, 'author', author, ${AUTHENTICATED_JSON},
      ${approvalOf('o.id')}) AS row
    FROM overrides o
  UNION ALL
  SELECT r.recorded_at_ms, r.id, o.component, json_object('kind', 'revocation', 'id', r.id, 'recordedAt', r.recorded_at_ms, 'revokes', r.revokes,
      'reason', r.reason, 'evidence', r.evidence, 'author', r.author,
      'authenticated', json(iif(r.authenticated, 'true', 'false')), ${approvalOf('r.id')}) AS row
    FROM override_revocations r JOIN overrides o ON o.id = r.revokes
  ORDER BY recorded_at_ms, id)
  WHERE recorded_at_ms <= ?1 AND (?2 IS NULL OR component = ?2)`;

/**
 * Overrides and revocations recorded by `asOf`, in that order; of approvals likewise, so that a row approved later stands there as
 * waiting. `component`: a slug, null for all; `asOf` null: everything.
 */
export const readLedgerRows = async (store: Store, asOf: Instant | null, component: string | null = null): Promise<LedgerRow[]> => {
  const { rows } = await store.read({ sql: ROWS, args: [asOf ?? Number.MAX_SAFE_INTEGER, component] });
  return JSON.parse(String(rows[0]?.[0])) as (OverrideRow | RevocationRow)[];
};

/** Which component each row speaks of: a revocation of that of its override. */
export const rowsByComponent = (rows: readonly LedgerRow[]): ReadonlyMap<string, readonly LedgerRow[]> => {
  const componentOf = new Map(rows.flatMap((row) => (row.kind === 'override' ? [[row.id, row.component]] : [])));
  return Map.groupBy(rows, (row) => (row.kind === 'override' ? row.component : (componentOf.get(row.revokes) ?? '')));
};
