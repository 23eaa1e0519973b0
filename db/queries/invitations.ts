/** Links that let somebody in once, found by the hash of their secret: invitations, and new passwords for people who are known. */
import type { InvitationTimes } from '#domain/access/invitation.ts';
import type { Role } from '#domain/access/permission.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

export interface Invitation extends InvitationTimes {
  readonly id: string;
  readonly recordedAt: Instant;
  /** Whose password it renews; null: an invitation. */
  readonly personId: string | null;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  /** Whose contracts and reports the account manager will read: ids, ascending. */
  readonly customers: readonly string[];
}

const COLUMNS =
  'id, recorded_at_ms, expires_at_ms, person_id, email, role, invited_by, used_at_ms, revoked_at_ms, ' +
  '(SELECT json_group_array(customer) FROM (SELECT customer FROM invitation_customers WHERE invitation_id = invitations.id ORDER BY customer))';
const at = (cell: unknown): Instant | null => (cell === null ? null : instant(Number(cell)));
const invitationOf = (cells: readonly unknown[]): Invitation => ({
  id: String(cells[0]),
  recordedAt: instant(Number(cells[1])),
  expiresAt: instant(Number(cells[2])),
  personId: cells[3] === null ? null : String(cells[3]),
  email: String(cells[4]),
  role: String(cells[5]) as Role,
  invitedBy: String(cells[6]),
  usedAt: at(cells[7]),
  revokedAt: at(cells[8]),
  customers: JSON.parse(String(cells[9])) as string[],
});

const one = async (store: Store, where: string, value: string): Promise<Invitation | null> => {
  const { rows } = await store.read({ sql: `SELECT ${COLUMNS} FROM invitations WHERE ${where}`, args: [value] });
  return rows[0] ? invitationOf([...rows[0]]) : null;
};
export const findInvitation = (store: Store, secretHash: string): Promise<Invitation | null> => one(store, 'secret_hash = ?', secretHash);
export const findInvitationById = (store: Store, id: string): Promise<Invitation | null> => one(store, 'id = ?', id);

/** Neither used nor revoked, nor over at `now`; the newest first. */
export const openInvitations = async (store: Store, now: Instant): Promise<Invitation[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${COLUMNS} FROM invitations WHERE expires_at_ms > ? AND used_at_ms IS NULL AND revoked_at_ms IS NULL
      ORDER BY recorded_at_ms DESC, id LIMIT 1000`,
    args: [now],
  });
  return rows.map((cells) => invitationOf([...cells]));
};

export const insertInvitation = (invitation: Invitation, secretHash: string): Statement => ({
  sql: `INSERT INTO invitations (id, secret_hash, recorded_at_ms, expires_at_ms, person_id, email, role, invited_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    invitation.id,
    secretHash,
    invitation.recordedAt,
    invitation.expiresAt,
    invitation.personId,
    invitation.email,
    invitation.role,
    invitation.invitedBy,
  ],
});
export const insertInvitationCustomers = ({ id, customers }: Pick<Invitation, 'id' | 'customers'>): Statement[] =>
  customers.map((customer) => ({ sql: 'INSERT INTO invitation_customers (invitation_id, customer) VALUES (?, ?)', args: [id, customer] }));
export const takeInvitation = (id: string, now: Instant): Statement => ({
  sql: 'UPDATE invitations SET used_at_ms = ? WHERE id = ? AND used_at_ms IS NULL AND revoked_at_ms IS NULL',
  args: [now, id],
});
export const revokeInvitation = (id: string, now: Instant): Statement => ({
  sql: 'UPDATE invitations SET revoked_at_ms = ? WHERE id = ? AND used_at_ms IS NULL AND revoked_at_ms IS NULL',
  args: [now, id],
});
/** Links that somebody made and that are open at `now`. Names are of one person each. */
export const openInvitationsBy = async (store: Store, name: string, now: Instant): Promise<Invitation[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${COLUMNS} FROM invitations
      WHERE invited_by = ? AND expires_at_ms > ? AND used_at_ms IS NULL AND revoked_at_ms IS NULL ORDER BY recorded_at_ms, id`,
    args: [name, now],
  });
  return rows.map((cells) => invitationOf([...cells]));
};
/** All links that are open to this address: the newest replaces them. */
export const revokeInvitationsOf = (email: string, now: Instant): Statement => ({
  sql: 'UPDATE invitations SET revoked_at_ms = ? WHERE email = ? AND used_at_ms IS NULL AND revoked_at_ms IS NULL',
  args: [now, email],
});
