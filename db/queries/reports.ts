/** Final reports and the keys that signed them, as statements and rows. Only ever added. */
import type { ReportDocument, SealedReport } from '#domain/report/report-document.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

export interface StoredReport {
  readonly id: string;
  readonly contract: string;
  readonly month: string;
  readonly revision: number;
  readonly recordedAt: Instant;
  readonly asOf: Instant;
  /** Canonical JSON: the bytes that were hashed and signed. */
  readonly document: string;
  readonly sha256: string;
  readonly prevSha256: string | null;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export const insertReportKey = (id: string, publicPem: string, at: Instant): Statement => ({
  sql: 'INSERT INTO report_keys (id, recorded_at_ms, public_pem) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
  args: [id, at, publicPem],
});
export const insertReport = (report: StoredReport): Statement => ({
  sql: `INSERT INTO reports (id, contract_id, month, revision, recorded_at_ms, as_of_ms, document_json, sha256, prev_sha256, key_id, signature)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    report.id,
    report.contract,
    report.month,
    report.revision,
    report.recordedAt,
    report.asOf,
    report.document,
    report.sha256,
    report.prevSha256,
    report.keyId,
    report.signature,
  ],
});

const COLUMNS = 'id, contract_id, month, revision, recorded_at_ms, as_of_ms, document_json, sha256, prev_sha256, key_id, signature';
const read = async (store: Store, condition: string, args: readonly (string | number)[]): Promise<StoredReport[]> => {
  const { rows } = await store.read({ sql: `SELECT ${COLUMNS} FROM reports WHERE ${condition}`, args });
  return rows.map(([id, contract, month, revision, recordedAt, asOf, document, sha256, prev, keyId, signature]) => ({
    id: String(id),
    contract: String(contract),
    month: String(month),
    revision: Number(revision),
    recordedAt: Number(recordedAt) as Instant,
    asOf: Number(asOf) as Instant,
    document: String(document),
    sha256: String(sha256),
    prevSha256: prev === null ? null : String(prev),
    keyId: String(keyId),
    signature: signature as Uint8Array,
  }));
};

/** Every revision of a contract's month, ascending. */
export const readRevisions = (store: Store, contract: string, month: string): Promise<StoredReport[]> =>
  read(store, 'contract_id = ? AND month = ? ORDER BY revision', [contract, month]);

/** The last revision of every contract that has one in this month. */
export const readFinalReports = (store: Store, month: string): Promise<StoredReport[]> =>
  read(
    store,
    'month = ?1 AND revision = (SELECT max(revision) FROM reports AS r WHERE r.contract_id = reports.contract_id AND r.month = ?1) ORDER BY contract_id',
    [month],
  );

/** The report issued last for a contract, whatever month it is of. */
export const readLastIssued = async (store: Store, contract: string): Promise<StoredReport | null> =>
  (await read(store, 'contract_id = ? ORDER BY rowid DESC LIMIT 1', [contract]))[0] ?? null;

export const readReportBySha = async (store: Store, sha256: string): Promise<StoredReport | null> =>
  (await read(store, 'sha256 = ? LIMIT 1', [sha256]))[0] ?? null;

/** All of them in the order of their ids, at most `most` after `id`. */
export const readReportsAfter = (store: Store, id: string, most: number): Promise<StoredReport[]> =>
  read(store, 'id > ? ORDER BY id LIMIT ?', [id, most]);

export interface FinalMonth {
  readonly contract: string;
  readonly month: string;
  readonly revision: number;
  readonly asOf: Instant;
}
/** Which months are final, without their documents. */
export const readFinalMonths = async (store: Store): Promise<FinalMonth[]> => {
  const { rows } = await store.read({
    sql: 'SELECT contract_id, month, max(revision), max(as_of_ms) FROM reports GROUP BY contract_id, month ORDER BY month, contract_id',
  });
  return rows.map(([contract, month, revision, asOf]) => ({
    contract: String(contract),
    month: String(month),
    revision: Number(revision),
    asOf: Number(asOf) as Instant,
  }));
};

/** Public PEM by key id. */
export const readReportKeys = async (store: Store): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await store.read({ sql: 'SELECT id, public_pem FROM report_keys' });
  return new Map(rows.map(([id, pem]) => [String(id), String(pem)]));
};

export const documentOf = ({ document }: Pick<StoredReport, 'document'>): ReportDocument => JSON.parse(document) as ReportDocument;

/** The report as the file that is sent. */
export const sealedOf = (stored: StoredReport, publicPem: string): SealedReport => ({
  report: documentOf(stored),
  sha256: stored.sha256,
  signature: {
    algorithm: 'Ed25519',
    key_id: stored.keyId,
    value: Buffer.from(stored.signature).toString('base64'),
    public_key: publicPem,
  },
});
