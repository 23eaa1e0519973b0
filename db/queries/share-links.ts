/**
 * Links to single reports, each with whoever made it as they stand now. Of the secret in the address only its hash is stored. A maker is
 * found by name: no two people have the same one, and it is never changed.
 */
import type { Role } from '#domain/access/permission.ts';
import type { LinkMaker, ShareLink } from '#domain/access/share-link.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

export interface MadeLink extends ShareLink {
  /** Null: nobody of that name signs in. */
  readonly maker: LinkMaker | null;
  /** Whose contract it is, as last applied; null: there never was one. */
  readonly customer: string | null;
}
const COLUMNS = `l.id, l.recorded_at_ms, l.expires_at_ms, l.contract_id, l.month, l.author, l.revoked_at_ms, l.last_used_at_ms,
  p.role, p.disabled_at_ms, (SELECT json_group_array(customer) FROM person_customers WHERE person_id = p.id),
  (SELECT json_extract(document_json, '$.customer') FROM contract_versions WHERE contract_id = l.contract_id
    ORDER BY recorded_at_ms DESC LIMIT 1)`;
const LINKS = `SELECT ${COLUMNS} FROM share_links AS l LEFT JOIN people AS p ON p.name = l.author`;
const at = (cell: unknown): Instant | null => (cell === null ? null : instant(Number(cell)));
const makerOf = (role: unknown, disabledAt: unknown, customers: unknown): LinkMaker | null =>
  role === null
    ? null
    : { role: String(role) as Role, disabled: disabledAt !== null, customers: JSON.parse(String(customers)) as string[] };
const linkOf = (cells: readonly unknown[]): MadeLink => ({
  id: String(cells[0]),
  recordedAt: instant(Number(cells[1])),
  expiresAt: instant(Number(cells[2])),
  contract: String(cells[3]),
  month: String(cells[4]),
  author: String(cells[5]),
  revokedAt: at(cells[6]),
  lastUsedAt: at(cells[7]),
  maker: makerOf(cells[8], cells[9], cells[10]),
  customer: cells[11] === null ? null : String(cells[11]),
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
const one = async (store: Store, where: string, value: string): Promise<MadeLink | null> => {
  const { rows } = await store.read({ sql: `${LINKS} WHERE ${where}`, args: [value] });
  return rows[0] ? linkOf([...rows[0]]) : null;
};
export const findShareLink = (store: Store, secretHash: string): Promise<MadeLink | null> => one(store, 'l.secret_hash = ?', secretHash);
export const shareLinkById = (store: Store, id: string): Promise<MadeLink | null> => one(store, 'l.id = ?', id);
/** Of a month and contract, the newest first. */
export const shareLinksOf = async (store: Store, contract: string, month: string): Promise<MadeLink[]> => {
  const { rows } = await store.read({
    sql: `${LINKS} WHERE l.month = ? AND l.contract_id = ? ORDER BY l.recorded_at_ms DESC, l.id LIMIT 200`,
    args: [month, contract],
  });
  return rows.map((cells) => linkOf([...cells]));
};
