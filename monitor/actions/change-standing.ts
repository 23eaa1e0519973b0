/**
 * What the verbs on a person's standing share: role, and whether they are let in. The change holds from the next request on, for sessions
 * end, links that they made let nobody in any more, and tokens are revoked or reach as far as the role that is. Conditional on the version that was seen; there is always an admin.
 */
import { apiTokensOf, revokeApiTokensOf } from '#db/queries/api-tokens.ts';
import { openInvitationsBy, revokeInvitation, revokeInvitationsOf } from '#db/queries/invitations.ts';
import { otherAdmins, type Person, setCustomers } from '#db/queries/people.ts';
import { endSessionsOf, type SessionEnd } from '#db/queries/sessions.ts';
import type { Statement } from '#db/store.ts';
import { judgeStanding, type Standing } from '#domain/access/standing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type AuditEntry, auditOf } from './audit.ts';
import { judgeGrave, judgeReach, type PeopleContext, personNamed, standingOf } from './people-verb.ts';

export interface StandingRequest {
  /** Id or address. */
  readonly person: string;
  /** The version that the change was made from; null: whatever is there. */
  readonly version: number | null;
}
export interface StandingChanged {
  readonly person: Pick<Person, 'id' | 'name' | 'email' | 'role' | 'disabledAt' | 'customers' | 'version'>;
}

interface Change {
  readonly verb: string;
  readonly ends: SessionEnd | null;
  /** For good; otherwise they reach as far as the role that is. */
  readonly revokesTokens: boolean;
  to(person: Person, now: Instant): Standing;
  row(person: Person, to: Standing): Statement;
  /** Of whoever is an account manager afterwards; absent: as before. */
  readonly customers?: readonly string[];
}

export const changeStanding = (ctx: PeopleContext, request: StandingRequest, change: Change): Promise<StandingChanged | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock } = ctx;
    const grave = judgeGrave(ctx, 'people:write');
    if (grave) return grave;
    const person = await personNamed(store, request.person);
    if (isRefusal(person)) return person;
    const now = clock.now();
    const to = change.to(person, now);
    const no = judgeStanding(person, to, request.version, await otherAdmins(store, person.id));
    const beyond = no ?? judgeReach(ctx, person, { ...person, ...to });
    if (beyond) return beyond;
    // Another role reaches all customers or none, and whoever comes back to this one is given customers anew.
    const customers = to.role === 'account_manager' ? (change.customers ?? person.customers) : [];
    const after: Person = { ...person, ...to, customers, version: person.version + 1 };
    const links = change.ends === null ? [] : await openInvitationsBy(store, person.name, now);
    const revoked = links.map(
      ({ id, email, role, personId }): AuditEntry => ({
        verb: 'invitation.revoke',
        subject: `invitation/${id}`,
        before: { email, role, person: personId },
        after: null,
      }),
    );
    const tokens = change.revokesTokens ? (await apiTokensOf(store, person.id)).filter(({ expiresAt }) => expiresAt > now) : [];
    const shut = tokens.map(
      ({ id, name, scopes, cidr, expiresAt }): AuditEntry => ({
        verb: 'token.revoke',
        subject: `token/${id}`,
        before: { owner: person.id, name, scopes, cidr, expires_at: expiresAt },
        after: null,
      }),
    );
    const changed = { verb: change.verb, subject: `person/${person.id}`, before: standingOf(person), after: standingOf(after) };
    const audit = await auditOf(ctx, changed, ...revoked, ...shut);
    const ended =
      change.ends === null
        ? []
        : [
            endSessionsOf(person.id, now, change.ends),
            revokeInvitationsOf(person.email, now),
            ...links.map(({ id }) => revokeInvitation(id, now)),
          ];
    const assigned = customers.join() === person.customers.join() ? [] : setCustomers(person.id, customers, now);
    const revoking = change.revokesTokens ? [revokeApiTokensOf(person.id, now)] : [];
    await store.write([change.row(person, to), ...assigned, ...ended, ...revoking, ...audit]);
    const { id, name, email, role, disabledAt, version } = after;
    return { person: { id, name, email, role, disabledAt, customers, version } };
  });
