/** People who sign in, as they stand. Changes are conditional on the version that was seen. */
import type { Role } from '#domain/access/permission.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Rows, Store } from '../store.ts';

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
}

export const PERSON_COLUMNS =
  'p.id, p.recorded_at_ms, p.email, p.name, p.role, p.password_hash, p.password_changed_at_ms, p.totp_sealed, p.totp_confirmed_at_ms, p.totp_step, p.disabled_at_ms, p.version';
export const PERSON_WIDTH = 12;

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
});

const one = async (store: Store, where: string, value: string): Promise<Person | null> => {
  const { rows } = await store.read({ sql: `SELECT ${PERSON_COLUMNS} FROM people AS p WHERE ${where}`, args: [value] });
  return rows[0] ? personOf(rows[0]) : null;
};

export const findPerson = (store: Store, id: string): Promise<Person | null> => one(store, 'p.id = ?', id);
/** `email` in lower case. */
export const findByEmail = (store: Store, email: string): Promise<Person | null> => one(store, 'p.email = ?', email);
