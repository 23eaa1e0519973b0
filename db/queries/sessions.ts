/** Sessions, found by the hash of their secret, each with the person whose it is. */
import type { SessionTimes } from '#domain/access/session.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import { PERSON_COLUMNS, PERSON_WIDTH, type Person, personOf } from './people.ts';

export interface Session extends SessionTimes {
  readonly id: string;
  readonly personId: string;
  readonly address: string;
  readonly agent: string;
}
export type SessionEnd = 'signed_out' | 'revoked' | 'password' | 'role' | 'disabled' | 'second_factor';

const SESSION_COLUMNS = 's.id, s.person_id, s.address, s.agent, s.created_at_ms, s.last_seen_at_ms, s.proved_at_ms, s.ended_at_ms';
const sessionOf = (cells: readonly unknown[]): Session => ({
  id: String(cells[0]),
  personId: String(cells[1]),
  address: String(cells[2]),
  agent: String(cells[3]),
  createdAt: instant(Number(cells[4])),
  lastSeenAt: instant(Number(cells[5])),
  provedAt: instant(Number(cells[6])),
  endedAt: cells[7] === null ? null : instant(Number(cells[7])),
});

/** Null: nobody has it. Whether it still lives, the caller judges. */
export const findSession = async (
  store: Store,
  secretHash: string,
): Promise<{ readonly session: Session; readonly person: Person } | null> => {
  const { rows } = await store.read({
    sql: `SELECT ${PERSON_COLUMNS}, ${SESSION_COLUMNS} FROM sessions AS s JOIN people AS p ON p.id = s.person_id WHERE s.secret_hash = ?`,
    args: [secretHash],
  });
  const [cells] = rows;
  return cells ? { person: personOf(cells), session: sessionOf([...cells].slice(PERSON_WIDTH)) } : null;
};

export const insertSession = (session: Session, secretHash: string): Statement => ({
  sql: `INSERT INTO sessions (id, secret_hash, person_id, created_at_ms, last_seen_at_ms, proved_at_ms, address, agent)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    session.id,
    secretHash,
    session.personId,
    session.createdAt,
    session.lastSeenAt,
    session.provedAt,
    session.address,
    session.agent.slice(0, 300),
  ],
});

export const touchSession = (id: string, at: Instant): Statement => ({
  sql: 'UPDATE sessions SET last_seen_at_ms = ? WHERE id = ? AND last_seen_at_ms < ?',
  args: [at, id, at],
});
export const proveSession = (id: string, at: Instant): Statement => ({
  sql: 'UPDATE sessions SET proved_at_ms = ? WHERE id = ? AND ended_at_ms IS NULL',
  args: [at, id],
});
export const endSession = (id: string, at: Instant, because: SessionEnd): Statement => ({
  sql: 'UPDATE sessions SET ended_at_ms = ?, ended_because = ? WHERE id = ? AND ended_at_ms IS NULL',
  args: [at, because, id],
});
/** All of a person, but for the one named. */
export const endSessionsOf = (personId: string, at: Instant, because: SessionEnd, but: string | null = null): Statement => ({
  sql: 'UPDATE sessions SET ended_at_ms = ?, ended_because = ? WHERE person_id = ? AND ended_at_ms IS NULL AND id IS NOT ?',
  args: [at, because, personId, but],
});
/** Those that have not been ended, the last used first. */
export const openSessionsOf = async (store: Store, personId: string): Promise<Session[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${SESSION_COLUMNS} FROM sessions AS s WHERE s.person_id = ? AND s.ended_at_ms IS NULL ORDER BY s.last_seen_at_ms DESC LIMIT 200`,
    args: [personId],
  });
  return rows.map((cells) => sessionOf([...cells]));
};
/** By the id that lists show; null: there is none. */
export const findSessionById = async (store: Store, id: string): Promise<Session | null> => {
  const { rows } = await store.read({ sql: `SELECT ${SESSION_COLUMNS} FROM sessions AS s WHERE s.id = ?`, args: [id] });
  return rows[0] ? sessionOf([...rows[0]]) : null;
};
/** When each person was last here, whether or not that session is over. */
export const lastSeen = async (store: Store): Promise<ReadonlyMap<string, Instant>> => {
  const { rows } = await store.read({ sql: 'SELECT person_id, max(last_seen_at_ms) FROM sessions GROUP BY person_id' });
  return new Map(rows.map(([personId, at]) => [String(personId), instant(Number(at))]));
};
