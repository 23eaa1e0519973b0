/** Claims for credits as facts. */
import type { RecordedClaim } from '#domain/ledger/ledger-facts.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '../store.ts';

const ALL = `SELECT json_group_array(json_object('id', id, 'recordedAt', recorded_at_ms, 'contract', contract_id, 'month', month,
    'receivedAt', received_at_ms, 'note', note, 'author', author))
  FROM (SELECT * FROM claims WHERE recorded_at_ms <= ? ORDER BY recorded_at_ms, id)`;

/** Those recorded by `asOf`, in that order; null: everything. */
export const readClaims = async (store: Store, asOf: Instant | null): Promise<RecordedClaim[]> => {
  const { rows } = await store.read({ sql: ALL, args: [asOf ?? Number.MAX_SAFE_INTEGER] });
  return JSON.parse(String(rows[0]?.[0])) as RecordedClaim[];
};
