/**
 * Proves anew, within a session, that it is still the person who sits there: by the password, or by a code where there is a second
 * factor. What is grave is open for ten minutes then. Guesses are counted by session. Source: reliability section 4 (Passwords).
 */

import type { Person } from '#db/queries/people.ts';
import { findSessionById, proveSession } from '#db/queries/sessions.ts';
import { isLive } from '#domain/access/session.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isPassword } from '#monitor/identity/password-hash.ts';
import { auditOf } from './audit.ts';
import { checkCode } from './check-code.ts';
import { actorPerson, type EntryContext, hashing, tooMany } from './people-verb.ts';

export interface ProveRequest {
  /** The id of the session. */
  readonly session: string;
  readonly password: string | null;
  readonly code: string | null;
}
export interface Proved {
  readonly provedAt: Instant;
}

/** Whether it is the password of the person; a guess that is wrong counts. */
export const provesPassword = async (ctx: EntryContext, person: Person, session: string, password: string): Promise<Refusal | null> => {
  const key = `session ${session}`;
  const wait = ctx.identity.byKnown.take(key);
  if (wait > 0) return tooMany(wait);
  const { passwordHash: hash } = person;
  const isRight = hash === null ? false : await hashing(ctx, true, () => isPassword(password, hash));
  if (isRight === true || isRefusal(isRight)) ctx.identity.byKnown.giveBack(key);
  if (isRefusal(isRight)) return isRight;
  return isRight ? null : refuse('wrong', 'That is not your password. Type it again.', { field: 'password' });
};

const ownSession = async (ctx: EntryContext, session: string, personId: string, now: Instant): Promise<boolean> => {
  const found = await findSessionById(ctx.store, session);
  return found !== null && found.personId === personId && isLive(found, now);
};

export const proveAgain = async (ctx: EntryContext, { session, password, code }: ProveRequest): Promise<Proved | Refusal> => {
  const person = await actorPerson(ctx);
  if (isRefusal(person)) return person;
  const byCode = (password ?? '') === '' && (code ?? '') !== '' && person.totpConfirmedAt !== null;
  const wrong = byCode ? null : await provesPassword(ctx, person, session, password ?? '');
  if (wrong) return wrong;
  const key = `session ${session}`;
  const wait = byCode ? ctx.identity.byKnown.take(key) : 0;
  if (wait > 0) return tooMany(wait);
  return ctx.store.exclusive(async () => {
    const now = ctx.clock.now();
    const again = await actorPerson(ctx);
    if (isRefusal(again)) return again;
    if (!(await ownSession(ctx, session, again.id, now))) return refuse('unknown_session', 'This session is over. Sign in again.');
    const taken = byCode ? await checkCode(ctx, again, code ?? '', now) : null;
    if (isRefusal(taken)) return taken;
    if (byCode) ctx.identity.byKnown.giveBack(key);
    const by = taken ? { by: 'code', ...taken.how } : { by: 'password' };
    const audit = await auditOf(ctx, { verb: 'session.prove', subject: `session/${session}`, before: null, after: by });
    await ctx.store.write([proveSession(session, now), ...(taken ? [taken.take] : []), ...audit]);
    return { provedAt: now };
  });
};
