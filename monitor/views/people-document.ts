/**
 * People, their links, sessions and tokens as documents for programs: keys in snake_case, instants ISO 8601 in UTC. The same facts as the
 * views and answers, nothing computed here.
 */
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { StandingChanged } from '#monitor/actions/change-standing.ts';
import type { SetUpLinkMade } from '#monitor/actions/make-set-up-link.ts';
import type { TokenMade } from '#monitor/actions/make-token.ts';
import type { LinkAnswer, SessionsAnswer } from '#monitor/actions/people-requests.ts';
import type { PeopleView } from './people.ts';

type Document = Readonly<Record<string, unknown>>;

const iso = (at: number): string => isoOf(instant(at));
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export const peopleDocument = ({ people, invitations }: PeopleView): Document => ({
  people: people.map(({ id, name, email, role, disabledAt, hasSecondFactor, lastSeenAt, customers, version }) => ({
    id,
    name,
    email,
    role,
    disabled_at: isoOrNull(disabledAt),
    second_factor: hasSecondFactor,
    last_seen_at: isoOrNull(lastSeenAt),
    customers,
    version,
  })),
  invitations: invitations.map(({ id, email, role, personId, invitedBy, customers, expiresAt }) => ({
    id,
    email,
    role,
    person: personId,
    invited_by: invitedBy,
    customers,
    expires_at: iso(expiresAt),
  })),
});

export const linkDocument = ({ id, email, role, personId, link, expiresAt }: LinkAnswer): Document => ({
  id,
  email,
  role,
  person: personId,
  link,
  expires_at: iso(expiresAt),
});

export const standingDocument = ({ person: { id, name, email, role, disabledAt, customers, version } }: StandingChanged): Document => ({
  id,
  name,
  email,
  role,
  disabled_at: isoOrNull(disabledAt),
  customers,
  version,
});

export const sessionsDocument = ({ person, sessions }: SessionsAnswer): Document => ({
  person: person.id,
  sessions: sessions.map(({ id, address, agent, createdAt, lastSeenAt }) => ({
    id,
    address,
    agent,
    created_at: iso(createdAt),
    last_seen_at: iso(lastSeenAt),
  })),
});

export const tokensDocument = ({ tokens }: PeopleView): Document => ({
  tokens: tokens.map(({ id, name, ownerId, scopes, cidr, recordedAt, expiresAt, lastUsedAt }) => ({
    id,
    name,
    owner: ownerId,
    scopes,
    cidr,
    created_at: iso(recordedAt),
    expires_at: iso(expiresAt),
    last_used_at: isoOrNull(lastUsedAt),
  })),
});

export const tokenMadeDocument = ({ token: { id, name, scopes, cidr, expiresAt }, owner, text }: TokenMade): Document => ({
  id,
  name,
  owner: owner.id,
  scopes,
  cidr,
  expires_at: iso(expiresAt),
  token: text,
});

export const setUpLinkDocument = ({ link, expiresAt }: SetUpLinkMade): Document => ({ link, expires_at: iso(expiresAt) });
/** Everybody, every link and every token: what the room shows at once. */
export const accessDocument = (view: PeopleView): Document => ({ ...peopleDocument(view), ...tokensDocument(view) });
