/**
 * Who asks: nobody, a person by the session's cookie, or a token in the `Authorization` header. A request with that header ignores every
 * cookie. What one may is decided here from the role as it stands now, and nowhere else. Source: reliability P14, P16, section 4.
 */
import { BlockList, isIPv6 } from 'node:net';
import { findApiToken, touchApiToken } from '#db/queries/api-tokens.ts';
import type { Person } from '#db/queries/people.ts';
import { findSession, type Session, touchSession } from '#db/queries/sessions.ts';
import type { Store } from '#db/store.ts';
import { readApiToken } from '#domain/access/api-token.ts';
import { type Permission, permissionsOf, permissionsOfToken } from '#domain/access/permission.ts';
import { NO_CUSTOMER, type Reach, reachOf } from '#domain/access/reach.ts';
import { isLive, SEEN_STEP_MS } from '#domain/access/session.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Actor } from '#monitor/context.ts';
import { formTokenOf, hashOf, isFormTokenOf, sameSecret } from '#monitor/identity/secret.ts';

export interface Nobody {
  readonly kind: 'nobody';
  readonly permissions: ReadonlySet<Permission>;
}
export interface SignedIn {
  readonly kind: 'person';
  readonly person: Person;
  readonly session: Session;
  readonly permissions: ReadonlySet<Permission>;
  /** What every form of this session carries; written anew for each page. */
  readonly formToken: () => string;
  readonly isFormToken: (sent: string) => boolean;
}
export interface TokenHolder {
  readonly kind: 'token';
  readonly person: Person;
  readonly token: { readonly id: string; readonly name: string; readonly scopes: readonly string[] };
  readonly permissions: ReadonlySet<Permission>;
}
export type Principal = Nobody | SignedIn | TokenHolder;

export const NOBODY: Nobody = { kind: 'nobody', permissions: new Set() };
/** The `Authorization` header is there and opens nothing. */
export const BAD_TOKEN = 'bad token';

export interface Credentials {
  /** `Authorization` as sent; null: none. */
  readonly authorization: string | null;
  /** The value of the session's cookie. */
  readonly cookie: string | null;
  /** Canonical address of the client. */
  readonly address: string;
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

const isWithin = (address: string, cidr: string): boolean => {
  const [base = '', bits] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(base, bits === undefined ? (isIPv6(base) ? 128 : 32) : Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4');
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
};

interface Reading {
  readonly store: Store;
  readonly clock: Clock;
}

/** Noted at most once a minute, and nobody waits for it: a counter, not a fact. */
const note = (store: Store, before: Instant | null, now: Instant, touch: () => ReturnType<typeof touchSession>): void => {
  if (before === null || now - before >= SEEN_STEP_MS) store.write([touch()]).catch(() => undefined);
};

const bySession = async ({ store, clock }: Reading, secret: string): Promise<SignedIn | Nobody> => {
  const found = SECRET.test(secret) ? await findSession(store, hashOf(secret)) : null;
  const now = clock.now();
  if (!found || found.person.disabledAt !== null || !isLive(found.session, now)) return NOBODY;
  const { person, session } = found;
  note(store, session.lastSeenAt, now, () => touchSession(session.id, now));
  return {
    kind: 'person',
    person,
    session,
    permissions: permissionsOf(person.role),
    formToken: () => formTokenOf(secret),
    isFormToken: (sent) => isFormTokenOf(secret, sent),
  };
};

const byToken = async ({ store, clock }: Reading, text: string, address: string): Promise<TokenHolder | typeof BAD_TOKEN> => {
  const sent = readApiToken(text);
  const found = sent && (await findApiToken(store, sent.id));
  const now = clock.now();
  if (!found || !sameSecret(hashOf(sent.secret), found.secretHash)) return BAD_TOKEN;
  const { token, person } = found;
  if (token.revokedAt !== null || token.expiresAt <= now || person.disabledAt !== null) return BAD_TOKEN;
  if (token.cidr !== null && !isWithin(address, token.cidr)) return BAD_TOKEN;
  note(store, token.lastUsedAt, now, () => touchApiToken(token.id, now));
  return { kind: 'token', person, token, permissions: permissionsOfToken(person.role, token.scopes) };
};

/** Rejects with the store's fault when the store can not be asked. */
export const principalOf = async (reading: Reading, sent: Credentials): Promise<Principal | typeof BAD_TOKEN> => {
  if (sent.authorization !== null) {
    const [, token] = /^Bearer +(\S+)$/i.exec(sent.authorization) ?? [];
    return token === undefined ? BAD_TOKEN : byToken(reading, token, sent.address);
  }
  return sent.cookie === null ? NOBODY : bySession(reading, sent.cookie);
};

/** Scopes that say something of contracts: a token without any of them reads none elsewhere either, not in a plan and not in the audit. */
const OF_CONTRACTS: readonly Permission[] = ['reports:read', 'reports:approve', 'configuration:write'];
const reachOfPrincipal = ({ kind, person, permissions }: SignedIn | TokenHolder): Reach =>
  kind === 'token' && !OF_CONTRACTS.some((one) => permissions.has(one)) ? NO_CUSTOMER : reachOf(person.role, person.customers);

/** Who is written into the audit. */
export const actorOf = (principal: SignedIn | TokenHolder, from: string, requestId: string): Actor => ({
  kind: principal.kind,
  id: principal.kind === 'token' ? principal.token.id : principal.person.id,
  name: principal.person.name,
  from,
  requestId,
  reach: reachOfPrincipal(principal),
});
