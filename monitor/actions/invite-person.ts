/**
 * Invites somebody by an address and a role, or gives somebody who is known a link to a new password. The link is shown once, good for
 * 72 hours (at most seven days) and for one use; an earlier one to the same address ends. Refuses an address that somebody signs in with.
 */
import { type Invitation, insertInvitation, insertInvitationCustomers, revokeInvitationsOf } from '#db/queries/invitations.ts';
import { isTaken, type Person } from '#db/queries/people.ts';
import { readEmail } from '#domain/access/email.ts';
import { expiryOf } from '#domain/access/invitation.ts';
import { isRole, ROLES, type Role } from '#domain/access/permission.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { hashOf, newSecret } from '#monitor/identity/secret.ts';
import { customersFor } from './assign-customers.ts';
import { auditOf } from './audit.ts';
import { idFrom } from './new-id.ts';
import { judgeGrave, type PeopleContext, personNamed } from './people-verb.ts';

const INVITATION_PATH = '/admin/invitations/';

export interface InviteRequest {
  readonly email: string;
  readonly role: string;
  /** Null: 72. */
  readonly hours: number | null;
  /** Of an account manager; null: none yet. */
  readonly customers?: readonly string[] | null;
}
export interface PasswordLinkRequest {
  /** Id or address. */
  readonly person: string;
  readonly hours: number | null;
}
export interface InvitationMade {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  /** Whose password it renews; null: an invitation. */
  readonly personId: string | null;
  /** Shown once. */
  readonly secret: string;
  /** Where it leads, below the console's origin. */
  readonly path: string;
  readonly expiresAt: Instant;
}

/** To be called inside `store.exclusive`. */
const make = async (
  ctx: PeopleContext,
  to: { readonly email: string; readonly role: Role; readonly personId: string | null; readonly customers: readonly string[] },
  hours: number | null,
): Promise<InvitationMade | Refusal> => {
  const { store, clock, actor } = ctx;
  const now = clock.now();
  const expiresAt = expiryOf(now, hours);
  if (isRefusal(expiresAt)) return expiresAt;
  const secret = newSecret();
  const invitation: Invitation = {
    ...to,
    id: idFrom(ctx),
    recordedAt: now,
    expiresAt,
    invitedBy: actor.name,
    usedAt: null,
    revokedAt: null,
  };
  const audit = await auditOf(ctx, {
    verb: to.personId === null ? 'invitation.make' : 'person.password_link',
    subject: to.personId === null ? `invitation/${invitation.id}` : `person/${to.personId}`,
    before: null,
    after: {
      invitation: invitation.id,
      email: to.email,
      role: to.role,
      expires_at: expiresAt,
      ...(to.customers.length > 0 && { customers: to.customers }),
    },
  });
  await store.write([
    revokeInvitationsOf(to.email, now),
    insertInvitation(invitation, hashOf(secret)),
    ...insertInvitationCustomers(invitation),
    ...audit,
  ]);
  const { email, role, personId } = to;
  return { email, role, personId, id: invitation.id, secret, path: `${INVITATION_PATH}${secret}`, expiresAt };
};

/** A link that lets somebody in is made by a person: a token that leaked would otherwise let in an admin. */
const noLinkBy = ({ actor }: PeopleContext): Refusal | null =>
  actor.kind === 'token' ? refuse('denied', 'A token makes no links that let somebody in. Sign in, and make it there.') : null;

export const invitePerson = (ctx: PeopleContext, request: InviteRequest): Promise<InvitationMade | Refusal> =>
  ctx.store.exclusive(async () => {
    const grave = judgeGrave(ctx, 'people:write') ?? noLinkBy(ctx);
    if (grave) return grave;
    const email = readEmail(request.email);
    if (isRefusal(email)) return email;
    if (!isRole(request.role))
      return refuse('bad_role', `"${request.role.slice(0, 40)}" is no role. There are: ${ROLES.join(', ')}.`, { field: 'role' });
    if (await isTaken(ctx.store, 'email', email))
      return refuse('already_a_person', `Somebody signs in as ${email} already. Change their role, or give them a new password.`, {
        field: 'email',
      });
    const customers = await customersFor(ctx.store, request.customers ?? [], request.role);
    if (isRefusal(customers)) return customers;
    return make(ctx, { email, role: request.role, personId: null, customers }, request.hours);
  });

export const makePasswordLink = (ctx: PeopleContext, request: PasswordLinkRequest): Promise<InvitationMade | Refusal> =>
  ctx.store.exclusive(async () => {
    const grave = judgeGrave(ctx, 'people:write') ?? noLinkBy(ctx);
    if (grave) return grave;
    const person: Person | Refusal = await personNamed(ctx.store, request.person);
    if (isRefusal(person)) return person;
    if (person.disabledAt !== null)
      return refuse('is_disabled', `${person.name} is disabled. Enable them first, then make the link.`, { person: person.id });
    return make(ctx, { email: person.email, role: person.role, personId: person.id, customers: [] }, request.hours);
  });
