/**
 * Contracts as versions: what the configuration said of each, and when. The last version speaks, for past months too; a
 * contract that is no longer in the file is there with `removed`, because its months stay. Nothing is edited.
 */
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

/** One version of a contract, in force from `recordedAt`. */
export interface RecordedAgreement {
  readonly agreement: Agreement;
  readonly recordedAt: Instant;
  readonly removed: boolean;
}

/** The last version of every contract there ever was, in the order of their ids; `asOf`: as it was known then. */
export const readAgreements = async (store: Store, asOf?: Instant): Promise<RecordedAgreement[]> => {
  const { rows } = await store.read({
    sql: `SELECT document_json, recorded_at_ms, removed FROM contract_versions AS v WHERE recorded_at_ms =
            (SELECT max(recorded_at_ms) FROM contract_versions WHERE contract_id = v.contract_id AND recorded_at_ms <= ?)
          ORDER BY contract_id`,
    args: [asOf ?? Number.MAX_SAFE_INTEGER],
  });
  return rows.map(([document, recordedAt, removed]) => ({
    agreement: JSON.parse(String(document)) as Agreement,
    recordedAt: instant(Number(recordedAt)),
    removed: Number(removed) === 1,
  }));
};

export interface CustomerName {
  readonly id: string;
  readonly name: string;
}
/** Everybody whom a contract names or named, by id. */
export const readCustomers = async (store: Store): Promise<CustomerName[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_extract(document_json, '$.customer') AS id, json_extract(document_json, '$.customerName'), max(recorded_at_ms)
          FROM contract_versions GROUP BY id ORDER BY id`,
  });
  return rows.map(([id, name]) => ({ id: String(id), name: String(name) }));
};

/** One more version of a contract. */
export const addContractVersion = (agreement: Agreement, at: Instant): Statement => ({
  sql: 'INSERT INTO contract_versions (contract_id, recorded_at_ms, document_json, removed) VALUES (?, ?, ?, 0)',
  args: [agreement.id, at, canonicalJson(agreement)],
});

/** The last version of a contract said once more, as removed. */
export const removeContract = (id: string, at: Instant): Statement => ({
  sql: `INSERT INTO contract_versions (contract_id, recorded_at_ms, document_json, removed)
        SELECT contract_id, ?, document_json, 1 FROM contract_versions WHERE contract_id = ? ORDER BY recorded_at_ms DESC LIMIT 1`,
  args: [at, id],
});
