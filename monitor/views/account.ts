/** One's own account, and a person as an admin sees them: how they stand, second factor, sessions, tokens. Nothing of a secret. */
import { type ApiToken, apiTokensOf } from '#db/queries/api-tokens.ts';
import type { Person } from '#db/queries/people.ts';
import { recoveryCodesLeft } from '#db/queries/recovery-codes.ts';
import { openSessionsOf } from '#db/queries/sessions.ts';
import type { Store } from '#db/store.ts';
import { ALL_PERMISSIONS, PERMISSIONS, permissionsOf, type Role } from '#domain/access/permission.ts';
import { isLive } from '#domain/access/session.ts';
import type { Clock } from '#monitor/clock.ts';

export interface SessionLine {
  readonly id: string;
  readonly address: string;
  readonly agent: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** The one that looks. */
  readonly isThis: boolean;
}
export interface TokenLine {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly cidr: string | null;
  readonly recordedAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
  readonly isOver: boolean;
}
export interface AccountView {
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: Role;
    readonly recordedAt: number;
    readonly disabledAt: number | null;
    /** Of an account manager: ids. */
    readonly customers: readonly string[];
    readonly version: number;
  };
  readonly passwordChangedAt: number | null;
  /** Null: none that is confirmed. */
  readonly secondFactor: { readonly since: number; readonly recoveryCodesLeft: number } | null;
  readonly sessions: readonly SessionLine[];
  readonly tokens: readonly TokenLine[];
}

interface Looking {
  readonly store: Store;
  readonly clock: Clock;
}

export const tokenLine = (token: ApiToken, now: number): TokenLine => {
  const { id, name, scopes, cidr, recordedAt, expiresAt, lastUsedAt } = token;
  return { id, name, scopes, cidr, recordedAt, expiresAt, lastUsedAt, isOver: expiresAt <= now };
};

/** `session`: the one that looks; null: none. */
export const accountView = async ({ store, clock }: Looking, person: Person, session: string | null): Promise<AccountView> => {
  const now = clock.now();
  const [sessions, tokens, left] = await Promise.all([
    openSessionsOf(store, person.id),
    apiTokensOf(store, person.id),
    recoveryCodesLeft(store, person.id),
  ]);
  const { id, name, email, role, recordedAt, disabledAt, customers, version } = person;
  return {
    person: { id, name, email, role, recordedAt, disabledAt, customers, version },
    passwordChangedAt: person.passwordChangedAt,
    secondFactor: person.totpConfirmedAt === null ? null : { since: person.totpConfirmedAt, recoveryCodesLeft: left },
    sessions: sessions
      .filter((one) => isLive(one, now))
      .map(({ id: sessionId, address, agent, createdAt, lastSeenAt }) => ({
        id: sessionId,
        address,
        agent,
        createdAt,
        lastSeenAt,
        isThis: sessionId === session,
      })),
    tokens: tokens.map((token) => tokenLine(token, now)),
  };
};

export interface ScopeChoice {
  readonly scope: string;
  readonly words: string;
}
/** What a token of this role may be given. */
export const scopeChoices = (role: Role): readonly ScopeChoice[] =>
  ALL_PERMISSIONS.filter((scope) => permissionsOf(role).has(scope)).map((scope) => ({ scope, words: PERMISSIONS[scope] }));
