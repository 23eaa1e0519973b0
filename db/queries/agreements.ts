/** Contracts as they were agreed: the last version speaks, also of one that is no longer in the configuration. */
import type { Agreement } from '#domain/sla/agreement.ts';
import type { Store } from '../store.ts';

/** Null: there never was a contract of that id. */
export const readAgreement = async (store: Store, id: string): Promise<Agreement | null> => {
  const { rows } = await store.read({
    sql: 'SELECT document_json FROM contract_versions WHERE contract_id = ? ORDER BY recorded_at_ms DESC LIMIT 1',
    args: [id],
  });
  const [row] = rows;
  return row ? (JSON.parse(String(row[0])) as Agreement) : null;
};
