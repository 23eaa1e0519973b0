/** Configuration documents that were applied where no file rules, as rows that are never edited: the last one is in force. */

import { canonicalJson } from '#domain/canonical-json.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { sha256 } from './chain.ts';

export interface AppliedConfiguration {
  readonly recordedAt: Instant;
  /** Name under which it was given. */
  readonly name: string;
  readonly sha256: string;
  readonly document: string;
  /** Files that it names, by the name they have in it, as base64. */
  readonly beside: Readonly<Record<string, string>>;
  readonly author: string | null;
}

const COLUMNS = 'recorded_at_ms, name, sha256, document, beside_json, author';
const appliedOf = ([recordedAt, name, sha256Cell, document, beside, author]: readonly unknown[]): AppliedConfiguration => ({
  recordedAt: instant(Number(recordedAt)),
  name: String(name),
  sha256: String(sha256Cell),
  document: String(document),
  beside: JSON.parse(String(beside)) as Record<string, string>,
  author: author === null || author === undefined ? null : String(author),
});

/** SHA-256 of all of a row, as the audit says it when the row is written. */
export const appliedDigest = ({ recordedAt, name, sha256: of, document, beside, author }: AppliedConfiguration): string =>
  sha256(canonicalJson({ recordedAt, name, sha256: of, document, beside, author }));

export interface ToldApplied {
  readonly row: AppliedConfiguration;
  /** The digest that the audit says of it; null: it says nothing. */
  readonly told: string | null;
}
/** Every document that was applied, the oldest first, with what the audit says. */
export const toldApplied = async (store: Store): Promise<ToldApplied[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${COLUMNS}, (SELECT json_extract(after_json, '$.row_sha256') FROM audit
            WHERE subject = 'document/' || c.recorded_at_ms ORDER BY seq DESC LIMIT 1)
          FROM applied_configurations AS c ORDER BY recorded_at_ms`,
  });
  return rows.map((cells) => ({ row: appliedOf([...cells]), told: cells[6] === null ? null : String(cells[6]) }));
};

/** When the last one of which the audit tells was applied; null: it tells of none. */
export const lastToldDocument = async (store: Store): Promise<Instant | null> => {
  const { rows } = await store.read({
    sql: `SELECT max(CAST(substr(subject, 10) AS INTEGER)) FROM audit WHERE subject >= 'document/' AND subject < 'document0'`,
  });
  const at = rows[0]?.[0] ?? null;
  return at === null ? null : instant(Number(at));
};

/** Null: nothing was ever applied. */
export const lastApplied = async (store: Store): Promise<AppliedConfiguration | null> => {
  const { rows } = await store.read({ sql: `SELECT ${COLUMNS} FROM applied_configurations ORDER BY recorded_at_ms DESC LIMIT 1` });
  return rows[0] ? appliedOf([...rows[0]]) : null;
};

export const addApplied = ({ recordedAt, name, sha256, document, beside, author }: AppliedConfiguration): Statement => ({
  sql: 'INSERT INTO applied_configurations (recorded_at_ms, name, sha256, document, beside_json, author) VALUES (?, ?, ?, ?, ?, ?)',
  args: [recordedAt, name, sha256, document, JSON.stringify(beside), author],
});
