/** Everybody who may sign in, the links that would let somebody in, and all tokens. */
import { apiTokensOf } from '#db/queries/api-tokens.ts';
import { type CustomerName, readCustomers } from '#db/queries/contracts.ts';
import { openInvitations } from '#db/queries/invitations.ts';
import { readPeople } from '#db/queries/people.ts';
import { lastSeen } from '#db/queries/sessions.ts';
import type { Store } from '#db/store.ts';
import type { Role } from '#domain/access/permission.ts';
import type { Clock } from '#monitor/clock.ts';
import { type TokenLine, tokenLine } from './account.ts';

export interface PersonLine {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly disabledAt: number | null;
  readonly hasSecondFactor: boolean;
  /** Null: no session was ever begun. */
  readonly lastSeenAt: number | null;
  /** Of an account manager: ids; without one they read no report. */
  readonly customers: readonly string[];
  readonly version: number;
}
export interface InvitationLine {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  /** Of a link to a new password: whose. */
  readonly personId: string | null;
  readonly invitedBy: string;
  readonly customers: readonly string[];
  readonly expiresAt: number;
}
export interface PeopleView {
  readonly people: readonly PersonLine[];
  readonly invitations: readonly InvitationLine[];
  /** Everybody whom a contract names. */
  readonly customers: readonly CustomerName[];
  readonly tokens: readonly (TokenLine & { readonly owner: string; readonly ownerId: string })[];
}

export const peopleView = async ({ store, clock }: { readonly store: Store; readonly clock: Clock }): Promise<PeopleView> => {
  const now = clock.now();
  const [people, invitations, tokens, seen, customers] = await Promise.all([
    readPeople(store),
    openInvitations(store, now),
    apiTokensOf(store, null),
    lastSeen(store),
    readCustomers(store),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return {
    people: people.map(({ id, name, email, role, disabledAt, totpConfirmedAt, customers: own, version }) => ({
      id,
      name,
      email,
      role,
      disabledAt,
      hasSecondFactor: totpConfirmedAt !== null,
      lastSeenAt: seen.get(id) ?? null,
      customers: own,
      version,
    })),
    invitations: invitations.map(({ id, email, role, personId, invitedBy, customers: own, expiresAt }) => ({
      id,
      email,
      role,
      personId,
      invitedBy,
      customers: own,
      expiresAt,
    })),
    customers,
    tokens: tokens.map((token) => ({ ...tokenLine(token, now), owner: names.get(token.personId) ?? '', ownerId: token.personId })),
  };
};
