/**
 * Takes an invitation up: the person with the name and password that they choose, and their first session. A link to a new password sets
 * the password alone and ends every session; whoever has a second factor still needs it, so no session begins here. Good once, until the
 * millisecond before its end. Refuses with one sentence whatever is wrong with the link.
 */
import { findInvitation, type Invitation, takeInvitation } from '#db/queries/invitations.ts';
import { findPerson, insertPerson, type Person, setCustomers, setPassword } from '#db/queries/people.ts';
import { endSessionsOf } from '#db/queries/sessions.ts';
import { isOpen } from '#domain/access/invitation.ts';
import { judgePassword } from '#domain/access/password.ts';
import { nameKey } from '#domain/maintenance/text-rules.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { hashPassword } from '#monitor/identity/password-hash.ts';
import { hashOf } from '#monitor/identity/secret.ts';
import { auditOf, HIDDEN } from './audit.ts';
import { actorFor, beginSession, type Entered } from './begin-session.ts';
import { idFrom } from './new-id.ts';
import { judgeTaken, newPerson, readNewcomer } from './newcomer.ts';
import { type EntryContext, hashing, passwordMark, standingOf, type Visitor } from './people-verb.ts';

export interface AcceptRequest extends Visitor {
  readonly secret: string;
  /** Of no use with a link to a new password. */
  readonly name: string;
  readonly password: string;
}
export interface Accepted {
  /** Null: a new password was set; sign in with it. */
  readonly entered: Entered | null;
  readonly person: Pick<Person, 'id' | 'name' | 'email' | 'role'>;
}

const BAD_INVITATION = (): Refusal =>
  refuse('bad_link', 'This link lets nobody in: it is wrong, was used or taken back, or its time is over. Ask an admin for another.');

/** What a link is for; null: it lets nobody in. */
export const openInvitation = async ({ store }: Pick<EntryContext, 'store'>, secret: string, now: Instant): Promise<Invitation | null> => {
  const found = await findInvitation(store, hashOf(secret));
  return found && isOpen(found, now) ? found : null;
};

export const acceptInvitation = async (ctx: EntryContext, request: AcceptRequest): Promise<Accepted | Refusal> => {
  const { store, clock, identity } = ctx;
  const invitation = await openInvitation(ctx, request.secret, clock.now());
  if (!invitation) return BAD_INVITATION();
  const known = invitation.personId === null ? null : await findPerson(store, invitation.personId);
  if (known?.disabledAt) return BAD_INVITATION();
  const who = known ?? readNewcomer({ ...request, email: invitation.email });
  if (isRefusal(who)) return who;
  const bad = judgePassword(request.password, who);
  if (bad) return bad;
  const hash = await hashing(ctx, true, () => hashPassword(request.password, identity.cost));
  if (isRefusal(hash)) return hash;
  return store.exclusive(async () => {
    const now = clock.now();
    const again = await openInvitation(ctx, request.secret, now);
    if (!again) return BAD_INVITATION();
    return again.personId === null ? join(ctx, request, again, who, hash, now) : renew(ctx, request, again, hash, now);
  });
};

const join = async (
  ctx: EntryContext,
  request: AcceptRequest,
  invitation: Invitation,
  who: Pick<Person, 'email' | 'name'>,
  hash: string,
  now: Instant,
): Promise<Accepted | Refusal> => {
  const taken = await judgeTaken(ctx, who);
  if (taken) return taken;
  const person = newPerson(idFrom(ctx), who, invitation, hash, now);
  const { entered, row, entry } = beginSession(ctx, person, request, now, { by: 'invitation' });
  const joined = {
    verb: 'person.join',
    subject: `person/${person.id}`,
    before: { invitation: invitation.id },
    after: { ...standingOf(person), ...passwordMark(hash) },
  };
  const audit = await auditOf({ ...ctx, actor: actorFor(person, ctx, request.address) }, joined, entry);
  const assigned = person.customers.length > 0 ? setCustomers(person.id, person.customers, now) : [];
  await ctx.store.write([insertPerson(person, nameKey(person.name)), ...assigned, takeInvitation(invitation.id, now), row, ...audit]);
  return { entered, person: entered.person };
};

const renew = async (
  ctx: EntryContext,
  request: AcceptRequest,
  invitation: Invitation,
  hash: string,
  now: Instant,
): Promise<Accepted | Refusal> => {
  const person = invitation.personId === null ? null : await findPerson(ctx.store, invitation.personId);
  if (!person || person.disabledAt !== null) return BAD_INVITATION();
  const audit = await auditOf(
    { ...ctx, actor: actorFor(person, ctx, request.address) },
    {
      verb: 'person.renew_password',
      subject: `person/${person.id}`,
      before: { password: HIDDEN, invitation: invitation.id },
      after: passwordMark(hash),
    },
  );
  await ctx.store.write([
    setPassword(person, hash, now),
    takeInvitation(invitation.id, now),
    endSessionsOf(person.id, now, 'password'),
    ...audit,
  ]);
  const { id, name, email, role } = person;
  return { entered: null, person: { id, name, email, role } };
};
