/** Configuration documents that were applied where no file rules, as rows that are never edited: the last one is in force. */
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

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

/** Null: nothing was ever applied. */
export const lastApplied = async (store: Store): Promise<AppliedConfiguration | null> => {
  const { rows } = await store.read({
    sql: 'SELECT recorded_at_ms, name, sha256, document, beside_json, author FROM applied_configurations ORDER BY recorded_at_ms DESC LIMIT 1',
  });
  const [row] = rows;
  if (!row) return null;
  const [recordedAt, name, sha256, document, beside, author] = row;
  return {
    recordedAt: instant(Number(recordedAt)),
    name: String(name),
    sha256: String(sha256),
    document: String(document),
    beside: JSON.parse(String(beside)) as Record<string, string>,
    author: author === null || author === undefined ? null : String(author),
  };
};

export const addApplied = ({ recordedAt, name, sha256, document, beside, author }: AppliedConfiguration): Statement => ({
  sql: 'INSERT INTO applied_configurations (recorded_at_ms, name, sha256, document, beside_json, author) VALUES (?, ?, ?, ?, ?, ?)',
  args: [recordedAt, name, sha256, document, JSON.stringify(beside), author],
});
