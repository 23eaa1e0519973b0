/** Links to single reports. Of the secret in the address only its hash is stored. */
import type { ShareLink } from '#domain/access/share-link.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

const COLUMNS = 'id, recorded_at_ms, expires_at_ms, contract_id, month, author, revoked_at_ms, last_used_at_ms';
const at = (cell: unknown): Instant | null => (cell === null ? null : instant(Number(cell)));
const linkOf = (cells: readonly unknown[]): ShareLink => ({
  id: String(cells[0]),
  recordedAt: instant(Number(cells[1])),
  expiresAt: instant(Number(cells[2])),
  contract: String(cells[3]),
  month: String(cells[4]),
  author: String(cells[5]),
  revokedAt: at(cells[6]),
  lastUsedAt: at(cells[7]),
});

export const insertShareLink = (link: ShareLink, secretHash: string): Statement => ({
  sql: 'INSERT INTO share_links (id, secret_hash, recorded_at_ms, expires_at_ms, contract_id, month, author) VALUES (?, ?, ?, ?, ?, ?, ?)',
  args: [link.id, secretHash, link.recordedAt, link.expiresAt, link.contract, link.month, link.author],
});
export const revokeShareLink = (id: string, now: Instant): Statement => ({
  sql: 'UPDATE share_links SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL',
  args: [now, id],
});
export const touchShareLink = (id: string, now: Instant): Statement => ({
  sql: 'UPDATE share_links SET last_used_at_ms = ? WHERE id = ? AND coalesce(last_used_at_ms, 0) < ?',
  args: [now, id, now],
});
const one = async (store: Store, where: string, value: string): Promise<ShareLink | null> => {
  const { rows } = await store.read({ sql: `SELECT ${COLUMNS} FROM share_links WHERE ${where}`, args: [value] });
  return rows[0] ? linkOf([...rows[0]]) : null;
};
export const findShareLink = (store: Store, secretHash: string): Promise<ShareLink | null> => one(store, 'secret_hash = ?', secretHash);
export const shareLinkById = (store: Store, id: string): Promise<ShareLink | null> => one(store, 'id = ?', id);
/** Of a month and contract, the newest first. */
export const shareLinksOf = async (store: Store, contract: string, month: string): Promise<ShareLink[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${COLUMNS} FROM share_links WHERE month = ? AND contract_id = ? ORDER BY recorded_at_ms DESC, id LIMIT 200`,
    args: [month, contract],
  });
  return rows.map((cells) => linkOf([...cells]));
};
