/**
 * A new password for oneself, by the one that holds: every other session ends, and no device is known any more. Refuses a new password
 * that would not be taken from a newcomer, and the same one again. Source: reliability P16, section 4 (Passwords).
 */
import { setPassword } from '#db/queries/people.ts';
import { endSessionsOf, proveSession } from '#db/queries/sessions.ts';
import { judgePassword } from '#domain/access/password.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { hashPassword } from '#monitor/identity/password-hash.ts';
import { auditOf, HIDDEN } from './audit.ts';
import { actorPerson, type EntryContext, hashing, passwordMark } from './people-verb.ts';
import { provesPassword } from './prove-again.ts';

export interface PasswordRequest {
  /** The session that goes on. */
  readonly session: string;
  readonly current: string;
  readonly password: string;
}
export interface PasswordChanged {
  /** For the cookie of this device, which would not be known otherwise. */
  readonly device: string | null;
}

export const changePassword = async (
  ctx: EntryContext,
  { session, current, password }: PasswordRequest,
): Promise<PasswordChanged | Refusal> => {
  const { store, clock, identity } = ctx;
  const person = await actorPerson(ctx);
  if (isRefusal(person)) return person;
  const wrong = await provesPassword(ctx, person, session, current);
  if (wrong) return wrong.code === 'wrong' ? refuse('wrong', wrong.message, { field: 'current' }) : wrong;
  if (current === password)
    return refuse('bad_password', 'That is the password you have. Choose another, or leave it as it is.', { field: 'password' });
  const bad = judgePassword(password, person);
  if (bad) return bad;
  const hash = await hashing(ctx, true, () => hashPassword(password, identity.cost));
  if (isRefusal(hash)) return hash;
  return store.exclusive(async () => {
    const now = clock.now();
    const again = await actorPerson(ctx);
    if (isRefusal(again)) return again;
    if (again.passwordHash !== person.passwordHash)
      return refuse('conflict', 'Your password was changed elsewhere in the meantime. Sign in with that one.', {});
    const audit = await auditOf(ctx, {
      verb: 'person.change_password',
      subject: `person/${person.id}`,
      before: { password: HIDDEN },
      after: passwordMark(hash),
    });
    await store.write([
      setPassword(again, hash, now),
      endSessionsOf(again.id, now, 'password', session),
      proveSession(session, now),
      ...audit,
    ]);
    return { device: identity.devices.write({ ...again, passwordChangedAt: now }, now) };
  });
};
