/** Tokens of people, found by their id; the hash of the secret is compared by the caller. */
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { PERSON_COLUMNS, PERSON_WIDTH, type Person, personOf } from './people.ts';

export interface ApiToken {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly cidr: string | null;
  readonly recordedAt: Instant;
  readonly expiresAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

const COLUMNS =
  't.id, t.person_id, t.name, t.scopes_json, t.cidr, t.recorded_at_ms, t.expires_at_ms, t.last_used_at_ms, t.revoked_at_ms, t.secret_hash';
const at = (cell: unknown): Instant | null => (cell === null ? null : instant(Number(cell)));
const tokenOf = (cells: readonly unknown[]): ApiToken => ({
  id: String(cells[0]),
  personId: String(cells[1]),
  name: String(cells[2]),
  scopes: JSON.parse(String(cells[3])) as string[],
  cidr: cells[4] === null ? null : String(cells[4]),
  recordedAt: instant(Number(cells[5])),
  expiresAt: instant(Number(cells[6])),
  lastUsedAt: at(cells[7]),
  revokedAt: at(cells[8]),
});

export const findApiToken = async (
  store: Store,
  id: string,
): Promise<{ readonly token: ApiToken; readonly secretHash: string; readonly person: Person } | null> => {
  const { rows } = await store.read({
    sql: `SELECT ${PERSON_COLUMNS}, ${COLUMNS} FROM api_tokens AS t JOIN people AS p ON p.id = t.person_id WHERE t.id = ?`,
    args: [id],
  });
  const [cells] = rows;
  if (!cells) return null;
  const own = [...cells].slice(PERSON_WIDTH);
  return { person: personOf(cells), token: tokenOf(own), secretHash: String(own[9]) };
};

export const insertApiToken = (token: ApiToken, secretHash: string): Statement => ({
  sql: `INSERT INTO api_tokens (id, secret_hash, person_id, name, scopes_json, cidr, recorded_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [token.id, secretHash, token.personId, token.name, JSON.stringify(token.scopes), token.cidr, token.recordedAt, token.expiresAt],
});
export const revokeApiToken = (id: string, now: Instant): Statement => ({
  sql: 'UPDATE api_tokens SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL',
  args: [now, id],
});
export const revokeApiTokensOf = (personId: string, now: Instant): Statement => ({
  sql: 'UPDATE api_tokens SET revoked_at_ms = ? WHERE person_id = ? AND revoked_at_ms IS NULL',
  args: [now, personId],
});
export const touchApiToken = (id: string, now: Instant): Statement => ({
  sql: 'UPDATE api_tokens SET last_used_at_ms = ? WHERE id = ? AND coalesce(last_used_at_ms, 0) < ?',
  args: [now, id, now],
});
/** Those that are not revoked, of one person or of all (null), the newest first. */
export const apiTokensOf = async (store: Store, personId: string | null): Promise<ApiToken[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${COLUMNS} FROM api_tokens AS t WHERE t.revoked_at_ms IS NULL AND (?1 IS NULL OR t.person_id = ?1) ORDER BY t.recorded_at_ms DESC LIMIT 1000`,
    args: [personId],
  });
  return rows.map((cells) => tokenOf([...cells]));
};
