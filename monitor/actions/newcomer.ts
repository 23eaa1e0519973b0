/** Somebody who becomes a person of Avow: what they give themselves is read, held against who is there, and made a row. */
import { isTaken, type Person } from '#db/queries/people.ts';
import { readEmail } from '#domain/access/email.ts';
import { judgePassword } from '#domain/access/password.ts';
import { nameKey, readText } from '#domain/maintenance/text-rules.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { EntryContext } from './people-verb.ts';

export interface NewcomerRequest {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}
export type Newcomer = Omit<NewcomerRequest, 'password'>;

export const readNewcomer = ({ email: typed, name: called, password }: NewcomerRequest): Newcomer | Refusal => {
  const email = readEmail(typed);
  if (isRefusal(email)) return email;
  if (called.trim() === '') return refuse('bad_name', 'Say your name; it stands beside what you announce and decide.', { field: 'name' });
  const name = readText('author', called);
  if (isRefusal(name)) return refuse('bad_name', name.message, { field: 'name' });
  return judgePassword(password, { email, name }) ?? { email, name };
};

/** Null: nobody goes by that address or name. */
export const judgeTaken = async ({ store }: Pick<EntryContext, 'store'>, { email, name }: Newcomer): Promise<Refusal | null> => {
  if (await isTaken(store, 'email', email))
    return refuse('already_a_person', `Somebody signs in as ${email} already. Use another address, or ask for a new password.`, {
      field: 'email',
    });
  if (await isTaken(store, 'name_key', nameKey(name)))
    return refuse('name_taken', `Somebody is called ${name} already. Add a second name: names stand beside what people decide.`, {
      field: 'name',
    });
  return null;
};

export const newPerson = (
  id: string,
  { email, name }: Newcomer,
  { role, customers }: Pick<Person, 'role' | 'customers'>,
  passwordHash: string,
  now: Instant,
): Person => ({
  id,
  recordedAt: now,
  email,
  name,
  role,
  passwordHash,
  passwordChangedAt: now,
  totpSealed: null,
  totpConfirmedAt: null,
  totpStep: null,
  disabledAt: null,
  version: 1,
  customers,
});
