/** People who sign in, as they stand. Changes are conditional on the version that was seen. */
import type { Role } from '#domain/access/permission.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Rows, Statement, Store } from '../store.ts';

export interface Person {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string | null;
  readonly passwordChangedAt: Instant | null;
  readonly totpSealed: string | null;
  readonly totpConfirmedAt: Instant | null;
  readonly totpStep: number | null;
  readonly disabledAt: Instant | null;
  readonly version: number;
  /** Of an account manager: ids, ascending. */
  readonly customers: readonly string[];
}

export const PERSON_COLUMNS =
  'p.id, p.recorded_at_ms, p.email, p.name, p.role, p.password_hash, p.password_changed_at_ms, p.totp_sealed, p.totp_confirmed_at_ms, p.totp_step, p.disabled_at_ms, p.version, ' +
  '(SELECT json_group_array(customer) FROM (SELECT customer FROM person_customers WHERE person_id = p.id ORDER BY customer))';
export const PERSON_WIDTH = 13;

type Cells = Rows['rows'][number];
const at = (cell: unknown): Instant | null => (cell === null ? null : instant(Number(cell)));
const words = (cell: unknown): string | null => (cell === null ? null : String(cell));

/** From the cells of `PERSON_COLUMNS`. */
export const personOf = (cells: Cells): Person => ({
  id: String(cells[0]),
  recordedAt: instant(Number(cells[1])),
  email: String(cells[2]),
  name: String(cells[3]),
  role: String(cells[4]) as Role,
  passwordHash: words(cells[5]),
  passwordChangedAt: at(cells[6]),
  totpSealed: words(cells[7]),
  totpConfirmedAt: at(cells[8]),
  totpStep: cells[9] === null ? null : Number(cells[9]),
  disabledAt: at(cells[10]),
  version: Number(cells[11]),
  customers: JSON.parse(String(cells[12])) as string[],
});

const one = async (store: Store, where: string, value: string): Promise<Person | null> => {
  const { rows } = await store.read({ sql: `SELECT ${PERSON_COLUMNS} FROM people AS p WHERE ${where}`, args: [value] });
  return rows[0] ? personOf(rows[0]) : null;
};

export const findPerson = (store: Store, id: string): Promise<Person | null> => one(store, 'p.id = ?', id);
/** `email` in lower case. */
export const findByEmail = (store: Store, email: string): Promise<Person | null> => one(store, 'p.email = ?', email);

/** By id, or by address in lower case: as people are named on a command line. */
export const findNamed = (store: Store, idOrEmail: string): Promise<Person | null> =>
  idOrEmail.includes('@') ? findByEmail(store, idOrEmail) : findPerson(store, idOrEmail);

/** By name, ascending, who is disabled too. */
export const readPeople = async (store: Store): Promise<Person[]> => {
  const { rows } = await store.read({ sql: `SELECT ${PERSON_COLUMNS} FROM people AS p ORDER BY p.name_key LIMIT 10000` });
  return rows.map(personOf);
};

/** Admins that are let in, but for the one named. */
export const otherAdmins = async (store: Store, but: string | null): Promise<number> => {
  const { rows } = await store.read({
    sql: `SELECT count(*) FROM people WHERE role = 'admin' AND disabled_at_ms IS NULL AND id IS NOT ?`,
    args: [but],
  });
  return Number(rows[0]?.[0]);
};

/** Names of admins that are let in, at most so many. */
export const readAdmins = async (store: Store, most: number): Promise<string[]> => {
  const { rows } = await store.read({
    sql: `SELECT name FROM people WHERE role = 'admin' AND disabled_at_ms IS NULL ORDER BY name_key LIMIT ?`,
    args: [most],
  });
  return rows.map(([name]) => String(name));
};
/** Account managers that are let in and have no customers: they read no report. */
export const managersWithoutCustomers = async (store: Store): Promise<string[]> => {
  const { rows } = await store.read({
    sql: `SELECT name FROM people AS p WHERE role = 'account_manager' AND disabled_at_ms IS NULL
        AND NOT EXISTS (SELECT 1 FROM person_customers WHERE person_id = p.id) ORDER BY name_key LIMIT 100`,
  });
  return rows.map(([name]) => String(name));
};

