/** Claims for credits as statements and facts. Rows are only ever added; a wrong one is answered by another. */
import type { ClaimRow } from '#domain/ledger/claiming.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { AUTHENTICATED_JSON, authenticatedColumn } from './chain-forms.ts';

export const insertClaim = (claim: ClaimRow): Statement => ({
  sql: 'INSERT INTO claims (id, recorded_at_ms, contract_id, month, received_at_ms, note, author, authenticated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  args: [claim.id, claim.recordedAt, claim.contract, claim.month, claim.receivedAt, claim.note, claim.author, authenticatedColumn(claim)],
});

const ALL = `SELECT json_group_array(json_object('id', id, 'recordedAt', recorded_at_ms, 'contract', contract_id, 'month', month,
    'receivedAt', received_at_ms, 'note', note, 'author', author, ${AUTHENTICATED_JSON}))
  FROM (SELECT * FROM claims WHERE recorded_at_ms <= ? ORDER BY recorded_at_ms, id)`;

/** Those recorded by `asOf`, in that order; null: everything. */
export const readClaims = async (store: Store, asOf: Instant | null): Promise<ClaimRow[]> => {
  const { rows } = await store.read({ sql: ALL, args: [asOf ?? Number.MAX_SAFE_INTEGER] });
  return JSON.parse(String(rows[0]?.[0])) as ClaimRow[];
};
