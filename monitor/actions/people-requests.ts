/** The verbs of people and of tokens as the socket and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { accountView, type SessionLine } from '#monitor/views/account.ts';
import { assignCustomers } from './assign-customers.ts';
import { changeRole } from './change-role.ts';
import { disablePerson, enablePerson } from './disable-person.ts';
import { endSession } from './end-session.ts';
import { endSessionsOf } from './end-sessions-of.ts';
import { type InvitationMade, invitePerson, makePasswordLink } from './invite-person.ts';
import { makeSetUpLink } from './make-set-up-link.ts';
import { makeToken } from './make-token.ts';
import { type PeopleContext, personNamed } from './people-verb.ts';
import { removeSecondFactor } from './remove-second-factor.ts';
import { optionalText, text, verbsOn } from './request-verb.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { revokeToken } from './revoke-token.ts';

const optionalCount = z.number().int().nullable().default(null);
/** Ids. */
const customers = z.array(text).max(1_000);
const person = z.strictObject({ person: text });
const standing = z.strictObject({ person: text, version: optionalCount });

/** What a link is told by on a command line: whole where somebody listens, else the path below the console's address. */
export type LinkAnswer = Omit<InvitationMade, 'secret' | 'path'> & { readonly link: string };
const withLink = ({ identity }: PeopleContext, made: InvitationMade | Refusal): LinkAnswer | Refusal => {
  if (isRefusal(made)) return made;
  const { secret: _, path, ...more } = made;
  return { ...more, link: `${identity.origins?.console() ?? ''}${path}` };
};

export interface SessionsAnswer {
  readonly person: { readonly id: string; readonly name: string };
  readonly sessions: readonly SessionLine[];
}
const sessionsOf = async (ctx: PeopleContext, request: { readonly person: string }): Promise<SessionsAnswer | Refusal> => {
  const found = await personNamed(ctx.store, request.person);
  if (isRefusal(found)) return found;
  const { sessions } = await accountView(ctx, found, null);
  return { person: { id: found.id, name: found.name }, sessions };
};

const verb = verbsOn<PeopleContext>();

export const peopleVerbs = {
  invite: verb(
    z.strictObject({ email: text, role: text, hours: optionalCount, customers: customers.nullable().default(null) }),
    async (ctx, request) => withLink(ctx, await invitePerson(ctx, request)),
    true,
  ),
  'reset-password': verb(
    z.strictObject({ person: text, hours: optionalCount }),
    async (ctx, request) => withLink(ctx, await makePasswordLink(ctx, request)),
    true,
  ),
  'revoke-invitation': verb(z.strictObject({ invitation: text }), revokeInvitation),
  role: verb(standing.extend({ role: text, customers: customers.nullable().default(null) }), changeRole),
  customers: verb(standing.extend({ customers }), assignCustomers),
  disable: verb(standing, disablePerson),
  enable: verb(standing, enablePerson),
  'remove-second-factor': verb(person, (ctx, request) => removeSecondFactor(ctx, { ...request, session: null })),
  sessions: verb(person, sessionsOf),
  'end-session': verb(z.strictObject({ session: text }), endSession),
  'end-sessions': verb(person, (ctx, request) => endSessionsOf(ctx, { ...request, but: null })),
  'set-up-link': verb(z.strictObject({}), makeSetUpLink, true),
} as const;

export const tokenVerbs = {
  make: verb(z.strictObject({ owner: text, name: text, scopes: z.array(text), cidr: optionalText, days: optionalCount }), makeToken, true),
  revoke: verb(z.strictObject({ token: text }), revokeToken),
} as const;
