/** People of every role with a session each, and tokens, in a real store: what requests to the console come with. */
import { insertApiToken } from '#db/queries/api-tokens.ts';
import { setCustomers } from '#db/queries/people.ts';
import { insertSession } from '#db/queries/sessions.ts';
import type { Store } from '#db/store.ts';
import { writeApiToken } from '#domain/access/api-token.ts';
import { ALL_PERMISSIONS, ROLES, type Role } from '#domain/access/permission.ts';
import { after, DAY, type Instant, instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import { formTokenOf, hashOf, newSecret } from '#monitor/identity/secret.ts';

export const NAMES: Readonly<Record<Role, string>> = {
  viewer: 'Vera Lind',
  account_manager: 'Amir Sato',
  ops: 'Ona Berg',
  admin: 'Adele Kruse',
};

export interface SignedInPerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The session's secret, as the cookie holds it. */
  readonly secret: string;
  readonly sessionId: string;
  /** For a form of this session. */
  formToken(): string;
  /** Headers of a request from a page of the console at `origin`. */
  headers(origin: string): Readonly<Record<string, string>>;
}

export interface People {
  readonly as: Readonly<Record<Role, SignedInPerson>>;
  /** Of the admin, with every scope. */
  readonly token: string;
  readonly expiredToken: string;
}

/** One more account manager, with a session, and these customers. `tag`: three letters of a to z. */
export const signInManager = async (store: Store, clock: Clock, tag: string, customers: readonly string[]): Promise<SignedInPerson> => {
  const [now, secret, personId, sessionId] = [clock.now(), newSecret(), `pmanager${tag}z`, `smanager${tag}z`];
  const name = `Manager ${tag}`;
  await store.write([
    {
      sql: `INSERT INTO people (id, recorded_at_ms, email, name, name_key, role, version) VALUES (?, ?, ?, ?, ?, 'account_manager', 1)`,
      args: [personId, now, `${tag}@example.com`, name, `manager${tag}`],
    },
    ...setCustomers(personId, customers, now),
    insertSession(
      { id: sessionId, personId, createdAt: now, lastSeenAt: now, provedAt: now, endedAt: null, address: '127.0.0.1', agent: 'tests' },
      hashOf(secret),
    ),
  ]);
  return {
    id: personId,
    name,
    role: 'account_manager',
    secret,
    sessionId,
    formToken: () => formTokenOf(secret),
    headers: (origin) => ({ Cookie: `sid=${secret}`, Origin: origin, 'Sec-Fetch-Site': 'same-origin' }),
  };
};

const id = (role: Role, what: string): string => `${what}${role.replace('_', '')}xxxxxxxxxxxx`.slice(0, 12).replaceAll(/[^a-z2-9]/g, 'z');

/** `provedAt`: when they last gave their password; now without it. */
export const signIn = async (store: Store, clock: Clock, provedAt: Instant = clock.now()): Promise<People> => {
  const now = clock.now();
  const people = ROLES.map((role) => {
    const secret = newSecret();
    const sessionId = id(role, 's');
    return {
      id: id(role, 'p'),
      name: NAMES[role],
      role,
      secret,
      sessionId,
      formToken: () => formTokenOf(secret),
      headers: (origin: string) => ({ Cookie: `sid=${secret}`, Origin: origin, 'Sec-Fetch-Site': 'same-origin' }),
    };
  });
  await store.write([
    ...people.map(({ id: personId, name, role }) => ({
      sql: `INSERT INTO people (id, recorded_at_ms, email, name, name_key, role, version) VALUES (?, ?, ?, ?, ?, ?, 1)`,
      args: [personId, now, `${role}@example.com`, name, name.toLowerCase().replaceAll(' ', ''), role],
    })),
    ...people.map(({ id: personId, sessionId, secret }) =>
      insertSession(
        { id: sessionId, personId, createdAt: now, lastSeenAt: now, provedAt, endedAt: null, address: '127.0.0.1', agent: 'tests' },
        hashOf(secret),
      ),
    ),
  ]);
  const as = Object.fromEntries(people.map((one) => [one.role, one])) as unknown as People['as'];
  const tokenOf = async (tokenId: string, expiresAt: Instant, recordedAt: Instant): Promise<string> => {
    const secret = newSecret();
    const token = {
      id: tokenId,
      personId: as.admin.id,
      name: tokenId,
      scopes: ALL_PERMISSIONS,
      cidr: null,
      lastUsedAt: null,
      revokedAt: null,
    };
    await store.write([insertApiToken({ ...token, recordedAt, expiresAt }, hashOf(secret))]);
    return writeApiToken({ id: tokenId, secret });
  };
  return {
    as,
    token: await tokenOf('tokenfresh22', after(now, DAY), now),
    expiredToken: await tokenOf('tokenstale22', now, instant(now - DAY)),
  };
};