/** Whether somebody else goes by that address or name. */
export const isTaken = async (store: Store, field: 'email' | 'name_key', value: string): Promise<boolean> => {
  const sql = field === 'email' ? 'SELECT 1 FROM people WHERE email = ?' : 'SELECT 1 FROM people WHERE name_key = ?';
  return (await store.read({ sql, args: [value] })).rows.length > 0;
};

export const insertPerson = (person: Person, nameKey: string): Statement => ({
  sql: `INSERT INTO people (id, recorded_at_ms, email, name, name_key, role, password_hash, password_changed_at_ms, version)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    person.id,
    person.recordedAt,
    person.email,
    person.name,
    nameKey,
    person.role,
    person.passwordHash,
    person.passwordChangedAt,
    person.version,
  ],
});

type Seen = Pick<Person, 'id' | 'version'>;
export const setRole = ({ id, version }: Seen, role: Role): Statement => ({
  sql: 'UPDATE people SET role = ?, version = version + 1 WHERE id = ? AND version = ?',
  args: [role, id, version],
});
export const setDisabled = ({ id, version }: Seen, at: Instant | null): Statement => ({
  sql: 'UPDATE people SET disabled_at_ms = ?, version = version + 1 WHERE id = ? AND version = ?',
  args: [at, id, version],
});
export const setPassword = ({ id, version }: Seen, hash: string, at: Instant): Statement => ({
  sql: 'UPDATE people SET password_hash = ?, password_changed_at_ms = ?, version = version + 1 WHERE id = ? AND version = ?',
  args: [hash, at, id, version],
});
/** The same password, hashed as it is done today. */
export const rehashPassword = (id: string, before: string, hash: string): Statement => ({
  sql: 'UPDATE people SET password_hash = ? WHERE id = ? AND password_hash = ?',
  args: [hash, id, before],
});
/** Raises the version, for rows beside the person's own. */
export const raiseVersion = ({ id, version }: Seen): Statement => ({
  sql: 'UPDATE people SET version = version + 1 WHERE id = ? AND version = ?',
  args: [id, version],
});
/** These customers and no others. */
export const setCustomers = (id: string, customers: readonly string[], at: Instant): Statement[] => [
  { sql: 'DELETE FROM person_customers WHERE person_id = ?', args: [id] },
  ...customers.map((customer) => ({
    sql: 'INSERT INTO person_customers (person_id, customer, recorded_at_ms) VALUES (?, ?, ?)',
    args: [id, customer, at],
  })),
];
/** Shown, not proved yet; null takes it away. */
export const setSecondFactor = ({ id, version }: Seen, sealed: string | null): Statement => ({
  sql: `UPDATE people SET totp_sealed = ?, totp_confirmed_at_ms = NULL, totp_step = NULL, version = version + 1
    WHERE id = ? AND version = ?`,
  args: [sealed, id, version],
});
export const confirmSecondFactor = ({ id, version }: Seen, step: number, at: Instant): Statement => ({
  sql: 'UPDATE people SET totp_confirmed_at_ms = ?, totp_step = ?, version = version + 1 WHERE id = ? AND version = ?',
  args: [at, step, id, version],
});
/** A code of this step is taken, and none of an earlier one after it. */
export const takeStep = (id: string, step: number): Statement => ({
  sql: 'UPDATE people SET totp_step = ? WHERE id = ? AND (totp_step IS NULL OR totp_step < ?)',
  args: [step, id, step],
});
/** Says that there is a first admin, in the transaction that makes one. */
export const setUpDone = (at: Instant): Statement => ({
  sql: `INSERT INTO meta (key, value) VALUES ('setup_done', CAST(? AS TEXT)) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  args: [at],
});
